"""Write what code knows into docs/reference: ``python -m tests.house.reference``.

Between the two markers of a page stands a table that a test compares with the code.
"""

import os
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "reference"
ROOMS = ("portal", "home", "search", "knowledge", "network", "meldpunt")
DAYS, HOURS, MINUTES = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
BEGIN, END = "<!-- made by python -m tests.house.reference -->", "<!-- until here -->"


def roles() -> Iterator[str]:
    """Every role: what for, where, and what it asks of whoever holds it."""
    from portal.accounts.roles import ROLES

    yield "| role | in English | why it exists | holds in | second factor | second person |"
    yield "|---|---|---|---|---|---|"
    for role in ROLES.values():
        marks = ["yes" if flag else "no" for flag in (role.second_factor, role.sealed)]
        yield f"| `{role.code}` | {role.label} | {role.reason} | {role.scope} | {' | '.join(marks)} |"


def matrix() -> Iterator[str]:
    """Every role against every thing."""
    from portal.accounts.roles import ROLES

    things = sorted({thing for role in ROLES.values() for thing in role.marks})
    yield f"| role | {' | '.join(thing.replace('_', ' ') for thing in things)} |"
    yield "|---" * (len(things) + 1) + "|"
    for role in ROLES.values():
        yield f"| `{role.code}` | {' | '.join(role.marks.get(thing, '–') for thing in things)} |"


def commands() -> Iterator[str]:
    """Every command of our own rooms."""
    from django.core.management import get_commands, load_command_class

    yield "| command | room | what it does |"
    yield "|---|---|---|"
    for name, app in sorted(get_commands().items()):
        if str(app).split(".")[0] in ROOMS:
            text = " ".join(load_command_class(app, name).help.split())
            yield f"| `{name}` | {app} | {text} |"


def schedule() -> Iterator[str]:
    """What runs by itself."""
    from portal.jobs.schedule import SCHEDULE

    yield "| command | every |"
    yield "|---|---|"
    for entry in SCHEDULE:
        yield f"| `{entry.command}` | {spoken(entry.every)} |"


def spoken(wait: timedelta) -> str:
    """``7 days``, ``hour``: as one says it after "every"."""
    for name, unit in (("day", DAYS), ("hour", HOURS), ("minute", MINUTES)):
        count, rest = divmod(wait, unit)
        if count and not rest:
            return name if count == 1 else f"{count} {name}s"
    return str(wait)


TABLES: dict[str, list[Callable[[], Iterator[str]]]] = {
    "roles.md": [roles, matrix],
    "commands.md": [commands, schedule],
}


def page(name: str) -> str:
    """The page as it should be: its own words, with the tables of today."""
    from django.utils import translation

    text = (PAGES / name).read_text(encoding="utf-8")
    with translation.override("en"):
        for number, table in enumerate(TABLES[name]):
            parts = text.split(BEGIN)
            _old, rest = parts[number + 1].split(END, 1)
            parts[number + 1] = "\n\n" + "\n".join(table()) + "\n\n" + END + rest
            text = BEGIN.join(parts)
    return text


def main() -> None:
    """Bring every page up to date."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()
    for name in TABLES:
        (PAGES / name).write_text(page(name), encoding="utf-8")
        sys.stdout.write(f"docs/reference/{name}\n")


if __name__ == "__main__":
    main()

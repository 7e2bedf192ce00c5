"""Databases of a test run, copied from one that was migrated before.

Migrating takes half a minute of work for each database. It is done once for each state of the
migrations, by two workers side by side; every run and every worker starts from a copy of the
outcome (stack.md 9).
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import ProgrammingError, connections

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "var" / "tests"
# Any numbers that nobody else locks on the server.
LOCKS = {alias: 8140_2026 + number for number, alias in enumerate(connections)}


def is_sqlite() -> bool:
    """Whether this run is on embedded databases."""
    return settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


def make_databases() -> Callable[[], None]:
    """Give every connection a migrated database of its own. Returns what takes them away."""
    return copy_files() if is_sqlite() else copy_on_server()


def template_key() -> str:
    """A name for the state of every migration, those of Django and Wagtail included."""
    digest = hashlib.sha256()
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for path in sorted(Path(config.path).glob("migrations/*.py")):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def in_turn() -> list[str]:
    """The aliases of the databases; each second worker begins with the last one."""
    is_second = os.environ.get("PYTEST_XDIST_WORKER", "gw0")[-1] in "13579"
    return list(connections)[:: -1 if is_second else 1]


def point(alias: str, name: str) -> None:
    """Let a connection use another database."""
    connections[alias].close()
    connections[alias].settings_dict["NAME"] = name
    settings.DATABASES[alias]["NAME"] = name


def migrate(alias: str) -> None:
    """Run every migration."""
    call_command("migrate", database=alias, verbosity=0, interactive=False)


def copy_files() -> Callable[[], None]:
    """The same on SQLite: files in ``var/tests``."""
    templates = FOLDER / template_key()
    templates.mkdir(parents=True, exist_ok=True)
    mine = Path(tempfile.mkdtemp(dir=FOLDER))
    for alias in in_turn():
        template = templates / f"{alias}.sqlite3"
        with (templates / f"{alias}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not template.exists():
                make_template_file(alias, template)
        shutil.copyfile(template, mine / f"{alias}.sqlite3")
        point(alias, str(mine / f"{alias}.sqlite3"))
    return lambda: shutil.rmtree(mine, ignore_errors=True)


def make_template_file(alias: str, template: Path) -> None:
    """Migrate a file that gets its name when it is complete."""
    work = template.with_suffix(f".{os.getpid()}")
    point(alias, str(work))
    migrate(alias)
    with connections[alias].cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=DELETE")  # nothing left outside the file
    connections[alias].close()
    work.rename(template)


def copy_on_server() -> Callable[[], None]:
    """The same on PostgreSQL: databases beside those that the settings name."""
    mine = {alias: f"test_{alias}_{os.getpid()}" for alias in connections}
    for alias in in_turn():
        name = mine[alias]
        with server(alias) as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCKS[alias]])
            template = f"test_{alias}_{template_key()}"
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
            if not cursor.fetchone():
                make_template_database(cursor, alias, template)
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        point(alias, name)
    return lambda: drop(mine)


def make_template_database(cursor, alias: str, template: str) -> None:
    """Migrate a database that gets its name when it is complete."""
    work = f"{template}_{os.getpid()}"
    cursor.execute(f'CREATE DATABASE "{work}"')
    point(alias, work)
    migrate(alias)
    connections[alias].close()
    cursor.execute(f'ALTER DATABASE "{work}" RENAME TO "{template}"')


def drop(names: dict[str, str]) -> None:
    """Take databases away, whoever is still looking."""
    for alias, name in names.items():
        connections[alias].close()
        with server(alias) as cursor:
            try:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            except ProgrammingError:  # the server's own cleaner, which no owner may send away
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')  # this does, and waits for it


@contextmanager
def server(alias: str) -> Iterator:
    """A cursor on the server's own database; what it locks is free again afterwards."""
    with connections[alias].creation._nodb_cursor() as cursor:
        yield cursor

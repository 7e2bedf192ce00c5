"""``python -m bench.search_quality``: how good the answers are, on every engine, in one run.

Makes the demo region with the corpus of the tests on SQLite and on each database and server named,
asks every question of the quality set, and prints nDCG@10 and recall@10 beside Wagtail's own search
over the same pages. Says too how many questions get the same ten answers from all of them.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.__main__ import SETUP
from bench.server import ROOT

LAY = (
    "call_command('migrate', verbosity=0); call_command('migrate', database='keystore', verbosity=0)\n"
    "call_command('createcachetable')\n"
    "from bench.search_quality import lay_and_ask; lay_and_ask()\n"
)


def lay_and_ask() -> None:
    """In a process of its own: make everything, ask everything, print what came of it."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from knowledge.library.models import LibraryIndexPage
    from search.quality.cases import all_cases
    from search.quality.scores import (
        answerable,
        measured,
        of_pages,
        plain_wagtail_finds,
        portal_finds,
    )
    from tests.factories.accounts import UserFactory
    from tests.search.corpus import make_corpus

    call_command("demo_content", stdout=sys.stderr)
    make_corpus(LibraryIndexPage.objects.get(slug="kennisbank", locale__language_code="nl"))
    call_command("update_index", verbosity=0)
    call_command("rebuild_search", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    reader = UserFactory(roles=["professional"])
    cases = answerable(all_cases())
    asked = settings.SEARCH_ENGINE
    name = connection.vendor if asked == "database" else asked
    done = {name: measured(cases, portal_finds, reader=reader)}
    if asked == "database":
        plain = measured(of_pages(cases), plain_wagtail_finds, reader=reader)
        done[f"plain, {connection.vendor}"] = plain
    print(json.dumps({each: [flat(one) for one in found] for each, found in done.items()}))


def flat(one: object) -> dict[str, object]:
    """A question and what came of it, as plain data."""
    return {
        "kind": one.case.kind,
        "text": one.case.text,
        "found": list(one.found),
        "ndcg": one.ndcg,
        "recall": one.recall,
    }


def asked_of(folder: Path, **environment: str) -> dict[str, list[dict]]:
    """What one engine answers."""
    done = subprocess.run(
        [sys.executable, "-c", SETUP + LAY],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "PORTAL_VAR_DIR": str(folder),
            **environment,
        },
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def table(done: dict[str, list[dict]]) -> str:
    """A line for each kind of question, two columns for each engine."""
    kinds = list(dict.fromkeys(one["kind"] for answers in done.values() for one in answers))
    lines = [f"{'':15}{'n':>4}" + "".join(f"{name:>19} recall" for name in done)]
    for kind in [*kinds, "all"]:
        cells, number = "", 0
        for answers in done.values():
            own = [one for one in answers if kind in (one["kind"], "all")]
            number = max(number, len(own))
            means = [
                sum(one[name] for one in own) / max(1, len(own)) for name in ("ndcg", "recall")
            ]
            cells += f"{means[0]:>19.3f}{means[1]:>7.3f}"
        lines.append(f"{kind:15}{number:>4}{cells}")
    return "\n".join(lines)


def alike(done: dict[str, list[dict]]) -> str:
    """How many questions have the same answers everywhere."""
    own = [answers for name, answers in done.items() if not name.startswith("plain")]
    every = list(zip(*own, strict=True))
    others: dict[int, list[str]] = {
        most: [
            same[0]["text"]
            for same in every
            if len({tuple(one["found"][:most]) for one in same}) > 1
        ]
        for most in (3, 10)
    }
    return (
        f"of {len(every)} questions {len(every) - len(others[3])} have the same first three answers on "
        f"all, {len(every) - len(others[10])} the same ten; not {', '.join(others[10]) or 'none'}"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgresql", help="a database of its own that may be filled")
    parser.add_argument("--elasticsearch", help="the address of a node")
    parser.add_argument("--opensearch", help="the same of the other one")
    options = parser.parse_args()
    done = {}
    engines = [{}]
    if options.postgresql:
        engines.append({"DATABASE_URL": options.postgresql})
    for name in ("elasticsearch", "opensearch"):
        if address := getattr(options, name):
            engine = {"SEARCH_ENGINE": name, "SEARCH_ENGINE_URLS": address}
            engines.append({**engine, "SEARCH_REPLICAS": "0", "SEARCH_INDEX": "quality"})
    for engine in engines:
        with tempfile.TemporaryDirectory(prefix="portal-quality-") as folder:
            done.update(asked_of(Path(folder), **engine))
    print(table(done))
    print(alike(done))


if __name__ == "__main__":
    main()

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from portal.accounts.models import User
from search.quality.cases import all_cases
from search.quality.scores import (
    Measured,
    Score,
    answerable,
    by_kind,
    measured,
    of_pages,
    plain_wagtail_finds,
    portal_finds,
)

PLAIN = "plain Wagtail"


class Command(BaseCommand):
    help = "Ask the questions of the quality set and print nDCG@10 and recall@10 for each engine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--misses", action="store_true", help="Also show what went wrong.")
        parser.add_argument("--json", action="store_true", help="The same as JSON.")

    def handle(self, *, misses: bool = False, json: bool = False, **options: Any) -> None:
        cases = answerable(all_cases())
        reader = professional()
        done = {connection.vendor: measured(cases, portal_finds, reader=reader)}
        done[PLAIN] = measured(of_pages(cases), plain_wagtail_finds, reader=reader)
        if json:
            self.stdout.write(as_json(done))
            return
        self.stdout.write(f"{len(cases)} of {len(all_cases())} questions have their answers here.")
        self.stdout.write(table({name: by_kind(answers) for name, answers in done.items()}))
        if misses:
            for one in done[connection.vendor]:
                if one.ndcg < 0.999:
                    self.stdout.write(missed(one))


def professional() -> User:
    """Somebody who reads what the network reads."""
    asking = User.objects.filter(is_active=True, memberships__role="professional").first()
    if asking is None:
        raise CommandError("Nobody here is a professional: load the demo content first.")
    return asking


def table(scores: dict[str, dict[str, Score]]) -> str:
    """A line for each kind of question, two columns for each engine."""
    names = list(scores)
    kinds = list(scores[names[0]])
    head = f"{'kind':14}{'n':>4}" + "".join(f"{name + ' nDCG':>20}{'recall':>8}" for name in names)
    lines = [head]
    for kind in kinds:
        own = [scores[name].get(kind, Score(0, 0.0, 0.0)) for name in names]
        numbers = "".join(f"{score.ndcg:>20.3f}{score.recall:>8.3f}" for score in own)
        lines.append(f"{kind:14}{own[0].questions:>4}{numbers}")
    return "\n".join(lines)


def missed(one: Measured) -> str:
    """A question whose answers do not all stand on top."""
    return f"{one.ndcg:.2f} {one.case.text!r}: {', '.join(one.found) or '-'}"


def as_json(done: dict[str, list[Measured]]) -> str:
    """Engine to kind to numbers."""
    return json.dumps(
        {
            name: {kind: vars(score) for kind, score in by_kind(answers).items()}
            for name, answers in done.items()
        }
    )

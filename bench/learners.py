"""A register of any size: learners in organisations, what they followed, and a test to answer."""

import random
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from bench.content import SEED, session_of
from bench.training import QUESTIONS
from knowledge.training.models import Attempt, Enrolment, Learner, ModulePage, TargetGroup
from knowledge.training.services import register, taking
from portal.accounts.models import Membership, User
from portal.regions.models import Municipality

ORGANISATIONS = 3420  # ten for each Dutch municipality
FOLLOWS = 6  # modules that each learner follows


@transaction.atomic
def fill(learners: int, attempts: int) -> None:
    """So many learners in organisations, and so many attempts; written in bulk."""
    modules = list(ModulePage.objects.live().order_by("number"))
    people = User.objects.bulk_create(
        (
            User(email=f"leerling{number}@lindekade.example", name=f"Leerling {number}")
            for number in range(learners)
        ),
        batch_size=1000,
    )
    groups = TargetGroup.values
    works = Learner.objects.bulk_create(
        (
            Learner(
                user=person,
                organisation=f"Organisatie {number % ORGANISATIONS}",
                target_group=groups[number // ORGANISATIONS % len(groups)],
            )
            for number, person in enumerate(people)
        ),
        batch_size=1000,
    )
    in_parts(Enrolment, enrolments(works, modules))
    in_parts(Attempt, history(people, modules, attempts))


def in_parts(model: Any, rows: Iterable[Any], size: int = 5000) -> None:
    """Store many rows without holding all of them."""
    rows = iter(rows)
    while part := list(islice(rows, size)):
        model.objects.bulk_create(part, batch_size=1000)


def enrolments(works: list[Learner], modules: list[ModulePage]) -> Iterator[Enrolment]:
    """What each learner follows: asked, begun, passed, or expired."""
    draw, now = random.Random(SEED), timezone.now()
    for learner in works:
        for module in draw.sample(modules, min(FOLLOWS, len(modules))):
            began = now - timedelta(days=draw.randrange(1, 1400))
            passed = began if draw.random() < 0.8 else None
            ends = taking.months_later(began.date(), 24) if passed else None
            yield Enrolment(
                user_id=learner.user_id, module=module, learner=learner, invited_at=began,
                started_at=began if draw.random() < 0.9 else None, passed_at=passed, valid_until=ends,
            )  # fmt: skip


def history(people: list[User], modules: list[ModulePage], number: int) -> Iterator[Attempt]:
    """Attempts of the last four years, three of four passed."""
    draw, now = random.Random(SEED), timezone.now()
    for count in range(number):
        module, is_passed = draw.choice(modules), draw.random() < 0.75
        yield Attempt(
            user=people[count % len(people)], module=module, module_title=module.title, score=80 if is_passed else 40,
            pass_mark=module.pass_mark, is_passed=is_passed, answers={str(n): 100 for n in range(6)},
            finished_at=now - timedelta(days=draw.randrange(1, 1400), seconds=count % 86400),
        )  # fmt: skip


def counting() -> float:
    """CPU milliseconds that the totals of one module take, in the background."""
    module = ModulePage.objects.live().order_by("number")[0]
    began = time.process_time()
    register.count_coverage(module, timezone.localdate())
    spent = (time.process_time() - began) * 1000
    for other in ModulePage.objects.live().order_by("number")[1:]:
        register.count_coverage(other, timezone.localdate())
    return spent


def someone(email: str, role: str) -> User:
    """An account with a role that opens no second factor."""
    user = User.objects.create_user(email, None, name=email)
    until = timezone.localdate() + timedelta(days=300)
    Membership.objects.create(
        user=user, municipality=Municipality.objects.first(), role=role, valid_until=until
    )
    return user


def sit_down(number: int) -> tuple[str, list[str]]:
    """A module with a long test, and the cookies of so many learners who began with it."""
    module = ModulePage.objects.live().order_by("number")[0]
    answers = [
        {"text": f"Antwoord {place}", "is_right": place == 1, "feedback": "Daarom."}
        for place in range(4)
    ]
    module.questions = [
        ("question", {"question": f"Vraag {place}?", "answers": answers, "feedback": "Uitleg."})
        for place in range(QUESTIONS)
    ]
    module.draw = 0
    module.save()
    module = ModulePage.objects.get(pk=module.pk)
    cookies = []
    for count in range(number):
        user = someone(f"kandidaat{count}@lindekade.example", "professional")
        taking.start(module, by=user)
        cookies.append(f"sessionid={session_of(user.email)}")
    return module.slug, cookies


def watcher(email: str, role: str) -> str:
    """The cookie of somebody who reads the register."""
    return f"sessionid={session_of(someone(email, role).email)}"

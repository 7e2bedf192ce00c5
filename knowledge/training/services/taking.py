"""Taking a test: begin, answer, go on later, finish."""

import calendar
import secrets
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from knowledge.training import policies
from knowledge.training.exercises import MICRO_SIZE, Exercise, drawn, judge, score_of
from knowledge.training.models import (
    Attempt,
    Certificate,
    CoursePage,
    Draft,
    Enrolment,
    Learner,
    LessonPage,
    ModulePage,
)
from knowledge.training.models.attempts import Kind
from knowledge.training.models.studying import steps_for
from knowledge.training.standing import is_outdated
from network.directory.services.key_figures import note_training
from portal.accounts.models import User
from portal.audit.services import record

A_DAY = timedelta(hours=24)


class MustWait(Exception):
    """The attempts of these 24 hours are used up; ``until`` says when there is a new one."""

    def __init__(self, until: datetime) -> None:
        super().__init__(str(until))
        self.until = until


class NeedsAnother(Exception):
    """Another module or course comes first."""

    def __init__(self, page: ModulePage | CoursePage) -> None:
        super().__init__(str(page.pk))
        self.page = page


class NeedsLesson(Exception):
    """A lesson is to be read first."""

    def __init__(self, lesson: LessonPage) -> None:
        super().__init__(str(lesson.pk))
        self.lesson = lesson


class NoQuestions(Exception):
    """The module has no test."""


class AlreadyAnswered(Exception):
    """An answer that was judged does not change any more."""


class Unfinished(Exception):
    """Not every question has an answer yet; ``number`` is the first without."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


def exercises_of(module: ModulePage, draft: Draft) -> list[Exercise]:
    """The exercises of a draft in its order; one that an editor took away since is left out."""
    found = {child.id: child for child in module.questions}
    return [
        Exercise(key, found[key].block_type, found[key].value, draft.seed)
        for key in draft.questions
        if key in found
    ]


def may_start(user: User, module: ModulePage) -> Kind:
    """What kind of attempt ``user`` may begin with this module now.

    Raises:
        PermissionDenied: the role of this person follows no training.
        NoQuestions: there is nothing to answer.
        NeedsAnother: a module or course that comes first is not passed yet.
        NeedsLesson: the module asks to read its lessons first.
        MustWait: the attempts of 24 hours are used up (domain.md 7.4).
    """
    if not policies.can_follow(user):
        raise PermissionDenied
    if len(module.questions.raw_data) == 0:
        raise NoQuestions
    if first := what_comes_first(user, module):
        raise NeedsAnother(first)
    if lesson := lesson_to_read(user, module):
        raise NeedsLesson(lesson)
    since = timezone.now() - A_DAY
    failed = list(
        Attempt.objects.filter(user=user, module=module, is_passed=False, finished_at__gt=since)
        .order_by("finished_at")
        .values_list("finished_at", flat=True)
    )
    if len(failed) >= module.attempts_a_day:
        raise MustWait(failed[-module.attempts_a_day] + A_DAY)
    return Kind.MICRO if needs_micro_refresher(user, module) else Kind.FULL


def needs_micro_refresher(user: User, module: ModulePage) -> bool:
    """Whether a valid certificate is there, but the content changed since (portal.md E11).

    Close to its end the whole test is asked for instead: that one gives new time.
    """
    enrolment = Enrolment.objects.filter(user=user, module=module).first()
    return bool(enrolment and is_outdated(enrolment, module))


def what_comes_first(user: User, module: ModulePage) -> ModulePage | CoursePage | None:
    """What the module or its course asks to pass before, when this learner never did."""
    parent = module.get_parent().specific
    asked: list[Any] = [module.requires]
    if isinstance(parent, CoursePage) and parent.requires:
        asked.append(parent.requires.specific)
    for page in filter(None, asked):
        modules = [page.pk]
        if isinstance(page, CoursePage):
            below = ModulePage.objects.child_of(page).visible_to(user)
            modules = list(below.values_list("pk", flat=True))
        passed = Attempt.objects.passed().filter(user=user, module__in=modules)
        if passed.values("module").distinct().count() < len(modules):
            return page
    return None


def lesson_to_read(user: User, module: ModulePage) -> LessonPage | None:
    """The first lesson that this learner has to read before the test, if there is one."""
    if not module.must_read:
        return None
    return next((step.lesson for step in steps_for(user, module) if not step.is_read), None)


@transaction.atomic
def start(module: ModulePage, *, seed: int | None = None, by: User) -> Draft:
    """The draft that ``by`` works on: the one that is there, or a new one.

    Raises:
        MustWait, NeedsAnother, NeedsLesson, NoQuestions, PermissionDenied: see ``may_start``.
    """
    draft = Draft.objects.filter(user=by, module=module).first()
    if draft and exercises_of(module, draft):
        return draft
    kind = may_start(by, module)
    seed = secrets.randbits(32) if seed is None else seed
    size = MICRO_SIZE if kind == Kind.MICRO else module.draw
    pools = {child.id: str(child.value.get("pool") or "") for child in module.questions}
    keys = drawn(list(pools), number=size, seed=seed, pools=pools)
    draft, _new = Draft.objects.update_or_create(
        user=by,
        module=module,
        defaults={"kind": kind, "seed": seed, "questions": keys, "answers": {}},
    )
    enrolment = enrolment_of(by, module)
    if not enrolment.started_at:
        enrolment.started_at = timezone.now()
        enrolment.save(update_fields=["started_at"])
    return draft


@transaction.atomic
def answer(draft: Draft, *, exercise: Exercise, given: Any, by: User) -> Draft:
    """Keep an answer, with its points when it can be judged already.

    Raises:
        PermissionDenied: the draft is somebody else's.
        AlreadyAnswered: it was judged before.
    """
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.user_id != by.pk:
        raise PermissionDenied
    before = draft.answers.get(exercise.key, {})
    if before.get("points") is not None:
        raise AlreadyAnswered
    draft.answers[exercise.key] = {"given": given, "points": judge(exercise, given).points}
    draft.save(update_fields=["answers", "changed_at"])
    return draft


@transaction.atomic
def finish(draft: Draft, *, by: User) -> Attempt:
    """Make an attempt of a draft, and a certificate when it is passed.

    Raises:
        PermissionDenied: the draft is somebody else's.
        Unfinished: a question has no judged answer yet.
    """
    draft = Draft.objects.select_for_update().select_related("module").get(pk=draft.pk)
    if draft.user_id != by.pk:
        raise PermissionDenied
    module = draft.module
    exercises = exercises_of(module, draft)
    points = [draft.answers.get(exercise.key, {}).get("points") for exercise in exercises]
    if None in points:
        raise Unfinished(points.index(None) + 1)
    score = score_of(points, asked=len(exercises))
    attempt = Attempt.objects.create(
        user=by,
        module=module,
        module_title=module.title,
        kind=draft.kind,
        seed=draft.seed,
        answers={exercise.key: got for exercise, got in zip(exercises, points, strict=True)},
        score=score,
        pass_mark=module.pass_mark,
        is_passed=score >= module.pass_mark,
        finished_at=timezone.now(),
    )
    draft.delete()
    keep_up(attempt, module=module)
    return attempt


def enrolment_of(user: User, module: ModulePage) -> Enrolment:
    """The enrolment of ``user`` in a module; made when there is none."""
    enrolment = Enrolment.objects.filter(user=user, module=module).first()
    if enrolment is None:
        learner, _new = Learner.objects.get_or_create(user=user)
        enrolment = Enrolment.objects.create(user=user, module=module, learner=learner)
    return enrolment


def keep_up(attempt: Attempt, *, module: ModulePage) -> Certificate | None:
    """What an attempt changes for the enrolment; a completed module gives a certificate."""
    enrolment = enrolment_of(attempt.user, module)
    certificate = None
    if is_complete(attempt, module):
        certificate = certificate_for(attempt, months=module.valid_months)
    bring_up(enrolment, attempt, certificate)
    enrolment.save()
    if certificate:
        certificate.save()
        note_training(attempt.user, until=certificate.valid_until)
        record(
            "training.certified",
            by=attempt.user.reference,
            subject=f"module:{attempt.module_id}",
        )
    return certificate


def is_complete(attempt: Attempt, module: ModulePage) -> bool:
    """Whether with this attempt everything is done that the module asks (portal.md E5).

    Who must attend as well needs both within the months that a certificate holds, in any order.
    """
    if not module.must_attend or attempt.kind == Kind.IMPORTED:
        return True
    other = [Kind.FULL, Kind.READ] if attempt.kind == Kind.ATTENDED else [Kind.ATTENDED]
    if attempt.kind == Kind.ATTENDED and not asks_more_than_presence(module):
        return True
    since = months_later(timezone.localdate(attempt.finished_at), -module.valid_months)
    done = Attempt.objects.passed().filter(user=attempt.user_id, module=module, kind__in=other)
    return bool(done.filter(finished_at__date__gte=since).exists())


def asks_more_than_presence(module: ModulePage) -> bool:
    """Whether there is a test to pass, or there are lessons to read."""
    if len(module.questions):
        return True
    return module.must_read and LessonPage.objects.child_of(module).live().exists()


def bring_up(enrolment: Enrolment, attempt: Attempt, certificate: Certificate | None) -> None:
    """Write what an attempt gave into the dates of an enrolment, which the caller stores.

    A micro-refresher proves that the new content is known, and gives no new time.
    """
    day = timezone.localdate(attempt.finished_at)
    enrolment.started_at = enrolment.started_at or attempt.finished_at
    if not attempt.is_passed:
        enrolment.failed_at = attempt.finished_at
        return
    enrolment.refreshed_on = max(day, enrolment.refreshed_on or day)
    if certificate:
        enrolment.passed_at = max(attempt.finished_at, enrolment.passed_at or attempt.finished_at)
        enrolment.valid_until = max(
            certificate.valid_until, enrolment.valid_until or certificate.valid_until
        )
        enrolment.reminded_on = None


def certificate_for(attempt: Attempt, *, months: int) -> Certificate | None:
    """The certificate of a passed attempt, from its day on; the caller stores it."""
    if not attempt.is_passed or attempt.kind == Kind.MICRO:
        return None
    day = timezone.localdate(attempt.finished_at)
    return Certificate(
        user=attempt.user,
        module=attempt.module,
        attempt=attempt,
        holder=attempt.user.name,
        title=attempt.module_title,
        issued_on=day,
        valid_until=months_later(day, months),
    )


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def last_number() -> int:
    """The number of the newest attempt of all."""
    return Attempt.objects.aggregate(last=Max("pk"))["last"] or 0

"""Reading lessons: what a learner says to have read, and a module of which reading is all."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from knowledge.training import policies
from knowledge.training.models import Attempt, Enrolment, LessonPage, LessonRead, ModulePage
from knowledge.training.models.attempts import Kind
from knowledge.training.models.studying import renewal_of, steps_for
from knowledge.training.services.taking import enrolment_of, keep_up, what_comes_first
from knowledge.training.standing import is_outdated
from portal.accounts.models import User
from portal.pages.visibility import can_read_path


@transaction.atomic
def mark_read(lesson: LessonPage, *, by: User) -> Attempt | None:
    """Keep that ``by`` read a lesson today; twice is the same as once.

    Returns the attempt when with this lesson a module is completed that asks no questions.

    Raises:
        PermissionDenied: ``by`` follows no training, or may not read the lesson.
    """
    if not policies.can_follow(by) or not lesson.live or not can_read_path(by, lesson.path):
        raise PermissionDenied
    LessonRead.objects.update_or_create(
        user=by, lesson=lesson, defaults={"read_on": timezone.localdate()}
    )
    module = ModulePage.objects.get(path=lesson.module_path)
    enrolment = enrolment_of(by, module)
    if enrolment.started_at is None:
        enrolment.started_at = timezone.now()
        enrolment.save(update_fields=["started_at"])
    if module.must_read and not len(module.questions) and kind_due(enrolment, module):
        return complete(module, kind=kind_due(enrolment, module), by=by)
    return None


def kind_due(enrolment: Enrolment, module: ModulePage) -> str:
    """Which attempt there is to make by reading; empty when the certificate holds as it is."""
    if enrolment.valid_until and not renewal_of(enrolment, timezone.localdate()):
        return Kind.MICRO if is_outdated(enrolment, module) else ""
    return Kind.READ


def complete(module: ModulePage, *, kind: str, by: User) -> Attempt | None:
    """The attempt of somebody who read every lesson; nothing while one is left."""
    if what_comes_first(by, module) or not all(one.is_read for one in steps_for(by, module)):
        return None
    attempt = Attempt.objects.create(
        user=by,
        module=module,
        module_title=module.title,
        kind=kind,
        score=100,
        pass_mark=module.pass_mark,
        is_passed=True,
        finished_at=timezone.now(),
    )
    keep_up(attempt, module=module)
    return attempt

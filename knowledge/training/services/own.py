"""What a learner may do with the own data: take it along, and have it deleted."""

from typing import Any

from django.db import transaction

from knowledge.training.models import (
    Attempt,
    Certificate,
    Draft,
    Enrolment,
    Erasure,
    Learner,
    LessonRead,
)
from knowledge.training.services.taking import last_number
from portal.accounts.models import User
from portal.audit.services import record


def export_of(user: User) -> dict[str, Any]:
    """Everything that training keeps of this person, as plain data (AVG art. 15 and 20)."""
    learner = Learner.objects.filter(user=user).first()
    return {
        "werk": {
            "organisatie": learner.organisation,
            "soort werk": learner.target_group,
            "gemeente": str(learner.municipality or ""),
        }
        if learner
        else None,
        "aanmeldingen": [
            {
                "module": row.module.title,
                "uitgenodigd": row.invited_at and row.invited_at.isoformat(),
                "klaar voor": row.due_on and row.due_on.isoformat(),
                "geldig tot en met": row.valid_until and row.valid_until.isoformat(),
            }
            for row in Enrolment.objects.filter(user=user).select_related("module")
        ],
        "pogingen": [
            {
                "module": row.module_title,
                "soort": row.kind,
                "punten per vraag": row.answers,
                "score": row.score,
                "nodig": row.pass_mark,
                "geslaagd": row.is_passed,
                "op": row.finished_at.isoformat(),
                "bijeenkomst": row.event and row.event.title,
            }
            for row in Attempt.objects.filter(user=user).select_related("event")
        ],
        "gelezen lessen": [
            {"les": row.lesson.title, "op": row.read_on.isoformat()}
            for row in LessonRead.objects.filter(user=user).select_related("lesson")
        ],
        "bezig": [
            {"module": row.module.title, "antwoorden": row.answers}
            for row in Draft.objects.filter(user=user).select_related("module")
        ],
        "certificaten": [
            {
                "code": row.code,
                "module": row.title,
                "van": row.issued_on.isoformat(),
                "tot en met": row.valid_until.isoformat(),
                "ingetrokken": row.withdrawn_at and row.withdrawn_at.isoformat(),
            }
            for row in Certificate.objects.filter(user=user)
        ],
    }


@transaction.atomic
def erase(*, by: User) -> int:
    """Delete everything of the own training; returns how many attempts that were (AVG art. 17).

    The erasure is written first: the database lets an attempt go only when there is one.
    """
    attempts = Attempt.objects.filter(user=by)
    number = attempts.count()
    Erasure.objects.create(user=by, up_to=last_number(), attempts=number)
    Certificate.objects.filter(user=by).delete()
    attempts.delete()
    for model in (Draft, Enrolment, Learner, LessonRead):
        model.objects.filter(user=by).delete()
    record("training.erased", by=by.reference, details={"attempts": number})
    return number

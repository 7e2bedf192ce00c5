"""What a learner has: an overview, an export, and the right to have it deleted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from knowledge.training.models import (
    Attempt,
    Certificate,
    Draft,
    Enrolment,
    Erasure,
    Learner,
    ModulePage,
)
from knowledge.training.services.taking import EXPIRING_DAYS, is_outdated, last_number
from portal.accounts.models import User
from portal.audit.services import record


@dataclass(frozen=True)
class Row:
    """One module as the learner sees it on “my training”."""

    module: ModulePage
    state: str
    enrolment: Enrolment | None
    certificate: Certificate | None
    answered: int = 0
    asked: int = 0


def my_training(user: User, modules: Iterable[ModulePage], *, today: date) -> list[Row]:
    """Every module with its state for this learner. Three queries, however many modules."""
    enrolments = {row.module_id: row for row in Enrolment.objects.filter(user=user)}
    drafts = {row.module_id: row for row in Draft.objects.filter(user=user)}
    certificates: dict[int, Certificate] = {}
    for certificate in Certificate.objects.filter(user=user).order_by("valid_until", "pk"):
        certificates[certificate.module_id] = certificate
    rows = []
    for module in modules:
        enrolment, draft = enrolments.get(module.pk), drafts.get(module.pk)
        rows.append(
            Row(
                module,
                state_of(enrolment, module, has_draft=draft is not None, today=today),
                enrolment,
                certificates.get(module.pk),
                answered=sum(1 for one in draft.answers.values() if one["points"] is not None)
                if draft
                else 0,
                asked=len(draft.questions) if draft else 0,
            )
        )
    return rows


def state_of(
    enrolment: Enrolment | None, module: ModulePage, *, has_draft: bool, today: date
) -> str:
    """One word for where a learner is (domain.md 7.4)."""
    if enrolment is None:
        return "open"
    if enrolment.valid_until:
        if enrolment.valid_until < today:
            return "expired"
        if is_outdated(enrolment, module):
            return "changed"
        if (enrolment.valid_until - today).days <= EXPIRING_DAYS:
            return "expiring"
        return "valid"
    if has_draft:
        return "started"
    if enrolment.failed_at:
        return "failed"
    if enrolment.due_on and enrolment.due_on < today:
        return "overdue"
    return "invited" if enrolment.invited_at else "started"


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
            }
            for row in Attempt.objects.filter(user=user)
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
    for model in (Draft, Enrolment, Learner):
        model.objects.filter(user=by).delete()
    record("training.erased", by=by.reference, details={"attempts": number})
    return number

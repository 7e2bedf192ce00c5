"""Taking in earlier attendance: read, show what is wrong, and only then store all of it."""

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.training import policies
from knowledge.training.models import (
    Attempt,
    Certificate,
    Enrolment,
    ImportRun,
    Learner,
    ModulePage,
)
from knowledge.training.models.attempts import Kind
from knowledge.training.services.taking import bring_up, certificate_for
from portal.accounts.models import User
from portal.audit.services import record
from portal.figures.tables import as_typed

MOST = 5000
BATCH = 500
# What an attempt changes of an enrolment.
BROUGHT_UP = ["started_at", "refreshed_on", "passed_at", "valid_until", "reminded_on"]
# Each name that a column may have; an export of the register has the second of the days.
EMAIL, MODULE, DAYS = "e-mailadres", "module", ("datum", "geslaagd op")


class NotReady(Exception):
    """Some lines are wrong, or the file was taken in already."""


@transaction.atomic
def read(raw: bytes, *, name: str, by: User) -> ImportRun:
    """Look at every line of a file, and store nothing of it but what is found.

    Raises:
        PermissionDenied: ``by`` keeps no register.
    """
    if not policies.can_coordinate(by):
        raise PermissionDenied
    rows, errors = looked_at(raw)
    return ImportRun.objects.create(name=name[:120], made_by=by, rows=rows, errors=errors)


def looked_at(raw: bytes) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What the lines say, and for each wrong one its number and the reason."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [wrong(1, _("This is no text in UTF-8."))]
    if "\x00" in text:
        return [], [wrong(1, _("This is no text in UTF-8."))]
    head = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in head else ",")
    columns = [(one or "").strip().lower() for one in reader.fieldnames or []]
    reader.fieldnames = columns
    day = next((one for one in DAYS if one in columns), None)
    if EMAIL not in columns or MODULE not in columns or day is None:
        text = _("The first line must hold the columns e-mailadres, module and datum.")
        return [], [wrong(1, text)]
    people = dict(User.objects.filter(is_active=True).values_list("email", "pk"))
    modules: dict[str, int] = {}
    for page in ModulePage.objects.live().only("pk", "slug", "code"):
        modules |= {page.slug.lower(): page.pk, (page.code or page.slug).lower(): page.pk}
    rows: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    seen = set()
    try:
        for number, cells in enumerate(reader, start=2):
            if number > MOST + 1:
                errors.append(wrong(number, _("A file holds 5000 lines at most.")))
                break
            email = as_typed((cells[EMAIL] or "").strip()).lower()
            module = modules.get(as_typed((cells[MODULE] or "").strip()).lower())
            when = day_of((cells[day] or "").strip())
            if email not in people:
                errors.append(wrong(number, _("No account has this e-mail address.")))
            elif module is None:
                errors.append(wrong(number, _("No module has this name.")))
            elif when is None:
                errors.append(wrong(number, _("This is no day that is past, as 2026-11-30.")))
            elif (email, module, when) in seen:
                errors.append(wrong(number, _("This line stands in the file twice.")))
            else:
                seen.add((email, module, when))
                rows.append({"user": people[email], "module": module, "day": str(when)})
    except csv.Error:
        errors.append(wrong(reader.line_num, _("This line cannot be read.")))
    return rows, errors


def wrong(number: int, reason: str) -> dict[str, Any]:
    """One line that cannot be taken in; its content is not repeated."""
    return {"line": number, "reason": reason}


def day_of(text: str) -> date | None:
    """A day that is past, or nothing."""
    for form in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            found = datetime.strptime(text, form).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
        return found if date(2000, 1, 1) <= found <= timezone.localdate() else None
    return None


@transaction.atomic
def apply(run: ImportRun, *, by: User) -> int:
    """Take in every line of a file without mistakes, or nothing; returns how many were new.

    Raises:
        PermissionDenied: ``by`` keeps no register.
        NotReady: lines are wrong, it was taken in already, or an account or module is gone since.
    """
    if not policies.can_coordinate(by):
        raise PermissionDenied
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.errors or run.applied_at or not run.rows:
        raise NotReady
    modules = ModulePage.objects.in_bulk([row["module"] for row in run.rows])
    users = User.objects.in_bulk([row["user"] for row in run.rows])
    if any(row["user"] not in users or row["module"] not in modules for row in run.rows):
        raise NotReady
    before = known(users, modules)
    attempts = [
        Attempt(
            user=users[row["user"]],
            module=modules[row["module"]],
            module_title=modules[row["module"]].title,
            kind=Kind.IMPORTED,
            score=100,
            pass_mark=modules[row["module"]].pass_mark,
            is_passed=True,
            finished_at=timezone.make_aware(
                datetime.combine(date.fromisoformat(row["day"]), time(12))
            ),
        )
        for row in run.rows
        if (row["user"], row["module"], row["day"]) not in before
    ]
    store(attempts)
    run.applied_at = timezone.now()
    run.save(update_fields=["applied_at"])
    record("training.imported", by=by.reference, details={"rows": len(attempts)})
    return len(attempts)


def known(users: Iterable[int], modules: Iterable[int]) -> set[tuple[int, int, str]]:
    """Account, module and day of what these people passed before."""
    passed = Attempt.objects.passed().filter(user__in=users, module__in=modules)
    rows = passed.order_by().values_list("user", "module", "finished_at")
    return {(user, module, str(timezone.localdate(moment))) for user, module, moment in rows}


def store(attempts: list[Attempt]) -> None:
    """Store attempts with what follows from each, in a few queries for all of them."""
    people = {attempt.user_id for attempt in attempts}
    Attempt.objects.bulk_create(attempts, batch_size=BATCH)
    Learner.objects.bulk_create(
        [Learner(user_id=pk) for pk in people], batch_size=BATCH, ignore_conflicts=True
    )
    learners = dict(Learner.objects.filter(user__in=people).values_list("user", "pk"))
    enrolments = {
        (row.user_id, row.module_id): row for row in Enrolment.objects.filter(user__in=people)
    }
    certificates = []
    for attempt in attempts:
        enrolment = enrolments.setdefault(
            (attempt.user_id, attempt.module_id),
            Enrolment(
                user=attempt.user, module=attempt.module, learner_id=learners[attempt.user_id]
            ),
        )
        certificate = certificate_for(attempt, months=attempt.module.valid_months)
        bring_up(enrolment, attempt, certificate)
        certificates.append(certificate)
    touched = [
        enrolments[pair] for pair in {(attempt.user_id, attempt.module_id) for attempt in attempts}
    ]
    Certificate.objects.bulk_create(filter(None, certificates), batch_size=BATCH)
    old = [row for row in touched if row.pk]
    Enrolment.objects.bulk_create([row for row in touched if not row.pk], batch_size=BATCH)
    Enrolment.objects.bulk_update(old, BROUGHT_UP, batch_size=BATCH)

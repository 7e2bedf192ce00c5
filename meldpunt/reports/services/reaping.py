"""The daily round: what is due dies, what was destroyed before a restore dies again (6.7)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from meldpunt.reports.models import Extension, GuestCopy, Report
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services.destruction import (
    NotDestroyed,
    OnHold,
    carry_out_orders,
    destroy_copy,
    destroy_ended_copies,
    destroy_older_keys,
    destroy_report,
    prove_hand_overs,
    shred_domain,
)
from meldpunt.reports.services.parts import place_of, place_of_copy
from meldpunt.vault.services.domains import Domain, Keystore, Surface
from portal.audit.models import AuditEvent
from portal.audit.services import PLATFORM, record
from portal.regions.models import Municipality

JUMP = timedelta(days=14)
TERM, RESTORED = "retention term", "destroyed before a restore"


class ClockIsWrong(Exception):
    """The clock was set back, or jumped: a wrong day must not destroy anything."""


@dataclass
class Round:
    """What one round did. ``failed`` holds references, for the log of the machine: no content."""

    destroyed: int = 0
    held: int = 0
    again: int = 0
    failed: tuple[str, ...] = ()


def require_a_sound_clock() -> None:
    """Compare the clock with the last event of the trail. Raises ``ClockIsWrong``."""
    last = AuditEvent.objects.filter(chain=PLATFORM).order_by("-seq").first()
    if last is None:
        return
    try:
        seen = datetime.fromisoformat(last.moment)
    except ValueError:  # kept less exactly than to a second
        return
    now = timezone.localtime()
    if now < seen - timedelta(hours=1) or now > seen + JUMP:
        raise ClockIsWrong(f"The last event of the trail is of {last.moment}.")


def reap(municipality: Municipality) -> Round:
    """Destroy what is due in one municipality; safe to repeat, and beside another round.

    One report that fails does not keep the others alive.
    """
    today, done = timezone.localdate(), Round()
    with working_in([municipality.pk]):
        done.again = destroy_again(municipality)
        destroy_ended_copies(municipality)  # whose keys a proof of a hand-over counts
        prove_hand_overs(municipality)
        destroy_older_keys(municipality)
        done.destroyed += carry_out_orders(municipality)
        reports = Report.objects.get_queryset()
        for report in reports.filter(destroy_identity_on__lt=today):
            _try(done, report, _end_identity)
        for report in reports.ended_before(today):
            _try(done, report, _end)
    return done


def destroy_again(municipality: Municipality) -> int:
    """Destroy once more whatever a backup brought back; the number of reports and copies.

    The keystore's list of the destroyed is newer than any backup of the database.
    """
    keystore, again = Keystore(Surface.REAPER), 0
    with working_in([municipality.pk]):
        reports = list(Report.objects.get_queryset().with_content().select_related("municipality"))
        ids = {
            place_of(report, domain).keystore_id: (report, domain)
            for report in reports
            for domain in Domain
        }
        dead: dict[Report, list[Domain]] = {}
        for keystore_id in keystore.destroyed_among(list(ids)):
            report, domain = ids[keystore_id]
            dead.setdefault(report, []).append(domain)
        for report, domains in dead.items():
            if Domain.INTERNAL in domains:  # dies only with the whole report
                destroy_report(report, rule=RESTORED, by="system")
                again += 1
                continue
            for domain in domains:
                if report.parts.filter(domain=domain).exists():
                    shred_domain(report, domain, rule=RESTORED)
                    again += 1
        copies = {
            place_of_copy(copy.pk, copy.municipality_id).keystore_id: copy
            for copy in GuestCopy.objects.get_queryset().select_related("municipality")
        }
        for keystore_id in keystore.destroyed_among(list(copies)):
            again += destroy_copy(copies[keystore_id])
    return again


@transaction.atomic
def extend_for_reporter(report: Report) -> bool:
    """The reporter came back in the last days: keep it a little longer, once; whether it was.

    Inserts a row and changes none, as the process of the reporter may.
    """
    last_day = report.destroy_on
    if last_day is None or report.destroy_latest_on in (None, last_day):
        return False
    if (last_day - timezone.localdate()).days > settings.MELDPUNT_EXTENSION_DAYS:
        return False
    _row, is_new = Extension.objects.get_or_create(
        report=report, defaults={"municipality_id": report.municipality_id}
    )
    return is_new


def _end_identity(report: Report) -> None:
    shred_domain(report, Domain.IDENTITY, rule="identity term")


def _end(report: Report) -> None:
    destroy_report(report, rule=TERM, by="system")


def _try(done: Round, report: Report, deed: Callable[[Report], object]) -> None:
    try:
        deed(report)
    except OnHold:
        done.held += 1
    except (NotDestroyed, Report.DoesNotExist):
        done.failed = (*done.failed, report.ref)
    else:
        done.destroyed += 1


def note_round(rounds: list[Round]) -> None:
    """Leave in the trail that the reaper ran, so that a missed day shows."""
    record(
        "retention.ran",
        by="system",
        outcome="failed" if any(one.failed for one in rounds) else "done",
        details={
            "destroyed": sum(one.destroyed for one in rounds),
            "held": sum(one.held for one in rounds),
            "again": sum(one.again for one in rounds),
        },
    )

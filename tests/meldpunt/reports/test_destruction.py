from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from meldpunt.reports import retention
from meldpunt.reports.models import Report, SealedPart, SecretWrap, Tombstone
from meldpunt.reports.services.destruction import destroy_report
from meldpunt.reports.workflow import Phase
from meldpunt.vault.keystore import KeystoreKey
from meldpunt.vault.services.domains import (
    Domain,
    DomainPlace,
    KeyGone,
    Keystore,
    Surface,
    open_domain,
    secret_for,
)
from portal.audit.models import AuditEvent
from tests.factories.meldpunt import report, work_on

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def test_an_old_backup_and_all_staff_keys_can_not_open_a_destroyed_report(demodam):
    made, _code = report(demodam)
    _work, keys = work_on(made, demodam.holders[0])
    saved = [bytes(row.envelope) for row in SecretWrap.objects.filter(report=made, domain="report")]
    place = DomainPlace(made.pk, Domain.REPORT, demodam.pk)
    destroy_report(made, rule="verzoek", by="system")
    secret = secret_for(place, saved, keys=keys)  # the database half is still readable
    with pytest.raises(KeyGone):
        open_domain(place, secret, keystore=Keystore(Surface.WORKSPACE))


def test_the_certificate_names_the_keys_that_the_trail_named_at_arrival(demodam):
    made, _code = report(demodam, identity={"name": "Noor"})
    tombstone = destroy_report(made, rule="verzoek", by="system")
    arrived = AuditEvent.objects.get(action="report.received").details
    assert tombstone.certificate["keys"] == arrived
    assert set(arrived) == {"report", "dialogue", "internal", "identity"}


def test_nothing_but_the_tombstone_stays(demodam):
    made, _code = report(demodam)
    destroy_report(made, rule="verzoek", by="system")
    assert not SealedPart.objects.exists() and not SecretWrap.objects.exists()
    assert not KeystoreKey.objects.using("keystore").exists()
    assert Report.objects.get().phase == Phase.DESTROYED
    assert Tombstone.objects.get().rule == "verzoek"
    work, _keys = work_on(made, demodam.holders[0])
    assert work is None


def test_destroying_twice_keeps_the_first_certificate(demodam):
    made, _code = report(demodam)
    first = destroy_report(made, rule="verzoek", by="system").certificate
    second = destroy_report(made, rule="nog eens", by="system").certificate
    assert first == second


def test_another_report_keeps_its_keys(demodam):
    made, _code = report(demodam)
    other, _code = report(demodam)
    destroy_report(made, rule="verzoek", by="system")
    work, _keys = work_on(other, demodam.holders[0])
    assert work.report == other


def test_the_command_tells_first_and_destroys_when_told(demodam):
    made, _code = report(demodam)
    arguments = [made.shown_ref, "--municipality=demodam", "--reason=verzoek"]
    call_command("meldpunt_destroy", *arguments, stdout=StringIO())
    assert SealedPart.objects.exists()
    told = StringIO()
    call_command("meldpunt_destroy", *arguments, "--execute", stdout=told)
    assert not SealedPart.objects.exists()
    assert "Tombstone" in told.getvalue()


def test_the_command_does_not_find_a_report_of_another_municipality(demodam, polderveen):
    made, _code = report(demodam)
    with pytest.raises(CommandError, match="not a report of this municipality"):
        call_command(
            "meldpunt_destroy", made.ref, "--municipality=polderveen", "--reason=x", "--execute"
        )


def test_what_is_due_is_reaped_and_what_is_not_stays(demodam):
    due, _code = report(demodam)
    later, _code = report(demodam)
    Report.objects.filter(pk=due.pk).update(phase=Phase.CLOSED, destroy_on="2020-01-01")
    Report.objects.filter(pk=later.pk).update(phase=Phase.CLOSED, destroy_on="2090-01-01")
    call_command("meldpunt_reap", stdout=StringIO())
    assert Report.objects.get(pk=due.pk).phase == Phase.DESTROYED
    assert Report.objects.get(pk=later.pk).phase == Phase.CLOSED


def test_the_database_refuses_a_closed_report_without_a_last_day(demodam):
    made, _code = report(demodam)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=made.pk).update(phase=Phase.CLOSED)


def test_a_term_outside_its_bounds_is_refused(settings):
    from django.core.exceptions import ImproperlyConfigured

    settings.MELDPUNT_RETENTION = {"advised": {"days": 365, "least": 28, "most": 90}}
    with pytest.raises(ImproperlyConfigured):
        retention.days_of("advised")


def test_every_rule_has_a_term_within_its_bounds():
    assert [retention.days_of(rule) for rule in retention.RULES] == [28, 28, 90, 90, 90, 30]

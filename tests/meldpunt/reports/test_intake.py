from uuid import uuid4

import pytest

from meldpunt.reports.models import IndexBlob, Report, SealedPart, SecretWrap
from meldpunt.reports.querysets import AnotherMunicipality, NoMunicipality, working_in
from meldpunt.reports.services.intake import DeskClosed, receive_report
from meldpunt.vault.encryption import KeyRole
from meldpunt.vault.keystore import KeystoreKey
from meldpunt.vault.models import KeyWrap, PublicKeyRecord
from meldpunt.vault.services.codes import ReceiptCode
from meldpunt.vault.services.trust import NoTrustedKey
from portal.audit.models import AuditEvent
from portal.audit.services import broken_links
from tests.factories.meldpunt import report, submission
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def test_a_report_is_stored_once_with_three_domains(demodam):
    made, _code = report(demodam)
    assert Report.objects.count() == 1
    assert set(SecretWrap.objects.values_list("domain", flat=True)) == {
        "report",
        "dialogue",
        "internal",
    }
    assert KeystoreKey.objects.using("keystore").count() == 3
    assert len(made.ref) == 8


def test_who_gives_a_name_gets_a_domain_that_the_report_key_does_not_open(demodam):
    report(demodam, identity={"name": "Noor"})
    identity = SecretWrap.objects.get(domain="identity")
    custodian = PublicKeyRecord.objects.get(municipality=demodam, role=KeyRole.IDENTITY)
    assert identity.key_id == custodian.key_id


def test_sending_the_same_form_twice_stores_it_once(demodam):
    code, report_id = ReceiptCode.new(), uuid4()
    first = receive_report(submission(demodam), report_id=report_id, code=code)
    second = receive_report(submission(demodam), report_id=report_id, code=code)
    assert Report.objects.count() == 1
    assert (first.ref, first.proof) == (second.ref, second.proof)
    assert (first.is_new, second.is_new) == (True, False)


def test_keys_left_by_an_interrupted_attempt_do_not_block_the_next(demodam):
    report_id = uuid4()
    from meldpunt.vault.services.domains import Domain, DomainPlace, Keystore, Surface, make_domain

    left_behind = DomainPlace(report_id, Domain.REPORT, demodam.pk)
    make_domain(left_behind, keystore=Keystore(Surface.REPORTER))
    receive_report(submission(demodam), report_id=report_id, code=ReceiptCode.new())
    assert Report.objects.get().pk != report_id


def test_a_desk_with_one_holder_takes_no_reports(demodam):
    KeyWrap.objects.filter(holder=demodam.holders[0]).delete()
    with pytest.raises(DeskClosed):
        report(demodam)
    assert not Report.objects.exists()


def test_a_municipality_without_the_zone_takes_no_reports():
    with pytest.raises(DeskClosed):
        report(MunicipalityFactory())


def test_nothing_is_sealed_to_a_key_that_somebody_put_in_the_database(demodam, polderveen):
    stranger = PublicKeyRecord.objects.get(municipality=polderveen, role=KeyRole.REPORT)
    PublicKeyRecord.objects.filter(municipality=demodam, role=KeyRole.REPORT).update(
        record=stranger.record, key_id=stranger.key_id
    )
    with pytest.raises(NoTrustedKey):
        report(demodam)
    assert not Report.objects.exists()
    assert not KeystoreKey.objects.using("keystore").exists()


def test_the_trail_keeps_the_week_and_what_the_keys_are_called(demodam):
    report(demodam)
    event = AuditEvent.objects.get(action="report.received")
    assert event.actor == "reporter"
    assert len(event.moment) == len("2026-W48")
    assert set(event.details) == {"report", "dialogue", "internal"}
    assert not list(broken_links(event.chain))


def test_nothing_in_the_clear_is_finer_than_a_week(demodam):
    report(demodam)
    clear = {
        (model.__name__, column.name)
        for model in (Report, SealedPart, SecretWrap, IndexBlob)
        for column in model._meta.concrete_fields
        if column.get_internal_type() in ("DateTimeField", "BigAutoField", "AutoField")
    }
    assert clear == set()


def test_without_a_municipality_nobody_can_even_ask():
    with pytest.raises(NoMunicipality):
        Report.objects.all()


def test_in_one_municipality_the_reports_of_another_do_not_exist(demodam, polderveen):
    report(demodam)
    with working_in([polderveen.pk]):
        assert not Report.objects.exists()
        assert not SealedPart.objects.exists()


def test_a_row_of_another_municipality_can_not_be_written(demodam, polderveen):
    with pytest.raises(AnotherMunicipality):
        Report.objects.create(municipality=polderveen, week="2026-W48", epoch=1)

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core import serializers
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from meldpunt.reports import models as tables
from meldpunt.reports import retention
from meldpunt.reports.models import (
    Answer,
    Extension,
    Hold,
    HoldReason,
    Report,
    Right,
    RightsRequest,
    SealedPart,
    SecretWrap,
    ShredOrder,
    Tombstone,
)
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services import conversation, handling, holding, rights
from meldpunt.reports.services.certificates import check_certificate
from meldpunt.reports.services.destruction import OnHold, destroy_report
from meldpunt.reports.workflow import NoFollowUpReason, Phase, ReportState
from meldpunt.vault.keystore import KeystoreDestroyed, KeystoreKey
from meldpunt.vault.services.domains import KeyAlreadyThere, Keystore, Surface
from meldpunt.vault.services.readiness import vault_is_ready
from portal.audit.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.meldpunt import handled, report

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


@pytest.fixture(autouse=True)
def _committed_at_once(monkeypatch):
    """A test never commits: what waits for that happens at once."""
    monkeypatch.setattr(transaction, "on_commit", lambda deed, **_options: deed())


@pytest.fixture
def fg():
    return UserFactory(roles=["fg"])


def closed(place, **fields):
    """A report that was handled and closed today, without follow-up."""
    made, code = report(place, **fields)
    first = place.holders[0]
    work, keys = handled(made, first)
    recorded = {
        "reason": NoFollowUpReason.NO_CONCERN,
        "minimised": "Geen zorg.",
        "minimised_done": True,
    }
    work = handling.take_step(
        work, to=ReportState.NO_FOLLOW_UP, recorded=recorded, keys=keys, by=first
    )
    handling.take_step(
        work, to=ReportState.CLOSED, recorded={"feedback": "Dank."}, keys=keys, by=first
    )
    return Report.objects.get(pk=made.pk), code


def due(place, **fields):
    """A closed report whose term ended yesterday."""
    made, code = closed(place, **fields)
    ended = timezone.localdate() - timedelta(days=1)
    Report.objects.filter(pk=made.pk).update(destroy_on=ended, destroy_latest_on=ended)
    return Report.objects.get(pk=made.pk), code


def reap(**options):
    told = StringIO()
    call_command("meldpunt_reap", stdout=told, **options)
    return told.getvalue()


def is_destroyed(made):
    return Report.objects.get(pk=made.pk).phase == Phase.DESTROYED


def test_the_daily_round_destroys_what_is_due_and_nothing_else(demodam):
    old, _code = due(demodam)
    fresh, _code = closed(demodam)
    assert "1 destroyed" in reap()
    assert is_destroyed(old)
    assert not is_destroyed(fresh)
    assert AuditEvent.objects.filter(action="retention.ran").exists()


@pytest.mark.parametrize("after", [0, 1])
def test_the_last_day_itself_is_still_there_for_words_and_for_a_name(demodam, after):
    made, _code = closed(demodam, identity={"name": "Noor"})
    last = timezone.localdate() - timedelta(days=after)
    Report.objects.filter(pk=made.pk).update(
        destroy_on=last, destroy_latest_on=last, destroy_identity_on=last
    )
    reap()
    assert is_destroyed(made) == (after == 1)
    assert SealedPart.objects.of("identity").exists() == (after == 0)


def test_a_second_round_on_the_same_day_changes_nothing(demodam):
    old, _code = due(demodam)
    reap()
    first = Tombstone.objects.get(report=old).certificate
    assert "0 destroyed" in reap()
    assert Tombstone.objects.get(report=old).certificate == first
    assert AuditEvent.objects.filter(action="report.destroyed").count() == 1


def test_a_round_that_crashes_between_key_and_rows_is_finished_by_the_next(demodam, monkeypatch):
    old, _code = due(demodam)

    def crash(*_arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("meldpunt.reports.services.destruction._delete_rows", crash)
        with pytest.raises(KeyboardInterrupt):
            reap()
    assert not KeystoreKey.objects.using("keystore").exists()
    assert SealedPart.objects.exists()  # unreadable rows, never readable content
    reap()
    assert is_destroyed(old)
    assert not SealedPart.objects.exists()


def test_a_hold_by_two_people_pauses_destruction_until_its_day(demodam, fg):
    made, _code = due(demodam)
    until = timezone.localdate() + timedelta(days=30)
    hold = holding.ask_hold(made, reason=HoldReason.COURT, until=until, by=fg)
    holding.confirm_hold(hold, by=demodam.holders[0])
    assert "1 kept by a hold" in reap()
    assert not is_destroyed(made)
    with time_machine.travel(until + timedelta(days=1)):
        reap(trust_clock=True)
    assert is_destroyed(made)


def test_a_hold_that_nobody_confirms_pauses_for_a_week_only(demodam, fg, settings):
    made, _code = due(demodam)
    until = timezone.localdate() + timedelta(days=300)
    holding.ask_hold(made, reason=HoldReason.COURT, until=until, by=fg)
    reap()
    assert not is_destroyed(made)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        reap()
    assert is_destroyed(made)


def test_who_asks_a_hold_can_not_confirm_it(demodam, fg):
    made, _code = closed(demodam)
    hold = holding.ask_hold(made, reason=HoldReason.CLAIM, until=timezone.localdate(), by=fg)
    with pytest.raises(PermissionDenied):
        holding.confirm_hold(hold, by=fg)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.filter(pk=hold.pk).update(confirmed_by=fg.reference)


def test_staff_and_neighbours_can_not_pause_destruction(demodam, polderveen, fg):
    made, _code = closed(demodam)
    for person in (demodam.holders[0], polderveen.holders[0]):
        with pytest.raises(PermissionDenied):
            holding.ask_hold(made, reason=HoldReason.COURT, until=timezone.localdate(), by=person)
    hold = holding.ask_hold(made, reason=HoldReason.COURT, until=timezone.localdate(), by=fg)
    with pytest.raises(PermissionDenied):
        holding.confirm_hold(hold, by=polderveen.holders[0])


def test_a_hold_has_an_end_and_not_too_late_a_one(demodam, fg, settings):
    made, _code = closed(demodam)
    today = timezone.localdate()
    for until in (today - timedelta(days=1), today + timedelta(days=366)):
        with pytest.raises(holding.TooLong):
            holding.ask_hold(made, reason=HoldReason.COURT, until=until, by=fg)


def test_a_hold_also_pauses_the_answers_and_the_name(demodam, fg, settings):
    settings.MELDPUNT_REAPER = "apart"
    made, _code = due(demodam, identity={"name": "Noor"})
    Report.objects.update(destroy_identity_on=timezone.localdate() - timedelta(days=1))
    until = timezone.localdate() + timedelta(days=5)
    hold = holding.ask_hold(made, reason=HoldReason.COURT, until=until, by=fg)
    holding.confirm_hold(hold, by=demodam.holders[0])
    reap()
    kept = set(SecretWrap.objects.values_list("domain", flat=True))
    assert kept == {"report", "dialogue", "internal", "identity"}
    assert ShredOrder.objects.exists()
    holding.lift_hold(hold, by=fg)
    reap()
    assert is_destroyed(made)


def test_a_reporter_who_comes_back_near_the_end_gets_two_weeks_once(demodam, settings):
    shorter = {"days": 14, "least": 7, "most": 28}
    settings.MELDPUNT_RETENTION = settings.MELDPUNT_RETENTION | {"no_follow_up": shorter}
    made, code = closed(demodam)
    conversation.open_conversation(code)
    conversation.open_conversation(code)
    assert Extension.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        reap(trust_clock=True)
    assert not is_destroyed(made)
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        reap(trust_clock=True)
    assert is_destroyed(made)


def test_coming_back_never_passes_the_maximum(demodam):
    made, code = closed(demodam)  # 28 days, and 28 is the most
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        conversation.open_conversation(code)
    assert not Extension.objects.exists()
    assert made.destroy_latest_on == made.destroy_on


def test_a_municipality_keeps_shorter_within_the_bounds(demodam, settings):
    settings.MELDPUNT_RETENTION_BY_MUNICIPALITY = {demodam.slug: {"no_follow_up": 10}}
    made, _code = closed(demodam)
    assert made.destroy_on == timezone.localdate() + timedelta(days=10)
    settings.MELDPUNT_RETENTION_BY_MUNICIPALITY = {demodam.slug: {"no_follow_up": 40}}
    with pytest.raises(ImproperlyConfigured):
        retention.days_of("no_follow_up", place=demodam.slug)


def test_a_clock_that_jumped_destroys_nothing(demodam):
    made, _code = closed(demodam)
    for moment in (timezone.now() + timedelta(days=400), timezone.now() - timedelta(days=2)):
        with time_machine.travel(moment), pytest.raises(CommandError, match="look at the clock"):
            reap()
    assert not is_destroyed(made)


def test_a_certificate_is_signed_and_names_every_key_that_arrived(demodam):
    made, _code = due(demodam, identity={"name": "Noor"})
    reap()
    tombstone = Tombstone.objects.select_related("report__municipality").get()
    assert check_certificate(tombstone).holds
    told = StringIO()
    call_command("meldpunt_certificate", made.ref, municipality=demodam.slug, stdout=told)
    assert "NO" not in told.getvalue()
    tombstone.certificate["week"] = "2020-W01"
    assert not check_certificate(tombstone).is_signed


def test_a_certificate_of_another_report_proves_nothing(demodam):
    first, _code = report(demodam)
    second, _code = report(demodam)
    certificate = destroy_report(first, rule="x", by="system").certificate
    tombstone = destroy_report(second, rule="x", by="system")
    tombstone.certificate = certificate
    assert not check_certificate(tombstone).holds


def dump(*models, using="default"):
    """The rows of a backup."""
    rows = [row for model in models for row in model._base_manager.using(using).all()]
    return serializers.serialize("json", rows)


def load(backup, using="default"):
    for row in serializers.deserialize("json", backup):
        row.object.__class__.save_base(row.object, raw=True, using=using)


CONTENT = [tables.Report, SecretWrap, SealedPart, tables.IndexBlob, tables.CodeWrap]


def test_a_restored_database_is_destroyed_again_before_the_site_opens(demodam):
    made, _code = report(demodam)
    backup = dump(*CONTENT)
    destroy_report(made, rule="verzoek", by="system")
    load(backup)
    assert not is_destroyed(made)
    assert "1 destroyed again" in reap(after_restore=True)
    assert is_destroyed(made)
    assert not SealedPart.objects.exists()
    assert AuditEvent.objects.filter(action="retention.restored").exists()


def test_a_restored_keystore_makes_the_vault_unready_until_the_round(demodam):
    made, _code = report(demodam)
    backup, keys = dump(*CONTENT), dump(KeystoreKey, using="keystore")
    destroy_report(made, rule="verzoek", by="system")
    load(backup)
    load(keys, using="keystore")
    assert not vault_is_ready()
    reap(after_restore=True)
    assert vault_is_ready()
    assert is_destroyed(made)
    assert not KeystoreKey.objects.using("keystore").exists()


def test_when_both_are_restored_the_list_outside_destroys_again(demodam, settings, tmp_path):
    settings.MELDPUNT_DESTROYED_LIST = str(tmp_path / "vernietigd.txt")
    made, _code = report(demodam)
    backup, keys = dump(*CONTENT), dump(KeystoreKey, using="keystore")
    destroy_report(made, rule="verzoek", by="system")
    KeystoreDestroyed.objects.using("keystore").all().delete()
    load(backup)
    load(keys, using="keystore")
    reap(after_restore=True, destroyed_list=tmp_path / "vernietigd.txt")
    assert is_destroyed(made)
    assert not KeystoreKey.objects.using("keystore").exists()


def test_minimised_answers_stay_gone_after_a_restore(demodam):
    made, _code = report(demodam)
    backup = dump(*CONTENT)
    work, keys = handled(made, demodam.holders[0])
    recorded = {
        "reason": NoFollowUpReason.NO_CONCERN,
        "minimised": "Geen zorg.",
        "minimised_done": True,
    }
    handling.take_step(
        work, to=ReportState.NO_FOLLOW_UP, recorded=recorded, keys=keys, by=demodam.holders[0]
    )
    assert not SealedPart.objects.filter(domain="report").exists()
    load(backup)
    reap(after_restore=True)
    assert not SealedPart.objects.filter(domain="report").exists()
    assert SealedPart.objects.filter(domain="internal").exists()


def test_a_destroyed_key_can_not_be_put_back(demodam):
    made, _code = report(demodam)
    destroy_report(made, rule="verzoek", by="system")
    dead = bytes.fromhex(KeystoreDestroyed.objects.using("keystore").first().pk)
    with pytest.raises(KeyAlreadyThere):
        Keystore(Surface.WORKSPACE).put(dead, "report", b"\x01" * 32)


def registered(place, made, right=Right.ERASURE):
    return rights.register_request(
        place, right=right, received_on=timezone.localdate(), report=made, by=place.holders[0]
    )


def test_a_granted_request_erases_the_report_the_same_day_by_two_people(demodam):
    made, _code = report(demodam)
    first, second = demodam.holders
    request = registered(demodam, made)
    rights.propose_answer(request, answer=Answer.GRANTED, by=first)
    with pytest.raises(PermissionDenied):
        rights.agree_answer(request, by=first)
    assert not is_destroyed(made)
    rights.agree_answer(request, by=second)
    assert is_destroyed(made)
    assert RightsRequest.objects.get().answered_on == timezone.localdate()


def test_a_request_can_erase_only_the_name(demodam):
    made, _code = report(demodam, identity={"name": "Noor"})
    request = registered(demodam, made, Right.ERASE_IDENTITY)
    rights.propose_answer(request, answer=Answer.GRANTED, by=demodam.holders[0])
    rights.agree_answer(request, by=demodam.holders[1])
    domains = set(SecretWrap.objects.values_list("domain", flat=True))
    assert domains == {"report", "dialogue", "internal"}
    assert not is_destroyed(made)


def test_a_hold_wins_from_a_request(demodam, fg):
    made, _code = report(demodam)
    holding.ask_hold(made, reason=HoldReason.COURT, until=timezone.localdate(), by=fg)
    request = registered(demodam, made)
    rights.propose_answer(request, answer=Answer.GRANTED, by=demodam.holders[0])
    with pytest.raises(OnHold):
        rights.agree_answer(request, by=demodam.holders[1])
    assert not is_destroyed(made)
    assert not RightsRequest.objects.get().answered_by


def test_erasing_takes_a_report(demodam):
    request = registered(demodam, None)
    with pytest.raises(rights.NothingToErase):
        rights.propose_answer(request, answer=Answer.GRANTED, by=demodam.holders[0])
    rights.propose_answer(request, answer=Answer.NOT_FOUND, by=demodam.holders[0])


def test_a_neighbour_can_not_touch_a_request(demodam, polderveen):
    request = registered(demodam, report(demodam)[0])
    with pytest.raises(PermissionDenied):
        rights.propose_answer(request, answer=Answer.GRANTED, by=polderveen.holders[0])
    with working_in([polderveen.pk]):
        assert not RightsRequest.objects.exists()


def test_a_request_is_extended_once(demodam):
    request = registered(demodam, None)
    longer = rights.extend_request(request, by=demodam.holders[0])
    assert longer.due_on == timezone.localdate() + timedelta(days=90)
    with pytest.raises(rights.AnsweredAlready):
        rights.extend_request(request, by=demodam.holders[0])


def test_an_overdue_report_is_hidden_from_staff_until_it_is_destroyed(demodam):
    made, _code = due(demodam)
    assert made not in Report.objects.get_queryset().readable()
    kept, _code = closed(demodam)
    assert kept in Report.objects.get_queryset().readable()

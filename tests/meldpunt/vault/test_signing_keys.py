"""A holder who leaves knew the signing key; the region makes another, and the past stays signed."""

import builtins
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from meldpunt.reports.services.reading import read_report
from meldpunt.reports.services.worklist import find_work
from meldpunt.reports.workflow import ReadReason
from meldpunt.vault.encryption import KeyRole, RecordRefused, SigningKey, trusted_record
from meldpunt.vault.models import HolderRecord, KeyWrap, PublicKeyRecord, StaffKeyPair
from meldpunt.vault.process_secrets import region_root
from meldpunt.vault.services import ceremonies, leaving, signing_keys, unlocking
from meldpunt.vault.services.key_state import key_state
from meldpunt.vault.services.rotation import NotASigner
from meldpunt.vault.services.trust import NoTrustedKey, current_key, signer_of, verified
from meldpunt.vault.services.vouching import is_vouched_for, signing_key_of
from tests.factories.meldpunt import PASSPHRASE, ROOT, report, staff, third_holder

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


@pytest.fixture
def left(demodam):
    """A third holder is gone, and kept a copy of the signing key."""
    leaver = third_holder(demodam)
    demodam.made, _code = report(demodam)
    for person in demodam.holders:
        demodam.opened = unlocking.keys_of(person, passphrase=PASSPHRASE)
    demodam.copied = signing_key_of(demodam.opened, demodam.pk)
    first, second = demodam.holders[:2]
    withdrawal = leaving.ask_withdrawal(leaver, municipality=demodam, by=first)
    keys = unlocking.keys_of(second, passphrase=PASSPHRASE)
    leaving.approve_withdrawal(withdrawal, keys=keys, by=second)
    demodam.first, demodam.second = first, second
    return demodam


def renewed(place):
    keys = unlocking.keys_of(place.first, passphrase=PASSPHRASE)
    return signing_keys.renew_signing_key(place, root=ROOT, keys=keys, by=place.first)


def test_when_a_holder_has_left_the_signing_key_is_due(left):
    assert key_state(left).signing_is_due
    told = StringIO()
    call_command("meldpunt_check", stdout=told)
    assert "knew the signing key" in told.getvalue()
    renewed(left)
    assert not key_state(left).signing_is_due


def test_what_the_copied_key_signs_counts_no_longer(left):
    renewed(left)
    row = current_key(left, KeyRole.REPORT)
    row.record = row.signed.record.signed_by(left.copied).text
    row.save()
    with pytest.raises(NoTrustedKey):
        verified(row)


def test_what_was_signed_before_is_still_verifiable(left):
    older = current_key(left, KeyRole.REPORT)
    signed_by = PublicKeyRecord.objects.get(role=KeyRole.SIGNING)
    renewed(left)
    older.refresh_from_db()
    assert not older.is_current
    assert signer_of(older) != signed_by  # it was in use, so it was signed anew
    first_epoch = PublicKeyRecord.objects.get(role=KeyRole.REPORT, epoch=1)
    assert signer_of(first_epoch) == signed_by
    signed_by.refresh_from_db()
    record = trusted_record(
        first_epoch.signed,
        signing=signed_by.signed,
        root=region_root(),
        role=KeyRole.REPORT,
        municipality=left.pk,
        on=first_epoch.signed.record.not_before,
    )
    assert record.epoch == 1
    call_command("meldpunt_check", stdout=StringIO())


def test_a_key_that_nobody_ever_signed_makes_the_check_fail(left):
    renewed(left)
    row = PublicKeyRecord.objects.get(role=KeyRole.REPORT, epoch=1)
    row.record = row.signed.record.signed_by(SigningKey.new()).text
    row.save()
    assert signer_of(row) is None
    with pytest.raises(CommandError, match="not ready"):
        call_command("meldpunt_check", stdout=StringIO())


def test_who_stays_opens_everything_and_signs_with_the_new_key(left):
    renewed(left)
    for person in (left.first, left.second):
        keys = unlocking.keys_of(person, passphrase=PASSPHRASE)
        work = find_work(left.made.ref, person, keys=keys)
        assert read_report(work, reason=ReadReason.HANDLING, keys=keys, by=person).answers
        assert signing_key_of(keys, left.pk) != left.copied
        assert is_vouched_for(person, left)
    assert KeyWrap.objects.filter(key__role=KeyRole.SIGNING).count() == 2
    # Made anew after the leaver, and again after the ceremony.
    for role, first in ((KeyRole.REPORT, 1), (KeyRole.IDENTITY, 0)):
        assert current_key(left, role).epoch == first + 2
        assert verified(current_key(left, role))


def test_a_pair_that_somebody_put_in_the_place_of_a_colleagues_gets_nothing(left):
    stranger = staff(left)
    theirs = StaffKeyPair.objects.get(user=stranger)
    StaffKeyPair.objects.filter(user=left.second).update(public=theirs.public)
    assert left.second not in signing_keys.vouched_holders(left)
    renewed(left)
    new = current_key(left, KeyRole.SIGNING)
    assert list(KeyWrap.objects.filter(key=new).values_list("holder", flat=True)) == [left.first.pk]
    assert not HolderRecord.objects.filter(holder=left.second).exists()


def test_only_the_region_root_makes_one_and_only_with_a_holder_who_signs(left, polderveen):
    keys = unlocking.keys_of(left.first, passphrase=PASSPHRASE)
    with pytest.raises(ceremonies.NotTheRegionRoot):
        signing_keys.renew_signing_key(left, root=SigningKey.new(), keys=keys, by=left.first)
    theirs = unlocking.keys_of(polderveen.holders[0], passphrase=PASSPHRASE)
    with pytest.raises(NotASigner):
        signing_keys.renew_signing_key(left, root=ROOT, keys=theirs, by=polderveen.holders[0])
    with pytest.raises(RecordRefused):
        trusted_record(
            current_key(left, KeyRole.REPORT).signed,
            signing=current_key(polderveen, KeyRole.SIGNING).signed,
            root=region_root(),
            role=KeyRole.REPORT,
            municipality=left.pk,
            on=current_key(left, KeyRole.REPORT).signed.record.not_before,
        )


def test_a_key_in_use_that_is_not_signed_stops_the_ceremony(left):
    row = current_key(left, KeyRole.IDENTITY)
    row.record = row.signed.record.signed_by(SigningKey.new()).text
    row.save()
    with pytest.raises(NoTrustedKey):
        renewed(left)


def ceremony(left, tmp_path, monkeypatch, *, answer="yes", **options):
    module = "meldpunt.vault.management.commands.meldpunt_signing_key.getpass"
    monkeypatch.setattr(module, lambda _question: PASSPHRASE)
    monkeypatch.setattr(builtins, "input", lambda _question: answer)
    root_file, told = tmp_path / "root", StringIO()
    root_file.write_text(ROOT.material.hex())
    call_command(
        "meldpunt_signing_key",
        left.slug,
        root_key_file=root_file,
        holder=left.first.email,
        stdout=told,
        **options,
    )
    return told.getvalue()


def test_the_ceremony_shows_every_mark_and_each_new_key(left, tmp_path, monkeypatch):
    told = ceremony(left, tmp_path, monkeypatch)
    for person in (left.first, left.second):
        pair = StaffKeyPair.objects.get(user=person)
        assert pair.public_key.fingerprint in told
    for role in ("signing", "report", "identity"):
        assert f"  {role}, epoch" in told
    assert "has a new signing key" in told
    assert current_key(left, KeyRole.SIGNING).epoch == 1


def test_a_drill_goes_through_all_of_it_and_changes_nothing(left, tmp_path, monkeypatch):
    before = list(PublicKeyRecord.objects.order_by("pk").values())
    told = ceremony(left, tmp_path, monkeypatch, drill=True)
    assert "Nothing was changed" in told
    assert list(PublicKeyRecord.objects.order_by("pk").values()) == before


def test_marks_that_differ_stop_the_ceremony(left, tmp_path, monkeypatch):
    with pytest.raises(CommandError, match="Stopped"):
        ceremony(left, tmp_path, monkeypatch, answer="no")
    assert current_key(left, KeyRole.SIGNING).epoch == 0

"""A public key is used only when the pinned root stands behind it, for what it is meant for."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.vault.encryption import (
    KeyRecord,
    KeyRole,
    SignedKeyRecord,
    SigningKey,
    Suite,
    WrapPrivateKey,
    errors,
    trusted_record,
    trusted_wrap_key,
)
from tests.meldpunt.vault.cast import (
    KEYS,
    MUNICIPALITY,
    NEIGHBOUR,
    QUARTER,
    ROOT,
    SIGNING,
    TODAY,
    report_record,
    signing_record,
)

STRANGER = SigningKey(b"x" * 32)
RECORD = report_record()


def trusted(record=RECORD, **changes):
    asked = {
        "signing": signing_record(),
        "root": ROOT.public(),
        "role": KeyRole.REPORT,
        "municipality": MUNICIPALITY,
        "on": TODAY,
    }
    return trusted_wrap_key(record, **{**asked, **changes})


def test_a_key_signed_up_to_the_root_is_trusted():
    assert trusted() == KEYS[Suite.HPKE_HYBRID].public()


def test_a_record_reads_back_as_it_was_stored():
    assert SignedKeyRecord.from_text(RECORD.text) == RECORD
    assert trusted(SignedKeyRecord.from_text(RECORD.text)) == trusted()


def test_a_record_holds_what_the_design_says():
    fields = json.loads(RECORD.text)["record"]

    assert fields.keys() >= {"key_id", "suite", "not_before", "not_after", "role", "municipality"}
    assert (fields["suite"], fields["role"], fields["epoch"]) == (2, "report", 4)


def test_a_key_put_in_by_someone_with_the_database_is_refused():
    own = KeyRecord.of(
        WrapPrivateKey.new().public(), role=KeyRole.REPORT, municipality=MUNICIPALITY, **QUARTER
    )
    with pytest.raises(errors.SignatureInvalid):
        trusted(own.signed_by(STRANGER))
    with pytest.raises(errors.SignatureInvalid):
        trusted(SignedKeyRecord(own, RECORD.signature))


def test_a_whole_chain_under_another_root_is_refused():
    with pytest.raises(errors.SignatureInvalid):
        trusted(signing=signing_record(by=STRANGER))


def test_the_root_itself_signs_no_municipality_key():
    with pytest.raises(errors.SignatureInvalid):
        trusted(report_record(by=ROOT))


def test_a_municipality_key_signs_nothing():
    with pytest.raises(errors.WrongSigner):
        trusted(signing=report_record(by=ROOT))


@pytest.mark.parametrize("record", ["signing", "record"])
def test_a_record_of_the_neighbours_is_refused(record):
    changes = {
        "signing": {"signing": signing_record(municipality=NEIGHBOUR)},
        "record": {"record": report_record(municipality=NEIGHBOUR)},
    }[record]
    with pytest.raises(errors.WrongMunicipality):
        trusted(**changes)


def test_a_key_is_used_for_its_own_role_only():
    with pytest.raises(errors.WrongRole):
        trusted(report_record(role=KeyRole.IDENTITY))
    with pytest.raises(errors.WrongRole):
        trusted(signing_record(by=SIGNING), role=KeyRole.SIGNING)


@pytest.mark.parametrize(
    ("on", "error"),
    [(date(2026, 9, 30), errors.NotYetValid), (date(2027, 1, 1), errors.NoLongerValid)],
)
def test_a_key_outside_its_days_is_refused(on, error):
    with pytest.raises(error):
        trusted(on=on)
    always = {"not_before": date(2020, 1, 1), "not_after": date(2030, 1, 1)}
    with pytest.raises(error):
        trusted(report_record(**always), on=on)
    with pytest.raises(error):
        trusted(signing=signing_record(**always), on=on)


@pytest.mark.parametrize("on", [date(2026, 10, 1), date(2026, 12, 31)])
def test_a_key_is_valid_on_its_first_and_last_day(on):
    assert trusted(on=on)


def test_a_setting_can_refuse_the_simple_suite():
    simple = KeyRecord.of(
        KEYS[Suite.HPKE_X25519].public(),
        role=KeyRole.REPORT,
        municipality=MUNICIPALITY,
        **QUARTER,
    ).signed_by(SIGNING)

    assert trusted(simple).suite is Suite.HPKE_X25519
    with pytest.raises(errors.SuiteRefused):
        trusted(simple, suites={Suite.HPKE_HYBRID})


def test_the_receipt_key_is_trusted_the_same_way():
    record = KeyRecord.of(
        STRANGER.public(), role=KeyRole.RECEIPT, municipality=MUNICIPALITY, **QUARTER
    ).signed_by(SIGNING)
    asked = {"signing": signing_record(), "root": ROOT.public(), "municipality": MUNICIPALITY}

    found = trusted_record(
        record, role=KeyRole.RECEIPT, on=TODAY, suites={Suite.HPKE_HYBRID}, **asked
    )

    assert found.key == STRANGER.public()
    with pytest.raises(errors.WrongRole):
        trusted(record, role=KeyRole.RECEIPT)


@pytest.mark.parametrize(
    "change",
    [
        {"suite": Suite.HPKE_X25519},
        {"suite": Suite.ED25519},
        {"role": KeyRole.SIGNING},
        {"public": b""},
        {"municipality": -1},
        {"municipality": True},
        {"epoch": 1.0},
        {"not_after": date(2026, 9, 1)},
    ],
)
def test_a_record_that_contradicts_itself_cannot_be_made(change):
    fields = {**vars(RECORD.record), **change}

    with pytest.raises(errors.RecordMalformed):
        KeyRecord(**fields)


@given(st.integers(0, len(RECORD.text) - 1), st.characters(min_codepoint=32, max_codepoint=126))
def test_a_stored_record_with_one_letter_changed_is_refused(position, letter):
    text = RECORD.text[:position] + letter + RECORD.text[position + 1 :]
    if text == RECORD.text:
        return
    with pytest.raises(errors.RecordRefused):
        trusted(SignedKeyRecord.from_text(text))


@given(st.text(max_size=100) | st.sampled_from(["{}", "[]", "null", "1", "[" * 5000, "\ud800"]))
def test_text_that_is_no_record_is_refused_by_name(text):
    with pytest.raises(errors.RecordMalformed):
        SignedKeyRecord.from_text(text)


@pytest.mark.parametrize(
    "edit",
    [
        lambda stored: stored["record"].update(extra="x"),
        lambda stored: stored["record"].update(key_id=1),
        lambda stored: stored["record"].update(v=2),
        lambda stored: stored["record"].pop("epoch"),
        lambda stored: stored.update(more={}),
        lambda stored: stored.update(signature="AA"),
    ],
)
def test_a_record_with_other_fields_is_malformed(edit):
    stored = json.loads(RECORD.text)
    edit(stored)

    with pytest.raises(errors.RecordMalformed):
        SignedKeyRecord.from_text(json.dumps(stored, sort_keys=True, separators=(",", ":")))


def test_a_record_is_written_in_one_way_only():
    with pytest.raises(errors.RecordMalformed):
        SignedKeyRecord.from_text(RECORD.text.replace(":", ": ", 1))

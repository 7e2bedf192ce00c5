"""What was sealed by an earlier release still opens, here and in a reader of somebody else."""

import io
import json
from datetime import date

import pytest

from meldpunt.vault import encryption as vault
from meldpunt.vault.encryption.envelope import ENVELOPE_SUITES, open_sealed
from meldpunt.vault.encryption.hpke import unwrap
from tests.meldpunt.vault import cast, independent_reader
from tests.meldpunt.vault.make_vectors import (
    ALL,
    PHRASE,
    SALT,
    SECRET,
    TEXT,
    VECTORS,
    derivations,
    place_of,
)


def load(name):
    return json.loads((VECTORS / name).read_text("utf-8"))


ENVELOPES, DERIVED = load("envelopes-v1.json"), load("derivations-v1.json")
RECORDS, BOXES = load("records-v1.json"), load("boxes-v1.json")
BOX = {"cookie": cast.COOKIE, "at": cast.NOW + 60, "max_age": 600}


def raw(vector, name="envelope"):
    return bytes.fromhex(vector[name])


def stored_pair():
    return vault.WrapPrivateKey(vault.Suite.HPKE_HYBRID, raw(BOXES, "pair"))


def stored_staff_pair():
    staff = BOXES["staff"]
    public = vault.WrapPublicKey(vault.Suite.HPKE_HYBRID, raw(staff, "public"))
    cost = vault.Argon2Cost.from_stored(staff["cost"])
    stored = vault.StaffKey(12, public, raw(staff, "salt"), cost, raw(staff, "sealed_private"))
    return vault.unlock_staff_key(stored, passphrase=PHRASE, pepper=cast.STAFF)


def test_every_file_and_every_suite_has_its_known_answers():
    assert {path.name for path in VECTORS.glob("*.json")} == set(ALL)
    assert {int(name[:4], 16) for name in ENVELOPES} == ENVELOPE_SUITES


@pytest.mark.parametrize("name", ["0x01", "0x02"])
def test_a_stored_wrap_opens(name):
    vector, suite = ENVELOPES[name], vault.Suite(int(name, 16))
    private = vault.WrapPrivateKey(suite, raw(vector, "private"))

    assert private.public().material == raw(vector, "public")
    assert private.public().key_id == vector["key_id"]
    opened = unwrap(raw(vector), by=private, context=vector["context"].encode())
    assert opened == raw(vector, "plaintext")


@pytest.mark.parametrize("name", ["0x01", "0x02"])
def test_somebody_elses_reader_opens_the_wrap(name):
    vector = ENVELOPES[name]

    opened = independent_reader.open_wrap(
        raw(vector), private=raw(vector, "private"), context=vector["context"].encode()
    )

    assert opened == raw(vector, "plaintext")


def test_stored_text_opens():
    vector = ENVELOPES["0x11"]
    place, key = place_of(vector["place"]), vault.ContentKey(raw(vector, "key"))

    assert place.aad.decode() == vector["context"]
    assert vault.open_text(raw(vector), key=key, place=place) == vector["text"]


def test_somebody_elses_reader_opens_the_text():
    vector = ENVELOPES["0x11"]

    padded = independent_reader.open_content(
        raw(vector), key=raw(vector, "key"), context=vector["context"].encode()
    )

    assert independent_reader.strip(padded).decode() == vector["text"]


def test_stored_bytes_with_a_key_id_open():
    vector = ENVELOPES["0x11 with a key id"]
    key, context = vault.ContentKey(raw(vector, "key")), vector["context"].encode()

    opened = open_sealed(raw(vector), key=key, context=context, key_id=vector["key_id"])

    assert opened == raw(vector, "plaintext")
    assert raw(vector)[4:8].hex() == "deadbeef"


@pytest.mark.parametrize("name", ["0x12", "0x12 in two frames"])
def test_a_stored_file_opens_here_and_elsewhere(name):
    vector = ENVELOPES[name]
    place, key = place_of(vector["place"]), vault.ContentKey(raw(vector, "key"))

    ours = b"".join(vault.open_file(io.BytesIO(raw(vector)), key=key, place=place))
    theirs = independent_reader.open_file(
        raw(vector), key=key.material, context=vector["context"].encode()
    )

    assert ours == theirs == raw(vector, "repeated") * vector["times"]


@pytest.fixture(scope="module")
def derived_today():
    return derivations()


@pytest.mark.parametrize("name", sorted(DERIVED))
def test_what_is_derived_stays_the_same(name, derived_today):
    assert derived_today[name] == DERIVED[name]


def test_every_derived_value_has_a_known_answer(derived_today):
    assert derived_today.keys() == DERIVED.keys()


def test_somebody_else_derives_the_same_content_key():
    derived = independent_reader.hkdf(
        b"S" * 32 + b"R" * 32, salt=cast.REPORT.bytes, info=b"meldpunt/v1|dialogue|7"
    )

    assert derived.hex() == DERIVED["content_key"]


@pytest.mark.parametrize("suite", cast.WRAP_SUITES)
def test_a_stored_record_is_still_trusted(suite):
    key = vault.trusted_wrap_key(
        vault.SignedKeyRecord.from_text(RECORDS[f"{suite:#04x}"]),
        signing=vault.SignedKeyRecord.from_text(RECORDS["signing"]),
        root=vault.VerifyKey(raw(RECORDS, "root")),
        role=vault.KeyRole.REPORT,
        municipality=cast.MUNICIPALITY,
        on=date(2026, 11, 25),
    )

    assert key.suite is suite


def test_a_staff_member_still_gets_in_and_reads():
    record = vault.KeyRecord.of(
        stored_pair().public(), role=vault.KeyRole.REPORT, municipality=7, epoch=4, **cast.QUARTER
    )
    held = vault.unwrap_held_key(
        raw(BOXES, "held"), by=stored_staff_pair(), record=record, holder=12
    )

    assert vault.unwrap_secret(raw(BOXES, "secret"), by=held.private, place=cast.PLACE) == SECRET
    master = vault.unwrap_index_master(raw(BOXES, "index"), by=held.private, municipality=7)
    assert master.material == b"i" * 32


def test_a_reporter_still_gets_in_with_the_code():
    seed = vault.CodeSeed(b"c" * 32)

    opened = vault.unwrap_by_code(
        raw(BOXES, "code"), seed=seed, pepper=cast.WEB, salt=SALT, report=cast.REPORT
    )

    assert opened == SECRET


def test_the_paper_seed_still_opens_the_recovery_pair():
    stored = BOXES["recovery"]
    public = vault.WrapPublicKey(vault.Suite.HPKE_HYBRID, raw(stored, "public"))
    seed = vault.RecoverySeed(b"p" * 32)

    private = vault.unlock_recovery_key(
        raw(stored, "locked"), seed=seed, public=public, municipality=7
    )

    assert private.public() == public


def test_what_waited_between_two_requests_still_opens():
    steps = vault.open_steps(
        BOXES["steps"], pepper=cast.WEB, questionnaire="2026.1", step="where", **BOX
    )
    visit = vault.open_visit(raw(BOXES, "visit"), report=cast.REPORT, **BOX)
    keys = vault.open_unlocked(raw(BOXES, "unlocked"), pepper=cast.STAFF, user=12, **BOX)

    assert steps == {"seen": TEXT}
    assert visit == SECRET
    assert keys.held[0].private.public() == stored_pair().public()
    assert keys.indexes[0].key_id == stored_pair().public().key_id

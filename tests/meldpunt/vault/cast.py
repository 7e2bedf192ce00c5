"""The same places and keys in every test of the vault, with cheap Argon2id."""

from datetime import date
from uuid import UUID

from meldpunt.vault.encryption import (
    Argon2Cost,
    ContentKey,
    ContentPlace,
    Domain,
    DomainPlace,
    KeyRecord,
    KeyRole,
    SignedKeyRecord,
    SigningKey,
    StaffPepper,
    Suite,
    VisitCookie,
    WebPepper,
    WrapPrivateKey,
)

CHEAP = Argon2Cost(passes=1, memory=8)  # for tests that are not about the cost
MUNICIPALITY, NEIGHBOUR = 7, 8
REPORT = UUID("6f1d3c52-0f3e-4b7e-9a65-2f1c9f0f2a11")
OTHER_REPORT = UUID("0b9a7c36-5b1d-4a5e-8f2e-51b1f6d2c022")
ROW = UUID("c2a8f6de-7a4d-4f0b-8a8e-3e5d1b7c9d33")
TODAY = date(2026, 11, 25)
NOW = 1_795_000_000

PLACE = DomainPlace(report=REPORT, domain=Domain.DIALOGUE, municipality=MUNICIPALITY)
MESSAGE = ContentPlace(PLACE, table="message", object_id=ROW, seq=3)
CONTENT_KEY = ContentKey(bytes(range(32)))
WEB, STAFF = WebPepper(b"w" * 32), StaffPepper(b"s" * 32)
COOKIE, OTHER_COOKIE = VisitCookie(b"c" * 32), VisitCookie(b"d" * 32)
WRAP_SUITES = [Suite.HPKE_X25519, Suite.HPKE_HYBRID]
KEYS = {suite: WrapPrivateKey.new(suite) for suite in WRAP_SUITES}

ROOT, SIGNING = SigningKey(b"r" * 32), SigningKey(b"g" * 32)
QUARTER = {"not_before": date(2026, 10, 1), "not_after": date(2026, 12, 31)}


def signing_record(*, by: SigningKey = ROOT, **changes: object) -> SignedKeyRecord:
    """The record of the municipality's signing key, signed by the root unless told otherwise."""
    fields = {"role": KeyRole.SIGNING, "municipality": MUNICIPALITY, **QUARTER, **changes}
    return KeyRecord.of(SIGNING.public(), **fields).signed_by(by)


def report_record(*, by: SigningKey = SIGNING, **changes: object) -> SignedKeyRecord:
    """The record of this quarter's municipality key."""
    fields = {"role": KeyRole.REPORT, "municipality": MUNICIPALITY, "epoch": 4, **QUARTER}
    public = KEYS[Suite.HPKE_HYBRID].public()
    return KeyRecord.of(public, **{**fields, **changes}).signed_by(by)

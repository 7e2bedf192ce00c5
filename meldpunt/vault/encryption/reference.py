"""The reference (meldingsnummer): names a report on the telephone and opens nothing."""

import hashlib
import secrets
from uuid import UUID

from meldpunt.vault.encryption import crockford

REFERENCE_LENGTH = 8


def new_reference() -> str:
    """Eight random symbols, as stored."""
    return crockford.encode(secrets.randbits(5 * REFERENCE_LENGTH), symbols=REFERENCE_LENGTH)


def reference_of(report: UUID) -> str:
    """The reference that follows from a report's random id, so that no column has to hold it."""
    digest = hashlib.sha256(b"ref/v1|" + report.bytes).digest()
    return crockford.encode(int.from_bytes(digest[:5], "big"), symbols=REFERENCE_LENGTH)


def parse_reference(text: str) -> str:
    """What somebody typed, as stored. Raises ``NotACode``."""
    return crockford.normalise(text, symbols=REFERENCE_LENGTH)


def format_reference(reference: str) -> str:
    """For people: ``7K2M-9QXD``."""
    return crockford.grouped(reference)

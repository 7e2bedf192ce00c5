"""The reference (meldingsnummer): names a report on the telephone and opens nothing."""

import secrets

from meldpunt.vault.encryption import crockford

REFERENCE_LENGTH = 8


def new_reference() -> str:
    """Eight random symbols, as stored."""
    return crockford.encode(secrets.randbits(5 * REFERENCE_LENGTH), symbols=REFERENCE_LENGTH)


def parse_reference(text: str) -> str:
    """What somebody typed, as stored. Raises ``NotACode``."""
    return crockford.normalise(text, symbols=REFERENCE_LENGTH)


def format_reference(reference: str) -> str:
    """For people: ``7K2M-9QXD``."""
    return crockford.grouped(reference)

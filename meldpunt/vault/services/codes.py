"""The reporter's code: made, shown once, found again by a slow hash (meldpunt.md 6.5)."""

import secrets
import time
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings

from meldpunt.vault.encryption import (
    CannotOpen,
    CodeKeys,
    DomainSecret,
    NotACode,
    ReceiptCode,
    VisitCookie,
    derive_code_keys,
    format_reference,
    new_reference,
    open_visit,
    parse_reference,
    reference_of,
    seal_visit,
    sign_receipt,
    unwrap_by_code,
    wrap_for_code,
)
from meldpunt.vault.process_secrets import receipt_key, web_pepper

__all__ = [
    "CodeKeys",
    "NotACode",
    "ReceiptCode",
    "SealedForCode",
    "VisitCookie",
    "format_reference",
    "keys_of",
    "new_reference",
    "open_visit_box",
    "parse_reference",
    "proof_of_receipt",
    "reference_of",
    "seal_for_code",
    "seal_visit_box",
    "secret_by_code",
]


@dataclass(frozen=True)
class SealedForCode:
    """What is stored so that the code opens the conversation; the code itself never is."""

    lookup: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    envelope: bytes = field(repr=False)


def keys_of(code: ReceiptCode) -> CodeKeys:
    """One Argon2id, for a known and an unknown code alike."""
    return derive_code_keys(code, pepper=web_pepper())


def seal_for_code(secret: DomainSecret, *, keys: CodeKeys, report: UUID) -> SealedForCode:
    """Wrap the secret of a conversation to a code."""
    salt = secrets.token_bytes(16)
    envelope = wrap_for_code(secret, seed=keys.seed, pepper=web_pepper(), salt=salt, report=report)
    return SealedForCode(keys.lookup, salt, envelope)


def secret_by_code(envelope: bytes, *, keys: CodeKeys, salt: bytes, report: UUID) -> DomainSecret:
    """The secret of a conversation. Raises ``CannotOpen``."""
    return unwrap_by_code(envelope, seed=keys.seed, pepper=web_pepper(), salt=salt, report=report)


def proof_of_receipt(*, municipality: int, week: str, lookup: bytes) -> str:
    """One line that proves that a report exists, without a word of its content."""
    signed = sign_receipt(receipt_key(), municipality=municipality, week=week, lookup=lookup)
    return signed.text


def seal_visit_box(secret: DomainSecret, *, cookie: VisitCookie, report: UUID) -> bytes:
    """What the server keeps of an open conversation; useless without the cookie."""
    return seal_visit(secret, cookie=cookie, report=report, at=int(time.time()))


def open_visit_box(box: bytes, *, cookie: VisitCookie, report: UUID) -> DomainSecret | None:
    """The secret again, or nothing when the cookie does not fit or the visit took too long."""
    try:
        return open_visit(
            box,
            cookie=cookie,
            report=report,
            at=int(time.time()),
            max_age=settings.MELDPUNT_CONVERSATION_LONGEST,
        )
    except CannotOpen:
        return None

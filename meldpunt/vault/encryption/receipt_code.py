"""The receipt code (meldcode): the only key an anonymous reporter has (meldpunt.md 6.5).

80 random bits as 16 symbols, and 2 check symbols. The code itself is never stored: only
``lookup``, a slow hash keyed with the web pepper, by which its row is found.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import NoReturn, Self
from uuid import UUID

from meldpunt.vault.encryption import crockford
from meldpunt.vault.encryption.contexts import Purpose, context
from meldpunt.vault.encryption.envelope import open_sealed, seal
from meldpunt.vault.encryption.errors import NotACode
from meldpunt.vault.encryption.kdf import (
    CODE_COST,
    SALT_LENGTH,
    Argon2Cost,
    hkdf,
    slow_hash,
)
from meldpunt.vault.encryption.secret_bytes import (
    ContentKey,
    DomainSecret,
    SecretBytes,
    WebPepper,
)

_BITS, _SYMBOLS, _CHECKS = 80, 16, 2
# The largest prime below 32^2: every single wrong symbol and every swap of two neighbours in
# the code changes the remainder, so the check needs neither the database nor Argon2id.
_MODULUS = 1021
_LOOKUP_LENGTH = 16


@dataclass(frozen=True, repr=False)
class ReceiptCode:
    """A code that passed its check. ``symbols`` are the 16 that carry the secret."""

    symbols: str

    @classmethod
    def new(cls) -> Self:
        """A fresh code of 80 random bits."""
        return cls(crockford.encode(secrets.randbits(_BITS), symbols=_SYMBOLS))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a reporter typed; see ``crockford.normalise`` for what is forgiven.

        Raises ``NotACode`` when the length, a symbol or the check symbols are wrong.
        """
        plain = crockford.normalise(text, symbols=_SYMBOLS + _CHECKS)
        code = cls(plain[:_SYMBOLS])
        if code._check_symbols != plain[_SYMBOLS:]:
            raise NotACode("The check symbols don't fit.")
        return code

    @property
    def formatted(self) -> str:
        """The code for the reporter's eyes only, such as ``ZDEB-Q244-MSCK-JBRF-6G``."""
        return crockford.grouped(self.symbols + self._check_symbols)

    def ends_with(self, text: str) -> bool:
        """Say whether ``text`` repeats the last four symbols: the reporter wrote the code down."""
        try:
            typed = crockford.normalise(text, symbols=4)
        except NotACode:
            return False
        return secrets.compare_digest(typed, (self.symbols + self._check_symbols)[-4:])

    @property
    def _check_symbols(self) -> str:
        return crockford.encode(crockford.decode(self.symbols) % _MODULUS, symbols=_CHECKS)

    def __repr__(self) -> str:
        return "ReceiptCode(hidden)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A receipt code may not be pickled.")


class CodeSeed(SecretBytes):
    """The half of the code's hash that opens the conversation; ``lookup`` is the other half."""


@dataclass(frozen=True)
class CodeKeys:
    """What a code becomes: ``lookup`` (16 bytes, stored, unique) and ``seed`` (never stored)."""

    lookup: bytes = field(repr=False)
    seed: CodeSeed

    @property
    def marker(self) -> str:
        """A name for what is noted of this code; without the code it points at no report."""
        return hashlib.sha256(b"code-marker/v1|" + self.seed.material).hexdigest()


def derive_code_keys(
    code: ReceiptCode, *, pepper: WebPepper, cost: Argon2Cost = CODE_COST
) -> CodeKeys:
    """One Argon2id, 28 ms at the default cost. Do it once for known and unknown codes alike."""
    salt = hashlib.sha256(b"code/v1|" + pepper.material).digest()[:SALT_LENGTH]
    hashed = slow_hash(
        code.symbols.encode("ascii"),
        salt=salt,
        cost=cost,
        length=_LOOKUP_LENGTH + CodeSeed.length,
    )
    return CodeKeys(hashed[:_LOOKUP_LENGTH], CodeSeed(hashed[_LOOKUP_LENGTH:]))


def wrap_for_code(
    secret: DomainSecret,
    *,
    seed: CodeSeed,
    pepper: WebPepper,
    salt: bytes,
    report: UUID,
) -> bytes:
    """Wrap the secret of the conversation to the code. ``salt``: 16 random bytes of the row."""
    where = context(Purpose.CODE_WRAP, report)
    return seal(secret.material, key=_code_key(seed, pepper, salt, where), context=where)


def unwrap_by_code(
    envelope: bytes, *, seed: CodeSeed, pepper: WebPepper, salt: bytes, report: UUID
) -> DomainSecret:
    """Give back the secret of the conversation. Raises ``CannotOpen`` by one of its names."""
    where = context(Purpose.CODE_WRAP, report)
    key = _code_key(seed, pepper, salt, where)
    return DomainSecret(open_sealed(envelope, key=key, context=where))


def _code_key(seed: CodeSeed, pepper: WebPepper, salt: bytes, where: bytes) -> ContentKey:
    return ContentKey(hkdf(seed.material + pepper.material, salt=salt, info=where))

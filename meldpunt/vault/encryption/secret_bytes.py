"""Key material that keeps out of sight: not printed, not pickled, compared in constant time.

One class per kind of key, so that the type checker sees a staff pepper where a web pepper is
meant. Python can't wipe memory and this code doesn't claim to (meldpunt.md 9.2).
"""

import hmac
import secrets
from dataclasses import dataclass
from typing import ClassVar, NoReturn, Self


@dataclass(frozen=True, repr=False, eq=False)
class SecretBytes:
    """Bytes that must never reach a log, a page or a cache. ``material`` has a fixed length."""

    material: bytes
    length: ClassVar[int] = 32

    def __post_init__(self) -> None:
        if len(self.material) != self.length:
            raise ValueError(f"{type(self).__name__} takes {self.length} bytes.")

    @classmethod
    def new(cls) -> Self:
        """A fresh one from the operating system's random source."""
        return cls(secrets.token_bytes(cls.length))

    def __repr__(self) -> str:
        return f"{type(self).__name__}(hidden)"

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self) or not isinstance(other, SecretBytes):
            return NotImplemented
        return hmac.compare_digest(self.material, other.material)

    __hash__ = None  # type: ignore[assignment]  # a secret is no key of a dictionary

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} may not be pickled.")


class WebPepper(SecretBytes):
    """K_web: exists only in the process that serves reporters."""


class StaffPepper(SecretBytes):
    """K_staff: exists only in the process that serves staff."""


class DomainSecret(SecretBytes):
    """S[r,d]: the half of a domain's key that lies in the database, wrapped to people."""


class RetentionKey(SecretBytes):
    """RK[r,d]: the half that lies in the keystore; destroying it destroys the content."""


class ContentKey(SecretBytes):
    """DK[r,d], or another derived key that seals content. Never stored."""


class IndexMaster(SecretBytes):
    """K_idx[g]: one per municipality and epoch, wrapped by the municipality key of that epoch."""


class RecoverySeed(SecretBytes):
    """The seed of the recovery pair. Lives on paper, in shares, and never on a server."""


class VisitCookie(SecretBytes):
    """The random value in the cookie of one visit (reporter) or one unlocking (staff)."""

    @property
    def text(self) -> str:
        """The value to put in the cookie: 64 hexadecimal digits."""
        return self.material.hex()

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read it back from a cookie. Raises ``ValueError`` for anything but 64 hex digits."""
        if len(text) != 2 * cls.length or not text.isascii():
            raise ValueError("Not a visit cookie.")
        return cls(bytes.fromhex(text))

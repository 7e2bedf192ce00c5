"""The one form in which something sealed is stored (byte-exact: docs/reference/envelope-format.md).

``"MP" | version u8 | suite u8 | key-id u32 | nonce or enc | ciphertext``. The first eight bytes
are authenticated together with the context. There is no negotiation: the reader says which suite
and key it expects, and anything else is an error with a name.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Self

from nacl.exceptions import CryptoError
from nacl.secret import Aead

from meldpunt.vault.encryption.errors import (
    NotAnEnvelope,
    NotGenuine,
    Truncated,
    UnexpectedKey,
    UnexpectedSuite,
    UnknownSuite,
    UnknownVersion,
)
from meldpunt.vault.encryption.secret_bytes import SecretBytes

MAGIC = b"MP"
VERSION = 1
HEADER_LENGTH = 8
NO_KEY_ID = 0
_NONCE_AND_TAG = Aead.NONCE_SIZE + Aead.MACBYTES


class Suite(IntEnum):
    """How something is sealed or signed. The number is stored; never use one twice."""

    HPKE_X25519 = 0x01
    HPKE_HYBRID = 0x02
    CONTENT = 0x11
    FILE = 0x12
    ED25519 = 0x21  # key records only; no envelope has it


ENVELOPE_SUITES = frozenset({Suite.HPKE_X25519, Suite.HPKE_HYBRID, Suite.CONTENT, Suite.FILE})


@dataclass(frozen=True)
class Header:
    """The first eight bytes: which suite, and which key (0: the row itself says which)."""

    suite: Suite
    key_id: int = NO_KEY_ID

    def __bytes__(self) -> bytes:
        return MAGIC + bytes([VERSION, self.suite]) + self.key_id.to_bytes(4, "big")

    @classmethod
    def read(cls, envelope: bytes) -> Self:
        """Read the header of an envelope.

        Raises ``NotAnEnvelope``, ``Truncated``, ``UnknownVersion`` or ``UnknownSuite``.
        """
        if envelope[:2] != MAGIC[: len(envelope)] or not envelope:
            raise NotAnEnvelope
        if len(envelope) < HEADER_LENGTH:
            raise Truncated
        version, suite = envelope[2], envelope[3]
        if version != VERSION:
            raise UnknownVersion(f"Version {version}.")
        if suite not in ENVELOPE_SUITES:
            raise UnknownSuite(f"Suite {suite:#04x}.")
        return cls(Suite(suite), int.from_bytes(envelope[4:HEADER_LENGTH], "big"))

    def require(self, suite: Suite, key_id: int) -> None:
        """Raise ``UnexpectedSuite`` or ``UnexpectedKey`` unless both are as expected."""
        if self.suite is not suite:
            raise UnexpectedSuite(f"Expected {suite:#04x}, found {self.suite:#04x}.")
        if self.key_id != key_id:
            raise UnexpectedKey


def seal(plaintext: bytes, *, key: SecretBytes, context: bytes, key_id: int = NO_KEY_ID) -> bytes:
    """Seal bytes with suite 0x11 (XChaCha20-Poly1305, random 192-bit nonce). Gives an envelope.

    ``context`` is authenticated and not stored. Nothing is padded here; see ``content``.
    """
    header = bytes(Header(Suite.CONTENT, key_id))
    return header + bytes(Aead(key.material).encrypt(plaintext, aad=header + context))


def open_sealed(
    envelope: bytes, *, key: SecretBytes, context: bytes, key_id: int = NO_KEY_ID
) -> bytes:
    """Give back what ``seal`` sealed, for exactly the same key, context and key id.

    Raises ``NotGenuine`` when anything was changed or moved, and the errors of ``Header``.
    """
    header = Header.read(envelope)
    header.require(Suite.CONTENT, key_id)
    if len(envelope) < HEADER_LENGTH + _NONCE_AND_TAG:
        raise Truncated
    try:
        return Aead(key.material).decrypt(envelope[HEADER_LENGTH:], aad=bytes(header) + context)
    except CryptoError:
        raise NotGenuine from None

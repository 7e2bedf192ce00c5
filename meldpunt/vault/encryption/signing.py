"""Ed25519 keys: the region root, the municipality signing keys and the receipt key."""

from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from meldpunt.vault.encryption.envelope import Suite
from meldpunt.vault.encryption.key_pairs import fingerprint, key_id
from meldpunt.vault.encryption.secret_bytes import SecretBytes

SIGNATURE_LENGTH = 64


@dataclass(frozen=True, repr=False)
class VerifyKey:
    """The public half, 32 bytes. The region root's is pinned in the deployment's settings."""

    material: bytes

    def __post_init__(self) -> None:
        if len(self.material) != 32:
            raise ValueError("An Ed25519 public key has 32 bytes.")

    def __repr__(self) -> str:
        return f"VerifyKey({self.fingerprint})"

    @property
    def suite(self) -> Suite:
        """Always 0x21, which no envelope has."""
        return Suite.ED25519

    @property
    def key_id(self) -> int:
        """The number of this key in key records."""
        return key_id(self.suite, self.material)

    @property
    def fingerprint(self) -> str:
        """What two people compare."""
        return fingerprint(self.suite, self.material)

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Say whether ``signature`` was made over exactly ``message`` by the private half."""
        try:
            Ed25519PublicKey.from_public_bytes(self.material).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


class SigningKey(SecretBytes):
    """The private half, 32 bytes (the seed of RFC 8032)."""

    @property
    def suite(self) -> Suite:
        """Always 0x21."""
        return Suite.ED25519

    def public(self) -> VerifyKey:
        """The public half of this pair."""
        public = Ed25519PrivateKey.from_private_bytes(self.material).public_key()
        return VerifyKey(public.public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """64 bytes. Every kind of message starts with its own fixed word and version."""
        return Ed25519PrivateKey.from_private_bytes(self.material).sign(message)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read the key from a secrets file: 64 hexadecimal digits. Raises ``ValueError``."""
        return cls(bytes.fromhex(text))

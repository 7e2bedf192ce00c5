"""Key pairs to which secrets are wrapped, and the suite that belongs to each pair.

The suite is a property of the pair, fixed when it is made (meldpunt.md R9 and 6.2). 0x02 is
X25519 with ML-KEM-768; 0x01 is X25519 alone, for a library without ML-KEM.
"""

import hashlib
from dataclasses import dataclass
from typing import NoReturn, Self

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.mlkem import (
    MLKEM768PrivateKey,
    MLKEM768PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.hpke import (
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
)

from meldpunt.vault.encryption import crockford
from meldpunt.vault.encryption.envelope import Suite
from meldpunt.vault.encryption.errors import SuiteUnavailable

_X25519 = 32
_MLKEM_SEED, _MLKEM_PUBLIC = 64, 1184
PUBLIC_LENGTHS = {
    Suite.HPKE_X25519: _X25519,
    Suite.HPKE_HYBRID: _MLKEM_PUBLIC + _X25519,
    Suite.ED25519: 32,
}
PRIVATE_LENGTHS = {
    Suite.HPKE_X25519: _X25519,
    Suite.HPKE_HYBRID: _MLKEM_SEED + _X25519,
    Suite.ED25519: 32,
}
WRAP_SUITES = frozenset({Suite.HPKE_X25519, Suite.HPKE_HYBRID})


def key_id(suite: Suite, public: bytes) -> int:
    """The number of a public key, 1 to 2^32-1: it follows from the key, so nobody hands it out."""
    digest = hashlib.sha256(b"key-id/v1|" + bytes([suite]) + public).digest()
    return int.from_bytes(digest[:4], "big") or 1


def fingerprint(suite: Suite, public: bytes) -> str:
    """80 bits of a public key for two people to read to each other: ``ABCD-EFGH-JKMN-PQRS``."""
    digest = hashlib.sha256(b"fingerprint/v1|" + bytes([suite]) + public).digest()
    return crockford.grouped(crockford.encode(int.from_bytes(digest[:10], "big"), symbols=16))


@dataclass(frozen=True, repr=False)
class WrapPublicKey:
    """The public half: to whom something is wrapped. Trust it only through its key record."""

    suite: Suite
    material: bytes

    def __post_init__(self) -> None:
        _check(self.suite, self.material, PUBLIC_LENGTHS)

    def __repr__(self) -> str:
        return f"WrapPublicKey(suite={self.suite:#04x}, {self.fingerprint})"

    @property
    def key_id(self) -> int:
        """The number of this key in envelopes and key records."""
        return key_id(self.suite, self.material)

    @property
    def fingerprint(self) -> str:
        """What two people compare before one grants the other access."""
        return fingerprint(self.suite, self.material)

    def loaded(self) -> X25519PublicKey | MLKEM768X25519PublicKey:
        """The key in the form the library takes. Raises ``ValueError`` for a broken key."""
        x25519 = X25519PublicKey.from_public_bytes(self.material[-_X25519:])
        if self.suite is Suite.HPKE_X25519:
            return x25519
        mlkem = MLKEM768PublicKey.from_public_bytes(self.material[:_MLKEM_PUBLIC])
        return MLKEM768X25519PublicKey(mlkem, x25519)


@dataclass(frozen=True, repr=False)
class WrapPrivateKey:
    """The private half. ``material`` is the ML-KEM seed (suite 0x02 only) and the X25519 key."""

    suite: Suite
    material: bytes

    def __post_init__(self) -> None:
        _check(self.suite, self.material, PRIVATE_LENGTHS)

    def __repr__(self) -> str:
        return f"WrapPrivateKey(suite={self.suite:#04x}, hidden)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A private key may not be pickled.")

    @classmethod
    def new(cls, suite: Suite | None = None) -> Self:
        """A fresh pair of ``suite``, or of the best suite this machine offers.

        Raises ``SuiteUnavailable`` when the library lacks it.
        """
        chosen = best_suite() if suite is None else suite
        x25519 = X25519PrivateKey.generate().private_bytes_raw()
        if chosen is Suite.HPKE_X25519:
            return cls(chosen, x25519)
        try:
            return cls(chosen, MLKEM768PrivateKey.generate().private_bytes_raw() + x25519)
        except UnsupportedAlgorithm:
            raise SuiteUnavailable("This OpenSSL has no ML-KEM-768.") from None

    def public(self) -> WrapPublicKey:
        """The public half of this pair."""
        x25519 = X25519PrivateKey.from_private_bytes(self.material[-_X25519:])
        material = x25519.public_key().public_bytes_raw()
        if self.suite is Suite.HPKE_HYBRID:
            material = self._mlkem().public_key().public_bytes_raw() + material
        return WrapPublicKey(self.suite, material)

    def loaded(self) -> X25519PrivateKey | MLKEM768X25519PrivateKey:
        """The key in the form the library takes."""
        x25519 = X25519PrivateKey.from_private_bytes(self.material[-_X25519:])
        if self.suite is Suite.HPKE_X25519:
            return x25519
        return MLKEM768X25519PrivateKey(self._mlkem(), x25519)

    def _mlkem(self) -> MLKEM768PrivateKey:
        return MLKEM768PrivateKey.from_seed_bytes(self.material[:_MLKEM_SEED])


def best_suite() -> Suite:
    """0x02 where the library offers ML-KEM-768, else 0x01. For new pairs only."""
    try:
        MLKEM768PrivateKey.generate()
    except UnsupportedAlgorithm:
        return Suite.HPKE_X25519
    return Suite.HPKE_HYBRID


def _check(suite: Suite, material: bytes, lengths: dict[Suite, int]) -> None:
    if suite not in WRAP_SUITES:
        raise ValueError("Only suites 0x01 and 0x02 wrap secrets.")
    if len(material) != lengths[suite]:
        raise ValueError(f"A key of suite {suite:#04x} has {lengths[suite]} bytes.")

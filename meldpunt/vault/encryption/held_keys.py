"""The private keys of a municipality, wrapped to the people who hold them (6.3, 6.6)."""

from dataclasses import dataclass

from meldpunt.vault.encryption.contexts import Purpose, context
from meldpunt.vault.encryption.envelope import Suite
from meldpunt.vault.encryption.errors import NotGenuine
from meldpunt.vault.encryption.hpke import unwrap, wrap
from meldpunt.vault.encryption.key_pairs import (
    PRIVATE_LENGTHS,
    WrapPrivateKey,
    WrapPublicKey,
)
from meldpunt.vault.encryption.key_records import KeyRecord, KeyRole
from meldpunt.vault.encryption.secret_bytes import IndexMaster
from meldpunt.vault.encryption.signing import SigningKey

RECOVERY_HOLDER = 0  # the paper sheets hold this wrap, no person does


@dataclass(frozen=True)
class HeldKey:
    """A private key with what it is for: MK, IK, RVK or GK. Epoch 0 where there are no epochs."""

    municipality: int
    role: KeyRole
    private: WrapPrivateKey | SigningKey
    epoch: int = 0

    @property
    def key_id(self) -> int:
        """The number of the key pair."""
        return self.private.public().key_id


def encode_private(private: WrapPrivateKey | SigningKey) -> bytes:
    """Suite byte and key material. Only ever to be sealed."""
    return bytes([private.suite]) + private.material


def decode_private(encoded: bytes) -> WrapPrivateKey | SigningKey:
    """The key again. Raises ``NotGenuine`` for an unknown suite or a wrong length."""
    suite, material = encoded[0] if encoded else 0, encoded[1:]
    if suite not in PRIVATE_LENGTHS or len(material) != PRIVATE_LENGTHS[Suite(suite)]:
        raise NotGenuine
    if suite == Suite.ED25519:
        return SigningKey(material)
    return WrapPrivateKey(Suite(suite), material)


def wrap_held_key(held: HeldKey, *, to: WrapPublicKey, holder: int) -> bytes:
    """Wrap a private key to a staff pair (``holder``: the user's id) or ``RECOVERY_HOLDER``."""
    where = _where(held.municipality, held.role, held.epoch, held.key_id, holder)
    return wrap(encode_private(held.private), to=to, context=where)


def unwrap_held_key(
    envelope: bytes, *, by: WrapPrivateKey, record: KeyRecord, holder: int
) -> HeldKey:
    """Give back the private half of the key in ``record``. Raises ``CannotOpen`` by its name."""
    where = _where(record.municipality, record.role, record.epoch, record.key_id, holder)
    private = decode_private(unwrap(envelope, by=by, context=where))
    if private.public() != record.key:
        raise NotGenuine
    return HeldKey(record.municipality, record.role, private, record.epoch)


def wrap_index_master(master: IndexMaster, *, to: WrapPublicKey, municipality: int) -> bytes:
    """Wrap K_idx once, to the municipality key (or RVK) of the same epoch."""
    where = context(Purpose.INDEX_WRAP, municipality, to.key_id)
    return wrap(master.material, to=to, context=where)


def unwrap_index_master(envelope: bytes, *, by: WrapPrivateKey, municipality: int) -> IndexMaster:
    """Give back K_idx. Raises ``CannotOpen`` by one of its names."""
    where = context(Purpose.INDEX_WRAP, municipality, by.public().key_id)
    return IndexMaster(unwrap(envelope, by=by, context=where))


def _where(municipality: int, role: KeyRole, epoch: int, key_id: int, holder: int) -> bytes:
    return context(Purpose.KEY_WRAP, municipality, role, epoch, key_id, holder)

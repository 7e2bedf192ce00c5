"""The recovery pair (RecK): for the day that nobody holds a municipality's keys any more.

Its private half is locked with a seed of 32 bytes that exists on paper only, in three SLIP-39
sheets of which two suffice. Splitting and joining the sheets happens offline, elsewhere.
"""

from meldpunt.vault.encryption.contexts import Purpose, context
from meldpunt.vault.encryption.envelope import open_sealed, seal
from meldpunt.vault.encryption.errors import NotGenuine
from meldpunt.vault.encryption.held_keys import decode_private, encode_private
from meldpunt.vault.encryption.kdf import hkdf
from meldpunt.vault.encryption.key_pairs import WrapPrivateKey, WrapPublicKey
from meldpunt.vault.encryption.secret_bytes import ContentKey, RecoverySeed


def lock_recovery_key(private: WrapPrivateKey, *, seed: RecoverySeed, municipality: int) -> bytes:
    """The envelope to store; print the seed's sheets, then forget seed and private half."""
    where = context(Purpose.RECOVERY, municipality)
    return seal(
        encode_private(private),
        key=ContentKey(hkdf(seed.material, salt=None, info=where)),
        context=where,
        key_id=private.public().key_id,
    )


def unlock_recovery_key(
    envelope: bytes, *, seed: RecoverySeed, public: WrapPublicKey, municipality: int
) -> WrapPrivateKey:
    """The private half of ``public``. Raises ``CannotOpen`` by one of its names."""
    where = context(Purpose.RECOVERY, municipality)
    key = ContentKey(hkdf(seed.material, salt=None, info=where))
    private = decode_private(open_sealed(envelope, key=key, context=where, key_id=public.key_id))
    if not isinstance(private, WrapPrivateKey) or private.public() != public:
        raise NotGenuine
    return private

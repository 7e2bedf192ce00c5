"""Wrap a secret to a key holder: HPKE base mode (RFC 9180), HKDF-SHA256, ChaCha20-Poly1305."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM
from cryptography.hazmat.primitives.hpke import Suite as HpkeSuite

from meldpunt.vault.encryption.envelope import HEADER_LENGTH, Header, Suite
from meldpunt.vault.encryption.errors import CannotSeal, NotGenuine, Truncated
from meldpunt.vault.encryption.key_pairs import WrapPrivateKey, WrapPublicKey

_KEMS = {Suite.HPKE_X25519: KEM.X25519, Suite.HPKE_HYBRID: KEM.MLKEM768_X25519}
_TAG = 16


def wrap(secret: bytes, *, to: WrapPublicKey, context: bytes) -> bytes:
    """Seal ``secret`` so that only the private half of ``to`` opens it, in ``context`` alone.

    The envelope has the suite and key id of ``to``. Raises ``CannotSeal`` for a broken key.
    """
    header = bytes(Header(to.suite, to.key_id))
    try:
        return header + _hpke(to.suite).encrypt(secret, to.loaded(), info=header + context)
    except ValueError:
        raise CannotSeal("The public key isn't usable.") from None


def unwrap(envelope: bytes, *, by: WrapPrivateKey, context: bytes) -> bytes:
    """Give back what ``wrap`` sealed to the public half of ``by`` in the same context.

    Raises ``UnexpectedSuite``, ``UnexpectedKey``, ``Truncated``, ``NotGenuine`` and the errors of
    ``Header``; no other suite than that of the pair is ever tried.
    """
    header = Header.read(envelope)
    header.require(by.suite, by.public().key_id)
    if len(envelope) < HEADER_LENGTH + _KEMS[by.suite].enc_length() + _TAG:
        raise Truncated
    try:
        return _hpke(by.suite).decrypt(
            envelope[HEADER_LENGTH:], by.loaded(), info=bytes(header) + context
        )
    except (InvalidTag, ValueError):
        raise NotGenuine from None


def _hpke(suite: Suite) -> HpkeSuite:
    return HpkeSuite(_KEMS[suite], KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)

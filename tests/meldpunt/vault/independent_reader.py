"""A second reader of every envelope, written from docs/reference/envelope-format.md alone.

It shares no code with the portal: when both agree on the known answers, the page is complete.
It opens and never seals, checks little, and is for tests only.
"""

import hashlib
import hmac

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from nacl import bindings as sodium

HEADER, NONCE, STREAM_HEADER, FRAME = 8, 24, 24, 64 * 1024 + 17


def hkdf(material: bytes, *, salt: bytes, info: bytes) -> bytes:
    extracted = hmac.digest(salt or bytes(32), material, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def open_content(envelope: bytes, *, key: bytes, context: bytes) -> bytes:
    assert envelope[:4] == b"MP\x01\x11"
    header, nonce, sealed = envelope[:HEADER], envelope[HEADER:32], envelope[32:]
    return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, header + context, nonce, key)


def strip(padded: bytes) -> bytes:
    text, mark, zeros = padded.rpartition(b"\x80")
    assert mark and not any(zeros) and len(padded) in {1024, 4096, 16384, 65536, 262144}
    return text


def open_file(envelope: bytes, *, key: bytes, context: bytes) -> bytes:
    assert envelope[:4] == b"MP\x01\x12"
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    start = HEADER + STREAM_HEADER
    sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, envelope[HEADER:start], key)
    aad: bytes | None = envelope[:HEADER] + context
    plain, tag = b"", 0
    for offset in range(start, len(envelope), FRAME):
        assert tag == 0
        frame = envelope[offset : offset + FRAME]
        piece, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(state, frame, aad)
        plain, aad = plain + piece, None
    assert tag == 3
    size = int.from_bytes(plain[:8], "big")
    assert not any(plain[8 + size :])
    return plain[8 : 8 + size]


def open_wrap(envelope: bytes, *, private: bytes, context: bytes) -> bytes:
    """HPKE base mode of RFC 9180, by hand: KEM 0x0020 or 0x647A, KDF 0x0001, AEAD 0x0003."""
    header, body = envelope[:HEADER], envelope[HEADER:]
    decapsulate = {0x01: _decapsulate_x25519, 0x02: _decapsulate_hybrid}[header[3]]
    shared, suite, length = decapsulate(body, private)
    psk_id_hash = _extract(suite, b"", b"psk_id_hash", b"")
    info_hash = _extract(suite, b"", b"info_hash", header + context)
    schedule = b"\x00" + psk_id_hash + info_hash
    secret = _extract(suite, shared, b"secret", b"")
    key = _expand(suite, secret, b"key", schedule, 32)
    nonce = _expand(suite, secret, b"base_nonce", schedule, 12)
    return ChaCha20Poly1305(key).decrypt(nonce, body[length:], b"")


def _decapsulate_x25519(body: bytes, private: bytes) -> tuple[bytes, bytes, int]:
    own = X25519PrivateKey.from_private_bytes(private)
    exchanged = own.exchange(X25519PublicKey.from_public_bytes(body[:32]))
    kem = b"KEM\x00\x20"
    extracted = _extract(kem, b"", b"eae_prk", exchanged)
    both = body[:32] + own.public_key().public_bytes_raw()
    return (
        _expand(kem, extracted, b"shared_secret", both, 32),
        b"HPKE\x00\x20\x00\x01\x00\x03",
        32,
    )


def _decapsulate_hybrid(body: bytes, private: bytes) -> tuple[bytes, bytes, int]:
    mlkem = MLKEM768PrivateKey.from_seed_bytes(private[:64])
    own = X25519PrivateKey.from_private_bytes(private[64:])
    sealed, point = body[:1088], body[1088:1120]
    parts = [
        mlkem.decapsulate(sealed),
        own.exchange(X25519PublicKey.from_public_bytes(point)),
        point,
        own.public_key().public_bytes_raw(),
        b"\\.//^\\",
    ]
    return hashlib.sha3_256(b"".join(parts)).digest(), b"HPKE\x64\x7a\x00\x01\x00\x03", 1120


def _extract(suite: bytes, salt: bytes, label: bytes, material: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + material, "sha256")


def _expand(suite: bytes, secret: bytes, label: bytes, info: bytes, length: int) -> bytes:
    labelled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(secret, labelled + b"\x01", "sha256")[:length]

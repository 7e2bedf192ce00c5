"""Files of a report: suite 0x12, libsodium's secretstream in frames of 64 KiB.

The plaintext of the stream is the length of the file (u64), the file, and zeros up to the
length that Padmé gives. Nothing is held in memory but one frame.
"""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from nacl import bindings as sodium
from nacl.exceptions import CryptoError

from meldpunt.vault.encryption.domains import ContentPlace
from meldpunt.vault.encryption.envelope import HEADER_LENGTH, NO_KEY_ID, Header, Suite
from meldpunt.vault.encryption.errors import (
    NotGenuine,
    PaddingBroken,
    SizeMismatch,
    Truncated,
)
from meldpunt.vault.encryption.padding import padme
from meldpunt.vault.encryption.secret_bytes import ContentKey

FRAME = 64 * 1024
_SEALED_FRAME = FRAME + sodium.crypto_secretstream_xchacha20poly1305_ABYTES
_STREAM_HEADER = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_MORE = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_LAST = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_LENGTH_PREFIX = 8


def seal_file(
    chunks: Iterable[bytes], *, size: int, key: ContentKey, place: ContentPlace
) -> Iterator[bytes]:
    """The envelope of a file, piece by piece. ``size``: its exact length in bytes.

    Raises ``SizeMismatch`` when the chunks are more or fewer bytes than that: then throw away
    what was written.
    """
    header = bytes(Header(Suite.FILE))
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    yield header + sodium.crypto_secretstream_xchacha20poly1305_init_push(state, key.material)
    aad: bytes | None = header + place.aad
    for frame, tag in _with_tags(_frames(_padded(chunks, size))):
        yield sodium.crypto_secretstream_xchacha20poly1305_push(state, frame, aad, tag)
        aad = None


def open_file(sealed: BinaryIO, *, key: ContentKey, place: ContentPlace) -> Iterator[bytes]:
    """The file again, piece by piece, without length and padding.

    Each piece is genuine when you get it; the whole file is only when the iterator ends without
    an error. Raises ``Truncated``, ``NotGenuine``, ``PaddingBroken`` and the errors of ``Header``.
    """
    start = sealed.read(HEADER_LENGTH + _STREAM_HEADER)
    header = Header.read(start)
    header.require(Suite.FILE, NO_KEY_ID)
    if len(start) < HEADER_LENGTH + _STREAM_HEADER:
        raise Truncated
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    sodium.crypto_secretstream_xchacha20poly1305_init_pull(
        state, start[HEADER_LENGTH:], key.material
    )
    return _unpadded(_opened_frames(sealed, state, bytes(header) + place.aad))


def _padded(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    yield size.to_bytes(_LENGTH_PREFIX, "big")
    seen = 0
    for chunk in chunks:
        seen += len(chunk)
        if seen > size:
            break
        yield chunk
    if seen != size:
        raise SizeMismatch
    zeros = padme(_LENGTH_PREFIX + size) - _LENGTH_PREFIX - size
    while zeros:
        yield bytes(min(zeros, FRAME))
        zeros -= min(zeros, FRAME)


def _frames(pieces: Iterable[bytes]) -> Iterator[bytes]:
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        while len(waiting) > FRAME:
            yield bytes(waiting[:FRAME])
            del waiting[:FRAME]
    yield bytes(waiting)


def _with_tags(frames: Iterator[bytes]) -> Iterator[tuple[bytes, int]]:
    frame = next(frames)
    for following in frames:
        yield frame, _MORE
        frame = following
    yield frame, _LAST


def _opened_frames(sealed: BinaryIO, state: Any, aad: bytes | None) -> Iterator[bytes]:
    tag = _MORE
    while tag == _MORE:
        frame = sealed.read(_SEALED_FRAME)
        if not frame:
            raise Truncated
        try:
            opened, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(state, frame, aad)
        except (CryptoError, ValueError):
            raise NotGenuine from None
        aad = None
        yield opened
    if tag != _LAST or sealed.read(1):
        raise Truncated


def _unpadded(frames: Iterator[bytes]) -> Iterator[bytes]:
    first = next(frames)
    size = left = int.from_bytes(first[:_LENGTH_PREFIX], "big")
    total = len(first)
    yield first[_LENGTH_PREFIX : _LENGTH_PREFIX + left]
    left -= min(left, len(first) - _LENGTH_PREFIX)
    for frame in frames:
        total += len(frame)
        if left:
            yield frame[:left]
        left -= min(left, len(frame))
    if left or total != padme(_LENGTH_PREFIX + size):
        raise PaddingBroken

"""Bytes that wait while one request lasts: sealed from the first one, under a key in memory only.

Small ones stay in memory, large ones go to an unnamed file of the machine's temporary folder.
Nothing of this is ever stored, so its form is no contract.
"""

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO

from nacl import bindings as sodium
from nacl.exceptions import CryptoError

from meldpunt.vault.encryption.errors import NotGenuine, Truncated

FRAME = 64 * 1024
IN_MEMORY = 2 * 1024 * 1024
_SEALED_FRAME = FRAME + sodium.crypto_secretstream_xchacha20poly1305_ABYTES
_MORE = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_LAST = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL


class Scratch:
    """Write it once, piece by piece; after ``finish`` read it as often as needed."""

    def __init__(self) -> None:
        self._file: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        self._key = sodium.crypto_secretstream_xchacha20poly1305_keygen()
        self._state = sodium.crypto_secretstream_xchacha20poly1305_state()
        self._header = sodium.crypto_secretstream_xchacha20poly1305_init_push(
            self._state, self._key
        )
        self._waiting = bytearray()
        self.size = 0

    def write(self, piece: bytes) -> None:
        """Add bytes."""
        self.size += len(piece)
        self._waiting += piece
        while len(self._waiting) > FRAME:
            self._push(bytes(self._waiting[:FRAME]), _MORE)
            del self._waiting[:FRAME]

    def finish(self) -> None:
        """Nothing more comes."""
        self._push(bytes(self._waiting), _LAST)
        self._waiting.clear()

    def chunks(self) -> Iterator[bytes]:
        """The bytes again, from the first one. Raises ``NotGenuine`` and ``Truncated``."""
        state = sodium.crypto_secretstream_xchacha20poly1305_state()
        sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, self._header, self._key)
        self._file.seek(0)
        tag = _MORE
        while tag == _MORE:
            frame = self._file.read(_SEALED_FRAME)
            if not frame:
                raise Truncated
            try:
                opened, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(state, frame)
            except (CryptoError, ValueError):
                raise NotGenuine from None
            yield opened

    def close(self) -> None:
        """Throw it away."""
        self._file.close()

    def __del__(self) -> None:
        self.close()

    def _push(self, frame: bytes, tag: int) -> None:
        self._file.write(
            sodium.crypto_secretstream_xchacha20poly1305_push(self._state, frame, None, tag)
        )

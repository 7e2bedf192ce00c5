"""Hide lengths: text grows to one of five sizes, files grow by Padmé (meldpunt.md 6.2)."""

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError

from meldpunt.vault.encryption.errors import PaddingBroken, TextTooLong

SIZES = tuple(kib * 1024 for kib in (1, 4, 16, 64, 256))
LONGEST = SIZES[-1] - 1  # one byte marks where the text ends


def pad(text: bytes) -> bytes:
    """The text, the byte 0x80 and zeros, up to 1, 4, 16, 64 or 256 KiB.

    Raises ``TextTooLong`` above 262,143 bytes.
    """
    for size in SIZES:
        if len(text) < size:
            return sodium_pad(text, size)
    raise TextTooLong(f"At most {LONGEST} bytes.")


def unpad(padded: bytes) -> bytes:
    """The text inside. Raises ``PaddingBroken`` unless ``pad`` would give exactly these bytes."""
    if len(padded) not in SIZES:
        raise PaddingBroken
    try:
        text: bytes = sodium_unpad(padded, len(padded))
    except CryptoError:
        raise PaddingBroken from None
    if pad(text) != padded:
        raise PaddingBroken
    return text


def padme(length: int) -> int:
    """The padded length of a file, in bytes: at most 12 % more, usually less than 3 %.

    The rule keeps only the leading bits of a length (Padmé, Nikitin and others, PETS 2019).
    """
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    low_bits = exponent - exponent.bit_length()
    mask = (1 << low_bits) - 1
    return (length + mask) & ~mask

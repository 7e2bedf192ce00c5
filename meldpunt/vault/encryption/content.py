"""Text of a report: padded, sealed, and bound to its place."""

from meldpunt.vault.encryption.domains import ContentPlace
from meldpunt.vault.encryption.envelope import open_sealed, seal
from meldpunt.vault.encryption.errors import NotText, PaddingBroken
from meldpunt.vault.encryption.padding import pad, unpad
from meldpunt.vault.encryption.secret_bytes import ContentKey


def seal_text(text: str, *, key: ContentKey, place: ContentPlace) -> bytes:
    """An envelope that hides the text and its length (to one of five sizes).

    Raises ``NotText`` for lone surrogates and ``TextTooLong`` above 262,143 bytes of UTF-8.
    """
    return seal(pad(utf8(text)), key=key, context=place.aad)


def open_text(envelope: bytes, *, key: ContentKey, place: ContentPlace) -> str:
    """The text again. Raises ``CannotOpen`` by one of its names."""
    try:
        return unpad(open_sealed(envelope, key=key, context=place.aad)).decode("utf-8")
    except UnicodeDecodeError:
        raise PaddingBroken from None


def utf8(text: str) -> bytes:
    """The text in UTF-8. Raises ``NotText`` for lone surrogates."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise NotText from None

"""JSON with exactly one spelling, so that a signature over it means one thing.

Only objects of text, whole numbers, lists and objects: for those it equals RFC 8785.
"""

import base64
import binascii
import json
from typing import Any


def canonical_json(value: dict[str, Any]) -> bytes:
    """Sorted names, no white space, ASCII only."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
    ).encode("ascii")


def read_canonical(encoded: bytes) -> dict[str, Any]:
    """The object again. Raises ``ValueError`` unless ``canonical_json`` would write these bytes."""
    try:
        value = json.loads(encoded)
    except RecursionError:
        raise ValueError("Nested too deeply.") from None
    if not isinstance(value, dict) or canonical_json(value) != encoded:
        raise ValueError("Not canonical JSON.")
    return value


def to_base64(data: bytes) -> str:
    """URL-safe base 64 without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64(text: str) -> bytes:
    """The bytes again. Raises ``ValueError`` unless ``to_base64`` would write this text."""
    try:
        data = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (binascii.Error, UnicodeEncodeError):
        raise ValueError("Not base 64.") from None
    if to_base64(data) != text:
        raise ValueError("Not base 64.")
    return data

"""A message that only the browser of its receiver opens, under a token that says who sends it."""

import base64
import os
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings

from portal.push.door import Endpoint, post

KEPT = 24 * 3600  # seconds that a service keeps it for a telephone that is off
TOKEN_GOOD = 12 * 3600
GONE = (404, 410)


class BadKeys(Exception):
    """What a browser gave as keys are none."""


class DeviceGone(Exception):
    """The browser takes no messages any more."""


@dataclass(frozen=True)
class Keys:
    """What a browser gives with its address: a public key, and a secret that only it and we know."""

    public: bytes
    secret: bytes


def keys_of(public: str, secret: str) -> Keys:
    """The keys as bytes.

    Raises:
        BadKeys: They are no point on P-256, or no secret of sixteen bytes.
    """
    from cryptography.hazmat.primitives.asymmetric import ec

    try:
        keys = Keys(from_base64(public), from_base64(secret))
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), keys.public)
    except ValueError:
        raise BadKeys from None
    if len(keys.public) != 65 or len(keys.secret) != 16:
        raise BadKeys
    return keys


def is_on() -> bool:
    """Whether this portal sends any."""
    return bool(settings.WEB_PUSH_PRIVATE_KEY)


@lru_cache(maxsize=2)
def signer(private_key: str) -> Any:
    """Who signs tokens. The library is loaded where somebody asks for it."""
    from py_vapid import Vapid02

    return Vapid02.from_string(private_key)


def public_key() -> str:
    """What a browser wants to know of us before it takes messages."""
    from cryptography.hazmat.primitives import serialization

    point = signer(settings.WEB_PUSH_PRIVATE_KEY).public_key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return to_base64(point)


def new_private_key() -> str:
    """A key for the settings."""
    from cryptography.hazmat.primitives.asymmetric import ec

    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return to_base64(number.to_bytes(32, "big"))


def send(text: str, *, to: Endpoint, keys: Keys) -> bool:
    """Send one sentence; whether the service took it.

    Raises:
        DeviceGone: The service knows the browser no longer.
        Refused: The address is none that we call.
        NoAnswer: The service gave none.
    """
    status = post(to, encrypted(text, keys), headers(to))
    if status in GONE:
        raise DeviceGone
    return 200 <= status < 300


def encrypted(text: str, keys: Keys) -> bytes:
    """The sentence for this browser alone, under a key that is used once (RFC 8291)."""
    import http_ece
    from cryptography.hazmat.primitives.asymmetric import ec

    sealed: bytes = http_ece.encrypt(
        text.encode(),
        salt=os.urandom(16),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=keys.public,
        auth_secret=keys.secret,
        version="aes128gcm",
    )
    return sealed


def headers(to: Endpoint) -> dict[str, str]:
    """How long to keep it, that a newer one takes its place, and who sends it (RFC 8292)."""
    claims = {
        "aud": to.origin,
        "exp": int(time.time()) + TOKEN_GOOD,
        "sub": f"mailto:{settings.SECURITY_CONTACT}",
    }
    token: dict[str, str] = signer(settings.WEB_PUSH_PRIVATE_KEY).sign(claims)
    return {
        "TTL": str(KEPT),
        "Urgency": "low",
        "Topic": "nieuws",
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        **token,
    }


def from_base64(text: str) -> bytes:
    """Bytes of base64url without padding. Raises ``ValueError``."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def to_base64(value: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()

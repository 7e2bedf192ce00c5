"""A certificate as an Open Badge 3.0: a credential that any wallet can check without us.

Signed as VC-JWT with ES256 (https://www.imsglobal.org/spec/ob/v3p0/, section 8.2; RFC 7519).
"""

import base64
import hashlib
import json
from datetime import UTC, datetime, time
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.urls import reverse

from knowledge.training.models import Certificate, ModulePage

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
SIZE = 32


class NotOurs(Exception):
    """A badge that was changed, or that somebody else signed."""


def address(name: str, *args: object) -> str:
    """The whole address of one of our own screens, in Dutch whoever asks."""
    return str(settings.PORTAL_URL + reverse(f"training:{name}", args=args)).replace("/en/", "/")


def credential(certificate: Certificate, module: ModulePage | None) -> dict[str, Any]:
    """The content of a badge: who achieved what, until when, and where to check it."""
    goals = module.goal_list if module else []
    salt = certificate.code
    hashed = hashlib.sha256((certificate.user.email + salt).encode()).hexdigest()
    return {
        "@context": CONTEXT,
        "id": address("certificate", certificate.code),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": certificate.title,
        "issuer": {
            "id": address("issuer"),
            "type": ["Profile"],
            "name": settings.PORTAL_NAME,
            "url": settings.PORTAL_URL,
        },
        "validFrom": moment(certificate.issued_on),
        "validUntil": moment(certificate.valid_until, time(23, 59, 59)),
        "credentialSubject": {
            "id": f"urn:sha256:{hashed}",
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": True,
                    "identityHash": f"sha256${hashed}",
                    "identityType": "emailAddress",
                    "salt": salt,
                }
            ],
            "achievement": {
                "id": address("achievement", certificate.module_id),
                "type": ["Achievement"],
                "achievementType": "Certificate",
                "name": certificate.title,
                "description": (module.summary if module else "") or certificate.title,
                "criteria": {"narrative": "\n".join(goals) or certificate.title},
            },
        },
    }


def moment(day: Any, at: time = time(0, 0)) -> str:
    """A day as a moment, as the data model wants it."""
    return datetime.combine(day, at, UTC).isoformat().replace("+00:00", "Z")


def signed(certificate: Certificate, module: ModulePage | None) -> str:
    """The badge as compact JWT."""
    content = credential(certificate, module)
    start = datetime.combine(certificate.issued_on, time(0, 0), UTC)
    end = datetime.combine(certificate.valid_until, time(23, 59, 59), UTC)
    claims = {
        **content,
        "iss": content["issuer"]["id"],
        "jti": content["id"],
        "sub": content["credentialSubject"]["id"],
        "nbf": int(start.timestamp()),
        "exp": int(end.timestamp()),
    }
    header = {"alg": "ES256", "typ": "JWT", "kid": f"{address('keys')}#{thumbprint()}"}
    text = f"{encoded(header)}.{encoded(claims)}"
    der = signing_key().sign(text.encode(), ec.ECDSA(hashes.SHA256()))
    r, s = decode_dss_signature(der)
    return f"{text}.{b64(r.to_bytes(SIZE, 'big') + s.to_bytes(SIZE, 'big'))}"


def opened(token: str) -> dict[str, Any]:
    """The content of a badge that we signed.

    Raises:
        NotOurs: it is no badge, was changed, or is not signed with our key.
    """
    try:
        text, signature = token.rsplit(".", 1)
        raw = unb64(signature)
        der = encode_dss_signature(int.from_bytes(raw[:SIZE]), int.from_bytes(raw[SIZE:]))
        signing_key().public_key().verify(der, text.encode(), ec.ECDSA(hashes.SHA256()))
        claims: dict[str, Any] = json.loads(unb64(text.split(".")[1]))
    except (ValueError, InvalidSignature, IndexError) as error:
        raise NotOurs from error
    return claims


@cache
def signing_key() -> ec.EllipticCurvePrivateKey:
    """The key of ``TRAINING_BADGE_KEY``; without it one that follows from the secret key."""
    if settings.TRAINING_BADGE_KEY:
        loaded = load_pem_private_key(settings.TRAINING_BADGE_KEY.encode(), password=None)
        if isinstance(loaded, ec.EllipticCurvePrivateKey):
            return loaded
        raise ValueError("TRAINING_BADGE_KEY must be a P-256 key")
    stretched = HKDF(hashes.SHA256(), 48, salt=None, info=b"training/badge/v1").derive(
        settings.SECRET_KEY.encode()
    )
    return ec.derive_private_key(int.from_bytes(stretched) % (P256_ORDER - 1) + 1, ec.SECP256R1())


def public_jwk() -> dict[str, str]:
    """The public half, as wallets read it (RFC 7517)."""
    numbers = signing_key().public_key().public_numbers()
    return {
        "kty": "EC",
        "crv": "P-256",
        "x": b64(numbers.x.to_bytes(SIZE, "big")),
        "y": b64(numbers.y.to_bytes(SIZE, "big")),
    }


def thumbprint() -> str:
    """The name of the key (RFC 7638)."""
    text = json.dumps(public_jwk(), sort_keys=True, separators=(",", ":"))
    return b64(hashlib.sha256(text.encode()).digest())


def key_set() -> dict[str, Any]:
    """The keys that badges of this portal are signed with."""
    return {"keys": [{**public_jwk(), "alg": "ES256", "use": "sig", "kid": thumbprint()}]}


def encoded(thing: dict[str, Any]) -> str:
    """JSON for a JWT."""
    return b64(json.dumps(thing, separators=(",", ":"), ensure_ascii=False).encode())


def b64(raw: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """Back from base64url."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

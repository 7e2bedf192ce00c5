"""Forward-secure seals on the chains, and the signer that makes them (meldpunt.md 6.10).

``m_i = HMAC(k_i, h_i)`` and ``k_{i+1} = SHA-256("evolve|" + k_i)``: each key is used once and then
replaced. The first key of a chain is printed for the FG, who alone can check from the start.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.audit.models import AuditEvent, AuditSeal, Sealing


class SealedAlready(Exception):
    """The chain has a first key; it is printed once."""


class NotSealed(Exception):
    """Nobody began to seal this chain."""


class SignerAway(Exception):
    """Events wait unsealed for too long: nothing sealed may be read now (9.1)."""


def evolved(key: bytes) -> bytes:
    """The key after ``key``; there is no way back."""
    return hashlib.sha256(b"evolve|" + key).digest()


def seal_of(key: bytes, digest: bytes) -> bytes:
    """The seal over one link, 32 bytes."""
    return hmac.digest(key, digest, hashlib.sha256)


def begin(chain: str) -> bytes:
    """Start sealing ``chain``; what is there already is sealed at once.

    Returns:
        The first key. Print it for the FG, and keep it nowhere else.

    Raises:
        SealedAlready: it has one.
    """
    path = _path(chain)
    if path.exists() or Sealing.objects.filter(chain=chain).exists():
        raise SealedAlready(chain)
    first = secrets.token_bytes(32)
    _keep(path, 0, first)
    seal_tail(chain)
    return first


def seal_tail(chain: str) -> int:
    """Seal every event that has no seal yet, in order; the number of them.

    The rows come first and the key is replaced after they are committed: a crash in between makes
    the same seals again. Raises ``NotSealed``.
    """
    path = _path(chain)
    try:
        kept = json.loads(path.read_text(encoding="ascii"))
    except FileNotFoundError:
        raise NotSealed(chain) from None
    seq, key = int(kept["seq"]), bytes.fromhex(kept["key"])
    done = 0
    while True:
        events = list(
            AuditEvent.objects.filter(chain=chain, seq__gt=seq)
            .order_by("seq")
            .values_list("seq", "digest")[:1000]
        )
        if not events or events[0][0] != seq + 1:  # a hole is for audit_verify to name
            break
        rows = []
        for number, digest in events:
            rows.append(AuditSeal(chain=chain, seq=number, seal=seal_of(key, bytes(digest))))
            seq, key = number, evolved(key)
        with transaction.atomic():
            AuditSeal.objects.bulk_create(rows, ignore_conflicts=True)
        _keep(path, seq, key)
        done += len(rows)
    Sealing.objects.update_or_create(chain=chain, defaults={"looked_at": timezone.now()})
    return done


def seal_all() -> int:
    """Seal the tail of every chain that has a key on this machine; the number of events."""
    return sum(
        seal_tail(chain)
        for chain in Sealing.objects.values_list("chain", flat=True)
        if _path(chain).exists()
    )


def broken_seals(chain: str, *, first_key: bytes) -> Iterator[int]:
    """The numbers whose seal does not fit or is missing, from the first key on.

    Events that came in since the signer last looked are not broken.
    """
    seals = dict(AuditSeal.objects.filter(chain=chain).values_list("seq", "seal"))
    last = max(seals, default=0)
    key, expected = first_key, 1
    events = AuditEvent.objects.filter(chain=chain, seq__lte=last).order_by("seq")
    for number, digest in events.values_list("seq", "digest").iterator(2000):
        while expected < number:  # events that are gone
            yield expected
            key, expected = evolved(key), expected + 1
        if not hmac.compare_digest(bytes(seals.get(number, b"")), seal_of(key, bytes(digest))):
            yield number
        key, expected = evolved(key), number + 1
    yield from range(expected, last + 1)


def require_signer(chain: str) -> None:
    """Refuse to go on while events wait unsealed for longer than the grace. Raises ``SignerAway``."""
    sealing = Sealing.objects.filter(chain=chain).first()
    if sealing is None or not settings.AUDIT_SIGNER_GRACE:
        return
    if timezone.now() - sealing.looked_at <= timedelta(seconds=settings.AUDIT_SIGNER_GRACE):
        return
    last = AuditEvent.objects.filter(chain=chain).order_by("-seq").values_list("seq", flat=True)
    sealed = AuditSeal.objects.filter(chain=chain).order_by("-seq").values_list("seq", flat=True)
    if (last.first() or 0) > (sealed.first() or 0):
        raise SignerAway(chain)


def _path(chain: str) -> Path:
    name = hashlib.sha256(chain.encode()).hexdigest()[:32]
    return Path(settings.AUDIT_SEAL_DIR) / f"{name}.json"


def _keep(path: Path, seq: int, key: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="ascii") as file:
        fresh.chmod(0o600)
        json.dump({"seq": seq, "key": key.hex()}, file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)

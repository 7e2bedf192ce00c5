"""Work for the browser, or a wait, when it is too busy (meldpunt.md 7; abuse cases 3 and 21).

Either one is a proof: bound to this visit, good for half an hour, and once. The puzzle is ALTCHA's
of version 2. Who has no JavaScript waits with a sealed note of when the waiting began.
"""

import hashlib
import json
import secrets
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from meldpunt.reports.models import UsedProof
from meldpunt.vault.services import pages
from meldpunt.vault.services.codes import VisitCookie

ALGORITHM, PREFIX = "PBKDF2/SHA-256", "00"
NOTE = "wachtkaart"
LONGEST = 4000


@dataclass(frozen=True)
class Puzzle:
    """What the page offers: a challenge for the script, and a note for who has none."""

    challenge: str
    note: str
    seconds_left: int


@dataclass(frozen=True)
class Proof:
    """What came back with the form. Nothing of it is trusted yet."""

    solution: str = ""
    note: str = field(default="", repr=False)


def new_puzzle(cookie: VisitCookie, *, wait: int, note: str = "") -> Puzzle:
    """A challenge for this visit; a wait that began earlier goes on."""
    import altcha

    challenge = altcha.create_challenge(
        ALGORITHM,
        settings.MELDPUNT_BUDGET["puzzle_cost"],
        key_prefix=PREFIX,
        expires_at=int(time.time()) + settings.MELDPUNT_BUDGET["proof_seconds"],
        data={"visit": _visit(cookie)},
        hmac_secret=pages.puzzle_secret(),
    )
    kept = _opened(note, cookie)
    if kept is None:
        kept = {"id": secrets.token_hex(16), "from": int(time.time()), "wait": wait}
        note = pages.seal(kept, cookie=cookie, questionnaire=NOTE, step=NOTE, at=kept["from"])
    left = max(kept["from"] + kept["wait"] - int(time.time()), 0)
    return Puzzle(json.dumps(challenge.to_dict()), note, left)


def is_proved(proof: Proof, *, cookie: VisitCookie, what: str) -> bool:
    """Whether ``proof`` is good here and now; it is used up, but for sending ``what`` again."""
    return _is_solved(proof.solution, cookie, what) or _has_waited(proof.note, cookie, what)


def forget_used() -> int:
    """Drop what has run out; the number."""
    deleted, _per_table = UsedProof.objects.filter(expires_at__lt=timezone.now()).delete()
    return deleted


def _is_solved(solution: str, cookie: VisitCookie, what: str) -> bool:
    if not solution or len(solution) > LONGEST:
        return False
    import altcha

    try:
        payload = altcha.Payload.from_base64(solution)
        judged = altcha.verify_solution(payload, pages.puzzle_secret())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        return False
    parameters = payload.challenge.parameters
    if not judged.verified or parameters.data != {"visit": _visit(cookie)}:
        return False
    return _use_once(parameters.nonce, what, int(parameters.expires_at or 0))


def _has_waited(note: str, cookie: VisitCookie, what: str) -> bool:
    kept = _opened(note, cookie)
    if kept is None or kept["from"] + kept["wait"] > time.time():
        return False
    return _use_once(kept["id"], what, kept["from"] + settings.MELDPUNT_BUDGET["proof_seconds"])


def _opened(note: str, cookie: VisitCookie) -> dict[str, Any] | None:
    if not note:
        return None
    try:
        return pages.open_(
            note,
            cookie=cookie,
            questionnaire=NOTE,
            step=NOTE,
            at=int(time.time()),
            max_age=settings.MELDPUNT_BUDGET["proof_seconds"],
        )
    except (ValueError, pages.CannotOpen):
        return None


def _use_once(name: str, what: str, until: int) -> bool:
    pk = hashlib.sha256(f"proof/v1|{name}".encode()).hexdigest()
    used_for = hashlib.sha256(f"used-for/v1|{what}".encode()).hexdigest()
    row = UsedProof(pk=pk, used_for=used_for, expires_at=datetime.fromtimestamp(until, UTC))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return UsedProof.objects.filter(pk=pk, used_for=used_for).exists()
    return True


def _visit(cookie: VisitCookie) -> str:
    return hashlib.sha256(b"puzzle/v1|" + cookie.material).hexdigest()[:32]

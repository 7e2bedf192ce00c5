"""Values that travel through a reporter's page, unreadable there and on the server afterwards."""

import hmac
from typing import Any

from meldpunt.vault.encryption import CannotOpen, VisitCookie, open_steps, seal_steps
from meldpunt.vault.process_secrets import SecretsMissing, web_pepper

__all__ = ["CannotOpen", "SecretsMissing", "open_", "puzzle_secret", "seal"]


def seal(
    value: dict[str, Any], *, cookie: VisitCookie, questionnaire: str, step: str, at: int
) -> str:
    """The value of a hidden field. Raises ``CannotSeal``."""
    return seal_steps(
        value, cookie=cookie, pepper=web_pepper(), questionnaire=questionnaire, step=step, at=at
    )


def open_(
    sealed: str, *, cookie: VisitCookie, questionnaire: str, step: str, at: int, max_age: int
) -> dict[str, Any]:
    """The value again. Raises ``CannotOpen``."""
    return open_steps(
        sealed,
        cookie=cookie,
        pepper=web_pepper(),
        questionnaire=questionnaire,
        step=step,
        at=at,
        max_age=max_age,
    )


def puzzle_secret() -> bytes:
    """What signs the puzzles of this process; it follows from K_web and opens nothing."""
    return hmac.digest(web_pepper().material, b"puzzle-secret/v1", "sha256")

"""Answers on their way between two steps of the form: in the page, unreadable (6.5).

Nothing of an unsent form is stored on the server. The box opens only with the cookie of the same
visit, in the process with the web pepper, for the same questionnaire and step.
"""

from typing import Any

from meldpunt.vault.encryption.canonical import from_base64, to_base64
from meldpunt.vault.encryption.contexts import Purpose, context
from meldpunt.vault.encryption.cookie_boxes import open_box, seal_box
from meldpunt.vault.encryption.errors import NotAnEnvelope, NotText
from meldpunt.vault.encryption.secret_bytes import VisitCookie, WebPepper

LONGEST_FIELD = 360_000  # characters; the largest box is 349,590


def seal_steps(
    answers: dict[str, Any],
    *,
    cookie: VisitCookie,
    pepper: WebPepper,
    questionnaire: str,
    step: str,
    at: int,
) -> str:
    """The value of the hidden field.

    ``answers``: text, whole numbers, booleans, None, lists and objects of these. ``questionnaire``:
    its version; ``step``: the step that reads the field; ``at``: now, in seconds since 1970.
    Raises ``TextTooLong`` for more than 256 KiB and ``NotText`` for lone surrogates.
    """
    _require_text(answers)
    where = context(Purpose.STEPS, questionnaire, step)
    return to_base64(seal_box(answers, cookie=cookie, pepper=pepper, where=where, at=at))


def open_steps(
    field: str,
    *,
    cookie: VisitCookie,
    pepper: WebPepper,
    questionnaire: str,
    step: str,
    at: int,
    max_age: int,
) -> dict[str, Any]:
    """The answers again. ``max_age`` in seconds is the caller's setting.

    Raises ``TooOld`` when the visit took too long, or ``CannotOpen`` by another name.
    """
    try:
        envelope = from_base64(field[:LONGEST_FIELD])
    except ValueError:
        raise NotAnEnvelope from None
    where = context(Purpose.STEPS, questionnaire, step)
    return open_box(envelope, cookie=cookie, pepper=pepper, where=where, at=at, max_age=max_age)


def _require_text(value: Any) -> None:
    """JSON would carry a lone surrogate as an escape, and the last step would stumble over it."""
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise NotText from None
    elif isinstance(value, dict):
        for name, inner in value.items():
            _require_text(name)
            _require_text(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _require_text(inner)

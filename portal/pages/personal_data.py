"""What looks like data about a person in a text of the closed network (GR-05)."""

import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DIGITS = re.compile(r"(?<![\d-])(?:\d[ .]?){9}(?![\d-])")
PHONE = re.compile(r"(?<!\d)(?:\+31|0031|0)[ -]?(?:\d[ -]?){8,9}\d?(?!\d)")
EMAIL = re.compile(r"[^\s@<>]{1,64}@[\w-]+(?:\.[\w-]+)+")
HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z0-9_.]{3,30}\b")
PROFILE = re.compile(
    r"\b(?:facebook|instagram|tiktok|x|twitter|linkedin|t|snapchat|youtube)\.(?:com|me)/\S+",
    re.IGNORECASE,
)
PLATE = re.compile(
    r"\b(?:[A-Z]{2}-\d{2}-\d{2}|\d{2}-\d{2}-[A-Z]{2}|\d{2}-[A-Z]{2}-\d{2}|[A-Z]{2}-\d{2}-[A-Z]{2}"
    r"|[A-Z]{2}-[A-Z]{2}-\d{2}|\d{2}-[A-Z]{2}-[A-Z]{2}|\d{2}-[A-Z]{3}-\d|\d-[A-Z]{3}-\d{2}"
    r"|[A-Z]{2}-\d{3}-[A-Z]|[A-Z]-\d{3}-[A-Z]{2}|[A-Z]{3}-\d{2}-[A-Z])\b"
)
# Numbers that everybody may write: services, not people.
SERVICES = ("112", "0900", "0800", "14")


def without_people(text: str) -> str:
    """``text`` when nothing in it looks like data about a person.

    Raises:
        ValidationError: Something does (GR-05).
    """
    if found := personal_data_in(text):
        raise ValidationError(
            _("This looks like %(what)s. Leave it out: we want no data about people."),
            params={"what": ", ".join(found)},
        )
    return text


def personal_data_in(text: str) -> list[str]:
    """What was found, each as words for the writer; empty when nothing was.

    It never says which piece of the text it was, so that a message can be logged.
    """
    return list(dict.fromkeys(_found(text)))


def _found(text: str) -> Iterator[str]:
    if any(is_bsn(match.group()) for match in DIGITS.finditer(text)):
        yield _("a citizen service number (BSN)")
    if any(is_private_number(match.group()) for match in PHONE.finditer(text)):
        yield _("a telephone number")
    if EMAIL.search(text):
        yield _("an e-mail address")
    if HANDLE.search(text) or PROFILE.search(text):
        yield _("an account or profile")
    if PLATE.search(text):
        yield _("a licence plate")


def is_bsn(text: str) -> bool:
    """Whether nine digits pass the eleven test of a BSN."""
    digits = [int(sign) for sign in text if sign.isdigit()]
    if len(digits) != 9 or not any(digits):
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * d for w, d in zip(weights, digits, strict=True)) % 11 == 0


def is_private_number(text: str) -> bool:
    """Whether a telephone number may be somebody's own."""
    digits = "".join(sign for sign in text if sign.isdigit())
    return not digits.startswith(SERVICES)

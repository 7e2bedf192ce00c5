"""Details of a person in free text: noticed, told to the writer, never blocked (GR-05)."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_NUMBER = re.compile(r"(?<!\d)\d{8,9}(?!\d)")
_PATTERNS: list[tuple[re.Pattern[str], Promise]] = [
    (re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), _("an e-mail address")),
    (
        re.compile(r"(?<!\d)(?:\+31|0031|0)[\s-]?\(?(?:0\)?)?[1-9](?:[\s-]?\d){8}(?!\d)"),
        _("a telephone number"),
    ),
    (re.compile(r"(?<![\w@.])@[A-Za-z0-9_.]{3,30}"), _("a name on social media")),
    (
        re.compile(
            r"(?:instagram|facebook|tiktok|x|twitter|snapchat|telegram|t|youtube|linkedin)"
            r"\.(?:com|me|nl)/\S+",
            re.IGNORECASE,
        ),
        _("the address of a profile"),
    ),
    (
        re.compile(
            r"(?<![\w-])(?:[A-Z]{2}-\d{3}-[A-Z]|[A-Z]-\d{3}-[A-Z]{2}|\d{2}-[A-Z]{2,3}-\d{1,2}"
            r"|[A-Z]{2}-\d{2}-[A-Z]{2}|[A-Z]{2}-[A-Z]{2}-\d{2}|\d{2}-\d{2}-[A-Z]{2}"
            r"|\d-[A-Z]{3}-\d{2}|\d{2}-[A-Z]{3}-\d)(?![\w-])"
        ),
        _("a licence plate"),
    ),
]
BSN = _("a citizen service number (BSN)")


def noticed(text: str) -> list[Promise]:
    """What kinds of personal details ``text`` seems to hold, each once."""
    found = [label for pattern, label in _PATTERNS if pattern.search(text)]
    if any(is_bsn(number) for number in _NUMBER.findall(text)):
        found.insert(0, BSN)
    return found


def is_bsn(number: str) -> bool:
    """Whether the digits pass the test of a citizen service number (elfproef)."""
    digits = [int(digit) for digit in number.zfill(9)]
    weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
    total = sum(digit * weight for digit, weight in zip(digits, weights, strict=True))
    return total != 0 and total % 11 == 0

"""The fixed strings that bind a key or a seal to its place.

A context is a list of parts with ``|`` between them. Parts come from ids and fixed words, and
are refused when they hold anything else, so that no two places share a string.
"""

import re
from enum import StrEnum
from uuid import UUID

_PART = re.compile(r"[A-Za-z0-9._\-]{1,80}")


class Purpose(StrEnum):
    """The first part of every context: what the key or seal is for, and its version."""

    CONTENT = "mp1"  # AAD of everything sealed in a report
    CONTENT_KEY = "meldpunt/v1"  # S and RK to DK
    SECRET_WRAP = "s-wrap/v1"  # S to a key holder  # noqa: S105
    CODE_WRAP = "code-wrap/v1"  # S to the reporter's code
    KEY_WRAP = "key-wrap/v1"  # MK, IK, RVK or GK to a staff pair or the recovery pair
    INDEX_WRAP = "idx-wrap/v1"  # K_idx to MK
    INDEX = "index/v1"  # K_idx and RK to the key of one index blob
    TOMBSTONE = "tombstone/v1"  # K_idx alone to the key of what outlives the report
    STAFF_KEY = "uk/v1"  # passphrase and pepper to the key around a staff pair
    STAFF_LOGIN = "login/v1"  # fingerprint of how somebody signs in
    RECOVERY = "recovery/v1"  # paper seed to the key around the recovery pair
    STEPS = "steps/v1"  # unsent answers in the page
    VISIT = "visit/v1"  # an open conversation of a reporter
    UNLOCK = "unlock/v1"  # the unlocked keys of a staff member


def context(purpose: Purpose, *parts: str | int | UUID) -> bytes:
    """The bytes of one context, such as ``b"uk/v1|12"``.

    Raises ``ValueError`` when a part could be read as two parts, or isn't plain ASCII.
    """
    words = [str(part) for part in parts]
    if not all(_PART.fullmatch(word) for word in words):
        raise ValueError(f"A part of the context {purpose} isn't an id or a fixed word.")
    return "|".join([purpose, *words]).encode("ascii")

"""Counting questions, without persons and without a write for every visitor."""

import hmac
import logging
import threading
from collections.abc import Mapping
from datetime import date, timedelta
from hashlib import sha256
from time import monotonic

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from search.analysis.words import literal
from search.models import AskedQuestion

logger = logging.getLogger(__name__)
KEPT_FROM = 3  # times; a rarer question may be about somebody
LONGEST = 60  # letters; a longer one is a story, and stories have names in them
MOST_DIGITS = 4  # a telephone number, a date of birth and a BSN have more
AT_ONCE = 25  # questions, or
SECONDS = 20.0
UNREAD_FOR = timedelta(days=30)
FORGOTTEN_AFTER = timedelta(days=180)
Counts = dict[tuple[str, str], tuple[int, int]]


class Buffer:
    """What this process counted since the last time it wrote."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.counts: Counts = {}
        self.since = monotonic()

    def add(self, question: str, language: str, *, found: bool) -> Counts:
        """Count a question; gives what is to be written when that is enough or old enough."""
        with self.lock:
            asked, without = self.counts.get((question, language), (0, 0))
            self.counts[question, language] = (asked + 1, without + (not found))
            if len(self.counts) < AT_ONCE and monotonic() - self.since < SECONDS:
                return {}
            full, self.counts, self.since = self.counts, {}, monotonic()
            return full

    def take(self) -> Counts:
        """All that was counted."""
        with self.lock:
            full, self.counts, self.since = self.counts, {}, monotonic()
            return full


BUFFER = Buffer()


def count(question: str, language: str, *, found: bool) -> None:
    """Count what was asked; a question with a number or an address in it is not counted.

    What a process counted and did not write yet is lost when it stops: this is a report, no account.
    """
    plain = literal(question)
    digits = sum(sign.isdigit() for sign in plain)
    if not plain or len(question.strip()) > LONGEST or digits > MOST_DIGITS or "@" in question:
        return
    if full := BUFFER.add(plain, language, found=found):
        write(full)


def write(counts: Mapping[tuple[str, str], tuple[int, int]]) -> None:
    """Add what was counted to what is known; when the database refuses, it is left."""
    try:
        with transaction.atomic():
            for (question, language), (asked, without) in sorted(counts.items()):
                add(question, language, asked, without)
    except DatabaseError:
        logger.warning("questions were not counted")


def add(question: str, language: str, asked: int, without: int) -> None:
    """Count one question; its words are written when it was asked often enough."""
    today = timezone.localdate()
    row, _is_new = AskedQuestion.objects.get_or_create(
        digest=digest_of(question, language),
        defaults={"language": language, "last_asked_on": today},
    )
    AskedQuestion.objects.filter(pk=row.pk).update(
        asked=F("asked") + asked,
        without_results=F("without_results") + without,
        last_asked_on=today,
    )
    AskedQuestion.objects.filter(pk=row.pk, asked__gte=KEPT_FROM, text="").update(text=question)


def digest_of(question: str, language: str) -> str:
    """Equal for equal questions, and not to be read without the key of this portal."""
    key = sha256(b"search questions" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, f"{language}:{question}".encode(), sha256).hexdigest()


def forget(today: date) -> int:
    """Delete what nobody asks any more; gives how many questions."""
    rare = AskedQuestion.objects.filter(text="", last_asked_on__lt=today - UNREAD_FOR)
    old = AskedQuestion.objects.filter(last_asked_on__lt=today - FORGOTTEN_AFTER)
    return int(rare.delete()[0] + old.delete()[0])

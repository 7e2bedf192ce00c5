"""Letters that say nothing: the same for everybody, later than what they are about, and seldom.

Whoever watches the mail learns neither that a report came in nor when (abuse case 19).
"""

import secrets
import time

from django.conf import settings
from django.core.cache import cache
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.accounts.models import User

SHORTEST, LONGEST = 15 * 60, 60 * 60  # seconds between what happened and the letter


def may_go_now(about: str, *, waits: bool) -> bool:
    """Whether a letter that waits goes now: after a random delay, and once an hour at most.

    Asked every few minutes; the first time that something waits, the moment is drawn.
    """
    due_at, last_at = f"letters-due:{about}", f"letters-last:{about}"
    if not waits:
        return False
    due, now = cache.get(due_at), time.time()
    if due is None:
        later = now + SHORTEST + secrets.randbelow(LONGEST - SHORTEST + 1)
        cache.set(due_at, max(later, cache.get(last_at, 0) + LONGEST), timeout=None)
        return False
    if now < due:
        return False
    cache.delete(due_at)
    cache.set(last_at, now, timeout=LONGEST)
    return True


def write_to(person: User, *, template: str) -> None:
    """Send a letter that is the same for everybody and says nothing of what it is about."""
    with translation.override(settings.LANGUAGE_CODE):
        send_mail(
            subject=_("Something waits for you in the portal"),
            message=render_to_string(
                f"meldpunt/reports/desk/{template}", {"address": settings.PORTAL_URL}
            ),
            from_email=settings.DEFAULT_FROM_EMAIL,
            recipient_list=[person.email],
        )

"""Telling people that a page is due for a check."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.pages.policies import can_edit
from portal.pages.reports import due_pages

DAYS_AHEAD = (30, 7, 0)
AGAIN_EVERY = 7


@dataclass(frozen=True)
class Reminder:
    """One letter: to whom, and about which pages."""

    person: User
    pages: list[Any]


def reminders_for(today: date) -> Iterator[Reminder]:
    """The letters of ``today``: 30, 7 and 0 days before the day to check, and weekly after it.

    A page goes to the account that owns it; without one that still edits, to the editors in chief
    of its place.
    """
    letters: dict[User, list[Any]] = {}
    for page in due_pages(Page.objects.live()).specific():
        if is_day_to_write(page.review_on, today):
            for person in people_for(page):
                letters.setdefault(person, []).append(page)
    for person, pages in letters.items():
        yield Reminder(person, pages)


def is_day_to_write(review_on: date, today: date) -> bool:
    """Whether a letter about this day goes out today."""
    ahead = (review_on - today).days
    return ahead in DAYS_AHEAD or (ahead < 0 and ahead % AGAIN_EVERY == 0)


def people_for(page: Any) -> list[User]:
    """The owner's account when it still edits the page, else who may approve it."""
    owner = page.owner
    if owner is not None and owner.is_active and can_edit(owner, page):
        return [owner]
    approve: Permission = page.editing[1]
    return list(User.objects.who_may(approve, at=page.municipality_id))


def send(reminder: Reminder) -> None:
    """One letter with a link to each page; the titles of closed pages stay inside the portal."""
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            "person": reminder.person,
            "number": len(reminder.pages),
            "address": settings.PORTAL_URL + reverse("pages_due"),
            "today": timezone.localdate(),
        }
        send_mail(
            subject=_("Pages to check"),
            message=render_to_string("knowledge/library/review_letter.txt", context),
            from_email=settings.DEFAULT_FROM_EMAIL,
            recipient_list=[reminder.person.email],
        )

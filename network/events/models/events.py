"""An event and its sessions."""

import calendar
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.events import policies
from network.events.models.dialogues import Series
from network.events.policies import Visitor
from network.events.workflow import State
from portal.design.templatetags.design_tags import address
from portal.regions.models import Municipality


class EventQuerySet(models.QuerySet["Event"]):
    """Lists of events begin with ``visible_to``."""

    def visible_to(self, visitor: Visitor) -> Self:
        """Keep the events that ``visitor`` may see."""
        return self.filter(policies.visible_q(visitor))

    def to_come(self, moment: datetime) -> Self:
        """Keep what is not over at ``moment``, or comes back after it."""
        return self.filter(Q(ends_at__gte=moment) | Q(repeat_until__gte=timezone.localdate(moment)))


class Event(models.Model):
    """Something that happens at a time, in a place, online, or both."""

    class Kind(models.TextChoices):
        MEETING = "bijeenkomst", _("Meeting")
        TRAINING = "training", _("Training day")
        RETURN_DAY = "terugkomdag", _("Terugkomdag")
        PUBLIC = "voor-inwoners", _("For residents")
        DIALOGUE = "overleg", _("Dialogue")

    class Audience(models.TextChoices):
        EVERYBODY = "iedereen", _("Everybody")
        NETWORK = "netwerk", _("The network")
        MEMBERS = "leden", _("Members of the series")

    class Repeats(models.TextChoices):
        NEVER = "", _("Once")
        WEEKLY = "weekly", _("Every week")
        MONTHLY = "monthly", _("Every month, on this day")

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(_("short address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.MEETING)
    audience = models.CharField(
        _("for"), max_length=10, choices=Audience.choices, default=Audience.NETWORK
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    text = models.TextField(_("text"), max_length=8000, blank=True)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    repeats = models.CharField(
        _("repeats"), max_length=8, choices=Repeats.choices, blank=True, default=Repeats.NEVER
    )
    repeat_until = models.DateField(_("repeats until"), null=True, blank=True)
    location = models.CharField(
        _("place"), max_length=200, blank=True, help_text=_("Building, street and town.")
    )
    online_url = models.URLField(
        _("address of the online meeting"),
        blank=True,
        help_text=_("Only who registered sees it. With a place as well, the event is hybrid."),
    )
    municipality = models.ForeignKey(
        Municipality,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("municipality"),
        help_text=_("Empty: for the whole region."),
    )
    series = models.ForeignKey(
        Series,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("series"),
    )
    admits_guests = models.BooleanField(
        _("guests register without an account"),
        default=False,
        help_text=_("Only for an event for everybody. We ask an e-mail address and no name."),
    )
    needs_registration = models.BooleanField(_("people register"), default=True)
    capacity = models.PositiveIntegerField(
        _("seats"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: no limit. Online there is always a seat."),
    )
    closes_at = models.DateTimeField(_("register until"), null=True, blank=True)
    session_choices = models.PositiveSmallIntegerField(
        _("sessions per person"), default=0, help_text=_("How many sessions somebody chooses.")
    )
    materials = models.TextField(
        _("materials afterwards"),
        max_length=4000,
        blank=True,
        help_text=_("Text and addresses, for who was there."),
    )
    cancel_reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    next_number = models.PositiveIntegerField(default=1, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    changed_at = models.DateTimeField(auto_now=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["state", "ends_at"], name="event_is_to_come")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(repeats="", repeat_until=None)
                | (~Q(repeats="") & Q(repeat_until__isnull=False)),
                name="event_that_repeats_ends_some_day",
            ),
            models.CheckConstraint(
                condition=Q(repeats="") | Q(needs_registration=False),
                name="event_that_repeats_takes_no_registrations",
            ),
            models.CheckConstraint(
                condition=~Q(audience="leden") | Q(series__isnull=False),
                name="event_for_members_has_a_series",
            ),
            models.CheckConstraint(
                condition=Q(admits_guests=False) | Q(audience="iedereen"),
                name="event_with_guests_is_for_everybody",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of this event, as text: a process may serve the workspace alone."""
        return address(f"/agenda/{self.slug}/")

    @property
    def is_over(self) -> bool:
        """Whether it has ended, and does not come back."""
        if self.repeat_until and self.repeat_until >= timezone.localdate():
            return False
        return self.ends_at < timezone.now()

    @property
    def is_hybrid(self) -> bool:
        """Whether somebody can come, or join online."""
        return bool(self.location and self.online_url)

    @property
    def takes_registrations(self) -> bool:
        """Whether somebody can register now."""
        now = timezone.now()
        return (
            self.state == State.PUBLISHED
            and self.needs_registration
            and now < (self.closes_at or self.starts_at)
        )

    def beginnings(self) -> Iterator[datetime]:
        """When it begins, each time: at the same time on the clock, also in the other season."""
        first = timezone.localtime(self.starts_at)
        yield first
        if not self.repeats or self.repeat_until is None:
            return
        for day in days_after(first.date(), self.repeats, self.repeat_until):
            naive = datetime.combine(day, first.time())
            yield naive.replace(tzinfo=first.tzinfo)

    def next_beginning(self, moment: datetime) -> datetime:
        """The first time it begins after ``moment``; the last one when there is none."""
        last = timezone.localtime(self.starts_at)
        for last in self.beginnings():
            if last + (self.ends_at - self.starts_at) >= moment:
                break
        return last


def days_after(first: date, repeats: str, until: date) -> Iterator[date]:
    """The days after ``first``; a month without this day is left out, as RFC 5545 does."""
    if repeats == Event.Repeats.WEEKLY:
        day = first + timedelta(days=7)
        while day <= until:
            yield day
            day += timedelta(days=7)
        return
    month = first.year * 12 + first.month  # the number of the next month, counted from zero
    while date(month // 12, month % 12 + 1, 1) <= until:
        year, number = month // 12, month % 12 + 1
        is_there = first.day <= calendar.monthrange(year, number)[1]
        if is_there and date(year, number, first.day) <= until:
            yield date(year, number, first.day)
        month += 1


class Session(models.Model):
    """A part of an event that people choose, with seats of its own."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField(_("title"), max_length=160)
    text = models.CharField(_("summary"), max_length=300, blank=True)
    room = models.CharField(_("room"), max_length=80, blank=True)
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    capacity = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at", "pk"]

    def __str__(self) -> str:
        return self.title

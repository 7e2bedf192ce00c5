"""Reports can be asked for only within the municipalities of the current request.

Source: meldpunt.md 6.6. This is the queryset layer; ``row_security`` tells PostgreSQL the same.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from meldpunt.reports import policies, row_security
from meldpunt.reports.workflow import Phase
from portal.accounts.models import User

_municipalities: ContextVar[frozenset[int] | None] = ContextVar("municipalities", default=None)


class NoMunicipality(Exception):
    """Code asked for reports without saying for which municipalities it works."""


class AnotherMunicipality(Exception):
    """A row of a municipality outside the current ones was about to be written."""


@contextmanager
def working_in(municipalities: Iterable[int]) -> Iterator[None]:
    """Within this block only rows of these municipalities exist, for PostgreSQL as well."""
    token = _municipalities.set(frozenset(municipalities))
    try:
        row_security.allow(municipalities_or_none())
        yield
    finally:
        _municipalities.reset(token)
        row_security.allow(municipalities_or_none())


def current_municipalities() -> frozenset[int]:
    """The municipalities of this request. Raises ``NoMunicipality``."""
    found = _municipalities.get()
    if found is None:
        raise NoMunicipality
    return found


def municipalities_or_none() -> frozenset[int]:
    """The same, and outside a request none at all."""
    return _municipalities.get() or frozenset()


class SealedQuerySet(models.QuerySet[Any]):
    """What can be asked of every sealed table."""

    def of(self, domain: str) -> Self:
        """Keep one key domain."""
        return self.filter(domain=domain)


class ReportQuerySet(SealedQuerySet):
    """What can be asked of reports; never anything about their content (GR-03)."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep what ``user`` may know to exist."""
        return self.filter(policies.visible_q(user))

    def locked(self, report: Any) -> Any:
        """The same row with its municipality, held until the end of the transaction."""
        rows = self.select_for_update(of=("self",)).select_related("municipality")
        return rows.get(pk=report.pk)

    def open(self) -> Self:
        """Keep what is being worked on."""
        return self.filter(phase=Phase.OPEN)

    def ended_before(self, day: date) -> Self:
        """Keep closed reports whose last day lies before ``day``; an extension counts once."""
        longer = Q(extension__isnull=False)
        return self.filter(phase=Phase.CLOSED).filter(
            Q(~longer, destroy_on__lt=day) | Q(longer, destroy_latest_on__lt=day)
        )

    def with_content(self) -> Self:
        """Leave out what was destroyed."""
        return self.exclude(phase=Phase.DESTROYED)

    def readable(self) -> Self:
        """Leave out what is destroyed, and what should be: a late reaper shows nobody more (9.1)."""
        today = timezone.localdate()
        held = self.model._default_manager.filter(in_force_q(today, "holds__"))
        overdue = self.model._default_manager.ended_before(today).exclude(pk__in=held.values("pk"))
        return self.with_content().exclude(pk__in=overdue.values("pk"))


def in_force_q(on: date, prefix: str = "") -> Q:
    """The rule that a hold pauses destruction on that day; one that waits for its second too.

    A second person is found within a few days (``MELDPUNT_HOLD_WAITS_DAYS``): nothing may die in
    between, and nobody may pause for long alone.
    """
    waits_since = on - timedelta(days=settings.MELDPUNT_HOLD_WAITS_DAYS)
    waiting = Q(**{f"{prefix}confirmed_by": "", f"{prefix}asked_on__gte": waits_since})
    running = Q(**{f"{prefix}until__gte": on, f"{prefix}lifted_by": ""})
    return running & (~Q(**{f"{prefix}confirmed_by": ""}) | waiting)


class HoldQuerySet(SealedQuerySet):
    """What can be asked of holds."""

    def in_force(self, *, on: date) -> Self:
        """Keep what pauses destruction on that day."""
        return self.filter(in_force_q(on))


class GuestCopyQuerySet(SealedQuerySet):
    """What can be asked of copies for guests."""

    def running(self) -> Self:
        """Keep what its guest can still read today."""
        return self.filter(was_ended=False, ends_on__gte=timezone.localdate())

    def ended(self) -> Self:
        """Keep what waits for the reaper."""
        return self.filter(Q(was_ended=True) | Q(ends_on__lt=timezone.localdate()))

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep the running copies of ``user``; none of a report that is gone or should be."""
        reports = self.model._meta.get_field("report").related_model._default_manager
        readable = reports.get_queryset().readable()
        return self.running().filter(policies.own_copies_q(user), report__in=readable.values("pk"))


class SealedManager(models.Manager[Any]):
    """Raises unless somebody said for which municipalities this request works."""

    def get_queryset(self) -> SealedQuerySet:
        """The rows of the current municipalities."""
        return SealedQuerySet(self.model, using=self._db).filter(
            municipality__in=current_municipalities()
        )

    def of(self, domain: str) -> SealedQuerySet:
        """Keep one key domain."""
        return self.get_queryset().of(domain)


class HoldManager(SealedManager):
    """The same, for holds."""

    def get_queryset(self) -> HoldQuerySet:
        """The holds of the current municipalities."""
        return HoldQuerySet(self.model, using=self._db).filter(
            municipality__in=current_municipalities()
        )

    def in_force(self, *, on: date) -> HoldQuerySet:
        """Keep what pauses destruction on that day."""
        return self.get_queryset().in_force(on=on)


class GuestCopyManager(SealedManager):
    """The same, for copies."""

    def get_queryset(self) -> GuestCopyQuerySet:
        """The copies of the current municipalities."""
        return GuestCopyQuerySet(self.model, using=self._db).filter(
            municipality__in=current_municipalities()
        )

    def visible_to(self, user: User | AnonymousUser) -> GuestCopyQuerySet:
        """Keep the running copies of ``user``."""
        return self.get_queryset().visible_to(user)


class ReportManager(SealedManager):
    """The same, for reports."""

    def get_queryset(self) -> ReportQuerySet:
        """The reports of the current municipalities."""
        return ReportQuerySet(self.model, using=self._db).filter(
            municipality__in=current_municipalities()
        )

    def visible_to(self, user: User | AnonymousUser) -> ReportQuerySet:
        """Keep what ``user`` may know to exist."""
        return self.get_queryset().visible_to(user)

    def ended_before(self, day: date) -> ReportQuerySet:
        """Keep closed reports whose last day lies before ``day``."""
        return self.get_queryset().ended_before(day)


class LookupManager(models.Manager[Any]):
    """Finds one row by a reporter's own secret, before the municipality is known."""

    def find(self, **by: Any) -> Any | None:
        """The row, or nothing. PostgreSQL shows it to whoever names the secret, and no other."""
        (secret,) = by.values()
        with row_security.seeking(secret):
            return super().get_queryset().filter(**by).first()

    def get_queryset(self) -> models.QuerySet[Any]:
        """Nothing: lists are for the other manager."""
        return super().get_queryset().none()

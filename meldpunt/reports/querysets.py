"""Reports can be asked for only within the municipalities of the current request.

Source: meldpunt.md 6.6 (the queryset layer; PostgreSQL adds row-level security to it).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from meldpunt.reports import policies
from meldpunt.reports.workflow import Phase
from portal.accounts.models import User

_municipalities: ContextVar[frozenset[int] | None] = ContextVar("municipalities", default=None)


class NoMunicipality(Exception):
    """Code asked for reports without saying for which municipalities it works."""


class AnotherMunicipality(Exception):
    """A row of a municipality outside the current ones was about to be written."""


@contextmanager
def working_in(municipalities: Iterable[int]) -> Iterator[None]:
    """Within this block only rows of these municipalities exist."""
    token = _municipalities.set(frozenset(municipalities))
    try:
        yield
    finally:
        _municipalities.reset(token)


def current_municipalities() -> frozenset[int]:
    """The municipalities of this request. Raises ``NoMunicipality``."""
    found = _municipalities.get()
    if found is None:
        raise NoMunicipality
    return found


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

    def open(self) -> Self:
        """Keep what is being worked on."""
        return self.filter(phase=Phase.OPEN)

    def with_content(self) -> Self:
        """Leave out what was destroyed."""
        return self.exclude(phase=Phase.DESTROYED)


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


class LookupManager(models.Manager[Any]):
    """Finds one row by a reporter's own secret, before the municipality is known."""

    def find(self, **by: Any) -> Any | None:
        """The row, or nothing. In production this is a function in the database."""
        return super().get_queryset().filter(**by).first()

    def get_queryset(self) -> models.QuerySet[Any]:
        """Nothing: lists are for the other manager."""
        return super().get_queryset().none()

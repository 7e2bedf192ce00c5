"""Who sees an event, who plans one, and who takes part in a series."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from network.events.workflow import State
from portal.accounts.models import User
from portal.accounts.roles import Permission

if TYPE_CHECKING:
    from network.events.models import Event, Registration, Series

Visitor = User | AnonymousUser


def visible_q(visitor: Visitor) -> Q:
    """Public events for everybody, those of the network by role, a series for its members."""
    shown = ~Q(state=State.DRAFT)
    found = shown & Q(audience="iedereen")
    if not visitor.is_authenticated:
        return found
    if can_read_agenda(visitor):
        found |= shown & Q(audience="netwerk")
    found |= shown & Q(series__in=_series_of(visitor))
    return found | planned_q(visitor)


def can_read_agenda(visitor: Visitor) -> bool:
    """Whoever's row of the matrix shows them the events of the network."""
    return bool(visitor.is_authenticated and visitor.may(Permission.EVENTS_READ))


def planned_q(visitor: Visitor) -> Q:
    """The events that this person plans: of own places and of the region, and own series."""
    if not visitor.is_authenticated or not can_plan_any(visitor):
        return Q(pk__in=[])
    places = visitor.municipalities_where(Permission.EVENTS_WORK)
    mine = Q(municipality=None) | Q(municipality__in=places)
    return mine & (~Q(audience="leden") | Q(series__in=_series_of(visitor)))


def _series_of(visitor: Visitor) -> Any:
    """The series of a visitor as a subquery; a join would show an event once for each member."""
    members = apps.get_model("network_events", "SeriesMember")
    return members.objects.filter(user=visitor.pk).values("series")


def can_plan_any(visitor: Visitor) -> bool:
    """Whether somebody plans events anywhere."""
    return bool(visitor.is_authenticated and visitor.may(Permission.EVENTS_WORK))


def can_plan(visitor: Visitor, event: "Event") -> bool:
    """A planner of the event's place; what is for the members of a series, only as a member."""
    if not visitor.is_authenticated:
        return False
    if not visitor.may(Permission.EVENTS_WORK, at=event.municipality_id):
        return False
    return event.audience != "leden" or is_member(visitor, event.series)


def can_register(visitor: Visitor, event: "Event") -> bool:
    """Whoever has an account and may see the event."""
    if not visitor.is_authenticated:
        return False
    if event.audience == "netwerk":
        return can_read_agenda(visitor)
    return event.audience == "iedereen" or is_member(visitor, event.series)


def own_q(visitor: Visitor) -> Q:
    """The registrations of this person."""
    return Q(user=visitor.pk) if visitor.is_authenticated else Q(pk__in=[])


def can_sign_off(visitor: Visitor, registration: "Registration") -> bool:
    """The person, or who plans the event."""
    if not visitor.is_authenticated:  # who has no number is not the guest without an account
        return False
    return visitor.pk == registration.user_id or can_plan(visitor, registration.event)


def is_member(visitor: Visitor, series: "Series | None") -> bool:
    """Whether somebody takes part in the series, on either side."""
    return bool(
        series and visitor.is_authenticated and series.members.filter(user=visitor.pk).exists()
    )


def series_q(visitor: Visitor) -> Q:
    """The series that somebody takes part in: both sides see the same record."""
    return Q(members__user=visitor.pk) if visitor.is_authenticated else Q(pk__in=[])


def can_start_series(visitor: Visitor) -> bool:
    """Planners of events begin a series, for a municipality of theirs."""
    return can_plan_any(visitor)

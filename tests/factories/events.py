"""The agenda of the tests."""

from datetime import timedelta

from django.utils import timezone

from network.events.models import Event, Series, SeriesMember, Session
from network.events.workflow import State
from tests.factories.regions import MunicipalityFactory


def event(title="Bijeenkomst", *, in_days=14, hours=2, state=State.PUBLISHED, **fields):
    """A published event for everybody, in two weeks."""
    start = timezone.now() + timedelta(days=in_days)
    fields.setdefault("slug", title.lower().replace(" ", "-"))
    fields.setdefault("audience", Event.Audience.EVERYBODY)
    fields.setdefault("starts_at", start)
    fields.setdefault("ends_at", fields["starts_at"] + timedelta(hours=hours))
    return Event.objects.create(title=title, state=state, **fields)


def session(of, title="Werksessie", **fields):
    return Session.objects.create(event=of, title=title, **fields)


def series(title="Overleg moskeeën", *, municipality_user=None, community_user=None, **fields):
    """A series with a member on each side, where given."""
    fields.setdefault("municipality", MunicipalityFactory())
    made = Series.objects.create(
        title=title, kind="ambtelijk", partners="Stichting De Brug", **fields
    )
    for user, side in ((municipality_user, "gemeente"), (community_user, "gemeenschap")):
        if user:
            SeriesMember.objects.create(series=made, user=user, side=side, function="Deelnemer")
    return made

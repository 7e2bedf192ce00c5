"""The agenda in search: at once, for whom it is, and gone when it is called off."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command

from network.events.models import Event
from network.events.services import planning, registering
from portal.accounts.roles import ROLES, Permission
from portal.accounts.services import end_role
from search.models import SearchEntry
from tests.factories.accounts import ManagerFactory, UserFactory
from tests.factories.events import event, series, session
from tests.factories.search import everything_shown, found

pytestmark = pytest.mark.django_db
CANARY = "kanarieoranje"


def closed(**fields):
    return event(f"Middag {CANARY}", audience=Event.Audience.NETWORK, slug="middag", **fields)


@pytest.mark.usefixtures("engine")
class TestOnEachEngine:
    def test_an_event_is_found_by_everybody_as_soon_as_it_is_published(self):
        planner = UserFactory(roles=["trainingscoordinator"])
        draft = event("Buurtavond", state="draft", location="Theater De Linde")
        assert found("buurtavond", AnonymousUser()) == []

        planning.publish(draft, by=planner)

        assert found("buurtavond", AnonymousUser()) == ["Buurtavond"]
        assert found("theater", AnonymousUser()) == ["Buurtavond"]
        assert found("buurtavond", AnonymousUser(), language="en") == ["Buurtavond"]

    def test_what_is_called_off_is_gone_at_once(self):
        planner = UserFactory(roles=["trainingscoordinator"])
        one = event("Buurtavond")
        assert found("buurtavond", AnonymousUser()) == ["Buurtavond"]

        planning.cancel(one, reason="Ziekte", by=planner)

        assert found("buurtavond", AnonymousUser()) == []

    @pytest.mark.parametrize("role", [None, "stranger", *ROLES])
    def test_an_event_of_the_network_is_found_by_whose_role_shows_the_agenda(self, role):
        closed()
        user = AnonymousUser() if role == "stranger" else UserFactory(roles=[role] if role else [])
        may = role in ROLES and ROLES[role].grants(Permission.EVENTS_READ)

        assert bool(found(CANARY, user)) == may
        if not may:
            assert CANARY not in everything_shown(CANARY[:-1], user)

    def test_a_role_that_ended_finds_it_no_more(self):
        closed()
        reader = UserFactory(roles=["professional"])
        assert found(CANARY, reader)

        end_role(reader.memberships.get(), by=ManagerFactory())

        assert CANARY not in everything_shown(CANARY[:-1], type(reader).objects.get(pk=reader.pk))


def test_an_event_that_becomes_one_of_the_network_is_hidden_at_once():
    planner = UserFactory(roles=["trainingscoordinator"])
    one = event(f"Middag {CANARY}", slug="middag")
    assert found(CANARY, AnonymousUser())

    one.audience = Event.Audience.NETWORK
    planning.save_event(one, by=planner)

    assert CANARY not in everything_shown(CANARY[:-1], AnonymousUser())


def test_the_talks_of_a_series_are_found_by_nobody():
    member = UserFactory(roles=["netwerkregisseur"])
    event(CANARY, audience=Event.Audience.MEMBERS, series=series(municipality_user=member))

    assert found(CANARY, member) == []


def test_a_session_is_found_with_its_event():
    day = event("Dag")
    one = session(day, "Improviseren")
    assert found("improviseren", AnonymousUser()) == ["Dag"]

    one.delete()

    assert found("improviseren", AnonymousUser()) == []


def test_a_stale_key_shows_nothing_of_the_network():
    closed()
    SearchEntry.objects.filter(kind="agenda").update(access_key=public_key())

    assert found(CANARY, AnonymousUser()) == []


def public_key():
    event("Open")
    return SearchEntry.objects.filter(title="Open").first().access_key


def test_registering_writes_nothing_in_the_index():
    day = event("Dag")
    SearchEntry.objects.all().delete()

    registering.register(day, by=UserFactory(roles=["professional"]))

    assert not SearchEntry.objects.exists()


def test_a_rebuild_finds_the_same():
    closed()
    event("Af", state="cancelled")
    before = set(SearchEntry.objects.values_list("source", "part", "title", "access_key"))

    call_command("rebuild_search", verbosity=0)

    assert set(SearchEntry.objects.values_list("source", "part", "title", "access_key")) == before

"""A process that serves the workspace alone, or the public alone, still plans and writes."""

import types

import pytest

from network.events.models import Event
from network.events.services import registering
from portal.urls import addresses
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.events import event

pytestmark = pytest.mark.django_db


@pytest.fixture
def only(settings):
    """Serve one surface in this process."""

    def serve(surface):
        module = types.ModuleType(f"urls_of_{surface}")
        module.urlpatterns = addresses([surface])
        settings.ROOT_URLCONF = module

    return serve


def test_the_workspace_alone_plans_and_writes_letters(
    client, only, mailoutbox, django_capture_on_commit_callbacks
):
    one = event(audience=Event.Audience.NETWORK)
    noor = UserFactory(roles=["professional"])
    only("werkplek")
    sign_in(client, UserFactory(roles=["trainingscoordinator"]))
    assert client.get(f"/werkplek/agenda/{one.pk}/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        registering.register(one, by=noor)

    assert f"/agenda/{one.slug}/" in mailoutbox[0].body


def test_the_public_alone_shows_a_ticket_and_the_way_to_the_workspace(client, only):
    one = event()
    planner = UserFactory(roles=["trainingscoordinator"])
    registration = registering.register(one, by=planner)
    only("publiek")
    sign_in(client, planner)

    assert client.get(f"/agenda/kaartje/{registration.ticket}/").status_code == 200
    html = client.get(f"/agenda/{one.slug}/").content.decode()
    assert f'href="/werkplek/agenda/{one.pk}/"' in html

"""Both sides of the dialogue see the same record, and both approve it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from network.events.models import Agreement, Attendance, Event, Minutes, Proposal, Series
from network.events.services import dialogue
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.events import event, series
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sides():
    """The member of the municipality, that of the community, and a talk of theirs."""
    ours = UserFactory(roles=["netwerkregisseur"])
    theirs = UserFactory(roles=["instelling"])
    found = series(municipality_user=ours, community_user=theirs)
    talk = event("Overleg najaar", audience=Event.Audience.MEMBERS, series=found, kind="overleg")
    return ours, theirs, talk


def test_minutes_stand_when_both_sides_approved_the_same_version(client, sides):
    ours, theirs, talk = sides
    minutes = dialogue.write_minutes(talk, text="Wij spraken over veiligheid.", by=ours)
    dialogue.approve_minutes(minutes, version=1, by=ours)
    with pytest.raises(dialogue.NothingToApprove):
        dialogue.approve_minutes(minutes, version=1, by=ours)
    assert Minutes.objects.get().approved_at is None

    minutes = dialogue.write_minutes(talk, text="Wij spraken ook over zorg.", by=theirs)
    with pytest.raises(dialogue.NothingToApprove):
        dialogue.approve_minutes(minutes, version=1, by=theirs)
    dialogue.approve_minutes(minutes, version=2, by=theirs)
    dialogue.approve_minutes(minutes, version=2, by=ours)

    assert Minutes.objects.get().approved_at
    sign_in(client, theirs)
    assert (
        "Door beide kanten goedgekeurd"
        in client.get(f"/agenda/{talk.slug}/verslag/").content.decode()
    )


def test_the_database_wants_two_people_for_approved_minutes(sides):
    ours, _theirs, talk = sides
    minutes = dialogue.write_minutes(talk, text="Tekst", by=ours)
    for fields in (
        {"approved_at": timezone.now()},
        {"by_municipality": ours, "by_community": ours},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Minutes.objects.filter(pk=minutes.pk).update(**fields)


def test_both_sides_put_something_on_the_agenda(client, sides):
    for user, side in zip(sides[:2], ("gemeente", "gemeenschap"), strict=True):
        sign_in(client, user)
        client.post(f"/agenda/{sides[2].slug}/verslag/voorstel/", {"text": "De moskee-open-dag"})
        assert Proposal.objects.filter(side=side).count() == 1


def test_somebody_outside_the_series_sees_nothing_of_it(client, sides):
    _ours, _theirs, talk = sides
    for role in ("trainingscoordinator", "netwerkregisseur", "fg", "instelling"):
        sign_in(client, UserFactory(roles=[role]))
        for address in (
            f"/agenda/{talk.slug}/",
            f"/agenda/{talk.slug}/verslag/",
            f"/agenda/{talk.slug}/verslag/voorstel/",
            f"/agenda/overleg/{talk.series_id}/",
            f"/werkplek/agenda/{talk.pk}/",
        ):
            assert client.get(address).status_code in (403, 404), (role, address)
        assert talk.title not in client.get("/agenda/").content.decode()
    with pytest.raises(PermissionDenied):
        dialogue.propose(talk, text="Iets", by=UserFactory(roles=["fg"]))


def test_nothing_about_people_goes_in_the_record(client, sides):
    ours, _theirs, talk = sides
    sign_in(client, ours)
    for what, data in (
        ("voorstel", {"text": "Bel 06 12345678"}),
        ("verslag", {"text": "Mail jan@voorbeeld.nl"}),
        ("aanwezig", {"side": "gemeente", "organisation": "A", "function": "jan@voorbeeld.nl"}),
        ("afspraak", {"side": "gemeente", "text": "Bel 06 12345678", "due_on": "2027-01-01"}),
    ):
        assert client.post(f"/agenda/{talk.slug}/verslag/{what}/", data).status_code == 422
    assert not Proposal.objects.exists() and not Minutes.objects.exists()
    assert not Attendance.objects.exists() and not Agreement.objects.exists()


def test_a_series_is_begun_in_the_own_municipality_only(client):
    elsewhere = MunicipalityFactory(name="Elders", slug="elders")
    user = UserFactory(roles=["netwerkregisseur"])
    sign_in(client, user)
    data = {
        "title": "Overleg",
        "kind": "ambtelijk",
        "partners": "De Brug",
        "every_months": "3",
        "function": "Adviseur",
    }
    assert (
        client.post("/agenda/overleg/nieuw/", {**data, "municipality": elsewhere.pk}).status_code
        == 422
    )
    place = user.memberships.get().municipality_id
    assert client.post("/agenda/overleg/nieuw/", {**data, "municipality": place}).status_code == 302
    assert Series.objects.get().members.get().side == "gemeente"
    sign_in(client, UserFactory(roles=["professional"]))
    assert client.get("/agenda/overleg/nieuw/").status_code == 403


def test_a_community_adds_its_own_people_only(sides):
    _ours, theirs, talk = sides
    other = UserFactory(roles=["instelling"])
    with pytest.raises(PermissionDenied):
        dialogue.add_member(talk.series, user=other, side="gemeente", function="X", by=theirs)
    dialogue.add_member(talk.series, user=other, side="gemeenschap", function="X", by=theirs)


@pytest.mark.parametrize(
    ("today", "start", "is_quiet"),
    [
        ("2026-12-02", "2026-10-01 10:00+02:00", False),
        ("2026-12-02", "2026-09-30 10:00+02:00", True),
        ("2026-12-02", "2027-01-01 10:00+01:00", True),
        ("2026-03-10", "2026-01-15 10:00+01:00", False),
    ],
)
def test_a_quarter_without_a_talk_is_noticed(today, start, is_quiet):
    found = series()
    event(
        series=found,
        audience="leden",
        starts_at=timezone.datetime.fromisoformat(start),
    )

    assert dialogue.is_quiet(found, date.fromisoformat(today)) == is_quiet


def test_a_quiet_quarter_and_a_due_agreement_are_written_about_once(sides, mailoutbox):
    _ours, theirs, talk = sides
    with time_machine.travel("2026-12-05 09:00+01:00"):
        Event.objects.filter(pk=talk.pk).update(
            starts_at=timezone.now() - timedelta(days=200),
            ends_at=timezone.now() - timedelta(days=199),
        )
        Agreement.objects.create(
            event=talk, side="gemeenschap", text="Folder", due_on=date(2026, 12, 10)
        )

        assert dialogue.remind(timezone.now()) == 3
        assert dialogue.remind(timezone.now()) == 0

    assert mailoutbox[0].to == [theirs.email]
    assert "Folder" not in mailoutbox[0].body

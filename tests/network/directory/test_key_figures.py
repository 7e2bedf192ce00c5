"""Key figures and the strategic network: who sees them, and that nobody becomes an informant."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from network.directory.models import ActionPoint, Deployment, Goal, KeyFigure, Meeting, Member
from network.directory.services.key_figures import (
    NotReady,
    ask_for_help,
    move,
    note_agreements,
    totals,
)
from network.directory.services.strategic import CannotRenew, renew
from network.directory.workflow import ALLOWED, KeyFigureState, TransitionNotAllowed
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.network import AreaFactory, OrganisationFactory, SectorFactory
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db
REGISTER = "/werkplek/netwerk/sleutelfiguren/"
OWN = "/netwerk/mensen/sleutelfiguur/"
TODAY = timezone.localdate()


def figure(state="active", name="Hassan", at=None, trained=30, **more):
    return KeyFigure.objects.create(
        user=UserFactory(name=name, roles=["sleutelfiguur"]),
        municipality=at or MunicipalityFactory(),
        state=state,
        reference_is_good=True,
        agreed_on=TODAY - timedelta(days=30),
        declared_on=TODAY,
        trained_until=TODAY + timedelta(days=trained),
        **more,
    )


@pytest.fixture
def coordinator(client):
    person = UserFactory(roles=["netwerkregisseur"])
    sign_in(client, person)
    return person


def test_the_coordinator_sees_the_register_of_the_own_municipality(client, coordinator):
    figure(name="Hassan")
    figure(name="Elders", at=MunicipalityFactory(name="Polderveen"))

    text = client.get(REGISTER).content.decode()

    assert "Hassan" in text
    assert "Elders" not in text


def test_the_region_sees_totals_and_no_name(client):
    one = figure(name="Hassan")
    sign_in(client, UserFactory(roles=["regiobeheerder"]))

    text = client.get(REGISTER).content.decode()

    assert "Hassan" not in text
    assert "te weinig om te tonen" in text
    assert client.get(f"{REGISTER}{one.pk}/").status_code == 404


@pytest.mark.parametrize("role", ["professional", "sleutelfiguur", "redacteur", "oov-medewerker"])
def test_nobody_else_opens_the_register(client, role):
    one = figure()
    sign_in(client, UserFactory(roles=[role]))

    assert client.get(REGISTER).status_code == 403
    assert client.get(f"{REGISTER}{one.pk}/").status_code == 404
    assert client.get(f"{REGISTER}demodam/vragen/").status_code == 403


def test_somebody_applies_and_walks_the_whole_road(client, coordinator):
    person = UserFactory(name="Noor", roles=["professional"])
    place = MunicipalityFactory()
    sign_in(client, person)
    client.post(OWN, {"municipality": place.pk, "availability": "Avonden"})
    one = KeyFigure.objects.get()
    assert one.state == "interested"

    move(one, to=KeyFigureState.INTAKE, by=coordinator)
    one = move(one, to=KeyFigureState.REFERENCE_CHECK, by=coordinator)
    with pytest.raises(NotReady):
        move(one, to=KeyFigureState.AGREEMENT, by=coordinator)
    note_agreements(one, values={"reference_is_good": True, "reference_on": TODAY}, by=coordinator)
    one = move(one, to=KeyFigureState.AGREEMENT, by=coordinator)
    with pytest.raises(NotReady):
        move(one, to=KeyFigureState.ACTIVE, by=coordinator)
    note_agreements(one, values={"agreed_on": TODAY, "declared_on": TODAY}, by=coordinator)
    one = move(one, to=KeyFigureState.ACTIVE, by=coordinator)

    assert one.steps.count() == 4
    with pytest.raises(PermissionDenied):
        move(one, to=KeyFigureState.PAUSED, by=person)
    sign_in(client, person)
    client.post(OWN + "stoppen/")
    one.refresh_from_db()
    assert one.state == "ended"


@pytest.mark.parametrize("old", list(KeyFigureState))
def test_a_step_that_the_table_has_not_is_refused(coordinator, old):
    one = figure(state=old)

    for new in set(KeyFigureState) - ALLOWED[old]:
        with pytest.raises(TransitionNotAllowed):
            move(one, to=new, by=coordinator)


def test_the_database_refuses_an_active_key_figure_without_an_agreement():
    one = figure()

    with pytest.raises(IntegrityError), transaction.atomic():
        KeyFigure.objects.filter(pk=one.pk).update(agreed_on=None)


def test_an_expired_training_leaves_the_call_list(client, coordinator):
    figure(name="Geldig")
    figure(name="Verlopen", trained=-1)
    figure(name="Pauze", state="paused")

    people = client.get(REGISTER + "demodam/vragen/").context["people"]

    assert [one.user.name for one in people] == ["Geldig"]


def test_a_request_to_help_says_nothing_in_the_letter_and_is_answered(
    client, coordinator, mailoutbox, django_capture_on_commit_callbacks
):
    one = figure()
    with django_capture_on_commit_callbacks(execute=True):
        asked = ask_for_help(
            one, activity="Gespreksavond", on=TODAY, area=AreaFactory(), by=coordinator
        )

    assert "Gespreksavond" not in mailoutbox[0].body + mailoutbox[0].subject
    sign_in(client, UserFactory(roles=["sleutelfiguur"]))
    assert client.post(f"{OWN}{asked.pk}/antwoord/", {"answer": "accepted"}).status_code == 404
    sign_in(client, one.user)
    client.post(f"{OWN}{asked.pk}/antwoord/", {"answer": "accepted"})
    asked.refresh_from_db()
    assert asked.state == "accepted"


def test_a_request_about_a_person_is_refused(client, coordinator):
    one = figure()
    data = {
        "activity": "Praat met Jan, 06 12345678",
        "on_day": 1,
        "on_month": 3,
        "on_year": 2027,
        "people": [one.pk],
    }

    assert client.post(REGISTER + "demodam/vragen/", data).status_code == 422
    assert not Deployment.objects.exists()


def test_a_key_figure_has_no_way_to_report_that_others_have_not(client):
    one = figure()
    sign_in(client, one.user)

    text = client.get(OWN).content.decode()

    assert "/werkplek/meldingen" not in text
    assert {field.name for field in KeyFigure._meta.get_fields()}.isdisjoint(
        {"report", "signal", "note", "notes", "faith", "origin"}
    )


def test_small_numbers_and_their_complement_are_hidden():
    for place, number in [("Demodam", 6), ("Polderveen", 2), ("Kadewoude", 0)]:
        for _number in range(number):
            figure(at=MunicipalityFactory(name=place))
        MunicipalityFactory(name=place)

    assert {place.name: number for place, number in totals()} == {
        "Demodam": None,
        "Polderveen": None,
        "Kadewoude": 0,
    }


def test_the_coordinator_keeps_the_strategic_network_and_sees_who_is_missing(client, coordinator):
    care, youth = SectorFactory(name="Zorg"), SectorFactory()
    one = OrganisationFactory(sectors=[care])
    MunicipalityFactory(name="Polderveen")
    data = {
        "organisation": one.pk,
        **dict(zip(("since_day", "since_month", "since_year"), (1, 1, 2026), strict=True)),
        **dict(zip(("until_day", "until_month", "until_year"), (1, 1, 2028), strict=True)),
    }
    address = "/werkplek/netwerk/strategisch/"

    assert client.post(address + "lid/", data).status_code == 302
    assert client.post(address + "lid/", data).status_code == 422
    gaps = {place.name: sectors for place, sectors in client.get(address).context["gaps"]}
    assert gaps == {"Demodam": [youth], "Polderveen": [youth, care]}
    client.post(f"{address}lid/{Member.objects.get().pk}/")
    assert Member.objects.get().left_on
    assert client.get(address + "persoon/").status_code == 404


def test_a_professional_sees_nothing_of_the_strategic_network(client):
    sign_in(client, UserFactory(roles=["professional"]))

    for part in ("", "lid/", "actie/"):
        assert client.get(f"/werkplek/netwerk/strategisch/{part}").status_code == 403
    assert not ActionPoint.objects.exists()


def meeting_day(**more):
    return {**dict(zip(("on_day", "on_month", "on_year"), (3, 2, 2026), strict=True)), **more}


def test_the_minutes_of_a_meeting_are_written_afterwards(client, coordinator):
    address = "/werkplek/netwerk/strategisch/"
    client.post(f"{address}vergadering/", meeting_day(agenda="Jaarplan"))
    meeting = Meeting.objects.get()
    change = f"{address}vergadering/{meeting.pk}/wijzigen/"
    assert "Jaarplan" in client.get(change).content.decode()

    sent = meeting_day(agenda="Jaarplan", minutes="Wij beginnen in maart.")
    assert client.post(change, sent).status_code == 302
    assert client.post(change, meeting_day(minutes="Bel 06 12345678")).status_code == 422

    meeting.refresh_from_db()
    assert meeting.minutes == "Wij beginnen in maart."


def test_a_term_is_renewed_and_never_made_shorter(client, coordinator):
    member = Member.objects.create(
        organisation=OrganisationFactory(), since=TODAY, until=TODAY + timedelta(days=30)
    )
    address = f"/werkplek/netwerk/strategisch/lid/{member.pk}/verlengen/"

    def sent(day):
        return {"until_day": day.day, "until_month": day.month, "until_year": day.year}

    assert client.post(address, sent(TODAY + timedelta(days=10))).status_code == 422
    assert client.post(address, sent(TODAY + timedelta(days=400))).status_code == 302
    member.refresh_from_db()
    assert member.until == TODAY + timedelta(days=400)
    Member.objects.update(left_on=TODAY)
    assert client.get(address).status_code == 404
    with pytest.raises(CannotRenew):
        renew(member, until=TODAY + timedelta(days=900), by=coordinator)


def test_the_year_plan_says_how_far_it_is(client, coordinator):
    for year, reached in ((2026, TODAY), (2026, None), (2025, TODAY)):
        Goal.objects.create(year=year, text="Een gespreksavond", reached_on=reached)

    page = client.get("/werkplek/netwerk/strategisch/")

    assert page.context["years"] == [(2026, 2, 1), (2025, 1, 1)]
    assert "2026: 1 van 2 bereikt" in page.content.decode()


def test_who_keeps_no_network_renews_and_minutes_nothing(client):
    member = Member.objects.create(
        organisation=OrganisationFactory(), since=TODAY, until=TODAY + timedelta(days=30)
    )
    meeting = Meeting.objects.create(on=TODAY)
    person = UserFactory(roles=["professional"])
    sign_in(client, person)

    for address in (f"lid/{member.pk}/verlengen/", f"vergadering/{meeting.pk}/wijzigen/"):
        assert client.get(f"/werkplek/netwerk/strategisch/{address}").status_code == 403
    with pytest.raises(PermissionDenied):
        renew(member, until=TODAY + timedelta(days=400), by=person)

"""Phenomena online: never a person, reviewed with feedback, gone after ninety days."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from network.phenomena.models import MonthlyCount, Observation, Phenomenon
from network.phenomena.services.observations import FeedbackMissing, review, review_before
from network.phenomena.services.trends import months_before, trend
from network.phenomena.workflow import ALLOWED, ObservationState, TransitionNotAllowed
from portal.audit.models import AuditEvent
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.network import AreaFactory
from tests.factories.regions import MunicipalityFactory
from tests.house.rooms import ROOMS, ROOT

LIST = "/netwerk/fenomenen/"


def data(**more):
    return {
        "platform": "korte-video",
        "seen_from_day": "1",
        "seen_from_month": "10",
        "seen_from_year": "2026",
        "seen_until_day": "3",
        "seen_until_month": "10",
        "seen_until_year": "2026",
        "description": "Filmpjes die oproepen om een groep niet te vertrouwen.",
        "effect": "Op school ontstaat ruzie.",
        "reach": "redelijk",
        "advice": "duiding",
        **more,
    }


@pytest.fixture
def ambassador(client):
    person = UserFactory(roles=["online-ambassadeur"])
    sign_in(client, person)
    return person


def observation(state="submitted", by=None, place=None, days=1, **more):
    moment = timezone.now() - timedelta(days=days)
    made = Observation.objects.create(
        by=by or UserFactory(roles=["online-ambassadeur"]),
        state=state,
        platform="forum",
        seen_from=date(2026, 10, 1),
        seen_until=date(2026, 10, 3),
        description="Berichten die bang maken.",
        effect="Onrust bij ouders.",
        reach="veel",
        advice="dialoog",
        municipality=place,
        submitted_at=None if state == "draft" else moment,
        feedback="Dank u" if state in ("returned", "accepted", "clustered") else "",
        **more,
    )
    Observation.objects.filter(pk=made.pk).update(made_at=moment)
    return made


def phenomenon(name="Wantrouwen in filmpjes", **more):
    return Phenomenon.objects.create(
        name=name,
        slug="wantrouwen",
        summary="Wij zien filmpjes.",
        unknown="Wij weten niet wie het ziet.",
        expires_on=timezone.localdate() + timedelta(days=90),
        by=UserFactory(roles=["netwerkregisseur"]),
        **more,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "sees", "describes", "reviews"),
    [
        ("online-ambassadeur", 200, 200, 403),
        ("netwerkregisseur", 200, 403, 200),
        ("expert", 200, 403, 403),
        ("regiobeheerder", 200, 403, 403),
        ("professional", 403, 403, 403),
        ("sleutelfiguur", 403, 403, 403),
        ("redacteur", 403, 403, 403),
    ],
)
def test_the_matrix_says_who_sees_describes_and_reviews(client, role, sees, describes, reviews):
    phenomenon()
    sign_in(client, UserFactory(roles=[role]))

    assert client.get(LIST).status_code == sees
    assert client.get(LIST + "wantrouwen/").status_code == sees
    assert client.get(LIST + "beschrijven/").status_code == describes
    assert client.get("/werkplek/netwerk/fenomenen/").status_code == reviews
    assert client.get("/werkplek/netwerk/fenomenen/notitie/").status_code == reviews


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["description", "effect"])
@pytest.mark.parametrize(
    "text",
    [
        "Het account @boze_buurman plaatst dit",
        "Zie https://voorbeeld.example/filmpje",
        "Op tiktok.com/@iemand staat het",
        "te zien op videosite.nl/kanaal",
        "Bel 06 12345678",
        "mail x@y.example",
    ],
)
def test_no_account_or_address_comes_in(client, ambassador, field, text):
    response = client.post(LIST + "beschrijven/", data(send="1", **{field: text}))

    assert response.status_code == 422
    assert not Observation.objects.exists()


@pytest.mark.django_db
def test_an_ambassador_keeps_a_draft_and_sends_it(client, ambassador):
    client.post(LIST + "beschrijven/", data())
    made = Observation.objects.get()
    assert made.state == "draft"

    client.post(f"{LIST}beschrijven/{made.pk}/", data(send="1"))

    made.refresh_from_db()
    assert made.state == "submitted"
    assert client.get(f"{LIST}beschrijven/{made.pk}/").status_code == 404
    event = AuditEvent.objects.get(action="observation.state_changed")
    assert "Filmpjes" not in str(event.__dict__)


@pytest.mark.django_db
def test_nobody_reads_the_draft_or_the_observation_of_another(client, ambassador):
    other = observation(state="returned")

    assert client.get(f"{LIST}beschrijven/{other.pk}/").status_code == 404
    assert client.get(f"/werkplek/netwerk/fenomenen/{other.pk}/").status_code == 404
    sign_in(client, UserFactory(roles=["netwerkregisseur"]))
    draft = observation(state="draft")
    assert client.get(f"/werkplek/netwerk/fenomenen/{draft.pk}/").status_code == 404
    there = observation(place=MunicipalityFactory(name="Polderveen"))
    assert client.get(f"/werkplek/netwerk/fenomenen/{there.pk}/").status_code == 404


@pytest.mark.django_db
def test_a_review_always_gives_feedback_and_may_count_with_a_phenomenon(
    client, mailoutbox, django_capture_on_commit_callbacks
):
    found, note = observation(place=MunicipalityFactory()), phenomenon()
    sign_in(client, UserFactory(roles=["netwerkregisseur"]))
    address = f"/werkplek/netwerk/fenomenen/{found.pk}/"
    sent = {"decision": "accept", "phenomenon": note.pk, "feedback": ""}
    assert client.post(address, sent).status_code == 422

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, sent | {"feedback": "Dank u, dit zagen wij vaker."})

    found.refresh_from_db()
    assert found.state == "clustered"
    assert MonthlyCount.objects.get().number == 1
    assert "vaker" not in mailoutbox[0].body


@pytest.mark.django_db
def test_the_database_refuses_a_review_without_feedback():
    found = observation()

    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.filter(pk=found.pk).update(state="accepted")


@pytest.mark.django_db
def test_nobody_reviews_without_the_role_twice_or_without_feedback():
    found = observation()
    coordinator = UserFactory(roles=["netwerkregisseur"])
    with pytest.raises(PermissionDenied):
        review(found, accepted=True, feedback="x", by=UserFactory(roles=["professional"]))
    with pytest.raises(FeedbackMissing):
        review(found, accepted=True, feedback=" ", by=coordinator)
    review(found, accepted=False, feedback="Graag zonder oordeel.", by=coordinator)
    with pytest.raises(TransitionNotAllowed):
        review(found, accepted=True, feedback="x", by=coordinator)


def test_every_state_is_in_the_table():
    assert set(ALLOWED) == set(ObservationState)


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        (datetime(2026, 3, 2, 12), date(2026, 3, 5)),  # Monday
        (datetime(2026, 3, 6, 12), date(2026, 3, 11)),  # Friday
        (datetime(2026, 12, 24, 12), date(2026, 12, 30)),  # before Christmas
    ],
)
def test_a_review_is_due_after_three_working_days(sent, due):
    assert review_before(sent.replace(tzinfo=ZoneInfo("Europe/Amsterdam"))) == due


@pytest.mark.django_db
@pytest.mark.parametrize("state", list(ObservationState))
def test_raw_observations_are_gone_after_ninety_days_and_counts_stay(state):
    note = phenomenon()
    MonthlyCount.objects.create(phenomenon=note, month=date(2026, 8, 1), number=7)
    observation(state=state, days=91)
    kept = observation(state=state, days=89)

    call_command("destroy_observations", verbosity=0)
    assert Observation.objects.count() == 2
    call_command("destroy_observations", execute=True, verbosity=0)

    assert list(Observation.objects.all()) == [kept]
    assert MonthlyCount.objects.get().number == 7


@pytest.mark.django_db
def test_a_small_number_is_shown_to_nobody(client):
    note, place = phenomenon(), MunicipalityFactory()
    month = months_before(timezone.localdate())[-1]
    MonthlyCount.objects.create(phenomenon=note, month=month, municipality=place, number=3)
    sign_in(client, UserFactory(roles=["netwerkregisseur"]))

    shown = client.get(LIST + "wantrouwen/").context["trend"]

    assert dict(shown.rows)["Demodam"][-1] is None
    assert 3 not in [number for _name, numbers in shown.rows for number in numbers]


@pytest.mark.django_db
def test_the_month_that_runs_is_not_shown_yet():
    note = phenomenon()
    today = timezone.localdate()
    MonthlyCount.objects.create(phenomenon=note, month=today.replace(day=1), number=40)

    shown = trend(note, today=today)

    assert today.replace(day=1) not in shown.months
    assert all(numbers == [0] * 6 for _name, numbers in shown.rows)


def counted_by_area(*numbers):
    """A phenomenon that was seen last month in Noord, Oost and Zuid of Demodam; and that month."""
    note, place = phenomenon(), MunicipalityFactory()
    month = months_before(timezone.localdate())[-1]
    for name, number in zip(("Noord", "Oost", "Zuid"), numbers, strict=True):
        MonthlyCount.objects.create(
            phenomenon=note,
            month=month,
            municipality=place,
            area=AreaFactory(name=name),
            number=number,
        )


def last_month(client, query="?gemeente=demodam"):
    context = client.get(f"{LIST}wantrouwen/{query}").context
    whole = dict(context["trend"].rows)["Demodam"][-1]
    by_area = context["by_area"]
    return whole, by_area and {name: numbers[-1] for name, numbers in by_area.rows}


@pytest.mark.django_db
def test_a_small_number_of_an_area_never_stands_alone(client):
    counted_by_area(9, 3, 8)
    sign_in(client, UserFactory(roles=["netwerkregisseur"]))

    whole, areas = last_month(client)

    assert whole == 20
    assert areas["Oost"] is None
    assert list(areas.values()).count(None) >= 2
    assert all(number in (None, 0, 9, 8) for number in areas.values())
    assert last_month(client, "?gemeente=nergens") == (20, None)


@pytest.mark.django_db
def test_where_the_number_of_a_municipality_is_hidden_all_its_areas_are(client):
    counted_by_area(2, 1, 0)
    sign_in(client, UserFactory(roles=["netwerkregisseur"]))

    whole, areas = last_month(client)

    assert whole is None
    assert set(areas.values()) == {None}


@pytest.mark.django_db
def test_a_count_of_an_area_knows_its_municipality():
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthlyCount.objects.create(
            phenomenon=phenomenon(), month=date(2026, 8, 1), area=AreaFactory(), number=7
        )


@pytest.mark.django_db
def test_an_ambassador_says_in_which_tone_and_may_leave_it(client):
    sign_in(client, UserFactory(roles=["online-ambassadeur"]))
    for tone in ("bang", ""):
        assert client.post(LIST + "beschrijven/", data(tone=tone)).status_code == 302

    assert sorted(Observation.objects.values_list("tone", flat=True)) == ["bang", "onbekend"]


# --- No crawler and no social-media client (GR-16) ------------------------------------------

CLIENTS = re.compile(
    r"\b(?:import|from)\s+(?:tweepy|praw|instaloader|snscrape|facebook|telethon|pyrogram|TikTokApi"
    r"|scrapy|selenium|requests|httpx|aiohttp|urllib3)\b"
    r"|(?:api|graph)\.(?:twitter|x|facebook|instagram|tiktok|reddit|telegram)\.(?:com|org)",
    re.IGNORECASE,
)


def test_there_is_no_crawler_and_no_client_of_social_media_anywhere():
    found = [
        str(path)
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if CLIENTS.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_an_observation_has_no_place_for_an_account_an_address_or_a_picture():
    fields = {field.name: field for field in Observation._meta.get_fields()}

    assert not any(isinstance(one, models.FileField | models.URLField) for one in fields.values())
    assert set(fields).isdisjoint({"url", "handle", "account", "image", "screenshot", "person"})

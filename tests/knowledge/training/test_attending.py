"""Being there counts: a check-in becomes history, and a wrong one is taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from knowledge.training.models import Attempt, Certificate, CountingEvent, Enrolment
from knowledge.training.services import attending
from knowledge.training.services.own import erase, export_of
from knowledge.training.services.return_days import audience
from network.events.models import Guest, Registration
from network.events.services import presence, registering
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.events import event
from tests.factories.training import module_with_test, passed, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return module_with_test()


@pytest.fixture
def day():
    return event("Oefendag", audience="netwerk", kind="training")


@pytest.fixture
def tessa():
    return UserFactory(name="Tessa Bakker", roles=["trainingscoordinator"])


@pytest.fixture
def noor():
    return UserFactory(name="Noor Jansen", roles=["professional"])


@pytest.fixture
def count(tessa, django_capture_on_commit_callbacks):
    """Let an event count, with what follows in the background."""

    def named(day, page):
        with django_capture_on_commit_callbacks(execute=True):
            attending.count_for(day, module=page, by=tessa)

    return named


@pytest.fixture
def seat(day, noor):
    return registering.register(day, by=noor)


def kinds(user):
    return list(Attempt.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def test_a_check_in_is_history_and_gives_the_certificate(
    client, day, page, noor, tessa, seat, count
):
    count(day, page)
    assert kinds(noor) == []
    presence.check_in(seat, by=tessa)
    presence.check_in(seat, by=tessa)

    assert kinds(noor) == ["attended"]
    attempt = Attempt.objects.get()
    assert attempt.is_passed and attempt.event == day
    sign_in(client, noor)
    assert "U was erbij" in client.get(f"/training/uitslag/{attempt.pk}/").content.decode()
    assert "Oefendag" in client.get(f"/training/uitslag/{attempt.pk}/").content.decode()
    assert export_of(noor)["pogingen"][0]["bijeenkomst"] == "Oefendag"
    assert Certificate.objects.get().is_valid
    assert noor in audience(timezone.localdate())


def test_an_event_that_counts_for_nothing_writes_nothing(page, noor, tessa, seat):
    presence.check_in(seat, by=tessa)

    assert not Attempt.objects.exists() and not Enrolment.objects.exists()


def test_a_wrong_check_in_is_taken_back_by_a_line_of_its_own(
    client, day, page, noor, tessa, seat, count
):
    count(day, page)
    presence.check_in(seat, by=tessa)
    code = Certificate.objects.get().code
    presence.check_in(seat, is_there=False, by=tessa)

    assert kinds(noor) == ["attended", "withdrawn"]
    assert not Enrolment.objects.exists()
    assert noor not in audience(timezone.localdate())
    html = client.get(f"/training/certificaat/{code}/").content.decode()
    assert "ingetrokken" in html and "echt en geldig" not in html
    sign_in(client, noor)
    for what in ("pdf", "badge"):
        assert client.get(f"/training/certificaat/{code}/{what}/").status_code == 404
    html = client.get("/training/mijn/").content.decode()
    assert "U was er niet" in html

    presence.check_in(seat, by=tessa)
    assert kinds(noor) == ["attended", "withdrawn", "attended"]
    assert Certificate.objects.filter(withdrawn_at=None).count() == 1


def test_taking_back_leaves_what_somebody_earned_by_a_test(day, page, noor, tessa, seat, count):
    attempt = take(page, noor)
    before = Enrolment.objects.get()
    count(day, page)
    presence.check_in(seat, by=tessa)
    presence.check_in(seat, is_there=False, by=tessa)

    after = Enrolment.objects.get()
    assert (after.valid_until, after.passed_at) == (before.valid_until, attempt.finished_at)
    assert Certificate.objects.get(withdrawn_at=None).attempt == attempt


def test_an_attendance_is_taken_back_once(day, page, noor, tessa, seat, count):
    count(day, page)
    presence.check_in(seat, by=tessa)
    attempt = Attempt.objects.get()
    attending.take_back(attempt)

    with pytest.raises(DatabaseError), transaction.atomic():
        attending.take_back(attempt)


def test_naming_the_module_later_counts_who_was_checked_in_before(
    day, page, noor, tessa, seat, count
):
    presence.check_in(seat, by=tessa)
    count(day, page)
    assert kinds(noor) == ["attended"]
    count(day, page)
    assert kinds(noor) == ["attended"]

    other = module_with_test("Ander")
    count(day, other)
    assert kinds(noor) == ["attended", "withdrawn", "attended"]
    count(day, None)
    assert not CountingEvent.objects.exists()
    assert not Attempt.objects.passed().exists()


def test_a_guest_and_who_follows_no_training_get_no_history(tessa, page, count):
    day = event("Open dag", admits_guests=True)
    guest = Guest.objects.create(event=day, email="gast@example.org", code="code-van-een-gast")
    place = registering.confirm(guest)
    auditor = registering.register(day, by=UserFactory(roles=["fg"]))
    count(day, page)
    for one in (place, auditor):
        presence.check_in(one, by=tessa)

    assert Registration.objects.exclude(attended_at=None).count() == 2
    assert not Attempt.objects.exists()


def test_a_deleted_history_does_not_come_back(day, page, noor, tessa, seat, count):
    count(day, page)
    for is_there in (True, False, True):
        presence.check_in(seat, is_there=is_there, by=tessa)
    erase(by=noor)
    count(day, module_with_test("Ander"))

    assert not Attempt.objects.exists()


def test_a_module_can_ask_for_a_test_and_for_being_there(
    client, day, page, noor, tessa, seat, count
):
    page.must_attend = True
    page.save()
    count(day, page)
    sign_in(client, noor)
    attempt = take(page, noor)
    assert not Certificate.objects.exists()
    html = client.get(f"/training/uitslag/{attempt.pk}/").content.decode()
    assert "zodra u ook bij een bijeenkomst was" in html

    presence.check_in(seat, by=tessa)
    assert Certificate.objects.get().attempt.kind == "attended"
    presence.check_in(seat, is_there=False, by=tessa)
    assert not Certificate.objects.filter(withdrawn_at=None).exists()
    assert Enrolment.objects.get().valid_until is None


def test_being_there_first_and_the_test_later_gives_the_certificate_too(
    day, page, noor, tessa, seat, count
):
    page.must_attend = True
    page.save()
    count(day, page)
    presence.check_in(seat, by=tessa)
    assert not Certificate.objects.exists()
    take(page, noor)
    assert Certificate.objects.get().attempt.kind == "full"

    presence.check_in(seat, is_there=False, by=tessa)
    assert not Certificate.objects.filter(withdrawn_at=None).exists()


def test_being_there_long_ago_does_not_count_with_a_test_of_today(day, page, noor):
    page.must_attend = True
    page.valid_months = 1
    page.save()
    passed(noor, page, days_ago=60, kind="attended", event=day)

    take(page, noor)

    assert not Certificate.objects.exists()


@pytest.mark.parametrize(
    "role", ["professional", "redacteur", "netwerkregisseur", "regiobeheerder", "fg"]
)
def test_nobody_but_the_coordinator_says_what_counts(client, day, page, role):
    user = UserFactory(roles=[role])
    sign_in(client, user)
    for address in (
        "/werkplek/training/bijeenkomsten/",
        f"/werkplek/training/bijeenkomsten/{day.pk}/",
    ):
        assert client.get(address).status_code == 403
        assert client.post(address, {"module": page.pk}).status_code in (403, 405)
    with pytest.raises(PermissionDenied):
        attending.count_for(day, module=page, by=user)
    assert not CountingEvent.objects.exists()


def test_a_coordinator_names_the_module_on_a_screen(client, day, page, tessa):
    sign_in(client, tessa)
    address = f"/werkplek/training/bijeenkomsten/{day.pk}/"
    assert client.post(address, {"module": "999999"}).status_code == 422
    response = client.post(address, {"module": page.pk}, follow=True)

    assert page.title in response.content.decode()
    assert CountingEvent.objects.get().named_by == tessa
    assert day.title in client.get(page.url).content.decode()
    client.post(address, {"module": ""})
    assert not CountingEvent.objects.exists()


def test_an_event_of_long_ago_cannot_be_made_to_count(client, tessa):
    old = event("Oud", starts_at=timezone.now() - timedelta(days=120))
    sign_in(client, tessa)

    assert client.get(f"/werkplek/training/bijeenkomsten/{old.pk}/").status_code == 404
    assert "Oud" not in client.get("/werkplek/training/bijeenkomsten/").content.decode()


@pytest.mark.parametrize("number", [2, 12])
def test_the_list_of_events_costs_the_same_for_few_and_many(
    client, tessa, page, count, number, django_assert_num_queries
):
    for place in range(number):
        count(event(f"Dag {place}", audience="netwerk"), page)
    sign_in(client, tessa)
    client.get("/werkplek/training/bijeenkomsten/")
    with django_assert_num_queries(10):
        client.get("/werkplek/training/bijeenkomsten/")

"""Somebody follows a module: fails, waits, passes, and keeps what was reached."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from knowledge.training.models import Attempt, Certificate, Draft, Enrolment, Erasure, ModulePage
from knowledge.training.models.studying import my_training
from knowledge.training.services import taking
from knowledge.training.services.own import erase, export_of
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.training import form_data, module_with_test, passed, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return module_with_test()


def walk(client, page, user, *, right=True):
    """Take a test as a browser without script does; returns the last answer."""
    address = f"/training/{page.slug}/toets/"
    response = client.post(address, follow=True)
    draft = Draft.objects.get(user=user)
    for number, one in enumerate(taking.exercises_of(page, draft), start=1):
        for data in form_data(one, right=right):
            response = client.post(f"{address}{number}/", data)
            assert response.status_code == 302, response.content.decode()[-3000:]
        feedback = client.get(f"{address}{number}/").content.decode()
        assert "Volgende vraag" in feedback or "Toets inleveren" in feedback
    return client.post(f"{address}klaar/", follow=True)


def test_a_professional_fails_waits_and_passes(client, page, noor):
    with time_machine.travel("2026-11-02 09:00+01:00", tick=False) as clock:
        sign_in(client, noor)
        for _attempt in range(3):
            assert "Nog niet geslaagd" in walk(client, page, noor, right=False).content.decode()

        html = client.get(f"/training/{page.slug}/toets/").content.decode()
        assert "dinsdag 3 november" in html and "09:00" in html
        assert client.post(f"/training/{page.slug}/toets/", {"x": "1"}).status_code == 409
        assert not Draft.objects.exists()

        clock.shift(timedelta(hours=24, minutes=1))
        sign_in(client, noor)
        assert "U bent geslaagd" in walk(client, page, noor).content.decode()

    assert Attempt.objects.count() == 4
    certificate = Certificate.objects.get()
    assert certificate.valid_until == date(2028, 11, 3)


def test_an_answer_is_final_and_a_test_is_gone_on_with_later(client, page, noor):
    sign_in(client, noor)
    address = f"/training/{page.slug}/toets/"
    client.post(address)
    draft = Draft.objects.get()
    first = taking.exercises_of(page, draft)[0]
    for data in form_data(first, right=False):
        client.post(f"{address}1/", data)
    client.post(f"{address}1/", form_data(first)[-1])

    assert Draft.objects.get().answers[first.key]["points"] == 0
    assert client.post(address).url == f"{address}2/"


def test_a_test_with_an_open_question_cannot_be_handed_in(client, page, noor):
    sign_in(client, noor)
    client.post(f"/training/{page.slug}/toets/")

    response = client.post(f"/training/{page.slug}/toets/klaar/")

    assert response.url == f"/training/{page.slug}/toets/1/"
    assert not Attempt.objects.exists()


def test_an_empty_answer_is_told_at_the_field(client, page, noor):
    sign_in(client, noor)
    client.post(f"/training/{page.slug}/toets/")

    response = client.post(f"/training/{page.slug}/toets/1/", {})

    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()


def test_what_was_written_is_gone_when_the_test_is_handed_in(page, noor):
    attempt = take(page, noor)

    assert "verdriet" not in str(attempt.answers)
    assert set(attempt.answers.values()) == {100}


def test_somebody_without_training_in_their_role_cannot_take_a_test(client, page):
    for role in ("instelling", "subsidiebeoordelaar", "fg", "netwerkregisseur"):
        sign_in(client, UserFactory(roles=[role]))
        assert client.post(f"/training/{page.slug}/toets/").status_code == 403
        assert client.get("/training/mijn/").status_code == 403
    assert not Draft.objects.exists()


def test_a_colleague_cannot_see_a_result_and_the_coordinator_can(client, page, noor):
    attempt = take(page, noor)
    colleague = UserFactory(roles=["professional"])
    for roles, status in (
        (["professional"], 404),
        (["redacteur"], 404),
        (["trainingscoordinator"], 200),
    ):
        sign_in(client, UserFactory(roles=roles))
        assert client.get(f"/training/uitslag/{attempt.pk}/").status_code == status
    sign_in(client, colleague)
    certificate = Certificate.objects.get()
    assert client.get(f"/training/certificaat/{certificate.code}/pdf/").status_code == 404
    assert client.get(f"/training/certificaat/{certificate.code}/badge/").status_code == 404


def test_a_module_can_ask_for_another_one_first(page, noor):
    second = module_with_test("Tweede", requires=page)

    with pytest.raises(taking.NeedsAnother):
        taking.start(second, by=noor)
    passed(noor, page)
    assert taking.start(second, by=noor)


@pytest.mark.parametrize("deed", ["update", "delete"])
def test_nobody_changes_or_deletes_an_attempt(page, noor, deed):
    attempt = take(page, noor)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        if deed == "update":
            Attempt.objects.update(score=1)
        else:
            Attempt.objects.filter(pk=attempt.pk)._raw_delete("default")


def test_an_erasure_of_the_past_does_not_open_what_comes_after(page, noor):
    take(page, noor)
    erase(by=noor)
    later = take(page, noor)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Attempt.objects.filter(pk=later.pk)._raw_delete("default")


def test_a_certificate_expires_and_a_refresher_adds_to_the_history(page, noor):
    with time_machine.travel("2026-01-15 12:00+01:00", tick=False) as clock:
        first = take(page, noor)
        assert state(noor, page) == "valid"
        clock.move_to("2027-12-01 12:00+01:00")
        assert state(noor, page) == "expiring"
        clock.move_to("2028-01-16 12:00+01:00")
        assert state(noor, page) == "expired"
        assert not Certificate.objects.get().is_valid

        second = take(page, noor)

        assert second.kind == "full"
        assert state(noor, page) == "valid"
        assert list(Attempt.objects.all()) == [second, first]
        assert [one.valid_until.year for one in Certificate.objects.all()] == [2030, 2028]


def test_changed_content_asks_for_a_short_refresher_and_gives_no_new_time(page, noor):
    with time_machine.travel("2026-01-15 12:00+01:00", tick=False) as clock:
        take(page, noor)
        clock.move_to("2026-06-01 12:00+01:00")
        ModulePage.objects.filter(pk=page.pk).update(content_changed_on=date(2026, 5, 1))
        page = ModulePage.objects.get(pk=page.pk)
        assert state(noor, page) == "changed"

        attempt = take(page, noor)

        assert (attempt.kind, len(attempt.answers)) == ("micro", 3)
        assert state(noor, page) == "valid"
        assert Certificate.objects.get().valid_until == date(2028, 1, 15)
        assert Attempt.objects.count() == 2


def state(user, page):
    return my_training(user, [page], today=timezone.localdate())[0].state


def test_a_pool_draws_some_questions_and_another_time_others(noor):
    page = module_with_test("Pool", draw=3)
    drafts = []
    for seed in (1, 2):
        Draft.objects.all().delete()
        drafts.append(taking.start(page, seed=seed, by=noor).questions)

    assert len(drafts[0]) == len(drafts[1]) == 3
    assert drafts[0] != drafts[1]


def test_a_learner_takes_the_own_data_along_and_deletes_it(client, page, noor):
    take(page, noor)
    sign_in(client, noor)
    assert export_of(noor)["pogingen"][0]["geslaagd"] is True
    assert client.get("/training/mijn/gegevens/").json()["certificaten"]
    code = Certificate.objects.get().code

    assert client.post("/training/mijn/wissen/", {}).status_code == 422
    assert Attempt.objects.count() == 1
    assert client.post("/training/mijn/wissen/", {"sure": "on"}).status_code == 302

    assert not Attempt.objects.exists() and not Certificate.objects.exists()
    assert not Enrolment.objects.exists()
    assert Erasure.objects.get().attempts == 1
    assert client.get(f"/training/certificaat/{code}/").status_code == 404


def test_deleting_takes_nothing_of_anybody_else(page, noor):
    other = UserFactory(roles=["professional"])
    take(page, noor)
    take(page, other)

    erase(by=noor)

    assert [attempt.user for attempt in Attempt.objects.all()] == [other]


def test_my_training_costs_the_same_for_one_module_and_for_ten(
    client, noor, django_assert_num_queries
):
    sign_in(client, noor)
    passed(noor, module_with_test("Eerste"))
    client.get("/training/mijn/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/training/mijn/").status_code == 200
    few = len(captured)
    for number in range(9):
        passed(noor, module_with_test(f"Module {number}"))
    client.get("/training/mijn/")
    with django_assert_num_queries(few):
        client.get("/training/mijn/")


def test_an_exercise_that_an_editor_removed_is_left_out(page, noor):
    draft = taking.start(page, by=noor)
    del page.questions[1:]
    page.save()
    page = ModulePage.objects.get(pk=page.pk)

    assert len(taking.exercises_of(page, draft)) == 1

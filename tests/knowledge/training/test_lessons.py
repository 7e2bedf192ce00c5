"""Lessons: read, shown again from the knowledge base, and asked for anew when they change."""

from datetime import date

import pytest
import time_machine

from knowledge.training.models import (
    Attempt,
    Certificate,
    Draft,
    Enrolment,
    LessonRead,
    ModulePage,
)
from knowledge.training.models.studying import my_training
from knowledge.training.services import reading, taking
from knowledge.training.services.own import erase, export_of
from portal.accounts import audiences
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.knowledge import article, closed_library, for_audience, text
from tests.factories.pages import close
from tests.factories.training import course, lesson, module_with_test, passed, publish, take

pytestmark = pytest.mark.django_db
NOW = "2026-11-02 09:00+01:00"


@pytest.fixture
def page():
    return module_with_test("Herkennen", below=course())


def html_of(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def state(page, user, today=None):
    return my_training(user, [fresh(page)], today=today or date(2026, 11, 2))[0].state


def test_a_learner_reads_on_from_lesson_to_lesson_to_the_test(client, page, noor):
    first, second = lesson(page, "Eerste les"), lesson(page, "Tweede les")
    sign_in(client, noor)
    assert "0 van 2 lessen" in html_of(client, page)
    assert "Les 1 van 2" in html_of(client, first)

    response = client.post(f"/training/les/{first.pk}/gelezen/")
    assert response.url == second.url
    assert "Verder lezen" in client.get("/training/mijn/").content.decode()
    response = client.post(f"/training/les/{second.pk}/gelezen/")
    assert response.url == f"/training/{page.slug}/toets/"
    assert "2 van 2 lessen" in html_of(client, page)
    assert not Attempt.objects.exists()


def test_reading_a_page_alone_marks_nothing(client, page, noor):
    one = lesson(page)
    sign_in(client, noor)
    client.get(one.url)
    client.get(f"/training/les/{one.pk}/gelezen/")

    assert not LessonRead.objects.exists()


def test_a_lesson_is_read_once_however_often_somebody_says_so(client, page, noor):
    one = lesson(page)
    sign_in(client, noor)
    for _time in range(2):
        client.post(f"/training/les/{one.pk}/gelezen/")

    assert LessonRead.objects.get().user == noor


def test_who_follows_no_training_or_may_not_read_a_lesson_marks_nothing(client, page, noor):
    one = lesson(page)
    for role in ("fg", "meldpuntmedewerker", "netwerkregisseur"):
        sign_in(client, UserFactory(roles=[role]))
        assert client.post(f"/training/les/{one.pk}/gelezen/").status_code == 403
    close(page, "doelgroep: oov-medewerker")
    sign_in(client, noor)
    assert client.post(f"/training/les/{one.pk}/gelezen/").status_code == 404
    client.logout()
    assert client.post(f"/training/les/{one.pk}/gelezen/").status_code == 302
    assert not LessonRead.objects.exists() and not Enrolment.objects.exists()


def test_a_module_can_ask_to_read_its_lessons_before_the_test(client, page, noor):
    ModulePage.objects.filter(pk=page.pk).update(must_read=True)
    first, second = lesson(page, "Eerste les"), lesson(page, "Tweede les")
    sign_in(client, noor)
    reading.mark_read(first, by=noor)

    response = client.post(f"/training/{page.slug}/toets/", {"x": "1"})
    assert response.status_code == 409 and second.url in response.content.decode()
    with pytest.raises(taking.NeedsLesson):
        taking.start(fresh(page), by=noor)
    assert not Draft.objects.exists()

    reading.mark_read(second, by=noor)
    assert taking.start(fresh(page), by=noor)


def test_a_module_without_questions_is_completed_by_reading_when_it_says_so(client, noor):
    page = module_with_test("Lezen", questions=[], must_read=True)
    first, second = lesson(page, "Eerste les"), lesson(page, "Tweede les")
    sign_in(client, noor)
    client.post(f"/training/les/{first.pk}/gelezen/")
    assert not Attempt.objects.exists()
    response = client.post(f"/training/les/{second.pk}/gelezen/", follow=True)

    assert "U heeft alle lessen gelezen" in response.content.decode()
    assert Attempt.objects.get().kind == "read"
    certificate = Certificate.objects.get()
    assert client.get(f"/training/certificaat/{certificate.code}/pdf/").status_code == 200
    client.post(f"/training/les/{second.pk}/gelezen/")
    assert Attempt.objects.count() == 1


def test_reading_alone_completes_nothing_when_the_module_does_not_say_so(noor):
    page = module_with_test("Lezen", questions=[])

    assert reading.mark_read(lesson(page), by=noor) is None
    assert not Attempt.objects.exists()


def test_an_expired_certificate_of_reading_is_renewed_by_reading_again(noor):
    page = module_with_test("Lezen", questions=[], must_read=True)
    one = lesson(page)
    with time_machine.travel(NOW, tick=False) as clock:
        assert reading.mark_read(one, by=noor).kind == "read"
        clock.move_to("2028-09-20 09:00+01:00")
        row = my_training(noor, [fresh(page)], today=date(2028, 9, 20))[0]
        assert (row.state, row.next_lesson.pk) == ("expiring", one.pk)
        assert reading.mark_read(one, by=noor).kind == "read"

    assert Certificate.objects.count() == 2
    assert Enrolment.objects.get().valid_until == date(2030, 9, 20)


def test_a_changed_lesson_asks_who_passed_for_the_short_refresher(page, noor):
    one = lesson(page)
    with time_machine.travel(NOW, tick=False) as clock:
        reading.mark_read(one, by=noor)
        take(page, noor)
        clock.move_to("2026-12-01 09:00+01:00")
        publish(fresh(one))
        assert state(page, noor, date(2026, 12, 1)) == "valid"
        publish(fresh(one), "Nieuwe wet")
        assert state(page, noor, date(2026, 12, 1)) == "changed"
        row = my_training(noor, [fresh(page)], today=date(2026, 12, 1))[0]
        assert [step.state for step in row.steps] == ["changed"]
        assert take(fresh(page), noor).kind == "micro"
        assert state(page, noor, date(2026, 12, 1)) == "valid"


def test_a_changed_article_counts_for_every_module_that_shows_it(page, noor):
    shown, other = article("Er bestaat geen profiel"), article("Ander")
    lesson(page, article=shown)
    second = module_with_test("Tweede")
    lesson(second, article=shown)
    apart = module_with_test("Derde")
    lesson(apart, article=other)
    with time_machine.travel(NOW, tick=False) as clock:
        for one in (page, second, apart):
            take(one, noor)
        clock.move_to("2026-12-01 09:00+01:00")
        publish(fresh(shown), "De wet veranderde")
        today = date(2026, 12, 1)
        assert [state(one, noor, today) for one in (page, second, apart)] == [
            "changed", "changed", "valid",
        ]  # fmt: skip


def test_a_lesson_of_reading_only_that_changed_is_read_again_without_new_time(noor):
    page = module_with_test("Lezen", questions=[], must_read=True)
    one = lesson(page)
    with time_machine.travel(NOW, tick=False) as clock:
        reading.mark_read(one, by=noor)
        until = Enrolment.objects.get().valid_until
        clock.move_to("2026-12-01 09:00+01:00")
        publish(fresh(one), "Nieuw")
        assert reading.mark_read(fresh(one), by=noor).kind == "micro"

    assert Enrolment.objects.get().valid_until == until
    assert Certificate.objects.count() == 1


def test_an_article_is_shown_and_not_copied(client, page, noor):
    shown = article("Er bestaat geen profiel", body=[text("De eerste tekst.")])
    one = lesson(page, article=shown)
    sign_in(client, noor)
    assert "De eerste tekst." in html_of(client, one)
    shown.body = [text("De nieuwe tekst.")]
    shown.save_revision().publish()

    assert "De nieuwe tekst." in html_of(client, one)
    assert "De nieuwe tekst." not in str(fresh(one).body.raw_data)


def test_an_article_keeps_its_own_readers_in_a_lesson(client, page):
    hidden = closed_library()
    close(hidden, "doelgroep: oov-medewerker")
    secret = article("Alleen voor openbare orde", below=hidden, body=[text("Geheime tekst.")])
    one = lesson(page, article=secret)
    sign_in(client, UserFactory(roles=["professional"]))
    html = html_of(client, one)
    assert "Geheime tekst." not in html and secret.title not in html
    assert "dat u niet mag lezen" in html
    assert b"Geheime" not in client.get(f"{one.url}pdf/").content

    sign_in(client, UserFactory(roles=["oov-medewerker"]))
    assert "Geheime tekst." in html_of(client, one)


def test_a_part_for_an_audience_stays_for_that_audience_in_a_lesson(client, page):
    parts = [text("Voor iedereen."), for_audience("Voor het netwerk.", audiences.NETWORK)]
    one = lesson(page, article=article("Gemengd", body=parts))
    html = html_of(client, one)
    assert "Voor iedereen." in html and "Voor het netwerk." not in html
    sign_in(client, UserFactory(roles=["professional"]))
    assert "Voor het netwerk." in html_of(client, one)


def test_an_article_that_is_not_published_is_not_shown(client, page):
    shown = article("Straks", body=[text("Nog niet.")])
    one = lesson(page, article=shown)
    shown.unpublish()
    assert "Nog niet." not in html_of(client, one)
    shown.delete()
    assert fresh(one).article is None
    assert client.get(one.url).status_code == 200


def test_reading_is_exported_and_deleted_with_the_rest(page, noor):
    reading.mark_read(lesson(page, "Eerste les"), by=noor)
    other = UserFactory(roles=["professional"])
    reading.mark_read(page.get_children().first().specific, by=other)

    assert export_of(noor)["gelezen lessen"][0]["les"] == "Eerste les"
    erase(by=noor)
    assert LessonRead.objects.get().user == other


def test_nobody_else_sees_what_somebody_read(client, page, noor):
    reading.mark_read(lesson(page), by=noor)
    sign_in(client, UserFactory(roles=["trainingscoordinator"]))

    assert "1 van 1 les" not in html_of(client, page)
    raw = b"".join(client.get("/werkplek/training/register.csv")).decode()
    assert "Eerste les" not in raw


@pytest.mark.parametrize("number", [2, 12])
def test_lessons_and_modules_cost_the_same_with_few_and_many_lessons(
    client, page, noor, number, django_assert_num_queries
):
    lessons = [lesson(page, f"Les {n}", article=article(f"Artikel {n}")) for n in range(number)]
    for one in lessons:
        reading.mark_read(one, by=noor)
    sign_in(client, noor)
    for address, queries in ((page.url, 27), (lessons[0].url, 27)):
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)


def test_a_lesson_passed_before_keeps_its_mark_next_to_a_test(client, page, noor):
    one = lesson(page)
    passed(noor, page)
    sign_in(client, noor)
    client.post(f"/training/les/{one.pk}/gelezen/")

    assert state(page, noor, date.today()) == "valid"

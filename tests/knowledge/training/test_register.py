"""The register: one coordinator sees people, others see totals, and files go round."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from knowledge.training.models import Attempt, Certificate, Enrolment, ImportRun, Learner
from knowledge.training.services import enrolling, importing, register, return_days
from network.events.models import Invitee
from portal.accounts.models import User
from tests.factories.accounts import MembershipFactory, UserFactory, sign_in
from tests.factories.events import event
from tests.factories.training import choice, course, module_with_test, passed

pytestmark = pytest.mark.django_db
SCREENS = ("", "register.csv", "codeboek.csv", "aanmelden/", "inlezen/", "terugkomdag/")


@pytest.fixture
def tessa():
    return UserFactory(name="Tessa Bakker", roles=["trainingscoordinator"])


@pytest.fixture
def page():
    return module_with_test()


def learners(number, organisation, group="onderwijs"):
    made = []
    for _one in range(number):
        user = UserFactory(roles=["professional"])
        Learner.objects.create(user=user, organisation=organisation, target_group=group)
        made.append(user)
    return made


@pytest.mark.parametrize(
    "role",
    ["professional", "redacteur", "eindredacteur", "netwerkregisseur", "regiobeheerder", "fg"],
)
def test_nobody_but_the_coordinator_sees_who_follows_what(client, role):
    sign_in(client, UserFactory(roles=[role]))

    for screen in SCREENS:
        assert client.get(f"/werkplek/training/{screen}").status_code == 403, screen


def test_totals_are_for_the_roles_that_have_them(client, page):
    for role, status in (("netwerkregisseur", 200), ("regiobeheerder", 200), ("professional", 403)):
        sign_in(client, UserFactory(roles=[role]))
        assert client.get("/werkplek/training/dekking/").status_code == status


def test_people_are_asked_once_by_role_group_and_organisation(
    tessa, page, mailoutbox, django_capture_on_commit_callbacks
):
    teachers = learners(3, "Lyceum")
    learners(2, "Politie", "handhaving")
    UserFactory(roles=["fg"])
    found = enrolling.people_to_ask(target_group="onderwijs", organisation="lyceum")
    assert set(found) == set(teachers)
    with django_capture_on_commit_callbacks(execute=True):
        assert enrolling.enrol(page, users=found, by=tessa) == 3
        assert enrolling.enrol(page, users=found, by=tessa) == 0

    assert len(mailoutbox) == 3
    assert page.title not in mailoutbox[0].body
    everybody = enrolling.people_to_ask()
    assert tessa in everybody and everybody.count() == 6
    assert not enrolling.people_to_ask(role="fg").exists()


def test_a_whole_course_is_asked_for_in_one_letter(
    client, tessa, mailoutbox, django_capture_on_commit_callbacks
):
    basis = course("Basiscursus")
    pages = [module_with_test(f"Module {number}", below=basis) for number in range(2)]
    learners(2, "Lyceum")
    sign_in(client, tessa)
    form = {"course": basis.pk, "organisation": "Lyceum"}
    assert (
        client.post("/werkplek/training/aanmelden/", {"organisation": "Lyceum"}).status_code == 422
    )
    both = {**form, "module": pages[0].pk}
    assert client.post("/werkplek/training/aanmelden/", both).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/werkplek/training/aanmelden/", form, follow=True)

    assert "2 mensen zijn gevraagd" in response.content.decode()
    assert Enrolment.objects.count() == 4
    assert len(mailoutbox) == 2


def test_a_link_to_a_course_enrols_in_each_of_its_modules(client, tessa):
    basis = course("Basiscursus")
    for number in range(2):
        module_with_test(f"Module {number}", below=basis)
    sign_in(client, tessa)
    response = client.post("/werkplek/training/aanmelden/", {"course": basis.pk, "deed": "link"})
    path = enrolling.link_for(basis).split("8000", 1)[-1]
    assert "/training/aanmelden/" in response.content.decode()

    noor = UserFactory(roles=["professional"])
    sign_in(client, noor)
    assert basis.title in client.get(path).content.decode()
    assert client.post(path).url == "/training/mijn/"
    assert Enrolment.objects.filter(user=noor, invited_at__isnull=False).count() == 2


def test_somebody_else_cannot_enrol_people(page):
    with pytest.raises(PermissionDenied):
        enrolling.enrol(page, users=[], by=UserFactory(roles=["redacteur"]))


def test_a_link_enrols_who_may_follow_training(client, page):
    path = enrolling.link_for(page).split("8000", 1)[-1]
    noor = UserFactory(roles=["professional"])
    sign_in(client, noor)
    assert client.get(path).status_code == 200
    client.post(path)
    assert Enrolment.objects.get().user == noor
    assert client.get(path[:-3] + "x/").status_code == 404
    sign_in(client, UserFactory(roles=["fg"]))
    assert client.post(path).status_code == 403
    with time_machine.travel(timezone.now() + timedelta(days=61)):
        sign_in(client, UserFactory(roles=["professional"]))
        MembershipFactory._meta.model.objects.update(valid_until=date(2040, 1, 1))
        assert client.get(path).status_code == 404


def test_numbers_below_five_stay_hidden_and_so_does_their_rest(page):
    for user in learners(12, "Lyceum")[:6]:
        passed(user, page)
    for user in learners(7, "Museum")[:6]:
        passed(user, page)
    for user in learners(4, "Zwembad"):
        passed(user, page)
    for row in Learner.objects.all():
        Enrolment.objects.get_or_create(user=row.user, module=page, defaults={"learner": row})

    rows = {row.organisation: row for row in register.coverage(page, timezone.localdate())}

    assert (rows["Lyceum"].people, rows["Lyceum"].cells["valid"]) == (12, 6)
    assert rows["Lyceum"].cells["expired"] is None
    assert rows["Museum"].cells["valid"] is None
    assert rows["Zwembad"].people is None
    assert set(rows["Zwembad"].cells.values()) == {None}


def test_totals_are_counted_again_after_ten_minutes_and_once(
    client, page, django_capture_on_commit_callbacks
):
    sign_in(client, UserFactory(roles=["regiobeheerder"]))
    people = learners(12, "Lyceum")
    for user in people[:6]:
        passed(user, page)

    def shown(minutes):
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
            with django_capture_on_commit_callbacks(execute=True):
                rows = register.coverage(page, timezone.localdate())
            return [(row.people, row.cells["valid"]) for row in rows]

    assert shown(0) == [(6, None)]
    for user in people[6:]:
        passed(user, page)
    assert shown(9) == [(6, None)]
    assert shown(11) == [(12, None)]
    Learner.objects.filter(organisation="Lyceum").update(organisation="Gymnasium")
    assert shown(12) == [(12, None)]
    assert [row.organisation for row in register.coverage(page, timezone.localdate())] == ["Lyceum"]


@pytest.mark.parametrize("number", [2, 60])
def test_totals_cost_the_same_for_few_and_many(client, page, number, django_assert_num_queries):
    for place in range(number):
        for user in learners(1, f"Organisatie {place:02}"):
            passed(user, page)
    sign_in(client, UserFactory(roles=["regiobeheerder"]))
    client.get("/werkplek/training/dekking/")
    with django_assert_num_queries(12):
        assert client.get("/werkplek/training/dekking/").status_code == 200


@pytest.mark.parametrize("number", [2, 12])
def test_an_answer_costs_the_same_in_a_short_and_in_a_long_test(
    client, number, django_assert_num_queries
):
    long = module_with_test("Lang", questions=[choice(f"Vraag {one}?") for one in range(number)])
    sign_in(client, UserFactory(roles=["professional"]))
    client.post(f"/training/{long.slug}/toets/")
    with django_assert_num_queries(10):
        response = client.post(f"/training/{long.slug}/toets/1/", {"answer": "1"})
    assert response.status_code == 302


def test_reminders_go_to_each_person_once_a_day(
    page, mailoutbox, django_capture_on_commit_callbacks
):
    noor = UserFactory(roles=["professional"])
    second = module_with_test("Tweede")
    passed(noor, page)
    passed(noor, second)
    end = Enrolment.objects.first().valid_until
    sent = []
    for days in (91, 90, 60, 45, 30, 7, 6):
        with django_capture_on_commit_callbacks(execute=True):
            sent.append(enrolling.remind(end - timedelta(days=days)))
            assert enrolling.remind(end - timedelta(days=days)) == 0

    assert sent == [0, 1, 1, 0, 1, 1, 0]
    assert len(mailoutbox) == 4


def test_the_register_is_a_file_in_which_no_name_is_a_formula(client, tessa, page):
    noor = UserFactory(roles=["professional"], name='=HYPERLINK("http://x")')
    Learner.objects.create(user=noor, organisation="+Lyceum; afdeling")
    passed(noor, page)
    sign_in(client, tessa)

    text = b"".join(client.get("/werkplek/training/register.csv")).decode()

    assert "'=HYPERLINK" in text and "'+Lyceum; afdeling" in text
    assert ";=" not in text
    book = client.get("/werkplek/training/codeboek.csv").content.decode()
    assert all(name in book for name in register.COLUMNS)


def test_an_export_can_be_taken_in_again(client, tessa, page):
    noor = UserFactory(roles=["professional"])
    passed(noor, page, days_ago=100)
    sign_in(client, tessa)
    raw = b"".join(client.get("/werkplek/training/register.csv"))
    before = list(Attempt.objects.values("user", "module", "finished_at"))

    assert importing.apply(importing.read(raw, name="uit.csv", by=tessa), by=tessa) == 0
    assert list(Attempt.objects.values("user", "module", "finished_at")) == before

    elsewhere = raw.replace(noor.email.encode(), tessa.email.encode())
    assert importing.apply(importing.read(elsewhere, name="uit.csv", by=tessa), by=tessa) == 1
    copy = Attempt.objects.get(user=tessa)
    assert copy.kind == "imported"
    days = [timezone.localdate(moment) for moment in (copy.finished_at, before[0]["finished_at"])]
    assert days[0] == days[1]
    assert Certificate.objects.filter(user=tessa).count() == 1


BAD = [
    "nergens@lindekade.example;m1;2026-01-01",
    "{noor};bestaat-niet;2026-01-01",
    "{noor};{slug};2126-01-01",
    "{noor};{slug};31-02-2026",
    ";;",
    "{noor};{slug}",
    "{noor};{slug};2026-02-01",
]


def test_a_broken_line_is_told_with_its_reason_and_nothing_is_half_taken_in(client, tessa, page):
    noor = UserFactory(roles=["professional"])
    lines = ["{noor};{slug};2026-02-01", *BAD]
    text = "\n".join(["e-mailadres;module;datum", *lines]).format(noor=noor.email, slug=page.slug)
    sign_in(client, tessa)
    response = client.post(
        "/werkplek/training/inlezen/", {"file": SimpleUploadedFile("oud.csv", text.encode())}
    )
    run = ImportRun.objects.get()

    assert [one["line"] for one in run.errors] == [3, 4, 5, 6, 7, 8, 9]
    assert all(len(one["reason"]) > 10 for one in run.errors)
    html = client.get(response.url).content.decode()
    assert "7 regels zijn fout" in html and noor.email not in html
    client.post(response.url)
    assert not Attempt.objects.exists()
    with pytest.raises(importing.NotReady):
        importing.apply(run, by=tessa)


def test_a_good_file_is_taken_in_once(client, tessa, page):
    noor = UserFactory(roles=["professional"])
    text = f"E-mailadres,Module,Datum\n{noor.email.upper()},{page.slug},01-02-2026\n"
    sign_in(client, tessa)
    response = client.post(
        "/werkplek/training/inlezen/", {"file": SimpleUploadedFile("oud.csv", text.encode())}
    )
    assert not Attempt.objects.exists()
    client.post(response.url)
    client.post(response.url)

    assert Attempt.objects.get().finished_at.date() == date(2026, 2, 1)
    assert Enrolment.objects.get().valid_until == date(2028, 2, 1)


def test_a_long_file_takes_no_more_queries_than_a_short_one(tessa, page):
    numbers = []
    for size in (3, 40):
        people = [UserFactory(roles=["professional"]) for _one in range(size)]
        passed(people[0], page, days_ago=400)
        lines = [f"{one.email};{page.slug};2026-02-0{day}" for one in people for day in (1, 2)]
        raw = "\n".join(["e-mailadres;module;datum", *lines]).encode()
        run = importing.read(raw, name="oud.csv", by=tessa)
        with CaptureQueriesContext(connection) as queries:
            assert importing.apply(run, by=tessa) == 2 * size
        numbers.append(len(queries))

    assert numbers[0] == numbers[1]
    assert Enrolment.objects.count() == 43
    assert set(Enrolment.objects.values_list("valid_until", flat=True)) == {date(2028, 2, 2)}
    assert Certificate.objects.filter(issued_on=date(2026, 2, 1)).count() == 43


def test_a_file_whose_module_went_meanwhile_is_refused_as_a_whole(client, tessa, page):
    noor = UserFactory(roles=["professional"])
    other = module_with_test("Ander")
    text = f"e-mailadres;module;datum\n{noor.email};{page.slug};2026-02-01\n"
    run = importing.read((text + f"{noor.email};ander;2026-02-02\n").encode(), name="x", by=tessa)
    other.delete()
    sign_in(client, tessa)

    response = client.post(f"/werkplek/training/inlezen/{run.pk}/", follow=True)

    assert "Er is niets ingelezen" in response.content.decode()
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    "raw", [b"\xff\xfe\x00", b"", b"a;b\n1;2\n", b'e-mailadres;module;datum\n"a', b"\x00"]
)
def test_a_file_that_is_no_list_is_refused_kindly(client, tessa, raw):
    sign_in(client, tessa)
    response = client.post(
        "/werkplek/training/inlezen/", {"file": SimpleUploadedFile("x.csv", raw)}, follow=True
    )

    assert response.status_code in (200, 422)
    assert not Attempt.objects.exists()


def test_six_hundred_people_are_invited_in_the_background_once(
    client, tessa, page, mailoutbox, django_capture_on_commit_callbacks
):
    day = event("Terugkomdag", kind="terugkomdag", audience="netwerk", capacity=600)
    people = User.objects.bulk_create(
        User(name=f"Deelnemer {n}", email=f"d{n}@lindekade.example") for n in range(600)
    )
    now = timezone.now()
    Attempt.objects.bulk_create(
        Attempt(
            user=user, module=page, module_title="M1", score=100, pass_mark=70, is_passed=True,
            finished_at=now - timedelta(days=30),
        )
        for user in people
    )  # fmt: skip
    passed(UserFactory(roles=["professional"]), page, days_ago=800)
    sign_in(client, tessa)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/werkplek/training/terugkomdag/{day.pk}/uitnodigen/")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/werkplek/training/terugkomdag/{day.pk}/uitnodigen/")

    assert len(mailoutbox) == 600
    assert len({letter.to[0] for letter in mailoutbox}) == 600
    assert Invitee.objects.filter(sent_at__isnull=False).count() == 600
    html = client.get(f"/werkplek/training/terugkomdag/{day.pk}/").content.decode()
    assert "600 van 600" in html and "<svg viewBox" in html


def test_a_round_that_was_broken_off_goes_on_where_it_was(
    tessa, page, mailoutbox, monkeypatch, django_capture_on_commit_callbacks
):
    from network.events.services import inviting

    day = event("Terugkomdag", kind="terugkomdag", audience="netwerk")
    for user in learners(5, "Lyceum"):
        passed(user, page)
    monkeypatch.setattr(inviting, "BATCH", 2)
    run = return_days.invite_trained(day, today=timezone.localdate(), by=tessa)
    inviting.send_batch(run)
    assert len(mailoutbox) == 2

    inviting.send_invitations.func(run.pk)

    assert len(mailoutbox) == 5
    run.refresh_from_db()
    assert run.finished_at


def test_somebody_else_invites_nobody(page):
    day = event("Terugkomdag", kind="terugkomdag")
    with pytest.raises(PermissionDenied):
        return_days.invite_trained(
            day, today=timezone.localdate(), by=UserFactory(roles=["netwerkregisseur"])
        )


def test_the_register_costs_the_same_for_few_and_many(
    client, tessa, page, django_assert_num_queries
):
    sign_in(client, tessa)
    for number in (2, 20):
        for user in learners(number, "Lyceum"):
            passed(user, page)
        client.get("/werkplek/training/")
        with django_assert_num_queries(9):
            client.get("/werkplek/training/")

"""A course: modules in their order, what comes first, and when it is done."""

import pytest
from wagtail.models import Locale, PageViewRestriction

from knowledge.training.models import Attempt, Draft, ModulePage
from knowledge.training.services import taking
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.pages import close
from tests.factories.training import course, lesson, module_with_test, passed

pytestmark = pytest.mark.django_db


@pytest.fixture
def basis():
    return course("Basiscursus", goals="U kijkt beter.\nU vraagt door.", target_groups=["jgz"])


@pytest.fixture
def noor():
    return UserFactory(name="Noor Jansen", roles=["professional"])


def html_of(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_a_course_says_what_you_get_for_whom_and_how_long(client, basis, noor):
    module_with_test("Eerste", below=basis, minutes=20, number=1)
    module_with_test("Tweede", below=basis, minutes=25, number=2)
    sign_in(client, noor)

    html = html_of(client, basis)

    assert "U vraagt door." in html and "Jeugdgezondheidszorg" in html
    assert "45 minuten" in html and "Nederlands" in html
    assert html.index("Eerste") < html.index("Tweede")
    basis.minutes = 90
    basis.save()
    assert "90 minuten" in html_of(client, basis)


def test_a_course_is_done_when_each_of_its_modules_is_valid(client, basis, noor):
    first = module_with_test("Eerste", below=basis)
    second = module_with_test("Tweede", below=basis)
    sign_in(client, noor)
    passed(noor, first)
    html = html_of(client, basis)
    assert "1 van 2 modules" in html and "U heeft deze cursus gedaan" not in html

    passed(noor, second)
    assert "U heeft deze cursus gedaan" in html_of(client, basis)
    assert "Cursus gedaan" in client.get("/training/mijn/").content.decode()
    passed(UserFactory(roles=["professional"]), first)


def test_a_course_can_ask_for_another_course_first(client, basis, noor):
    first = module_with_test("Eerste", below=basis)
    second = module_with_test("Tweede", below=basis)
    deeper = course("Verdieping", requires=basis)
    page = module_with_test("Derde", below=deeper)
    sign_in(client, noor)
    assert basis.title in html_of(client, deeper)
    passed(noor, first)

    response = client.post(f"/training/{page.slug}/toets/", {"x": "1"})
    assert response.status_code == 409 and basis.url in response.content.decode()
    with pytest.raises(taking.NeedsAnother):
        taking.start(page, by=noor)

    passed(noor, second)
    assert taking.start(page, by=noor)


def test_a_course_can_ask_for_one_module_first(basis, noor):
    first = module_with_test("Eerste", below=basis)
    page = module_with_test("Derde", below=course("Verdieping", requires=first))

    with pytest.raises(taking.NeedsAnother):
        taking.start(page, by=noor)
    passed(noor, first)
    assert taking.start(page, by=noor)


def test_the_list_of_training_shows_courses_and_what_stands_by_itself(client, basis):
    inside = module_with_test("Binnen de cursus", below=basis)
    alone = module_with_test("Los van alles")

    html = html_of(client, alone.get_parent())

    assert basis.title in html and alone.title in html
    assert inside.title not in html


def test_a_closed_course_is_nowhere_for_who_may_not_read_it(client, basis, noor):
    page = module_with_test("Besloten", below=basis)
    lesson(page, "Besloten les")
    close(basis, "doelgroep: oov-medewerker")
    sign_in(client, noor)

    assert client.get(basis.url).status_code == 403
    assert client.get(page.url).status_code == 403
    assert client.get(f"/training/{page.slug}/toets/").status_code == 404
    for address in (basis.get_parent().url, "/training/mijn/"):
        html = client.get(address).content.decode()
        assert "Besloten" not in html and basis.title not in html
    assert not Draft.objects.exists()


def test_who_follows_no_training_sees_no_progress_and_no_button(client, basis):
    lesson(module_with_test("Eerste", below=basis))
    sign_in(client, UserFactory(roles=["meldpuntmedewerker"]))

    html = html_of(client, basis)

    assert "Eerste" in html
    assert "van 1 modules" not in html and "Mijn training" not in html


def test_two_languages_keep_their_own_test(client, basis, noor):
    page = module_with_test("Eerste", below=basis)
    english = Locale.objects.get_or_create(language_code="en")[0]
    twin = page.copy_for_translation(english, copy_parents=True)
    twin.title = "First"
    twin.save_revision().publish()
    assert twin.slug == page.slug
    sign_in(client, noor)

    client.post(f"/training/{page.slug}/toets/")
    assert Draft.objects.get().module_id == page.pk
    client.post(f"/en/training/{page.slug}/toets/")
    assert set(Draft.objects.values_list("module", flat=True)) == {page.pk, twin.pk}
    sign_in(client, UserFactory(roles=["regiobeheerder"]))
    assert client.get(f"/werkplek/training/dekking/?module={page.slug}").status_code == 200


@pytest.mark.parametrize("number", [2, 12])
def test_a_course_costs_the_same_with_few_and_many_modules(
    client, basis, noor, number, django_assert_num_queries
):
    for place in range(number):
        page = module_with_test(f"Module {place}", below=basis)
        passed(noor, page)
        lesson(page, f"Les {place}")
    sign_in(client, noor)
    client.get(basis.url)
    with django_assert_num_queries(28):
        client.get(basis.url)


def test_a_visitor_without_an_account_can_read_an_open_course(client, basis):
    module_with_test("Eerste", below=basis)

    assert not PageViewRestriction.objects.exists()
    assert "Eerste" in html_of(client, basis)
    assert not Attempt.objects.exists()


def test_a_module_moved_into_a_course_keeps_what_was_learned(client, basis, noor):
    page = module_with_test("Verhuisd")
    passed(noor, page)
    page.move(basis, pos="last-child")
    sign_in(client, noor)

    assert "1 van 1 modules" in html_of(client, basis)
    assert ModulePage.objects.get(pk=page.pk).url.startswith(basis.url)

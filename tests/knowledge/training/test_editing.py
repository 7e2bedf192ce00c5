"""The editor's screens of courses, modules and lessons."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from knowledge.training.models import CoursePage, LessonPage, ModulePage
from portal.pages.services import set_up_editorial
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.knowledge import article, trainings
from tests.factories.pages import home_page
from tests.factories.regions import MunicipalityFactory
from tests.factories.signing_in import sign_in
from tests.factories.training import course, lesson, module_with_test

pytestmark = pytest.mark.django_db
TAKEN, CIRCLE = "heeft dit korte adres al", "op zichzelf wachten"


@pytest.fixture(autouse=True)
def editor(client):
    MunicipalityFactory()
    trainings()
    set_up_editorial(home=home_page())
    user = UserFactory()
    MembershipFactory(user=user, role="redacteur", municipality=MunicipalityFactory())
    sign_in(client, user)
    return user


def form_of(page, **changes):
    """What the editor's screen of a page posts."""
    form = {
        "title": page.title,
        "slug": page.slug,
        "summary": "",
        "goals": getattr(page, "goals", ""),
        "body": streamfield([]),
        "related": streamfield([]),
        "reading_level": "B1",
        "change_kind": "editorial",
        "requires": "",
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
    }
    if isinstance(page, ModulePage):
        form |= {"questions": streamfield([]), "number": 1, "minutes": 30, "draw": 0}
        form |= {"pass_mark": 70, "attempts_a_day": 3, "valid_months": 24}
    if isinstance(page, LessonPage):
        form |= {"minutes": 5, "article": page.article_id or ""}
    return nested_form_data({**form, **changes})


def saved(client, page, **changes):
    """What the editor shows after saving a page with changes."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, form_of(page, **changes), follow=True)


def test_a_draft_is_looked_at_before_it_is_there_and_after(client):
    basis = course()
    page = module_with_test(below=basis)
    one = lesson(page, article=article("Er bestaat geen profiel"))
    for old, model in ((basis, "coursepage"), (page, "modulepage"), (one, "lessonpage")):
        new = ["knowledge_training", model, old.get_parent().pk]
        for address, title in (
            (reverse("wagtailadmin_pages:preview_on_edit", args=[old.pk]), "Zoals het wordt"),
            (reverse("wagtailadmin_pages:preview_on_add", args=new), "Zoals het begint"),
        ):
            form = form_of(old, title=title, slug=f"{old.slug}-2")
            assert client.post(address, form).json()["is_valid"], address
            html = client.get(f"{address}?mode=").content.decode()
            assert f"{title}</h1>" in html
    assert "Er bestaat geen profiel" in html


def test_an_editor_makes_courses_modules_and_lessons(client):
    basis = course()
    page = module_with_test(below=basis)
    for model, parent in (
        ("coursepage", trainings()),
        ("modulepage", basis),
        ("modulepage", trainings()),
        ("lessonpage", page),
    ):
        address = reverse("wagtailadmin_pages:add", args=["knowledge_training", model, parent.pk])
        assert client.get(address).status_code == 200, (model, parent)
    for one in (basis, page, lesson(page)):
        assert client.get(reverse("wagtailadmin_pages:edit", args=[one.pk])).status_code == 200


def test_a_lesson_stands_in_a_module_and_a_module_in_no_lesson(client):
    page = module_with_test(below=course())
    one = lesson(page)
    for model, parent in (("lessonpage", course("Ander")), ("modulepage", one)):
        address = reverse("wagtailadmin_pages:add", args=["knowledge_training", model, parent.pk])
        assert client.get(address).status_code in (302, 403)


def test_two_modules_do_not_share_the_address_of_a_test(client):
    module_with_test("Eerste", below=course("Een"))
    second = module_with_test("Tweede", below=course("Twee"))

    assert TAKEN in saved(client, second, slug="eerste").content.decode()
    assert TAKEN in saved(client, second, slug="mijn").content.decode()
    assert TAKEN not in saved(client, second, slug="derde").content.decode()
    assert ModulePage.objects.get(pk=second.pk).get_latest_revision_as_object().slug == "derde"


def test_nothing_waits_for_itself_not_by_a_detour_either(client):
    basis = course("Basis")
    inside = module_with_test("Binnen", below=basis)
    deeper = course("Verdieping", requires=basis)
    last = module_with_test("Laatste", below=deeper)

    assert CIRCLE in saved(client, basis, requires=basis.pk).content.decode()
    assert CIRCLE in saved(client, basis, requires=deeper.pk).content.decode()
    assert CIRCLE in saved(client, basis, requires=last.pk).content.decode()
    assert CIRCLE in saved(client, basis, requires=inside.pk).content.decode()
    assert CIRCLE not in saved(client, last, requires=inside.pk).content.decode()
    assert CoursePage.objects.get(pk=basis.pk).requires is None

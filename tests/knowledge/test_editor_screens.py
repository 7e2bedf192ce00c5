"""The screens of the editor, as an editor opens them."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from knowledge.library.models import Feedback, GlossaryEntry
from portal.pages.services import set_up_editorial
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.knowledge import article, library, runbook, trainings, word
from tests.factories.pages import home_page
from tests.factories.regions import MunicipalityFactory
from tests.factories.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _editorial():
    MunicipalityFactory()
    MunicipalityFactory(name="Polderveen")
    library()
    trainings()
    runbook()
    set_up_editorial(home=home_page())


def editor(client, role="redacteur", place="Demodam"):
    user = UserFactory()
    MembershipFactory(user=user, role=role, municipality=MunicipalityFactory(name=place))
    sign_in(client, user)
    return user


def of_the_neighbours(title="Van de buren", **fields):
    return article(title, municipality=MunicipalityFactory(name="Polderveen"), **fields)


def test_an_editor_opens_a_page_in_three_tabs_without_a_button_to_publish(client):
    editor(client)

    html = client.get(reverse("wagtailadmin_pages:edit", args=[article().pk])).content.decode()

    assert html.count('role="tab"') >= 3
    assert "action-submit" in html
    assert 'name="action-publish"' not in html


def test_an_editor_makes_a_new_article_and_a_runbook(client):
    editor(client)
    for app, model, parent in (
        ("knowledge_library", "articlepage", library()),
        ("knowledge_library", "flowpage", library()),
    ):
        address = reverse("wagtailadmin_pages:add", args=[app, model, parent.pk])
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "what", ["edit", "history", "view_draft", "copy", "delete", "unpublish", "usage", "move"]
)
def test_a_page_of_the_neighbours_opens_on_no_screen(client, what):
    page = of_the_neighbours(live=False)
    editor(client)

    answer = client.get(reverse(f"wagtailadmin_pages:{what}", args=[page.pk]))

    assert answer.status_code in (302, 403, 404)
    assert "Van de buren" not in answer.content.decode()


def test_a_draft_of_the_neighbours_is_named_in_no_list(client):
    of_the_neighbours(live=False)
    editor(client)

    for address in (
        reverse("wagtailadmin_explore", args=[library().pk]),
        reverse("wagtailadmin_pages:search") + "?q=buren",
        reverse("wagtailadmin_choose_page_child", args=[library().pk]),
        reverse("wagtailadmin_choose_page_search") + "?q=buren",
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "Van de buren" not in answer.content.decode(), address


def test_an_editor_links_to_a_published_page_of_the_neighbours(client):
    of_the_neighbours()
    editor(client)

    html = client.get(reverse("wagtailadmin_choose_page_child", args=[library().pk]))

    assert "Van de buren" in html.content.decode()


def test_an_editor_reads_feedback_about_pages_of_the_own_municipality_only(client):
    ours, theirs = article("Van ons"), of_the_neighbours()
    Feedback.objects.create(page=ours, is_helpful=True, text="Duidelijk")
    Feedback.objects.create(page=theirs, is_helpful=False, text="Vaag")
    editor(client)

    html = client.get(reverse("feedback:index")).content.decode()

    assert "Duidelijk" in html
    assert "Vaag" not in html


def test_a_professional_comes_into_no_screen(client):
    sign_in(client, UserFactory(roles=["professional"]))

    for name in ("wagtailadmin_home", "feedback:index", "pages_due"):
        assert client.get(reverse(name)).status_code in (302, 403)


def test_an_editor_writes_a_word_and_publishes_it_not(client):
    editor(client)
    names = GlossaryEntry.snippet_viewset

    assert client.get(reverse(names.get_url_name("list"))).status_code == 200
    html = client.get(reverse(names.get_url_name("edit"), args=[word("casus").pk])).content.decode()
    assert 'name="action-publish"' not in html


def test_an_editor_gives_a_page_to_no_other_municipality(client):
    page = article(municipality=MunicipalityFactory())
    editor(client)

    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert "Demodam</option>" in html
    assert "Polderveen</option>" not in html


def test_submitting_hands_the_page_to_a_second_person(client):
    page = article(municipality=MunicipalityFactory())
    user = editor(client)
    data = {
        "title": "Beter", "slug": page.slug, "summary": "", "body-count": "0",
        "related-count": "0", "kind": "article", "reading_level": "B1",
        "change_kind": "editorial", "change_note": "", "municipality": page.municipality_id,
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "action-submit": "1",
    }  # fmt: skip

    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)

    page = Page.objects.get(pk=page.pk).specific
    assert answer.status_code == 302, answer.content.decode()[:500]
    assert page.title != "Beter"
    assert page.current_workflow_state.requested_by == user


def test_a_remark_is_no_formula_in_the_exported_list(client):
    Feedback.objects.create(page=article(), is_helpful=True, text="=1+1")
    editor(client)

    answer = client.get(reverse("feedback:index") + "?export=csv")
    lines = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode()

    assert "'=1+1" in lines

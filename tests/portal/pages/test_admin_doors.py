"""Who types the number of somebody else's page in an address of the editor learns nothing."""

import pytest
from django.urls import get_resolver

from portal.pages.admin_doors import NUMBERS
from portal.pages.services import set_up_editorial
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.knowledge import article, library, runbook, trainings
from tests.factories.pages import home_page
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db
SECRET = "Kanariegeel plan"


def addresses(patterns, prefix=""):
    """Every address of the editor, as written in the list of addresses."""
    for pattern in patterns:
        whole = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, whole)
        else:
            yield whole


def with_numbers(number):
    """The addresses of the editor that name a page, filled in with this number."""
    filled = {
        "<int:pk>/action/<str:action_name>/": f"{number}/action/publish/",
        "<slug:content_type_app_name>/<slug:content_type_model_name>": "knowledge_library/article",
        r"^(?P<pk>\d+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$": (
            f"{number}/revisions/compare/live...latest/"
        ),
        "^pages/<int:pk>/": f"pages/{number}/",
        "<slug:action_name>": "approve",
        **{f"<int:{name}>": str(number) for name in NUMBERS},
        "<int:task_state_id>": "1",
        "<int:task_id>": "1",
        "<int:revision_id>": "1",
        "<int:workflow_state_id>": "1",
        "<int:workflow_pk>": "1",
    }
    for address in addresses(get_resolver().url_patterns):
        if not address.startswith("beheer/"):
            continue
        names_a_page = any(f"<int:{name}>" in address for name in NUMBERS) or (
            "pages/<int:pk>" in address or "pages/^(?P<pk>" in address
        )
        if names_a_page:
            for part, value in filled.items():
                address = address.replace(part, value)
            yield f"/{address}"


@pytest.fixture
def foreign_draft():
    place = [MunicipalityFactory(), MunicipalityFactory(name="Polderveen")][1]
    for section in (library, trainings, runbook):
        section()
    set_up_editorial(home=home_page())
    page = article(municipality=place, live=False)
    page.title = page.draft_title = SECRET
    page.save()
    return page


def test_an_editor_cannot_read_a_foreign_draft_by_typing_its_number(client, foreign_draft):
    sign_in(client, UserFactory(roles=["redacteur"]))

    tried = list(with_numbers(foreign_draft.pk))
    assert len(tried) > 30
    for address in tried:
        answer = client.get(address)
        assert answer.status_code in {403, 404, 405}, address
        assert SECRET not in answer.content.decode()


def test_an_editor_of_the_municipality_opens_its_draft(client, foreign_draft):
    sign_in(client, UserFactory(roles=["redacteur"], roles__at=foreign_draft.municipality))

    for address in ("pages/{}/edit/", "pages/{}/", "pages/{}/history/", "choose-page/{}/"):
        answer = client.get(f"/beheer/{address.format(foreign_draft.pk)}")
        assert answer.status_code == 200, address
        assert SECRET in answer.content.decode()


def test_an_editor_links_to_a_published_page_elsewhere_but_sees_no_title_of_its_draft(
    client, foreign_draft
):
    editor = UserFactory(roles=["redacteur"])
    sign_in(client, editor)
    page = article("Straatwerk", municipality=foreign_draft.municipality)

    assert client.get(f"/beheer/choose-page/{page.pk}/").status_code == 200
    page.title = SECRET
    page.save_revision()
    assert client.get(f"/beheer/choose-page/{page.pk}/").status_code == 404


def test_the_explorer_opens_at_the_sections_of_an_editor(client, foreign_draft):
    sign_in(client, UserFactory(roles=["redacteur"]))

    assert client.get("/beheer/pages/", follow=True).status_code == 200
    assert client.get(f"/beheer/pages/{library().pk}/").status_code == 200

"""Reading a draaiboek."""

import pytest

from portal.accounts import audiences
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import runbook, runbooks, step
from tests.factories.pages import close

pytestmark = pytest.mark.django_db


def test_search_finds_each_step_at_its_own_anchor(client):
    page = runbook(steps=[step(f"Handeling {number}") for number in range(1, 6)])

    steps = [section for section in page.searchable_sections() if section.kind == "step"]
    html = client.get(page.url).content.decode()

    assert [section.anchor for section in steps] == [f"stap-{number}" for number in range(1, 6)]
    assert "Zo doet u Handeling 4." in steps[3].text
    assert 'id="stap-4"' in html


def test_somebody_sees_which_steps_are_theirs(client):
    page = runbook(steps=[step("Eerst"), step("Dan", who="Gebiedsmanager")])

    html = client.get(f"{page.url}?rol=Gebiedsmanager").content.decode()

    assert html.count("portal-step--mine") == 1
    assert "portal-step--mine" not in client.get(f"{page.url}?rol=Burgemeester").content.decode()


def test_a_runbook_may_be_kept_for_when_the_network_is_gone(client):
    assert client.get(runbook().url)["X-Offline"] == "ja"


def test_a_runbook_for_the_network_stays_out_of_shared_caches(client):
    close(runbooks(), audiences.NETWORK)
    page = runbook()

    assert client.get(page.url).status_code == 302
    client.force_login(UserFactory(roles=["professional"]))
    answer = client.get(page.url)
    assert answer.status_code == 200
    assert "private" in answer["Cache-Control"]


def test_the_paper_version_has_every_step_with_who_to_call(client):
    page = runbook()

    answer = client.get(f"{page.url}pdf/")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    request = answer.wsgi_request
    assert "088 000 00 50" in page.html_for_print(request)
    assert "Netwerk bevragen" in page.html_for_print(request)


def test_a_step_without_checklist_contacts_or_texts_is_fine(client):
    page = runbook(steps=[step("Kaal", checklist=[], contacts=[], templates=[], minutes=None)])

    assert client.get(page.url).status_code == 200

"""Reading an article, and everything around it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal.accounts import audiences
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import (
    article,
    closed_library,
    for_audience,
    text,
    theme,
    word,
)
from tests.factories.pages import close

pytestmark = pytest.mark.django_db
SECRET = "alleenvoorvakmensen"


def read(client, page):
    return client.get(page.url)


def test_a_visitor_reads_an_article(client):
    answer = read(client, article(body=[("heading", "Kijk mee"), text("Vraag door.")]))

    assert answer.status_code == 200
    assert '<h2 class="nl-heading nl-heading--level-2" id="kijk-mee">' in answer.content.decode()
    assert "Vraag door." in answer.content.decode()


def test_two_equal_headings_get_two_anchors(client):
    page = article(body=[("heading", "Kijk"), ("heading", "Kijk"), ("heading", "Stap 4")])

    html = read(client, page).content.decode()

    assert 'id="kijk"' in html
    assert 'id="kijk-2"' in html
    assert 'href="#kijk-2"' in html
    assert 'id="kop-stap-4"' in html


def test_a_visitor_without_account_gets_no_trace_of_a_part_for_the_network(client):
    page = article(body=[text("Openbaar."), for_audience(SECRET)])

    for address in (page.url, f"{page.url}pdf/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert SECRET not in answer.content.decode(errors="replace")
    html = read(client, page).content.decode()
    assert "portal-audience" not in html
    assert "Alleen voor het netwerk" not in html
    assert "block-audience" not in html


def test_a_professional_reads_the_part_for_the_network_with_its_mark(client):
    page = article(body=[for_audience(SECRET)])
    client.force_login(UserFactory(roles=["professional"]))

    html = read(client, page).content.decode()

    assert SECRET in html
    assert "Only for the network" in html or "Alleen voor het netwerk" in html


def test_a_part_for_one_role_stays_closed_for_another(client):
    page = article(body=[for_audience(SECRET, audiences.of_role("oov-medewerker"))])
    client.force_login(UserFactory(roles=["professional"]))

    assert SECRET not in read(client, page).content.decode()


def test_a_part_whose_audience_was_forgotten_opens_for_nobody(client):
    page = article(body=[("audience", {"audience": [], "content": [text(SECRET)]})])
    client.force_login(UserFactory(roles=["professional"]))

    assert SECRET not in read(client, page).content.decode()


def test_search_gets_the_part_for_the_network_apart():
    page = article(summary="Kort", body=[text("Openbaar."), for_audience(SECRET)])

    everybody, network = page.searchable_sections()

    assert (everybody.kind, everybody.extra_key) == ("page", "")
    assert everybody.text == "Kort Openbaar."
    assert network.extra_key == audiences.NETWORK
    assert SECRET in network.text


def test_wagtails_own_index_gets_nothing_of_a_part_for_the_network():
    page = article(body=[text("Openbaar."), for_audience(SECRET)])

    content = page.body.stream_block.get_searchable_content(page.body)

    assert SECRET not in " ".join(content)


def test_a_word_is_explained_once_and_not_inside_a_link(client):
    word("casus", "Een situatie die organisaties bespreken.", synonyms="zaak")
    page = article(
        body=[
            text('<a href="/">casus</a> eerst'),
            text("Een casus en nog een casus, een Zaak."),
        ]
    )

    html = read(client, page).content.decode()

    assert html.count('popovertarget="begrip-casus"') == 1
    assert '<a href="/">casus</a>' in html
    assert "Een situatie die organisaties bespreken." in html


def test_a_reader_sees_that_a_page_is_out_of_date(client):
    page = article(valid_until=timezone.localdate() - timedelta(days=1))

    assert "utrecht-alert--warning" in read(client, page).content.decode()
    assert page.is_expired


def test_a_page_that_still_holds_has_no_warning(client):
    page = article(valid_until=timezone.localdate())

    assert "utrecht-alert--warning" not in read(client, page).content.decode()


def test_a_closed_page_is_not_named_among_related_pages(client):
    part = closed_library()
    close(part, audiences.NETWORK)
    subject = theme("Jeugd")
    closed = article("Gesloten artikel", below=part)
    closed.themes.set([subject])
    closed.save()
    page = article(related=[("page", closed)])
    page.themes.set([subject])
    page.save()

    assert "Gesloten artikel" not in read(client, page).content.decode()
    client.force_login(UserFactory(roles=["professional"]))
    assert "Gesloten artikel" in read(client, page).content.decode()


def test_a_link_in_a_text_leads_to_the_page_and_never_to_a_draft(client):
    goal, draft = article("Doel"), article("Concept", live=False)
    page = article(
        "Bron",
        body=[
            text(
                f'<a linktype="page" id="{goal.pk}">a</a> <a linktype="page" id="{draft.pk}">b</a>'
            )
        ],
    )

    html = read(client, page).content.decode()

    assert f'<a href="{goal.url}">a</a>' in html
    assert "concept/" not in html


def test_dates_and_owner_of_a_page_are_shown(client):
    page = article(organisation="Team Veiligheid", source="Eigen tekst", review_on=date(2030, 5, 1))

    html = read(client, page).content.decode()

    assert "Team Veiligheid" in html
    assert "Eigen tekst" in html
    assert "2030" in html

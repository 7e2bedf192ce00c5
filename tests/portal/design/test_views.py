"""What a browser asks for by itself, and the pages that say no."""

import json
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import override_settings

from portal.design import views
from portal.design.offline import may_work_offline
from portal.design.templatetags.design_tags import drawn
from tests.house.rooms import ROOT

COMPONENTS = sorted((ROOT / "portal/design/templates/components").glob("*.html"))


@pytest.mark.parametrize("name", ["400", "403_csrf", "429", "500"])
def test_a_page_that_says_no_needs_no_context_and_no_database(name):
    html = render_to_string(f"{name}.html")

    assert html.lstrip().startswith("<!doctype html>")
    assert html.count("<h1") == 1
    assert "tel:112" in html
    assert 'lang="en"' in html
    assert "<script" not in html


@pytest.mark.django_db
def test_a_lost_visitor_gets_search_and_ways_on(client):
    answer = client.get("/bestaat-niet/")

    assert answer.status_code == 404
    for address in ("/zoeken/", "/kennisbank/", "/hulp/", "/meldpunt/"):
        assert f'"{address}"' in answer.text


@pytest.mark.django_db
def test_who_is_not_signed_in_is_not_told_to_be(rf):
    request = rf.get("/werkplek/")
    request.user = AnonymousUser()
    answer = views.permission_denied(request)

    assert answer.status_code == 403
    assert "niet voor iedereen" in answer.text
    assert "U bent ingelogd" not in answer.text


def test_an_address_that_nobody_can_read_is_refused_kindly(client):
    answer = client.get("/zoeken/?q=%00")

    assert answer.status_code == 400
    assert "Dit kunnen wij niet lezen" in answer.text


@pytest.mark.django_db
def test_the_worker_is_served_from_the_root_and_never_grows_old(client):
    answer = client.get("/sw.js")

    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert "portal.js" in answer.text
    assert "/thema/" in answer.text


@pytest.mark.parametrize(
    "address",
    ["/meldpunt/", "/meldpunt/code/", "/en/meldpunt/", "/werkplek/", "/account/login/", "/beheer"],
)
def test_nothing_personal_is_kept_on_a_device(address):
    assert not may_work_offline(address)


@pytest.mark.parametrize("address", ["/", "/en/", "/draaiboeken/vrede/", "/hulp/", "/meldpunten/"])
def test_public_pages_may_be_kept(address):
    assert may_work_offline(address)


@pytest.mark.django_db
def test_the_worker_is_registered_on_public_pages_and_not_where_people_sign_in(client):
    assert 'data-sw="/sw.js"' in client.get("/offline/").text
    assert "data-sw" not in client.get("/account/login/").text


@pytest.mark.django_db
def test_a_phone_can_put_the_portal_on_its_home_screen(client):
    answer = client.get("/site.webmanifest")

    assert answer["Content-Type"] == "application/manifest+json"
    assert json.loads(answer.content)["start_url"] == "/"


@pytest.mark.django_db
def test_the_colour_mode_comes_from_the_cookie_and_from_nothing_else(client):
    client.cookies["kleurstand"] = "donker"
    assert 'data-colour-mode="donker"' in client.get("/offline/").text

    client.cookies["kleurstand"] = '"><script>'
    assert "data-colour-mode" not in client.get("/offline/").text


@pytest.mark.django_db
def test_the_gallery_is_for_builders_and_not_for_production(client):
    assert client.get("/componenten/").status_code == 404

    with override_settings(DEMO_MODE=True):
        assert client.get("/componenten/").status_code == 200


@pytest.mark.django_db
@override_settings(DEMO_MODE=True)
def test_the_gallery_shows_every_component(client):
    drawn.cache_clear()  # the frame of a page that was asked for before is not drawn again
    used = {template.name for template in client.get("/componenten/").templates if template.name}
    # Part of the front page; and the filters of a list, which share their id with the facets.
    elsewhere = {"hero_skyline", "ways_on", "filter_form"}
    present = {f"components/{path.name}" for path in COMPONENTS if path.stem not in elsewhere}

    assert present - used == set()


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_every_component_says_what_it_takes(path):
    comment = re.search(r"{% comment %}(.*?){% endcomment %}", path.read_text(), re.S)

    assert comment
    assert re.search(r"Arguments|Context|No arguments|decoration only", comment.group(1))


@pytest.mark.django_db
@override_settings(DEMO_MODE=True)
def test_no_two_parts_of_the_gallery_share_an_id(client):
    ids = re.findall(r'\sid="([^"]+)"', client.get("/componenten/").text)

    assert sorted(ids) == sorted(set(ids))

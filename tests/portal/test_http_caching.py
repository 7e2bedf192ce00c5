"""What browsers and caches between may keep: pages are asked after, files with a hash never again."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils.feedgenerator import rfc2822_date

from portal.pages.page_cache import PageCacheMiddleware, is_known
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.events import event
from tests.factories.knowledge import article, flow, help_card, intervention, word
from tests.factories.pages import news_index, news_item, standard_page

PUBLIC = [
    *("/", "/en/", "/kennisbank/", "/kennisbank/begrippen/", "/actueel/", "/hulp/"),
    *("/over-ons/", "/kennisbank/mentortraject/", "/kennisbank/een-artikel/", "/hulp/een-kaart/"),
    *("/actueel/een-bericht/", "/sitemap.xml", "/robots.txt", "/actueel/rss.xml"),
]
HASHED_STORAGE = "portal.design.storage.HashedStaticFilesStorage"  # as in production
HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")


@pytest.fixture
def house(db, settings):
    settings.PAGE_CACHE_SECONDS = 300
    news = news_index()
    news_item("Een bericht", below=news, published_on="2026-11-01")
    standard_page("Over ons")
    article("Een artikel")
    intervention("Mentortraject")
    help_card("Een kaart")
    flow()
    word("zorg")
    event("Open dag")


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_sets_no_cookie_and_is_not_sent_twice(house, address):
    client = Client()
    first = client.get(address)

    assert first.status_code == 200
    assert not first.cookies and not client.cookies
    assert "Set-Cookie" not in first.headers
    assert first.headers["ETag"]
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert not again.cookies


def test_the_agenda_depends_on_the_hour_so_it_is_asked_for_each_time_without_a_cookie(house):
    response = Client().get("/agenda/")

    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies


def test_a_feed_without_news_says_the_same_every_second(db):
    index = news_index()
    index.save_revision().publish()
    index.refresh_from_db()

    feed = Client().get("/actueel/rss.xml").content.decode()

    assert f"<lastBuildDate>{rfc2822_date(index.last_published_at)}</lastBuildDate>" in feed


def test_a_page_that_changed_is_sent_again_and_has_another_mark(house):
    page = standard_page("Wie wij zijn")
    first = Client().get("/wie-wij-zijn/")
    page.title = "Wie zijn wij"
    page.save_revision().publish()

    again = Client().get("/wie-wij-zijn/", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 200
    assert again.headers["ETag"] != first.headers["ETag"]


def test_a_browser_asks_after_a_page_before_it_shows_it_again(house):
    assert Client().get("/over-ons/").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [
        ('"abc"', True),
        ('W/"abc"', True),
        ('"x", W/"abc"', True),
        ('"ab"', False),
        ("", False),
        ("abc", False),
        ("*", False),
    ],
)
def test_an_answer_is_known_by_its_mark_also_when_it_was_compressed_on_the_way(asked, is_there):
    assert is_known(asked, '"abc"') is is_there


def test_what_is_for_who_signed_in_is_kept_by_nobody(house):
    client = Client()
    sign_in(client, UserFactory(roles=["professional"]))

    for address in ("/", "/kennisbank/", "/werkplek/"):
        response = client.get(address)
        assert "public" not in response.headers.get("Cache-Control", ""), address
        assert "Cookie" in response.headers["Vary"], address


def test_the_cache_stands_before_web_session_account_and_page_tree(settings):
    assert settings.MIDDLEWARE[0] == f"{PageCacheMiddleware.__module__}.PageCacheMiddleware"


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    folder = tmp_path_factory.mktemp("static")
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": HASHED_STORAGE}}
    with override_settings(STATIC_ROOT=str(folder), STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


def test_style_script_and_drawings_have_a_hash_in_their_name_and_are_compressed(collected):
    own = [
        path
        for path in (collected / "portal").rglob("*")
        if path.suffix in (".css", ".js", ".svg") and HASHED.search(path.name)
    ]

    assert {".css", ".js", ".svg"} == {path.suffix for path in own}
    large = [path for path in own if path.stat().st_size > 1000]
    for path in large:
        packed = Path(f"{path}.gz")
        assert packed.is_file(), path.name
        assert gzip.decompress(packed.read_bytes()) == path.read_bytes()
        assert packed.stat().st_size < 0.8 * path.stat().st_size
        assert Path(f"{path}.br").stat().st_size <= packed.stat().st_size


@pytest.mark.django_db
def test_a_file_with_a_hash_is_never_asked_for_again_and_sent_compressed(collected, settings, rf):
    from whitenoise.middleware import WhiteNoiseMiddleware

    settings.STATIC_ROOT, settings.WHITENOISE_AUTOREFRESH = str(collected), False
    settings.WHITENOISE_USE_FINDERS = False
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": HASHED_STORAGE}}
    middleware = WhiteNoiseMiddleware(lambda request: None)
    style = next(path for path in collected.glob("portal/build/portal.*.css"))

    request = rf.get(f"/static/portal/build/{style.name}", headers={"Accept-Encoding": "gzip"})
    response = middleware(request)

    assert "immutable" in response.headers["Cache-Control"]
    assert int(re.search(r"max-age=(\d+)", response.headers["Cache-Control"])[1]) > 300 * 24 * 3600
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Set-Cookie" not in response.headers
    response.close()

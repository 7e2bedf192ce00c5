"""Words of what is not for everybody come out nowhere."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from wagtail.models import Collection, CollectionViewRestriction

from portal.accounts import audiences
from portal.pages.models import PortalDocument, PortalImage
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.knowledge import article, closed_library, for_audience, library, text
from tests.factories.pages import close, home_page, news_index, news_item
from tests.factories.regions import MunicipalityFactory

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves a temporary file open when it makes a rendition.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

# Each stands in one field of one thing, and exists in no language.
CLOSED_TITLE, CLOSED_SUMMARY, CLOSED_TEXT = "Zilverkwarrel", "goudplontje", "koperstruis"
DRAFT_TITLE, DRAFT_TEXT = "Tinkelbroek", "loodmispel"
NEWER_TEXT = "platinawijn"
BLOCK_TEXT = "nikkelgors"
NEWS_TITLE = "Chroomdobber"
FILE_TITLE, FILE_TEXT = "Kwikhazelaar", "zinkvlinder"
CANARIES = [
    *(CLOSED_TITLE, CLOSED_SUMMARY, CLOSED_TEXT, DRAFT_TITLE, DRAFT_TEXT, NEWER_TEXT),
    *(BLOCK_TEXT, NEWS_TITLE, FILE_TITLE, FILE_TEXT),
]
NOBODY_WROTE = "vlakstroffel"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>%s</title></svg>'


@pytest.fixture(scope="module")
def portal(django_db_setup, django_db_blocker):
    """A portal with something behind every kind of door; name to page or file."""
    with django_db_blocker.unblock(), transaction.atomic():
        ContentType.objects.clear_cache()
        yield make_portal()
        transaction.set_rollback(True)


def make_portal():
    home, books = home_page(), library()
    network = closed_library()
    close(network, audiences.NETWORK)
    closed = {"summary": CLOSED_SUMMARY, "body": [text(CLOSED_TEXT)]}
    things = {
        "open": article("Voor iedereen", body=[text("open"), for_audience(BLOCK_TEXT)]),
        "closed": article(CLOSED_TITLE, below=network, **closed),
        "draft": article(DRAFT_TITLE, body=[text(DRAFT_TEXT)], live=False),
        "news": news_item(NEWS_TITLE, below=news_index(), published_on="2026-11-01"),
        **closed_files(),
    }
    close(things["news"], audiences.NETWORK)
    things["open"].body.append(text(NEWER_TEXT))
    things["open"].save_revision()
    assert books.is_descendant_of(home)
    call_command("rebuild_search", verbosity=0)
    return things


def closed_files():
    """A document and an image in a collection of the network."""
    collection = Collection.get_first_root_node().add_child(name="Netwerk")
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.GROUPS
    )
    restriction.groups.create(name="doelgroep: nergens anders")
    drawing = ContentFile((DRAWING % FILE_TEXT).encode(), name="tekening.svg")
    image = PortalImage.objects.create(
        title=FILE_TITLE, file=drawing, width=9, height=9, collection=collection
    )
    return {
        "document": PortalDocument.objects.create(
            title=FILE_TITLE,
            file=ContentFile(FILE_TEXT.encode(), name="blad.txt"),
            collection=collection,
        ),
        "rendition": image.get_rendition("original"),
    }


LISTS = [
    *("/", "/kennisbank/", "/kennisbank/begrippen/", "/kennisbank/vergelijken/", "/actueel/"),
    *("/actueel/rss.xml", "/sitemap.xml", "/zoeken/", "/kennisbank/er-is-niets/"),
    *("/kennisbank/voor-iedereen/", "/kennisbank/voor-iedereen/pdf/", "/robots.txt", "/sw.js"),
    *("/en/", "/api/v1/openapi.json", "/kennisbank/voor-iedereen/mening/"),
]


def answer(client, address):
    """Everything that an address says: the head as well as the text."""
    response = client.get(address)
    content = b"".join(response) if response.streaming else response.content
    return f"{response.headers} {content.decode(errors='replace')}"


@pytest.mark.parametrize("address", LISTS)
def test_no_list_feed_or_map_says_a_word_of_what_is_private(portal, client, address):
    said = answer(client, address)

    assert [word for word in CANARIES if word.lower() in said.lower()] == []


def test_the_network_itself_reads_those_words(portal, client):
    sign_in(client, UserFactory(roles=["professional"]))

    assert CLOSED_SUMMARY in answer(client, "/kennisbank/netwerk/")
    assert CLOSED_TEXT in answer(client, portal["closed"].url)
    assert BLOCK_TEXT in answer(client, portal["open"].url)
    assert NEWS_TITLE in answer(client, "/actueel/rss.xml")
    assert CLOSED_TITLE in answer(client, f"/zoeken/?q={CLOSED_TEXT}")


@pytest.mark.parametrize("word", CANARIES)
@pytest.mark.parametrize(
    "address",
    ["/zoeken/?q=%s", "/zoeken/suggesties/?q=%s", "/api/v1/zoeken/?q=%s", "/kennisbank/?q=%s"],
)
def test_searching_a_private_word_answers_as_if_nobody_wrote_it(portal, client, address, word):
    private = answer(client, address % word.lower())
    nonsense = answer(client, address % NOBODY_WROTE)

    assert shape(private, word) == shape(nonsense, NOBODY_WROTE)


def shape(said, word):
    """The answer without the question, which is shown again."""
    without = said.replace(word.lower(), "?").replace(word, "?")
    return without.split("'Content-Length'")[0] + without.split("}", 1)[1]


def test_a_closed_or_unpublished_page_does_not_say_its_name(portal, client):
    for thing in ("closed", "draft", "news"):
        said = answer(client, portal[thing].url)
        assert portal[thing].title not in said
        assert answer(client, f"{portal[thing].url}pdf/").count(portal[thing].title) == 0


def test_a_file_of_a_closed_collection_is_for_nobody_else(portal, client):
    for address in (portal["document"].url, portal["rendition"].url):
        response = client.get(address)
        assert response.status_code in (302, 404), address
        assert FILE_TEXT not in answer(client, address)


def test_no_server_serves_the_folder_of_files(portal, client):
    for file in (portal["document"].file.name, portal["rendition"].file.name):
        assert client.get(f"/bestanden/{file}").status_code == 404
        assert client.get(f"/media/{file}").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/beheer/choose-page/?q=%s",
        "/beheer/choose-page/search/?q=%s",
        "/beheer/pages/search/?q=%s",
        "/beheer/documents/chooser/?q=%s",
        "/beheer/images/chooser/?q=%s",
        "/beheer/reports/site-history/?object_type=&label=%s",
    ],
)
def test_an_editor_of_another_municipality_finds_no_draft_of_ours(portal, client, address):
    draft = portal["draft"]
    draft.municipality = MunicipalityFactory()
    draft.save()
    polderveen = MunicipalityFactory(name="Polderveen")
    sign_in(client, UserFactory(roles=["redacteur"], roles__at=polderveen))

    said = answer(client, address % DRAFT_TITLE[:6])

    assert DRAFT_TITLE not in said
    assert DRAFT_TEXT not in said

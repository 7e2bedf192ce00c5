"""What is published is found at once, where it stands, and no longer than that."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.management import call_command
from django.db import transaction
from wagtail.models import Page

from knowledge.library.models import GlossaryEntry
from portal.accounts import audiences
from search import checks, sources
from search.engine import find
from search.indexing import index_pages
from search.models import AccessKey, SearchEntry, Word
from search.vocabulary import there_already
from tests.factories.accounts import UserFactory
from tests.factories.events import event
from tests.factories.knowledge import article, closed_library, for_audience, library, text, word
from tests.factories.pages import close, standard_page
from tests.factories.search import found

pytestmark = pytest.mark.django_db
ANYBODY = AnonymousUser()


def test_a_page_is_found_as_soon_as_it_is_published_and_not_before():
    page = article("Oud")
    page.title = "Spiegeleiland"
    revision = page.save_revision()
    assert found("spiegeleiland", ANYBODY) == []

    revision.publish()

    assert found("spiegeleiland", ANYBODY) == ["Spiegeleiland"]


def test_saving_a_draft_of_a_published_page_keeps_what_was_published():
    page = article("Spiegeleiland")
    page.title = "Iets anders"
    page.save_revision()

    assert found("spiegeleiland", ANYBODY) == ["Spiegeleiland"]


def test_an_unpublished_page_is_gone_and_comes_back():
    page = article("Spiegeleiland")
    page.unpublish()
    assert found("spiegeleiland", ANYBODY) == []

    page.save_revision().publish()

    assert found("spiegeleiland", ANYBODY) == ["Spiegeleiland"]


def test_a_removed_page_is_gone_with_what_stands_below_it():
    article("Spiegeleiland", below=closed_library())
    library().delete()

    assert found("spiegeleiland", ANYBODY) == []
    assert not SearchEntry.objects.filter(source__startswith="page:", page=None).exists()


def test_a_page_moved_or_renamed_is_found_at_its_new_address(
    django_capture_on_commit_callbacks,
):
    page = article("Spiegeleiland", slug="oud")
    page.move(closed_library(), pos="last-child")
    assert find("spiegeleiland", user=ANYBODY).hits[0].url == "/kennisbank/netwerk/oud/"

    above = Page.objects.get(slug="netwerk").specific
    above.slug = "kring"
    with django_capture_on_commit_callbacks(execute=True):
        above.save_revision().publish()

    assert find("spiegeleiland", user=ANYBODY).hits[0].url == "/kennisbank/kring/oud/"


def test_a_removed_group_opens_nothing():
    page = standard_page("Spiegeleiland")
    close(page, audiences.NETWORK)
    Group.objects.get(name=audiences.NETWORK).delete()

    assert found("spiegeleiland", UserFactory(roles=["professional"])) == []
    assert found("spiegeleiland", ANYBODY) == []


def test_a_word_follows_what_is_published_of_it():
    entry = word(
        "spiegeleiland", synonyms="weerschijn", term_en="mirror", explanation_en="A glass."
    )
    assert found("weerschijn", ANYBODY) == ["spiegeleiland"]
    assert found("mirrors", ANYBODY, language="en") == ["mirror"]

    entry.term = "concept"
    entry.save_revision()
    assert found("spiegeleiland", ANYBODY) == ["spiegeleiland"]

    GlossaryEntry.objects.get().delete()
    assert found("weerschijn", ANYBODY) == []


def test_nothing_is_kept_of_a_change_that_was_undone():
    with pytest.raises(RuntimeError), transaction.atomic():
        article("Spiegeleiland")
        raise RuntimeError

    assert found("spiegeleiland", ANYBODY) == []


def test_rebuilding_gives_the_same_entries_and_drops_what_is_no_more():
    article("Spiegeleiland", body=[text("Een eiland.")])
    word("eiland")
    before = list(SearchEntry.objects.order_by("source").values_list("source", "body_tokens"))
    AccessKey.objects.create(text="oud")
    SearchEntry.objects.create(
        source="word:999", kind="begrip", language="nl", url_path="/", title="weg",
        access_key=AccessKey.objects.get(text=""),
    )  # fmt: skip

    call_command("rebuild_search", verbosity=0)

    after = list(SearchEntry.objects.order_by("source").values_list("source", "body_tokens"))
    assert after == before
    assert not AccessKey.objects.filter(text="oud").exists()


def test_rebuilding_only_when_empty_leaves_what_is_there():
    article("Spiegeleiland")
    SearchEntry.objects.update(title="Anders")

    call_command("rebuild_search", only_when_empty=True, verbosity=0)

    assert SearchEntry.objects.filter(title="Anders").exists()


def test_health_knows_the_agenda(capsys):
    event("Buurtavond")

    call_command("search_health")

    assert "1 published, 1 findable" in capsys.readouterr().out


def test_many_pages_are_written_as_one_by_one_and_those_taken_off_are_forgotten():
    pages = [article("Spiegeleiland", body=[text("Een eiland."), for_audience("Een brug.")])]
    pages += [article(f"Eiland {number}") for number in range(3)]
    columns = ("source", "part", "access_key", "url_path", "strong_tokens", "body_tokens")
    islands = SearchEntry.objects.filter(title__icontains="eiland")
    before = sorted(islands.values_list(*columns))
    SearchEntry.objects.all().delete()
    Word.objects.all().delete()

    index_pages([type(page).objects.get(pk=page.pk) for page in pages])

    assert sorted(islands.values_list(*columns)) == before
    assert set(Word.objects.values_list("text", flat=True)) >= {"spiegeleiland", "brug"}
    pages[0].live = False
    index_pages(pages)
    assert not SearchEntry.objects.filter(title="Spiegeleiland").exists()


def test_writing_a_page_asks_for_its_own_words_only():
    key = AccessKey.objects.create(text="")
    Word.objects.bulk_create(
        Word(access_key=key, language="nl", text=text) for text in ("eiland", "brug", "zee")
    )

    assert there_already(key.pk, "nl", {"eiland", "spiegel"}) == {"eiland"}
    assert there_already(key.pk, "en", {"eiland"}) == set()


def test_health_says_what_is_missing_and_what_is_too_much(capsys):
    article("Spiegeleiland")
    call_command("search_health")
    SearchEntry.objects.filter(title="Spiegeleiland").delete()

    with pytest.raises(SystemExit):
        call_command("search_health")

    assert "Spiegeleiland" in capsys.readouterr().out


def test_every_page_type_is_a_source_or_has_a_reason_not_to_be(monkeypatch):
    assert checks.every_page_type_is_named(None) == []

    monkeypatch.delitem(sources.PAGE_SOURCES, "home.NewsPage")
    monkeypatch.setitem(sources.EXCLUDED, "home.GonePage", "It went.")

    assert [found.id for found in checks.every_page_type_is_named(None)] == [
        "search.E001",
        "search.E002",
    ]
    assert all(
        len(reason) > 20 for label, reason in sources.EXCLUDED.items() if "Gone" not in label
    )

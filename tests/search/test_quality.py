"""Nobody makes search worse unseen: the questions of the quality set, and what they found before."""

import io
import json
from pathlib import Path
from time import monotonic

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from knowledge.library.models import LibraryIndexPage
from search.admission import admitted_keys
from search.asking import Asker
from search.database import findable
from search.elastic.connection import BREAKER
from search.engine import DATABASE, find
from search.facets import MOST_CHOICES
from search.quality.cases import all_cases, place_of
from search.quality.scores import (
    answerable,
    by_kind,
    measured,
    ndcg,
    of_pages,
    plain_wagtail_finds,
    portal_finds,
    recall,
)
from search.questions import parse
from search.results import Filters
from search.synonyms import synonyms_for
from tests.factories.accounts import UserFactory
from tests.search.by_hand import found_by_hand
from tests.search.corpus import make_corpus

BASELINE = Path(__file__).parent / "quality_baseline.json"
SLACK = 0.0005  # the rounding of the numbers in the file


@pytest.fixture(scope="module")
def reader(django_db_setup, django_db_blocker, tmp_path_factory):
    """A professional in the demo region with the corpus, made once for this file."""
    files = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(DEMO_MODE=True, MEDIA_ROOT=files):
            call_command("demo_content", stdout=io.StringIO())
        make_corpus(LibraryIndexPage.objects.get(slug="kennisbank", locale__language_code="nl"))
        call_command("update_index", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # without it PostgreSQL knows nothing of what was just made
        yield UserFactory(roles=["professional"])
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_no_kind_of_question_is_answered_worse_than_before(reader):
    cases = answerable(all_cases())
    assert cases == all_cases(), "an answer of the quality set is no page any more"
    before = json.loads(BASELINE.read_text())

    now = by_kind(measured(cases, portal_finds, reader=reader))

    rounded = {
        kind: {"ndcg": round(score.ndcg, 3), "recall": round(score.recall, 3)}
        for kind, score in now.items()
    }
    for kind, score in before.items():
        for name, value in score.items():
            assert rounded[kind][name] >= value - SLACK, (kind, name, json.dumps(rounded, indent=1))
    assert rounded["all"]["ndcg"] < before["all"]["ndcg"] + 0.01, (
        f"better than the baseline: write it to {BASELINE.name}, so that it stays\n"
        + json.dumps(rounded, indent=1)
    )


@pytest.mark.django_db
def test_the_portal_answers_far_better_than_plain_wagtail(reader):
    cases = of_pages(answerable(all_cases()))

    plain = by_kind(measured(cases, plain_wagtail_finds, reader=reader))["all"]
    ours = by_kind(measured(cases, portal_finds, reader=reader))["all"]

    assert plain.ndcg > 0.2, "plain Wagtail was not asked fairly"
    assert ours.ndcg > plain.ndcg + 0.1, connection.vendor


def test_the_quality_set_asks_enough_of_every_difficulty():
    cases = all_cases()
    kinds = {kind: sum(case.kind == kind for case in cases) for kind in {c.kind for c in cases}}

    assert len(cases) >= 120
    assert kinds.keys() >= {
        "inflection",
        "compounds",
        "synonyms",
        "abbreviations",
        "typos",
        "names",
        "steps",
        "vague",
    }
    assert min(kinds.values()) >= 12
    assert len({case.text for case in cases}) == len(cases)


def test_the_best_order_scores_one_and_a_worse_order_less():
    answers = {"a": 3, "b": 1}

    assert ndcg(["a", "b"], answers) == 1
    assert 0 < ndcg(["b", "a"], answers) < 1
    assert ndcg(["c"], answers) == 0
    assert (recall(["b"], answers), recall(["a", "b", "c"], answers)) == (0.5, 1)


def test_a_place_is_the_last_part_of_an_address():
    assert place_of("/kennisbank/ouderkring/") == "ouderkring"
    assert place_of("/draaiboeken/draaiboek/#stap-4") == "#stap-4"


@pytest.mark.django_db
@pytest.mark.elasticsearch
def test_another_engine_gives_every_answer_and_every_number_in_the_same_order(reader, node):
    def everything(case):
        user = AnonymousUser() if case.by_stranger else reader
        pages = [find(case.text, user=user)]
        pages += [
            find(case.text, user=user, page=number) for number in range(2, pages[0].pages + 1)
        ]
        facets = [
            (facet.name, [(choice.value, choice.count) for choice in facet.choices])
            for facet in pages[0].facets
        ]
        places = [hit.url for page in pages for hit in page.hits]
        return (pages[0].count, pages[0].is_partial, pages[0].asked, facets, places)

    theirs = {case.text: everything(case) for case in all_cases()}
    BREAKER.open_until = monotonic() + 600  # the database answers instead
    ours = {case.text: everything(case) for case in all_cases()}
    BREAKER.reset()

    for text, answer in ours.items():
        assert theirs[text] == answer, text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("zorg", Filters()),
        ("gemeente kanarie", Filters()),
        ("buurt zorgen -politie", Filters()),
        ('"eerste signaal"', Filters()),
        ("zorg", Filters(kinds=frozenset({"artikel", "begrip"}))),
        ("zorg", Filters(audiences=frozenset({"netwerk"}), newest_first=True)),
        ("zorg", Filters(audiences=frozenset({"netwerk", "iedereen"}))),
        ("gemeente kanarie", Filters(themes=frozenset({"jeugd"}))),
        ("jongeren", Filters(municipalities=frozenset({"demodam"}), kinds=frozenset({"artikel"}))),
        ("jongeren", Filters(areas=frozenset({"demodam.centrum"}))),
        ("melden", Filters(years=frozenset({"1999"}))),
    ],
)
def test_the_database_orders_and_counts_as_one_does_by_hand(reader, text, filters):
    question = parse(text, "nl", synonyms_for("nl"))
    for every, page in ((True, 1), (False, 1), (False, 2)):
        asker = Asker(reader, "nl", admitted_keys(reader), filters, page)

        found = DATABASE.search(question, asker, every=every)

        wanted = found_by_hand(question, asker, every=every)
        assert (found.total, found.count) == (wanted["total"], wanted["count"])
        assert list(found.shown) == wanted["shown"]
        for facet in found.facets:
            for choice in facet.choices:
                assert choice.count == wanted["counts"][facet.name][choice.value]
        told = {facet.name: len(facet.choices) for facet in found.facets}
        for name, counts in wanted["counts"].items():
            if found.total and len(counts) > 1:
                assert told[name] >= min(len(counts), MOST_CHOICES)


@pytest.mark.django_db
def test_places_with_something_for_several_audiences_are_among_the_answers(reader):
    keys = admitted_keys(reader)

    assert findable(Asker(reader, "nl", keys, Filters(), 1)).filter(shares_place=True).count() > 1

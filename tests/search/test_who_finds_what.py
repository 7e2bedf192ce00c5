"""Nothing of what somebody may not read can be seen in search: not a hit, not a number."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from wagtail.models import PageViewRestriction

from portal.accounts import audiences
from portal.accounts.models import User
from portal.accounts.services import end_role
from search import indexing
from search.engine import find
from search.models import SearchEntry
from tests.factories.accounts import ManagerFactory, UserFactory
from tests.factories.engines import lose_the_journal
from tests.factories.knowledge import (
    article,
    closed_library,
    for_audience,
    library,
    runbook,
    step,
    text,
)
from tests.factories.pages import close, news_index, news_item, standard_page
from tests.factories.search import everything_shown, found, told_unasked
from tests.factories.training import course, lesson, module_with_test

pytestmark = pytest.mark.django_db
CANARIES = {
    "public": "kanariegeel",
    "account": "kanarieblauw",
    "network": "kanarierood",
    "block": "kanariegroen",
    "editors": "kanariepaars",
    "password": "kanariebruin",
    "draft": "kanariewit",
    "step": "kanariezwart",
}
SEES = {
    "stranger": {"public"},
    "account": {"public", "account"},
    "professional": {"public", "account", "network", "block", "step"},
    "redacteur": {"public", "account", "network", "block", "editors"},
}


@pytest.fixture
def house(engine):
    """A page for each audience, each with a word that stands nowhere else."""
    article(
        f"Openbaar {CANARIES['public']}", body=[text("Een zorg."), for_audience(CANARIES["block"])]
    )
    account = standard_page(f"Account {CANARIES['account']}", slug="account")
    close(account)
    network = closed_library()
    close(network, audiences.NETWORK)
    article(f"Netwerk {CANARIES['network']}", below=network)
    editors = standard_page(f"Redactie {CANARIES['editors']}", slug="redactie")
    close(editors, audiences.of_role("redacteur"))
    password = standard_page(f"Geheim {CANARIES['password']}", slug="geheim")
    PageViewRestriction.objects.create(
        page=password, restriction_type=PageViewRestriction.PASSWORD, password="x"
    )
    article(f"Concept {CANARIES['draft']}").unpublish()
    book = runbook(steps=[step(f"Doe {CANARIES['step']}")])
    close(book.get_parent(), audiences.of_role("professional"))
    return network


def person(name):
    if name == "stranger":
        return AnonymousUser()
    return UserFactory(roles=[] if name == "account" else [name])


@pytest.mark.parametrize("name", SEES)
@pytest.mark.parametrize("place", CANARIES)
def test_a_word_is_found_by_who_may_read_it_and_unseen_by_anybody_else(house, name, place):
    user, canary = person(name), CANARIES[place]

    assert bool(find(canary, user=user).count) == (place in SEES[name])
    for typed in ("zorg", canary[:8], canary[:-1], canary.replace("kanarie", "kanari")):
        others = everything_shown(typed, user).replace(typed, "")
        for other, word in CANARIES.items():
            if other not in SEES[name]:
                assert word not in others, (name, other, typed)


@pytest.mark.usefixtures("engine")
def test_courses_and_lessons_are_found_by_who_may_read_them_and_an_article_in_one_place():
    basis = course("Leergang kanariezilver", goals="Beter kijken, kanarieroest.")
    close(basis, audiences.of_role("professional"))
    shown = article("Tekst van de kennisbank", body=[text("Dit is kanariegoud.")])
    lesson(
        module_with_test("Onderdeel", below=basis),
        "Stap kanariekoper",
        body=[text("Lees kanarietin.")],
        article=shown,
    )
    stranger, professional = person("stranger"), person("professional")
    for canary in ("kanariezilver", "kanarieroest", "kanariekoper", "kanarietin"):
        assert find(canary, user=professional).count == 1, canary
        assert find(canary, user=stranger).count == 0, canary
    assert found("kanariegoud", professional) == [shown.title]


def test_numbers_tell_a_stranger_nothing_of_what_is_closed(house):
    before = everything_shown("zorg", AnonymousUser())
    for number in range(3):
        article(f"Zorg {number}", below=house)

    assert everything_shown("zorg", AnonymousUser()) == before


def test_closing_a_branch_hides_it_at_once_and_opening_shows_it(house):
    canary = CANARIES["public"]
    restriction = close(library(), audiences.NETWORK)
    assert canary not in everything_shown(canary[:-1], AnonymousUser())
    assert find(canary, user=person("professional")).count == 1

    restriction.delete()

    assert find(canary, user=AnonymousUser()).count == 1


def test_changing_the_groups_of_a_branch_changes_who_finds_it(house):
    restriction = house.view_restrictions.get()
    reader, canary = person("professional"), CANARIES["network"]
    assert find(canary, user=reader).count == 1

    restriction.groups.clear()
    assert find(canary, user=reader).count == 0

    restriction.restriction_type = PageViewRestriction.LOGIN
    restriction.save()
    assert find(canary, user=person("account")).count == 1


def test_a_role_that_ended_finds_nothing_more_of_the_network(house):
    reader = person("professional")
    end_role(reader.memberships.get(), by=ManagerFactory())
    reader = User.objects.get(pk=reader.pk)

    for place in ("network", "block", "step"):
        canary = CANARIES[place]
        assert canary not in everything_shown(canary[:-1], reader)


def test_a_moved_page_takes_the_readers_of_its_new_place(house):
    page = article("Verhuist kanarieroze")
    page.move(house, pos="last-child")

    assert found("kanarieroze", AnonymousUser()) == []
    assert found("kanarieroze", person("professional")) == ["Verhuist kanarieroze"]


def test_an_entry_with_a_wrong_key_still_shows_nothing_of_a_closed_page(house):
    public = SearchEntry.objects.get(title__contains=CANARIES["public"], part=0).access_key
    SearchEntry.objects.update(access_key=public)

    assert find(CANARIES["network"], user=AnonymousUser()).count == 0


def test_what_is_for_an_audience_is_found_with_the_words_around_it(house):
    question = f"zorg {CANARIES['block']}"

    assert not find(question, user=person("professional")).is_partial
    assert find(question, user=person("professional")).count == 1


CHANGING = ("kanariesteen", "kanariehout", "kanarieglas")


@pytest.fixture
def changing(engine):
    """A branch with news for the network, and a word of it in a title, a summary and a text."""
    news = news_index()
    restriction = close(news, audiences.NETWORK)
    title, summary, words = CHANGING
    body = [("text", f"<p>Een zorg, {words}.</p>")]
    news_item(
        f"Zorg {title}", below=news, published_on="2026-11-01", summary=summary.title(), body=body
    )
    article("Zorg voor iedereen", body=[text("Een zorg.")])
    return restriction


def let_the_index_miss_everything(engine, monkeypatch):
    """From now on nothing that changes is written into the index."""
    if engine == "elasticsearch":
        lose_the_journal(monkeypatch)
    else:
        monkeypatch.setattr(indexing, "refresh_branch", lambda path: None)


def said_of_the_branch(user):
    """What anything shows somebody of the branch, by words of it, half words, and a common word."""
    typed = [*CHANGING, *(word[:-1] for word in CHANGING), *(word[:9] for word in CHANGING), "zorg"]
    shown = [told_unasked(user).lower()]
    shown += [everything_shown(one, user).lower().replace(one, "") for one in typed]
    return {word for word in CHANGING if any(word in text for text in shown)}


@pytest.mark.parametrize("is_stale", [False, True], ids=["index in step", "index that missed it"])
def test_a_branch_that_gets_other_readers_is_seen_by_no_former_one(
    changing, engine, is_stale, monkeypatch
):
    reader, editor = person("professional"), person("redacteur")
    assert said_of_the_branch(reader) == set(CHANGING)
    if is_stale:
        let_the_index_miss_everything(engine, monkeypatch)

    changing.groups.set([Group.objects.get_or_create(name=audiences.of_role("redacteur"))[0]])

    assert said_of_the_branch(reader) == set()
    assert said_of_the_branch(AnonymousUser()) == set()
    assert find("zorg", user=reader).count == 1
    if not is_stale:
        assert said_of_the_branch(editor) == set(CHANGING)


@pytest.mark.parametrize("is_stale", [False, True], ids=["index in step", "index that missed it"])
def test_who_loses_a_role_sees_no_word_of_it_anywhere(changing, engine, is_stale, monkeypatch):
    reader = person("professional")
    assert said_of_the_branch(reader) == set(CHANGING)
    if is_stale:
        let_the_index_miss_everything(engine, monkeypatch)

    end_role(reader.memberships.get(), by=ManagerFactory())
    reader = User.objects.get(pk=reader.pk)

    assert said_of_the_branch(reader) == set()
    assert find("zorg", user=reader).count == 1
    assert all(
        choice.count <= 1 for facet in find("zorg", user=reader).facets for choice in facet.choices
    )

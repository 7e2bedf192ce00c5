"""What a server beside the database must do: the same answers, never older ones, never none."""

import threading
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import connection

from portal.accounts import audiences
from portal.accounts.models import User
from portal.accounts.services import end_role
from search import changes
from search.elastic import engine as elastic
from search.elastic.connection import BREAKER, EngineDown, send
from search.elastic.sending import (
    answering,
    every_index,
    problems,
    rebuild,
    send_waiting,
    write_sources,
)
from search.engine import find, suggestions
from search.models import Change, SearchEntry
from tests.factories.accounts import ManagerFactory, UserFactory
from tests.factories.engines import lose_the_journal
from tests.factories.knowledge import article, closed_library, library, text
from tests.factories.pages import close
from tests.factories.search import everything_shown, found

pytestmark = [pytest.mark.elasticsearch, pytest.mark.usefixtures("node")]
ANYBODY = AnonymousUser()


@pytest.fixture
def away(settings):
    """Takes the server away and brings it back."""

    @contextmanager
    def _away():
        urls = settings.SEARCH_ENGINE_URLS
        settings.SEARCH_ENGINE_URLS = ["http://127.0.0.1:9"]
        yield
        settings.SEARCH_ENGINE_URLS = urls
        BREAKER.reset()

    return _away


def test_the_server_answers_and_not_the_database(monkeypatch):
    article("Een zorg")
    monkeypatch.setattr("search.engine.DATABASE", None)
    monkeypatch.setattr("search.elastic.connection.logger", None)  # has nothing to say

    assert found("zorgen", ANYBODY) == ["Een zorg"]
    assert suggestions("zor", user=ANYBODY) == ["Een zorg"]


def test_a_server_that_is_away_costs_a_visitor_nothing_but_a_line(away, client):
    article("Een zorg")
    with away():
        results = find("zorgen", user=ANYBODY)
        assert (results.count, results.is_limited) == (1, True)
        assert suggestions("zor", user=ANYBODY) == ["Een zorg"]
        page = client.get("/zoeken/", {"q": "zorgen"}).content.decode()
        assert "Beperkt zoeken" in page

    assert not find("zorgen", user=ANYBODY).is_limited


def test_what_was_published_while_it_was_away_is_found_afterwards(away):
    article("Van daarvoor")
    with away():
        article("Van tijdens")
        library().get_children().get(title="Van daarvoor").delete()
        assert found("tijdens", ANYBODY) == ["Van tijdens"]
        assert Change.objects.count() >= 2

    call_command("send_search_changes", verbosity=0)

    assert Change.objects.count() == 0
    assert problems() == []
    assert found("tijdens", ANYBODY) == ["Van tijdens"]


def test_what_waits_to_be_told_is_not_shown_from_an_older_version(monkeypatch):
    page = article("Oude kanariegeel", body=[text("Zorg.")])
    monkeypatch.setattr(changes, "tell", lambda: None)
    page.title = "Nieuwe tekst"
    page.save_revision().publish()

    assert find("kanariegeel", user=ANYBODY).count == 0


def test_a_server_that_lags_far_behind_is_not_asked(monkeypatch):
    monkeypatch.setattr(changes, "tell", lambda: None)
    monkeypatch.setattr(elastic, "MOST_UNTOLD", 1)
    for number in range(3):
        article(f"Zorg {number}")

    assert find("zorg", user=ANYBODY).count == 3


@pytest.mark.parametrize("typed", ["kanariegeel", "kanariegee", "zorg"])
def test_an_index_that_missed_the_closing_of_a_branch_shows_nothing_of_it(monkeypatch, typed):
    article("Zorg kanariegeel", body=[text("Een zorg.")])
    article("Zorg elders", below=closed_library(), body=[text("Een zorg.")])
    before = find("zorg", user=ANYBODY).count
    assert before == 2
    lose_the_journal(monkeypatch)
    close(library(), audiences.NETWORK)

    shown = everything_shown(typed, ANYBODY).replace(typed, "")

    assert "kanariegeel" not in shown
    assert find("zorg", user=ANYBODY).count == 0
    assert not find("zorg", user=ANYBODY).facets


def test_an_index_that_missed_a_move_shows_no_word_of_what_moved_behind_a_door(monkeypatch):
    page = article("Zorg kanariegeel")
    door = closed_library()
    close(door, audiences.NETWORK)
    lose_the_journal(monkeypatch)
    page.move(door, pos="last-child")

    for typed in ("kanariegee", "zorg"):
        assert "kanariegeel" not in everything_shown(typed, ANYBODY)


def test_a_role_that_ended_counts_at_once_whatever_the_index_knows(monkeypatch):
    door = closed_library()
    close(door, audiences.NETWORK)
    article("Zorg kanariegeel", below=door)
    reader = UserFactory(roles=["professional"])
    assert find("zorg", user=reader).count == 1
    lose_the_journal(monkeypatch)
    end_role(reader.memberships.get(), by=ManagerFactory())

    assert find("zorg", user=User.objects.get(pk=reader.pk)).count == 0


def test_a_rebuild_answers_all_the_time_and_takes_the_place_of_the_old(settings):
    article("Een zorg")
    (old,) = answering()
    seen = []

    def meanwhile(number):
        if seen:
            return
        seen.append(find("zorg", user=ANYBODY).count)
        article("Zorg van tijdens het bouwen")
        library().get_children().get(title="Een zorg").delete()

    name = rebuild(meanwhile)

    assert seen == [1]
    assert answering() == [name] != [old]
    assert send("GET", f"/{old}", missing_ok=True) == {}
    assert problems() == []
    assert found("zorg", ANYBODY) == ["Zorg van tijdens het bouwen"]
    assert Change.objects.count() == 0


def test_a_rebuild_that_was_broken_off_is_cleared_away_by_the_next(settings):
    send("PUT", f"/{settings.SEARCH_INDEX}-half", {})

    call_command("rebuild_search", only_engine=True, verbosity=0)

    assert len(send("GET", f"/{settings.SEARCH_INDEX}-*")) == 1


def test_health_tells_what_the_server_lacks_and_what_it_should_not_have(capsys):
    article("Een zorg")
    gone = article("Verdwenen")
    call_command("search_health")
    SearchEntry.objects.filter(page=gone).update(source="page:999999")

    with pytest.raises(SystemExit):
        call_command("search_health")

    said = capsys.readouterr().out
    assert f"should not have page:{gone.pk}/0" in said
    assert "lacks page:999999/0" in said


def test_health_and_rebuild_say_that_the_server_is_away(away, capsys):
    with away():
        with pytest.raises(SystemExit):
            call_command("search_health")
        with pytest.raises(CommandError, match="does not answer"):
            call_command("rebuild_search", only_engine=True, verbosity=0)
    assert "elasticsearch does not answer" in capsys.readouterr().out


def test_after_one_refusal_the_server_is_left_alone_for_a_while(away, monkeypatch):
    with away():
        with pytest.raises(EngineDown):
            send("GET", "/")
        with monkeypatch.context() as patched, pytest.raises(EngineDown):
            patched.setattr("search.elastic.connection.transport", None)  # is not used
            send("GET", "/")


def test_many_visitors_at_once_share_the_connections():
    article("Een zorg")
    counts = []

    def ask():
        counts.append(send("GET", "/_cluster/health")["status"])

    threads = [threading.Thread(target=ask) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(counts) == 8


def test_a_far_page_is_the_last_page():
    for number in range(12):
        article(f"Zorg {number}")

    results = find("zorg", user=ANYBODY, page=90)

    assert (results.page, len(results.hits), results.count) == (2, 2, 12)
    assert send_waiting() == 0


def test_what_a_slow_process_sends_late_does_not_replace_what_is_newer():
    page = article("Oude zorg")
    (entry,) = SearchEntry.objects.filter(page=page)
    (name,) = every_index()
    last = 10**6
    write_sources(name, {entry.source: last})
    SearchEntry.objects.filter(pk=entry.pk).update(title_tokens="kanarie")

    write_sources(name, {entry.source: last - 1})

    assert find("kanarie", user=ANYBODY).count == 0
    write_sources(name, {entry.source: last})
    assert find("kanarie", user=ANYBODY).count == 1


def test_no_transaction_is_open_while_the_server_is_told(monkeypatch):
    depth, seen = len(connection.savepoint_ids), []
    monkeypatch.setattr(changes, "tell", lambda: None)
    article("Een zorg")

    def listening(*asked, **options):
        seen.append(len(connection.savepoint_ids))
        return send(*asked, **options)

    monkeypatch.setattr("search.elastic.sending.send", listening)
    assert send_waiting()
    assert set(seen) == {depth}

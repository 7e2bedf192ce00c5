"""Editors see what visitors look for and do not find; nobody sees who looked."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.utils import timezone

from portal.accounts import audiences
from search import question_log
from search.engine import find
from search.models import AskedQuestion, BestBet, Synonym
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import article, closed_library
from tests.factories.pages import close
from tests.factories.signing_in import sign_in

pytestmark = pytest.mark.django_db
ANYBODY = AnonymousUser()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    question_log.BUFFER.take()
    monkeypatch.setattr(question_log, "AT_ONCE", 1)


def ask(client, text, times=1, **asked):
    for _time in range(times):
        client.get("/zoeken/", {"q": text, **asked})


def test_words_are_kept_from_the_third_time_on_and_not_before(client):
    ask(client, "Jan Jansen", 2)
    assert [(row.text, row.asked) for row in AskedQuestion.objects.all()] == [("", 2)]

    ask(client, "jan  jansen")

    (row,) = AskedQuestion.objects.all()
    assert (row.text, row.asked, row.without_results) == ("jan jansen", 3, 3)


@pytest.mark.parametrize("text", ["bel 0612345678", "123456782", "jan@example.nl", "a" * 61, "???"])
def test_what_looks_like_somebody_is_not_counted_at_all(client, text):
    ask(client, text, 3)

    assert not AskedQuestion.objects.exists()


def test_nothing_kept_tells_who_asked():
    names = {field.name for field in AskedQuestion._meta.get_fields()}

    assert names == {
        "id",
        "digest",
        "text",
        "language",
        "asked",
        "without_results",
        "last_asked_on",
    }


def test_a_digest_is_not_to_be_read_without_the_key(settings):
    mine = question_log.digest_of("zorg", "nl")
    settings.SECRET_KEY = "another"

    assert question_log.digest_of("zorg", "nl") != mine


def test_turning_a_page_and_filtering_is_not_asking_again(client):
    article("Een zorg")
    ask(client, "zorg", 3, soort="artikel")

    assert not AskedQuestion.objects.exists()


def test_a_process_writes_many_questions_in_one_go(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(question_log, "AT_ONCE", 3)
    for text in ("een", "twee"):
        question_log.count(f"zorg {text}", "nl", found=True)
    assert not AskedQuestion.objects.exists()

    question_log.count("zorg drie", "nl", found=False)

    assert AskedQuestion.objects.count() == 3


def test_what_nobody_asks_any_more_is_deleted():
    today = timezone.localdate()
    for text, days in (("", 31), ("", 29), ("oud", 181), ("nog niet", 179)):
        AskedQuestion.objects.create(
            digest=f"{text}{days}", text=text, asked=1, last_asked_on=today - timedelta(days=days)
        )

    call_command("prune_questions", verbosity=0)

    assert sorted(AskedQuestion.objects.values_list("digest", flat=True)) == ["29", "nog niet179"]


def test_an_editor_sees_what_found_nothing_first_and_makes_a_synonym_of_it(client):
    article("Gesprek met een imam")
    ask(client, "voorganger", 3)
    ask(client, "gesprek", 4)
    ask(client, "zeldzaam", 2)
    sign_in(client, UserFactory(roles=["redacteur"]))

    html = client.get("/beheer/zoekvragen/").content.decode()

    assert html.index("voorganger") < html.index(">gesprek<") if ">gesprek<" in html else True
    assert "zeldzaam" not in html
    assert "/beheer/synoniemen/new/?vraag=voorganger" in html
    assert "/beheer/aanraders/new/?vraag=voorganger" in html
    form = client.get("/beheer/synoniemen/new/?vraag=voorganger").content.decode()
    assert "voorganger</textarea>" in form
    client.post("/beheer/synoniemen/new/", {"words": "voorganger\nimam", "language": "nl"})
    assert Synonym.objects.count() == 1
    assert find("voorganger", user=ANYBODY).count == 1


def test_an_editor_can_not_change_or_add_a_question(client):
    row = AskedQuestion.objects.create(
        digest="x", text="zorg", asked=3, last_asked_on=timezone.localdate()
    )
    sign_in(client, UserFactory(roles=["redacteur"]))

    for address in ("new/", f"edit/{row.pk}/", f"delete/{row.pk}/"):
        assert client.get(f"/beheer/zoekvragen/{address}").status_code in (302, 403, 404)


def test_a_best_bet_stands_on_top_for_the_same_words_in_another_form(client):
    page = article("Een plan voor de straat")
    sign_in(client, UserFactory(roles=["redacteur"]))
    sent = {"question": "melden zorg", "page": page.pk, "description": "Begin hier."}
    assert client.post("/beheer/aanraders/new/", sent).status_code == 302
    client.logout()

    html = client.get("/zoeken/", {"q": "Zorgen melden"}).content.decode()

    assert "Gekozen door de redactie" in html
    assert "Een plan voor de straat" in html
    assert not find("melden", user=ANYBODY).best_bets


def test_a_best_bet_behind_a_door_is_shown_to_who_may_pass_only(client):
    door = closed_library()
    page = article("Dicht kanarierood", below=door)
    close(door, audiences.NETWORK)
    form = BestBet(page=page, description="Begin bij kanariegeel.")
    from wagtail.contrib.search_promotions.models import Query

    form.query = Query.get("zorg")
    form.save()

    assert not find("zorg", user=ANYBODY).best_bets
    assert "kanarie" not in client.get("/zoeken/", {"q": "zorg"}).content.decode()
    (pick,) = find("zorg", user=UserFactory(roles=["professional"])).best_bets
    assert pick.title == "Dicht kanarierood"

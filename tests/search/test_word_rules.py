"""Editors put a word right, and it counts from the next question on."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.management import call_command

from search import jobs
from search.models import WordRule
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import article, text
from tests.factories.search import found
from tests.factories.signing_in import sign_in

pytestmark = pytest.mark.django_db
ANYBODY = AnonymousUser()


def rule(forms="kletsmajoor kletsmajoors", lemma="kletsmajoor", parts="", **fields):
    made = WordRule(forms=forms, lemma=lemma, parts=parts, **fields)
    made.full_clean()
    made.save()
    jobs.analyse_again.func(sorted({*made.words_before, *made.words}))
    return made


def test_a_word_that_was_not_cut_is_found_by_its_parts_at_once():
    article("Uitleg", body=[text("De blubberfop is hier.")])
    assert found("fop", ANYBODY) == []

    rule("blubberfop blubberfoppen", "blubberfop", "blubber fop")

    assert found("fop", ANYBODY) == ["Uitleg"]
    assert found("blubberfoppen", ANYBODY) == ["Uitleg"]


def test_a_word_that_is_cut_wrongly_is_left_whole_at_once(capsys):
    article("Uitleg", body=[text("Het buurtoverleg is hier.")])
    assert found("overleg", ANYBODY) == ["Uitleg"]

    made = rule("buurtoverleg buurtoverleggen", "buurtoverleg")
    assert found("overleg", ANYBODY) == []
    call_command("analyse_dutch", "buurtoverleggen")
    assert capsys.readouterr().out == "buurtoverleg\n"

    words = made.words
    made.delete()
    jobs.analyse_again.func(words)
    assert found("overleg", ANYBODY) == ["Uitleg"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"forms": "...", "lemma": "woord"}, "forms"),
        ({"forms": "woord", "lemma": "twee woorden"}, "lemma"),
        ({"forms": "", "lemma": "woord"}, "forms"),
    ],
)
def test_a_rule_that_says_nothing_is_refused(fields, field):
    with pytest.raises(ValidationError) as error:
        WordRule(**fields).full_clean()
    assert field in error.value.message_dict


def test_a_form_has_one_rule():
    rule()
    with pytest.raises(ValidationError, match="kletsmajoor"):
        rule("kletsmajoors", "kletser")


@pytest.mark.parametrize("role", ["redacteur", "eindredacteur"])
def test_an_editor_keeps_the_exceptions_on_a_screen(client, role):
    sign_in(client, UserFactory(roles=[role]))
    address = "/beheer/woorduitzonderingen/"

    sent = {"forms": "blubberfop", "lemma": "blubberfop", "parts": "blubber fop", "note": ""}
    answer = client.post(f"{address}new/", sent)

    assert answer.status_code == 302
    assert "blubber fop" in client.get(address).content.decode()


@pytest.mark.parametrize("path", ["woorduitzonderingen", "zoekvragen", "aanraders", "synoniemen"])
def test_who_edits_nothing_public_sees_no_screen_of_search(client, path):
    sign_in(client, UserFactory(roles=["professional"]))

    assert client.get(f"/beheer/{path}/").status_code in (302, 403, 404)

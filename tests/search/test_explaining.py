"""An editor asks why a page is found, or not."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command

from portal.accounts import audiences
from search.explaining import explain
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import article, closed_library, text
from tests.factories.pages import close

pytestmark = pytest.mark.django_db
ANYBODY = AnonymousUser()


def test_it_tells_where_each_word_stands_and_the_number_in_the_answer(capsys):
    article("Zorgen in de buurt")
    article("Iets anders", slug="anders", body=[text("Een zorg over de buurt.")])

    call_command("explain_hit", "buurt zorg", "/kennisbank/anders/")

    said = capsys.readouterr().out
    assert "question: buurt + zorg" in said
    assert "zorg: any 1" in said
    assert "every word: number 2 of 2" in said


def test_it_tells_a_stranger_only_that_a_closed_page_is_not_theirs():
    door = closed_library()
    close(door, audiences.NETWORK)
    article("Zorg kanarierood", slug="dicht", below=door)
    address = "/kennisbank/netwerk/dicht/"

    said = "\n".join(explain("zorg", address, user=ANYBODY))
    assert "may not find it" in said
    assert "number" not in said
    assert "number 1 of 1" in "\n".join(
        explain("zorg", address, user=UserFactory(roles=["professional"]))
    )


def test_it_says_when_there_is_nothing_at_an_address_or_nothing_holds_the_words():
    article("Zorg", slug="zorg")

    assert "nothing to find" in "\n".join(explain("zorg", "/nergens/", user=ANYBODY))
    assert "Nothing holds" in "\n".join(explain("kanarie", "/kennisbank/zorg/", user=ANYBODY))
    with pytest.raises(CommandError, match="no account"):
        call_command("explain_hit", "zorg", "/", email="niemand@example.nl")

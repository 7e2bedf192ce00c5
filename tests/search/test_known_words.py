"""The words that can be offered as another spelling, under the keys of one visitor."""

import pytest

from search.models import AccessKey, Word
from search.vocabulary import KEYS_AT_ONCE, known_words

pytestmark = pytest.mark.django_db


def keys_with_words(count):
    keys = [AccessKey.objects.create(text=f"regel {number}") for number in range(count)]
    for number, key in enumerate(keys):
        for text in ("zorg" + "abc"[number % 3], "vredig"):
            Word.objects.create(access_key=key, language="nl", text=text)
    return [key.pk for key in keys]


@pytest.mark.parametrize("count", [1, 40])
def test_the_words_of_few_and_of_many_keys_cost_one_question(count, django_assert_num_queries):
    keys = keys_with_words(count)

    with django_assert_num_queries(1):
        found = known_words(keys, "nl")

    assert len(found) == count
    assert found[0] == {5: "zorga", 6: "vredig"}


def test_more_keys_than_fit_in_one_question_are_asked_in_some():
    keys = keys_with_words(3)

    found = known_words([*range(-KEYS_AT_ONCE, 0), *keys], "nl")

    assert [words[5] for words in found[-3:]] == ["zorga", "zorgb", "zorgc"]


def test_the_words_of_another_language_stay_apart():
    assert known_words(keys_with_words(1), "en") == [{}]


@pytest.mark.django_db(transaction=True)
def test_a_new_word_is_known_beside_those_from_before(monkeypatch):
    monkeypatch.setattr("search.vocabulary._known", {})  # what is remembered outlives a test
    keys = keys_with_words(2)
    assert known_words(keys, "nl")[1][5] == "zorgb"

    Word.objects.create(access_key_id=keys[1], language="nl", text="zorgx")

    assert known_words(keys, "nl") == [{5: "zorga", 6: "vredig"}, {5: "zorgb,zorgx", 6: "vredig"}]

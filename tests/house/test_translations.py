"""Everything that people read is there in Dutch; English is the text in the code."""

import re
from importlib.util import find_spec
from pathlib import Path

import polib
import pytest

from portal.locale_collect import ROOMS, ROOT, catalogue, in_python, in_template, texts_of

HERE = [room for room in ROOMS if texts_of(room)]
# Words of Wagtail and allauth that we say otherwise on purpose, with the same meaning.
SAID_BETTER = {
    "Action",
    "Activate",
    "Approve",
    "Approve with comment",
    "Are you sure?",
    "Caption",
    "Close",
    "Filter",
    "Public",
    "Request changes",
    "Sign in with a passkey",
    "active",
    "provider",
    "slug",
}
FAMILIAR = re.compile(r"\b(?:jij|jou|jouw|jullie)\b", re.IGNORECASE)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|{\w*}")


def entries(room):
    path = catalogue(room)
    found = polib.pofile(str(path)) if path.exists() else []
    return {(entry.msgctxt, entry.msgid): entry for entry in found}


def dutch(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("room", HERE)
def test_every_text_of_a_room_is_there_in_dutch(room):
    known = entries(room)
    lacking = [
        text.msgid
        for text in texts_of(room)
        if (text.context, text.msgid) not in known
        or not all(dutch(known[text.context, text.msgid]))
        or bool(text.plural) != bool(known[text.context, text.msgid].msgid_plural)
    ]
    assert not lacking, "python -m portal.locale_collect adds them; then translate"


@pytest.mark.parametrize("room", HERE)
def test_no_translation_is_a_guess_or_left_over(room):
    wanted = {(text.context, text.msgid) for text in texts_of(room)}
    for key, entry in entries(room).items():
        assert not entry.fuzzy, entry.msgid
        assert not entry.obsolete, entry.msgid
        assert key in wanted, f"nothing says {entry.msgid!r} any more"


@pytest.mark.parametrize("room", HERE)
def test_a_translation_fills_in_what_the_text_fills_in(room):
    for entry in entries(room).values():
        allowed = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        for text in dutch(entry):
            assert set(PLACEHOLDER.findall(text)) <= allowed, entry.msgid
        last = dutch(entry)[-1]
        assert set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid)) <= set(
            PLACEHOLDER.findall(last)
        ), entry.msgid


@pytest.mark.parametrize("room", HERE)
def test_people_are_addressed_with_u(room):
    texts = [text for entry in entries(room).values() for text in dutch(entry)]
    assert [text for text in texts if FAMILIAR.search(text)] == []


def test_the_rooms_say_the_same_thing_in_the_same_words():
    found = {}
    for room in HERE:
        for key, entry in entries(room).items():
            found.setdefault(key, set()).add(tuple(dutch(entry)))
    assert {key: words for key, words in found.items() if len(words) > 1} == {}


def test_our_words_do_not_change_the_screens_of_others():
    """Catalogues are one at run time, and ours answer first: "Reports" once renamed a menu of Wagtail."""
    ours = {key[1]: dutch(entry)[0] for room in HERE for key, entry in entries(room).items()}
    changed = {
        entry.msgid
        for path in files_of("wagtail", "wagtail_modeladmin", "allauth")
        for entry in polib.mofile(str(path))
        if not entry.msgctxt and entry.msgid in ours and dutch(entry)[0] != ours[entry.msgid]
    }
    assert changed - SAID_BETTER == set()


def files_of(*packages):
    for package in packages:
        folder = Path(find_spec(package).origin).parent
        yield from folder.rglob("locale/nl/LC_MESSAGES/django.mo")


@pytest.mark.parametrize("room", HERE)
def test_english_is_only_written_down_where_it_differs_from_the_code(room):
    path = ROOT / room / "locale/en/LC_MESSAGES/django.po"
    for entry in polib.pofile(str(path)) if path.exists() else []:
        assert all(dutch(entry)), entry.msgid
        assert entry.msgstr != entry.msgid


def test_texts_are_found_wherever_gettext_finds_them():
    python = [*in_python("_('a'); x = f\"{gettext('b')}\"; ngettext('one', 'more', n); _(name)")]
    template = [
        *in_template(
            "{% translate 'c' %}{% blocktranslate count n=n trimmed %}\n d\n{% plural %}\n e\n"
            "{% endblocktranslate %}{% translate 'May' context 'month' %}{# {% translate 'x' %} #}"
        )
    ]
    assert {(text.msgid, text.plural) for text in python} == {("a", ""), ("b", ""), ("one", "more")}
    assert {(text.context, text.msgid, text.plural) for text in template} == {
        (None, "c", ""),
        (None, "d", "e"),
        ("month", "May", ""),
    }

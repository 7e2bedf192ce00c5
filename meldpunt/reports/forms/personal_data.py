"""Details of a person in free text: noticed, told to the writer, never blocked (GR-05)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_NUMBER = re.compile(r"(?<!\d)\d{8,9}(?!\d)")
_PATTERNS: list[tuple[re.Pattern[str], Promise]] = [
    (re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), _("an e-mail address")),
    (
        re.compile(r"(?<!\d)(?:\+31|0031|0)[\s-]?\(?(?:0\)?)?[1-9](?:[\s-]?\d){8}(?!\d)"),
        _("a telephone number"),
    ),
    (re.compile(r"(?<![\w@.])@[A-Za-z0-9_.]{3,30}"), _("a name on social media")),
    (
        re.compile(
            r"(?:instagram|facebook|tiktok|x|twitter|snapchat|telegram|t|youtube|linkedin)"
            r"\.(?:com|me|nl)/\S+",
            re.IGNORECASE,
        ),
        _("the address of a profile"),
    ),
    (
        re.compile(
            r"(?<![\w-])(?:[A-Z]{2}-\d{3}-[A-Z]|[A-Z]-\d{3}-[A-Z]{2}|\d{2}-[A-Z]{2,3}-\d{1,2}"
            r"|[A-Z]{2}-\d{2}-[A-Z]{2}|[A-Z]{2}-[A-Z]{2}-\d{2}|\d{2}-\d{2}-[A-Z]{2}"
            r"|\d-[A-Z]{3}-\d{2}|\d{2}-[A-Z]{3}-\d)(?![\w-])"
        ),
        _("a licence plate"),
    ),
]
# Capitals that begin a sentence or name a day, not a person.
_BEGINNINGS = frozenset(
    [
        "Aan",
        "Als",
        "Bij",
        "Daar",
        "Dan",
        "Dat",
        "De",
        "Deze",
        "Die",
        "Dit",
        "Door",
        "Een",
        "Eens",
        "En",
        "Er",
        "Ergens",
        "Gisteren",
        "Haar",
        "Hen",
        "Het",
        "Hier",
        "Hij",
        "Hoe",
        "Hun",
        "Ik",
        "In",
        "Je",
        "Jij",
        "Maar",
        "Mensen",
        "Met",
        "Mij",
        "Mijn",
        "Na",
        "Naar",
        "Nadat",
        "Nee",
        "Niet",
        "Nu",
        "Of",
        "Om",
        "Omdat",
        "Onder",
        "Ons",
        "Onze",
        "Ook",
        "Op",
        "Over",
        "Sinds",
        "Soms",
        "Steeds",
        "Tegen",
        "Tijdens",
        "Toch",
        "Toen",
        "Tot",
        "Tussen",
        "Uit",
        "Van",
        "Vanaf",
        "Vandaag",
        "Veel",
        "Verder",
        "Volgens",
        "Voor",
        "Vorige",
        "Waar",
        "Wanneer",
        "Want",
        "Wat",
        "We",
        "Wie",
        "Wij",
        "Ze",
        "Zij",
        "Zijn",
        "Zo",
        "A",
        "After",
        "An",
        "And",
        "At",
        "Because",
        "Before",
        "But",
        "During",
        "For",
        "From",
        "He",
        "Her",
        "His",
        "I",
        "If",
        "In",
        "It",
        "Last",
        "Later",
        "My",
        "No",
        "Now",
        "On",
        "Our",
        "She",
        "Since",
        "Some",
        "Somebody",
        "Sometimes",
        "That",
        "The",
        "Their",
        "Then",
        "There",
        "They",
        "This",
        "Today",
        "Under",
        "Until",
        "We",
        "What",
        "When",
        "Where",
        "While",
        "Who",
        "With",
        "Yes",
        "Yesterday",
        "You",
        "Maandag",
        "Dinsdag",
        "Woensdag",
        "Donderdag",
        "Vrijdag",
        "Zaterdag",
        "Zondag",
        "Januari",
        "Februari",
        "Maart",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Augustus",
        "September",
        "Oktober",
        "November",
        "December",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "May",
        "June",
        "July",
        "August",
        "October",
        "Den",
        "Noord",
        "Oost",
        "Zuid",
        "West",
        "Nieuwe",
        "Oude",
        "Nederlandse",
        "Nederland",
        "Sint",
        "Station",
        "Plein",
        "School",
        "Park",
    ]
)
_BETWEEN = (
    r"(?:\s+(?:[Vv]an|[Dd]e|der|den|het|ten|ter|[Ee]l|[Aa]l|bin|ibn|ben|la|da|dos|von|ould|'t))*"
)
_WORD = r"[A-ZÀ-Þ][a-zß-ÿ'’-]+"
_TWO_NAMES = re.compile(rf"(?<![\w@.])({_WORD}){_BETWEEN}\s+({_WORD})(?!\w)")
_CALLED = re.compile(
    rf"\b(?:heet|heten|genaamd|named|called|meneer|mevrouw|dhr\.?|mevr\.?|mr\.?|mrs\.?)\s+({_WORD})"
)
_OPINIONS = re.compile(
    r"\b(ik denk|ik vind|ik vermoed|ik ben bang|volgens mij|waarschijnlijk|vast wel|hij is vast|"
    r"zij is vast|radicaliseert|radicaal|extremist\w*|terrorist\w*|gevaarlijk|verdacht|"
    r"i think|i believe|i suspect|i fear|in my opinion|probably|radicali[sz]\w*|extremists?|"
    r"terrorists?|dangerous|suspicious)\b",
    re.IGNORECASE,
)
BSN = _("a citizen service number (BSN)")


def noticed(text: str) -> list[Promise]:
    """What kinds of personal details ``text`` seems to hold, each once."""
    found = [label for pattern, label in _PATTERNS if pattern.search(text)]
    if any(is_bsn(number) for number in _NUMBER.findall(text)):
        found.insert(0, BSN)
    return found


def is_bsn(number: str) -> bool:
    """Whether the digits pass the test of a citizen service number (elfproef)."""
    digits = [int(digit) for digit in number.zfill(9)]
    weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
    total = sum(digit * weight for digit, weight in zip(digits, weights, strict=True))
    return total != 0 and total % 11 == 0


@dataclass(frozen=True)
class Notice:
    """What a text seems to hold, and what to write instead."""

    what: Promise
    instead: Promise
    found: str = ""


INSTEAD = {
    "name": _("Write what somebody is to you: “a neighbour”, “a boy from my class”."),
    "number": _("Take it out. We can help without it."),
    "online": _("Write what you see there, not of whom: “a public account with many followers”."),
    "opinion": _("Write what you saw or heard first. What you think comes on a later page."),
}
_ONLINE = (_("a name on social media"), _("the address of a profile"))


def notices_in(text: str, *, known: Iterable[str] = ()) -> list[Notice]:
    """What seems to be about a person, each with a suggestion; ``known``: names of places."""
    found = [
        Notice(what, INSTEAD["online" if str(what) in map(str, _ONLINE) else "number"])
        for what in noticed(text)
    ]
    if name := name_in(text, known=known):
        found.insert(0, Notice(_("a name"), INSTEAD["name"], name))
    return found


def name_in(text: str, *, known: Iterable[str] = ()) -> str:
    """The first thing in ``text`` that looks like the name of a person, or nothing."""
    for place in known:
        text = text.replace(place, " ")
    for match in _TWO_NAMES.finditer(text):
        if not _BEGINNINGS & {match[1], match[2]}:
            return match[0]
    called = _CALLED.search(text)
    return called[1] if called else ""


def opinions_in(text: str) -> list[Notice]:
    """The first thought between the facts, if there is one."""
    match = _OPINIONS.search(text)
    return [Notice(_("what you think of it"), INSTEAD["opinion"], match[0])] if match else []

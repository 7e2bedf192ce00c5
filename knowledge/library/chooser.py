"""The chooser "who can help me?": two questions whose answers stand in the address."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import get_language
from wagtail.models import Page

from portal.pages.fields import stored
from portal.pages.visibility import remembered_alike

PER_PAGE = 50


@dataclass(frozen=True)
class Choice:
    """One answer: its text, the address that chooses it, whether it is chosen."""

    word: str
    label: str
    address: str
    is_chosen: bool


def chooser_context(
    index: Page, request: HttpRequest, cards: Any, for_whom: Any, topics: Any
) -> dict[str, Any]:
    """Both questions and the cards that fit; nothing is stored. An unknown answer is no answer."""
    who = known(request.GET.get("voor"), for_whom)
    what = known(request.GET.get("over"), topics)
    if who:
        cards = cards.filter(for_whom__contains=stored(who))
    if what:
        cards = cards.filter(topics__contains=stored(what))
    cards = cards.defer("body", "related").order_by("-is_emergency", "rank", "title")
    number = request.GET.get("page", "")[:5]

    def load() -> tuple[Any, str]:
        page = Paginator(cards, PER_PAGE).get_page(number)
        page.object_list = list(page.object_list)
        drawn = {"cards": page.object_list, "request": request}
        return page, render_to_string("knowledge/library/help_cards.html", drawn)

    # A card says for how long it was not checked, so the day counts too.
    name = f"help:{index.pk}:{get_language()}:{who}:{what}:{number}:{localdate()}"
    page, drawn = remembered_alike(name, request, load)
    return {
        "who": who,
        "what": what,
        "who_choices": choices(for_whom, "voor", who, {"over": what}),
        "what_choices": choices(topics, "over", what, {"voor": who}),
        "cards": page,
        "drawn": drawn if page.object_list else "",
    }


def known(word: str | None, words: Any) -> str:
    """The word when it is one of the list, else the empty text."""
    return word if word and word in words.values else ""


def choices(words: Any, name: str, chosen: str, other: dict[str, str]) -> list[Choice]:
    """A link for every answer that keeps the other answer; the chosen one takes itself back."""
    kept = {key: value for key, value in other.items() if value}
    return [
        Choice(
            word=word,
            label=str(label),
            address="?" + urlencode(kept if word == chosen else {name: word, **kept}),
            is_chosen=word == chosen,
        )
        for word, label in words.choices
    ]

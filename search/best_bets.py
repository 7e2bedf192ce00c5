"""What editors put on top of the results of a question (Wagtail's search promotions)."""

from collections.abc import Sequence
from dataclasses import dataclass

from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page

from portal.pages.memory import remembered
from portal.pages.visibility import Visitor, visible_pages_q
from search.analysis import Analyser, analyser_for


@dataclass(frozen=True)
class Pick:
    """One result that editors chose for a question."""

    title: str
    url: str
    description: str


@dataclass(frozen=True)
class Promoted:
    """A promotion as it is kept: for which words, and where it leads."""

    tokens: frozenset[str]
    page_id: int | None
    title: str
    url: str
    description: str


def best_bets_for(text: str, *, visitor: Visitor, language: str) -> list[Pick]:
    """What editors chose for these words in any order and form, if the visitor may read it.

    No query without a promotion for the question, one with.
    """
    asked = tokens_of(text, analyser_for(language))
    chosen = [one for one in every_promotion(language) if one.tokens == asked] if asked else []
    if not chosen:
        return []
    pages = {
        page.pk: page
        for page in Page.objects.filter(
            visible_pages_q(visitor),
            pk__in=[one.page_id for one in chosen if one.page_id],
            locale__language_code=language,
        )
    }
    return list(_shown(chosen, pages))


def _shown(chosen: Sequence[Promoted], pages: dict[int, Page]) -> list[Pick]:
    shown = []
    for one in chosen:
        page = pages.get(one.page_id or 0)
        if page:
            shown.append(Pick(page.title, page.get_url() or "/", one.description))
        elif not one.page_id:
            shown.append(Pick(one.title, one.url, one.description))
    return shown


def every_promotion(language: str) -> list[Promoted]:
    """All of them, analysed. One query, until an editor changes one."""
    return remembered(f"search_best_bets:{language}", lambda: _asked(language))


def _asked(language: str) -> list[Promoted]:
    analyser = analyser_for(language)
    return [
        Promoted(
            tokens_of(promotion.query.query_string, analyser),
            promotion.page_id,
            promotion.external_link_text,
            promotion.external_link_url,
            promotion.description,
        )
        for promotion in SearchPromotion.objects.select_related("query")
    ]


def tokens_of(text: str, analyser: Analyser) -> frozenset[str]:
    """The words of a question in any order and form."""
    return frozenset(analyser.lemmas(text))

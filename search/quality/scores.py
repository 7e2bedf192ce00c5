"""nDCG@10 and recall@10 of a way to search."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from django.contrib.auth.models import AnonymousUser
from wagtail.models import Locale, Page

from portal.pages.visibility import Visitor, visible_pages_q
from search.engine import find
from search.models import SearchEntry
from search.quality.cases import Case, place_of

TOP = 10
Finder = Callable[[str, Visitor], Sequence[str]]


@dataclass(frozen=True)
class Measured:
    """One question and what came of it."""

    case: Case
    found: Sequence[str]
    ndcg: float
    recall: float


@dataclass(frozen=True)
class Score:
    """The mean over questions."""

    questions: int
    ndcg: float
    recall: float


def ndcg(found: Sequence[str], answers: Mapping[str, int]) -> float:
    """How much of the best possible order the first ten reach, from 0 to 1.

    Gains are 2^grade - 1 and places count by 1 / log2(place + 1): Järvelin and Kekäläinen, as
    usual for graded answers.
    """
    best = _gain(sorted(answers.values(), reverse=True))
    return _gain([answers.get(place, 0) for place in found]) / best if best else 0.0


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(at + 2) for at, grade in enumerate(grades[:TOP]))


def recall(found: Sequence[str], answers: Mapping[str, int]) -> float:
    """Which part of the answers stands among the first ten, from 0 to 1."""
    return len(answers.keys() & set(found[:TOP])) / min(len(answers), TOP)


def portal_finds(text: str, user: Visitor) -> list[str]:
    """The places of the first ten results of this portal."""
    return [place_of(hit.url) for hit in find(text, user=user).hits]


def plain_wagtail_finds(text: str, user: Visitor) -> list[str]:
    """The first ten pages of Wagtail's own search over the pages that the visitor may read."""
    readable = set(Page.objects.filter(visible_pages_q(user)).values_list("pk", flat=True))
    found = Page.objects.live().filter(locale=Locale.get_default()).search(text)[: 10 * TOP]
    return [place_of(page.url or "") for page in found if page.pk in readable][:TOP]


def of_pages(cases: Iterable[Case]) -> list[Case]:
    """The same questions for a search that knows whole pages only.

    A step counts as found when its page is; words explained are no pages and are asked of nobody.
    """
    pages = dict(
        SearchEntry.objects.filter(anchor__startswith="stap-").values_list("anchor", "url_path")
    )
    return [
        Case(case.kind, case.text, case.by_stranger, answers)
        for case in cases
        if (answers := dict(_on_pages(case.answers, pages)))
    ]


def _on_pages(answers: Mapping[str, int], pages: Mapping[str, str]) -> Iterable[tuple[str, int]]:
    for place, grade in sorted(answers.items(), key=lambda answer: answer[1]):
        if not place.startswith("#"):
            yield place, grade
        elif place[1:] in pages:
            yield place_of(pages[place[1:]]), grade


def answerable(cases: Iterable[Case]) -> list[Case]:
    """The questions whose answers are all among what can be found here."""
    entries = SearchEntry.objects.filter(language="nl").values_list("url_path", "anchor")
    here = {place_of(f"{path}#{anchor}" if anchor else path) for path, anchor in entries}
    return [case for case in cases if case.answers.keys() <= here]


def measured(cases: Iterable[Case], finds: Finder, *, reader: Visitor) -> list[Measured]:
    """Ask every question.

    Args:
        cases: What to ask.
        finds: Gives the places of the results, the best first.
        reader: Who asks the questions that are not a stranger's.
    """
    done = []
    for case in cases:
        found = finds(case.text, AnonymousUser() if case.by_stranger else reader)
        done.append(Measured(case, found, ndcg(found, case.answers), recall(found, case.answers)))
    return done


def by_kind(done: Sequence[Measured]) -> dict[str, Score]:
    """The mean of each kind of question, and of all under ``all``."""
    kinds = list(dict.fromkeys(one.case.kind for one in done))
    groups = {kind: [one for one in done if one.case.kind == kind] for kind in kinds}
    return {name: _mean(group) for name, group in [*groups.items(), ("all", done)]}


def _mean(done: Sequence[Measured]) -> Score:
    count = len(done) or 1
    return Score(
        len(done), sum(one.ndcg for one in done) / count, sum(one.recall for one in done) / count
    )

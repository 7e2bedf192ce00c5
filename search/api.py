"""Searching for other systems: the same answers, for whoever is signed in."""

import html
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import strip_tags
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field, StringConstraints

from search.engine import find, suggestions
from search.models import Kind
from search.questions import LONGEST
from search.results import Facet, Filters, Hit
from search.views import not_kept

router = Router(tags=["zoeken"])


class Vraag(Schema):
    """A question with its filters."""

    model_config = ConfigDict(extra="ignore")
    q: str = Field(max_length=LONGEST, description="Wat u zoekt")
    soort: list[Kind] = []
    thema: list[str] = Field([], max_length=50)
    gemeente: list[str] = Field([], max_length=50)
    gebied: list[str] = Field([], max_length=50)
    jaar: list[Annotated[str, StringConstraints(pattern="^[0-9]{4}$")]] = Field([], max_length=50)
    pagina: int = Field(1, ge=1, le=10_000)
    taal: str = Field("nl", pattern="^(nl|en)$")


class Resultaat(Schema):
    """One result, as plain text."""

    titel: str
    fragment: str
    adres: str
    soort: str
    pad: list[str]
    openbaar: bool
    bijgewerkt_op: date | None


class Keuze(Schema):
    """One value to filter by."""

    waarde: str
    naam: str
    aantal: int


class Antwoord(Schema):
    """One page of results."""

    vraag: str
    aantal: int
    pagina: int
    paginas: int
    gedeeltelijk: bool
    bedoelde_u: str
    gezocht_op: str
    resultaten: list[Resultaat]
    facetten: dict[str, list[Keuze]]


class Suggesties(Schema):
    """Titles that begin as typed."""

    suggesties: list[str]


@router.get("/", response=Antwoord, summary="Zoek in alles wat u mag lezen", url_name="search")
def ask(request: HttpRequest, response: HttpResponse, asked: Query[Vraag]) -> dict[str, Any]:
    """Public results, and those of the network for who is signed in and may read them."""
    results = find(
        asked.q,
        user=request.user,
        filters=Filters(
            kinds=frozenset(asked.soort),
            themes=frozenset(asked.thema),
            municipalities=frozenset(asked.gemeente),
            areas=frozenset(asked.gebied),
            years=frozenset(asked.jaar),
        ),
        page=asked.pagina,
        language=asked.taal,
    )
    not_kept(response)
    return {
        "vraag": results.question,
        "aantal": results.count,
        "pagina": results.page,
        "paginas": results.pages,
        "gedeeltelijk": results.is_partial,
        "bedoelde_u": results.correction,
        "gezocht_op": results.asked,
        "resultaten": [as_result(hit) for hit in results.hits],
        "facetten": {facet.name: as_choices(facet) for facet in results.facets},
    }


@router.get("/suggesties", response=Suggesties, summary="Titels die zo beginnen")
def suggest(
    request: HttpRequest, response: HttpResponse, q: str = Query("", max_length=LONGEST)
) -> dict[str, list[str]]:
    """At most eight titles; none below three letters."""
    not_kept(response)
    return {"suggesties": suggestions(q, user=request.user)}


def as_result(hit: Hit) -> dict[str, Any]:
    """A hit without mark-up."""
    return {
        "titel": plain(hit.title),
        "fragment": plain(hit.passage),
        "adres": hit.url,
        "soort": hit.kind.value,
        "pad": list(hit.way),
        "openbaar": hit.is_public,
        "bijgewerkt_op": hit.updated,
    }


def as_choices(facet: Facet) -> list[dict[str, Any]]:
    """The values of a facet."""
    return [
        {"waarde": choice.value, "naam": choice.label, "aantal": choice.count}
        for choice in facet.choices
    ]


def plain(text: str) -> str:
    """Text out of the HTML of a highlight."""
    return html.unescape(strip_tags(text))

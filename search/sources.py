"""What can be found: the only list. A page type is a source, or named with the reason why not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from wagtail.models import Page

from knowledge.library.models import GlossaryEntry
from network.directory.models import Organisation, Profile
from network.events.models import Event
from network.events.workflow import State
from portal.accounts import audiences
from portal.accounts.roles import Permission
from portal.pages.models import PortalDocument, PortalPage
from portal.pages.sections import joined
from search.models import DocumentText, Kind

# By label, because the front page and its neighbours stand above this room.
PAGE_SOURCES: dict[str, Kind] = {
    "knowledge_library.ArticlePage": Kind.ARTICLE,
    "knowledge_library.InterventionPage": Kind.INTERVENTION,
    "knowledge_library.HelpServicePage": Kind.HELP,
    "knowledge_library.FlowPage": Kind.FLOW,
    "knowledge_library.LibraryIndexPage": Kind.PAGE,
    "knowledge_library.HelpIndexPage": Kind.PAGE,
    "knowledge_runbooks.RunbookPage": Kind.RUNBOOK,
    "knowledge_runbooks.HelpSheetPage": Kind.SHEET,
    "knowledge_runbooks.RunbookIndexPage": Kind.PAGE,
    "knowledge_training.CoursePage": Kind.MODULE,
    "knowledge_training.LessonPage": Kind.MODULE,
    "knowledge_training.ModulePage": Kind.MODULE,
    "knowledge_training.TrainingIndexPage": Kind.PAGE,
    "home.NewsPage": Kind.NEWS,
    "home.NewsIndexPage": Kind.PAGE,
    "home.StandardPage": Kind.PAGE,
}
EXCLUDED: dict[str, str] = {
    "home.HomePage": "Every page leads to it, and it says nothing that another page does not.",
}
KIND_OF_SECTION = {"step": Kind.STEP}


@dataclass(frozen=True)
class Findable:
    """One thing to find, before its texts are analysed."""

    kind: Kind
    language: str
    title: str
    summary: str
    text: str
    url_path: str
    anchor: str = ""
    extra_key: str = ""
    municipality_id: int | None = None
    theme_ids: list[int] = field(default_factory=list)
    area_ids: list[int] = field(default_factory=list)
    updated: date | None = None
    also_called: str = ""

    @property
    def address(self) -> tuple[str, str, str]:
        """Where it is read; an event and a file have one in each language."""
        return self.language, self.url_path, self.anchor


def is_source(page: object) -> bool:
    """Whether a page of this type can be found."""
    return isinstance(page, PortalPage) and page._meta.label in PAGE_SOURCES


def findable_parts(page: PortalPage) -> Iterator[Findable]:
    """The page and its parts, in the language of the page.

    What the page says to an audience comes with what it says to everybody, so that who may read
    both finds words of either together.
    """
    kind = PAGE_SOURCES[page._meta.label]
    language = page.locale.language_code
    url_path = page.get_url() or "/"
    themes = sorted(theme.pk for theme in page.themes.all())
    with translation.override(language):
        sections = page.searchable_sections()
    whole = next((section.text for section in sections if section.kind == "page"), "")
    for section in sections:
        yield Findable(
            kind=KIND_OF_SECTION.get(section.kind, kind),
            language=language,
            title=section.title or page.title,
            summary="" if section.anchor else page.summary,
            text=joined([whole, section.text]) if section.kind == "audience" else section.text,
            url_path=url_path,
            anchor=section.anchor,
            extra_key=section.extra_key,
            municipality_id=page.municipality_id,
            theme_ids=themes,
            updated=page.last_changed,
        )


def findable_word(entry: GlossaryEntry) -> Iterator[Findable]:
    """A word of the field, in each language it is explained in."""
    path = "/kennisbank/begrippen/"
    yield Findable(
        kind=Kind.WORD,
        language="nl",
        title=entry.term,
        summary=entry.explanation,
        text=entry.explanation,
        url_path=path,
        anchor=entry.slug,
        also_called=" ".join(entry.spellings[1:]),
    )
    if entry.term_en and entry.explanation_en:
        yield Findable(
            kind=Kind.WORD,
            language="en",
            title=entry.term_en,
            summary=entry.explanation_en,
            text=entry.explanation_en,
            url_path=f"/en{path}",
            anchor=entry.slug,
        )


def findable_organisation(card: Organisation) -> Iterator[Findable]:
    """The card of an organisation, for the network: what it does and where, and no number."""
    names = [*card.sectors.all(), *card.themes.all(), *card.languages.all()]
    places = [area.name for area in card.areas.all()]
    with translation.override("nl"):
        kind = card.get_kind_display()
    yield Findable(
        kind=Kind.ORGANISATION,
        language="nl",
        title=card.name,
        summary=card.summary,
        text=joined(
            [kind, *map(str, names), *places, card.municipality and card.municipality.name]
        ),
        url_path=card.get_absolute_url(),
        extra_key=audiences.NETWORK,
        municipality_id=card.municipality_id,
        theme_ids=sorted(theme.pk for theme in card.themes.all()),
        area_ids=sorted(area.pk for area in card.areas.all()),
        updated=timezone.localdate(card.confirmed_at) if card.confirmed_at else None,
    )


def findable_person(profile: Profile) -> Iterator[Findable]:
    """Somebody of the network by what everybody in it reads on their page: never a number or address."""
    areas = list(profile.areas.all())
    names = [*profile.themes.all(), *profile.languages.all(), *(area.name for area in areas)]
    places = {area.municipality_id for area in areas}
    yield Findable(
        kind=Kind.PERSON,
        language="nl",
        title=profile.user.name,
        summary=joined([profile.function, profile.organisation and profile.organisation.name]),
        text=joined([profile.about, *map(str, names)]),
        url_path=reverse("network:person", args=[profile.user.public_id]),
        extra_key=audiences.NETWORK,
        municipality_id=places.pop() if len(places) == 1 else None,
        theme_ids=sorted(theme.pk for theme in profile.themes.all()),
        area_ids=sorted(area.pk for area in areas),
        updated=timezone.localdate(profile.confirmed_at),
    )


def findable_event(event: Event) -> Iterator[Findable]:
    """What happens when and where; nobody said in which language, so in both."""
    is_public = event.audience == Event.Audience.EVERYBODY
    sessions = [f"{session.title} {session.text}" for session in event.sessions.all()]
    place = event.municipality and event.municipality.name
    for language in ("nl", "en"):
        with translation.override(language):
            day = date_format(timezone.localtime(event.starts_at), "j F Y, H:i")
            when = str(event.get_repeats_display()) if event.repeats else day
            kind, url_path = str(event.get_kind_display()), event.get_absolute_url()
        yield Findable(
            kind=Kind.EVENT,
            language=language,
            title=event.title,
            summary=f"{when}. {event.summary}",
            text=joined([kind, event.location, place, event.text, *sessions]),
            url_path=url_path,
            extra_key="" if is_public else audiences.that_may(Permission.EVENTS_READ),
            municipality_id=event.municipality_id,
            updated=timezone.localdate(event.changed_at),
        )


def is_findable(event: Event) -> bool:
    """Whether it goes on, and is for more people than the members of one series."""
    return event.state == State.PUBLISHED and event.audience != Event.Audience.MEMBERS


def findable_document(document: PortalDocument) -> Iterator[Findable]:
    """A file, by its title and its text; nobody said in which language it is, so in both."""
    text = DocumentText.objects.filter(document=document).values_list("text", flat=True).first()
    for language in ("nl", "en"):
        yield Findable(
            kind=Kind.DOCUMENT,
            language=language,
            title=document.title,
            summary="",
            text=text or "",
            url_path=document.url,
            updated=timezone.localdate(document.created_at),
            also_called=document.filename,
        )


def all_documents() -> Iterator[PortalDocument]:
    """Every document of the library of files."""
    yield from PortalDocument.objects.select_related("collection").order_by("pk").iterator()


def all_pages() -> Iterator[PortalPage]:
    """Every published page that can be found, whole."""
    pages: Any = Page.objects.live().order_by("path").specific()
    yield from (page for page in pages.iterator(chunk_size=50) if is_source(page))


def all_words() -> Iterator[GlossaryEntry]:
    """Every published word explained."""
    yield from GlossaryEntry.objects.filter(live=True).order_by("pk")


def all_events() -> Iterator[Event]:
    """Every event of the agenda that can be found."""
    events = Event.objects.select_related("municipality").prefetch_related("sessions")
    yield from filter(is_findable, events.order_by("pk").iterator(chunk_size=500))


def all_organisations() -> Iterator[Organisation]:
    """Every card of the network that is there now."""
    cards = Organisation.objects.current().select_related("municipality")
    yield from cards.prefetch_related("sectors", "themes", "languages", "areas").order_by("pk")


def all_people() -> Iterator[Profile]:
    """Everybody of the network who wants to be found."""
    people = Profile.objects.listed().select_related("user", "organisation")
    yield from people.prefetch_related("themes", "languages", "areas").order_by("pk")


# What may have entries, by the first word of their source.
EVERYTHING: dict[str, Callable[[], Iterator[Any]]] = {
    "page": all_pages,
    "document": all_documents,
    "word": all_words,
    "organisation": all_organisations,
    "person": all_people,
    "event": all_events,
}

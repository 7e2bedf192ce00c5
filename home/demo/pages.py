"""The demo's pages, out of their texts: first all pages, then what they say, since they link."""

from collections.abc import Iterator
from typing import Any

from django.utils.text import slugify
from wagtail.models import Locale, Page

from home.demo.courses import COURSE_OF, MUST_READ, make_courses, make_lessons
from home.demo.texts import Text, read_data, read_texts
from home.demo.tree import Sections
from home.models import HomePage, NewsPage, StandardPage
from knowledge.library.models import (
    ArticlePage,
    FlowPage,
    GlossaryEntry,
    HelpServicePage,
    InterventionPage,
)
from knowledge.runbooks.models import HelpSheetPage, RunbookPage
from knowledge.training.models import ModulePage
from portal.pages.markdown import blocks_from_markdown
from portal.pages.models import PortalImage, Theme
from portal.regions.models import Municipality

# Inside another page, or shown by a room that takes no pages.
NO_PAGE_OF_THEIR_OWN = ("runbook_step",)
EVIDENCE = {"goed onderbouwd": "onderbouwd"}


class DemoPages:
    """Makes the pages once; ``make`` yields each title as it is done, for a progress bar."""

    def __init__(
        self,
        sections: Sections,
        themes: dict[str, Theme],
        pictures: dict[str, PortalImage],
        places: dict[str, Municipality],
    ) -> None:
        self.sections = sections
        self.themes = themes
        self.pictures = pictures
        self.places = places
        self.texts = list(read_texts())
        self.pages: dict[str, Page] = {}
        self.english: dict[str, Page] = {}
        self.courses = make_courses(sections.training)

    def make(self) -> Iterator[str]:
        """Every page, in Dutch, and the English twins of the fixed pages."""
        dutch = [text for text in self.texts if text.language == "nl"]
        own = [text for text in dutch if text.kind not in NO_PAGE_OF_THEIR_OWN]
        for text in own:
            self.pages[text.key] = self.place(text)
        self.pages["flow"] = self.place_flow()
        for text in own:
            self.fill(self.pages[text.key], text)
            yield text.name
        for text in own:
            if text.kind == "training_module":
                make_lessons(self.pages[text.key], text.meta["code"], self.pages)
        yield from self.make_english()

    def place(self, text: Text) -> Page:
        """A page with everything but its body, below its section."""
        section, page = self.page_for(text)
        meta = text.meta
        page.title, page.slug = meta["title"], meta["slug"]
        page.summary, page.organisation = meta["summary"], meta["organisation"]
        page.source, page.reading_level = meta["source"], meta["reading_level"]
        page.valid_until, page.review_on = text.day("valid_until"), text.day("review_on")
        page.checked_on = text.day("checked_on")
        page.image = self.pictures.get(meta.get("image", ""))
        page.municipality = self.places.get(str(meta.get("municipality", "")).lower())
        page.is_fictional = True
        page.locale = section.locale
        section.add_child(instance=page)
        page.themes.set(self.themes[name] for name in meta["themes"] if name in self.themes)
        page.save()
        return page

    def page_for(self, text: Text) -> tuple[Page, Page]:
        """The section a text belongs in, and an empty page of the right type."""
        meta, sections = text.meta, self.sections
        library = sections.network if meta["audience"] == "network" else sections.library
        match text.kind:
            case "article":
                return library, ArticlePage()
            case "building_block":
                return library, ArticlePage(kind=ArticlePage.Kind.BUILDING_BLOCK)
            case "intervention":
                names = ("target_group", "goal", "phase", "duration", "cost")
                evidence = EVIDENCE.get(meta["evidence"], meta["evidence"])
                return library, InterventionPage(
                    evidence=evidence, **{name: meta[name] for name in names}
                )
            case "help_service":
                return sections.help, self.help_service(meta)
            case "runbook":
                return sections.runbooks, RunbookPage(
                    intro=meta.get("intro", ""), purpose=meta.get("purpose", "")
                )
            case "help_sheet":
                return sections.runbooks, HelpSheetPage()
            case "training_module":
                course = self.courses[COURSE_OF[meta["code"]]]
                return course, ModulePage(
                    code=meta["code"],
                    number=int(meta["code"].removeprefix("M")),
                    must_read=meta["code"] in MUST_READ,
                    goals="\n".join(meta["goals"]),
                    minutes=meta["minutes"],
                )
            case "news":
                return sections.news, NewsPage(published_on=text.day("published_on"))
        return sections.home, StandardPage(kind=meta.get("page_kind", "plain"))

    def help_service(self, meta: dict[str, Any]) -> HelpServicePage:
        """A help card."""
        return HelpServicePage(
            phone=meta["phone"][:30],
            phone_note=meta["phone_label"][:160],
            website=meta["website"],
            hours=meta["hours"][:160],
            for_whom=meta["for_whom"],
            topics=meta["topics"],
            cost=meta["cost"][:120],
            is_anonymous=meta["anonymous"],
            languages=", ".join(meta["languages"])[:160],
            is_emergency="direct-gevaar" in meta["topics"],
            rank=1 if "direct-gevaar" in meta["topics"] else 10,
        )

    def fill(self, page: Page, text: Text) -> None:
        """Body, related pages and what the type adds; then publish."""
        page.body = self.blocks(text.body)
        related = [self.pages.get(str(number)) for number in text.meta.get("related", [])]
        if hasattr(page, "related"):
            page.related = [
                {"type": "page", "value": other.pk} for other in related if other and other != page
            ][:6]
        if isinstance(page, RunbookPage):
            steps: Any = [self.step(step) for step in self.texts if step.kind == "runbook_step"]
            page.steps = steps
        if isinstance(page, ModulePage):
            questions: Any = [question(entry) for entry in text.meta["questions"]]
            page.questions = questions
        page.save_revision().publish()

    def blocks(self, body: str) -> list[dict[str, Any]]:
        """Markdown as blocks, with links between items."""
        return blocks_from_markdown(body, self.resolve)

    def resolve(self, target: str) -> int | str | None:
        """A link of the texts: the key of a page, or an address as it is."""
        if not target.startswith("item:"):
            return target
        key = target.removeprefix("item:")
        if key in self.pages:
            return int(self.pages[key].pk)
        step = next((text for text in self.texts if text.key == key), None)
        return f"/draaiboeken/draaiboek-vrede/#stap-{step.meta['step']}" if step else None

    def step(self, text: Text) -> dict[str, Any]:
        """One step of the draaiboek."""
        meta = text.meta
        return {
            "type": "step",
            "value": {
                "title": meta["title"].split(" – ", 1)[-1],
                "code": meta["slug"][:40],
                "phase": meta["phase"],
                "summary": meta["summary"][:300],
                "who": meta["who"],
                "by_when": meta["when"],
                "minutes": meta["minutes"],
                "body": self.blocks(text.body),
                "checklist": meta["checklist"],
                "contacts": meta["contacts"],
                "templates": [meta["template"]] if "template" in meta else [],
            },
        }

    def place_flow(self) -> FlowPage:
        """The flow of questions, published."""
        data = read_data("flow.toml")
        page = FlowPage(
            title=data["title"],
            slug=data["slug"],
            intro=data["intro"],
            start=data["start"],
            summary=data["intro"][:250],
            organisation="Meld- en adviespunt Lindekade",
            is_fictional=True,
            locale=self.sections.library.locale,
        )
        nodes: Any = [self.node(node) for node in data["nodes"]]
        page.nodes = nodes
        self.sections.library.add_child(instance=page)
        page.save_revision().publish()
        return page

    def node(self, node: dict[str, Any]) -> dict[str, Any]:
        """A question or an outcome of the flow."""
        value = {"name": node["id"], node["kind"]: node[node["kind"]], "help": node.get("help", "")}
        if node["kind"] == "question":
            value["answers"] = node["answers"]
        else:
            value["links"] = [
                {"label": link["label"], "address": self.address(link["target"])}
                for link in node["links"]
            ]
        return {"type": node["kind"], "value": value}

    def address(self, target: str) -> str:
        """Where a link of the flow leads, as an address."""
        found = self.resolve(target)
        if isinstance(found, int):
            return str(Page.objects.get(pk=found).url)
        return found or "/"

    def make_english(self) -> Iterator[str]:
        """The English front page and fixed pages, as translations of the Dutch ones."""
        english = Locale.objects.get_or_create(language_code="en")[0]
        home = self.english_home(english)
        for text in self.texts:
            if text.language == "en" and text.key in self.pages:
                page = self.pages[text.key].copy_for_translation(english)
                page.title, page.slug = text.meta["title"], text.meta["slug"]
                page.summary = text.meta["summary"]
                page.body = self.blocks(text.body)
                page.save_revision().publish()
                yield text.name
        home.save_revision().publish()

    def english_home(self, english: Locale) -> HomePage:
        """The front page in English."""
        home: HomePage = self.sections.home.copy_for_translation(english)
        home.title = "Vredeportaal Lindekade"
        home.hero_title = "Together we see more. Together we are strong."
        home.hero_text = (
            "Information, help and training to prevent radicalisation and polarisation in the "
            "Lindekade region. For residents and professionals. This region is fictional."
        )
        home.search_example = "For example: worried about my son"
        home.call_title = "Are you worried about somebody?"
        home.call_text = (
            "You need not be sure what is going on. Tell us what you see. We think along with you "
            "and guard your privacy. Your name is not needed."
        )
        home.call_label, home.call_url = "Ask advice or share a worry", "/en/meldpunt/"
        texts = [
            ("Share a worry", "Safely, and without your name if you wish.", "/en/meldpunt/"),
            ("Who can help me?", "People and organisations who think along.", "/hulp/"),
            ("Knowledge base", "Guidance, in Dutch.", "/kennisbank/"),
            ("Runbooks", "What to do in times of tension. For professionals.", "/draaiboeken/"),
        ]
        for task, (title, text, url) in zip(home.tasks.all(), texts, strict=True):
            task.title, task.text, task.url = title, text, url
        home.tasks.set(home.tasks.all())
        home.save_revision().publish()
        return home


def question(entry: dict[str, Any]) -> dict[str, Any]:
    """An exercise of a module; an open question has a model answer instead of choices."""
    kind = entry["kind"]
    common = {"question": entry["question"], "feedback": entry.get("explanation", "")}
    match kind:
        case "ordering":
            return {"type": kind, "value": {**common, "items": entry["items"]}}
        case "matching":
            return {"type": kind, "value": {**common, "pairs": entry["pairs"]}}
        case "case":
            parts = {"story": entry["story"], "statements": entry["statements"]}
            return {"type": kind, "value": {**common, **parts}}
        case "scenario":
            scenes = [
                {
                    "name": scene["name"],
                    "text": scene["text"],
                    "choices": scene["choices"],
                    "is_good_end": scene.get("good", False),
                }
                for scene in entry["scenes"]
            ]
            return {"type": kind, "value": {**common, "scenes": scenes}}
    answers = [
        {"text": one["text"], "is_right": one["right"], "feedback": one.get("feedback", "")}
        for one in entry.get("answers", [])
    ]
    return {
        "type": "question",
        "value": {
            "question": entry["question"],
            "answers": answers,
            "feedback": entry.get("model_answer", ""),
            "is_for_practice": kind != "multiple",
        },
    }


def make_glossary() -> int:
    """The words of the field; returns how many."""
    entries = read_data("glossary.toml")["entries"]
    for entry in entries:
        GlossaryEntry.objects.get_or_create(
            slug=slugify(entry["term"]),
            defaults={
                "term": entry["term"],
                "explanation": entry["explanation"],
                "synonyms": "\n".join(entry.get("synonyms", [])),
            },
        )
    return len(entries)

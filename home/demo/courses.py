"""The demo's courses, and the lessons of their modules: most of them show an article again."""

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from knowledge.training.models import CoursePage, LessonPage, ModulePage, TrainingIndexPage
from portal.pages.markdown import blocks_from_markdown


@dataclass(frozen=True)
class Lesson:
    """One lesson: the number of the article that it shows, or a text of its own."""

    title: str
    slug: str
    minutes: int
    article: str = ""
    text: str = ""


COURSES = {
    "basis": {
        "title": "Basiscursus: van zorg naar feit",
        "summary": "Vier modules voor iedereen die met inwoners werkt: eerlijk kijken, "
        "opschrijven, het gesprek aangaan en overleggen.",
        "goals": "U kijkt naar wat er gebeurt.\nU houdt uit elkaar wat u ziet en wat u denkt.\n"
        "U begint open.\nU weet hoe u overlegt zonder een naam te noemen.",
        "target_groups": ["jgz", "onderwijs", "handhaving", "jongerenwerk", "wijkteam", "balie"],
    },
    "verdieping": {
        "title": "Verdieping: online, in de wijk en op school",
        "summary": "Drie modules voor wie de basis kent en verder wil met online verhalen, "
        "onrust tussen mensen of met een klas.",
        "goals": "U beschrijft online effect zonder iemand te volgen.\n"
        "U steunt wie niet aan een kant staat.\nU kijkt met een pedagogische bril.",
        "target_groups": ["jgz", "onderwijs", "jongerenwerk", "wijkteam"],
    },
    "aan-tafel": {
        "title": "Aan tafel: zorgvuldig oordelen",
        "summary": "Voor wie aan de regionale tafel zit: eerlijk oordelen, niet meer doen dan "
        "nodig, en nakomen wat is afgesproken.",
        "goals": "U oordeelt nooit alleen.\nU kiest wat past en niet meer dan dat.",
        "target_groups": ["handhaving", "anders"],
    },
}
COURSE_OF = {
    **dict.fromkeys(("M1", "M2", "M3", "M4"), "basis"),
    **dict.fromkeys(("M5", "M6", "M7"), "verdieping"),
    "M8": "aan-tafel",
}
COMES_FIRST = {"verdieping": "basis", "aan-tafel": "basis"}
MUST_READ = ("M2",)
LESSONS = {
    "M1": [Lesson("Waarom een lijstje met kenmerken niet werkt", "geen-lijstje", 5, article="2")],
    "M2": [
        Lesson("Drie kolommen in de praktijk", "drie-kolommen", 6, article="9"),
        Lesson(
            "Aan de slag met uw eigen notitie",
            "eigen-notitie",
            8,
            text="Neem een notitie van vorige week. Kies er een zonder naam.\n\n"
            "1. Zet een streep onder alles wat u zelf zag of hoorde.\n"
            "2. Zet een vraagteken bij wat u erbij dacht.\n"
            "3. Schrijf bij elk vraagteken wat er ook aan de hand kan zijn.\n\n"
            "Houdt u weinig strepen over? Dan weet u nog weinig, en dat is nuttig om te weten.",
        ),
    ],
    "M3": [Lesson("Waar iemand naar zoekt", "waar-iemand-naar-zoekt", 5, article="3")],
    "M4": [
        Lesson("Eerst zonder naam", "eerst-zonder-naam", 6, article="10"),
        Lesson("En daarna?", "en-daarna", 5, article="11"),
    ],
    "M5": [
        Lesson("Kijken naar wat een bericht doet", "wat-een-bericht-doet", 5, article="6"),
        Lesson("Tot hier en niet verder", "tot-hier", 5, article="7"),
    ],
    "M6": [Lesson("Lawaai, zorg of gevaar", "lawaai-zorg-gevaar", 5, article="8")],
    "M7": [Lesson("Wat speelt er?", "wat-speelt-er", 6, article="4")],
    "M8": [Lesson("Wie zit er aan tafel?", "wie-zit-er-aan-tafel", 5, article="14")],
}


def make_courses(training: TrainingIndexPage) -> dict[str, CoursePage]:
    """The courses below the list of training, by their slug."""
    made: dict[str, CoursePage] = {}
    for slug, fields in COURSES.items():
        course = CoursePage(
            slug=slug,
            organisation="Opleidingsteam Lindekade",
            requires=made.get(COMES_FIRST.get(slug, "")),
            is_fictional=True,
            locale=training.locale,
            **fields,
        )
        training.add_child(instance=course)
        course.save_revision().publish()
        made[slug] = course
    return made


def make_lessons(module: ModulePage, code: str, pages: dict[str, Page]) -> None:
    """The lessons of one module."""
    for one in LESSONS[code]:
        lesson = LessonPage(
            title=one.title,
            slug=one.slug,
            minutes=one.minutes,
            article=pages.get(one.article),
            organisation="Opleidingsteam Lindekade",
            is_fictional=True,
            locale=module.locale,
        )
        blocks: Any = blocks_from_markdown(one.text, lambda _target: None)
        lesson.body = blocks
        module.add_child(instance=lesson)
        lesson.save_revision().publish()

"""Knowledge of the tests."""

from knowledge.library.models import (
    ArticlePage,
    FlowPage,
    GlossaryEntry,
    HelpIndexPage,
    HelpServicePage,
    InterventionPage,
    LibraryIndexPage,
)
from knowledge.runbooks.models import RunbookIndexPage, RunbookPage
from knowledge.training.models import ModulePage, TrainingIndexPage
from portal.accounts import audiences
from portal.pages.models import Theme
from tests.factories.pages import home_page


def library(**fields):
    """The knowledge base, made once in a test."""
    fields = {"title": "Kennisbank", "slug": "kennisbank", **fields}
    return LibraryIndexPage.objects.first() or home_page().add_child(
        instance=LibraryIndexPage(**fields)
    )


def closed_library():
    """The part of the knowledge base that stands apart, to be closed by the test."""
    return library().add_child(instance=LibraryIndexPage(title="Netwerk", slug="netwerk"))


def text(words="Een tekst."):
    return ("text", f"<p>{words}</p>")


def for_audience(words, *names):
    """A block for the network, or for the audiences named."""
    return (
        "audience",
        {"audience": list(names) or [audiences.NETWORK], "content": [text(words)]},
    )


def article(title="Er bestaat geen profiel", *, below=None, **fields):
    fields.setdefault("body", [text()])
    return (below or library()).add_child(instance=ArticlePage(title=title, **fields))


def intervention(title="Mentortraject", *, below=None, **fields):
    return (below or library()).add_child(instance=InterventionPage(title=title, **fields))


def help_index():
    return HelpIndexPage.objects.first() or home_page().add_child(
        instance=HelpIndexPage(title="Hulp", slug="hulp")
    )


def help_card(title="Meldpunt", **fields):
    return help_index().add_child(instance=HelpServicePage(title=title, **fields))


def theme(name, parent=None):
    return Theme.objects.create(name=name, slug=name.lower(), parent=parent)


def word(term, explanation="Een uitleg.", **fields):
    return GlossaryEntry.objects.create(
        term=term,
        slug=term.lower().replace(" ", "-"),
        explanation=explanation,
        **fields,
    )


QUESTION = {
    "name": "gevaar",
    "question": "Is er direct gevaar?",
    "help": "",
    "answers": [{"label": "Ja", "goto": "bel"}, {"label": "Nee", "goto": "advies"}],
}


def outcome(name, title):
    links = [{"label": "Naar het meldpunt", "address": "/meldpunt/"}]
    return ("outcome", {"name": name, "outcome": title, "help": "", "links": links})


def flow(**fields):
    nodes = [
        ("question", QUESTION),
        outcome("bel", "Bel 112"),
        outcome("advies", "Vraag advies"),
    ]
    fields = {"title": "Wat doe ik met mijn zorg?", "slug": "mijn-zorg", **fields}
    return library().add_child(instance=FlowPage(**{"start": "gevaar", "nodes": nodes, **fields}))


def step(title, **fields):
    value = {
        "title": title,
        "code": "",
        "phase": "onrust",
        "summary": "",
        "who": "Netwerkregisseur",
        "by_when": "binnen 2 uur",
        "minutes": 60,
        "body": [text(f"Zo doet u {title}.")],
        "checklist": ["Iedereen is gebeld"],
        "contacts": [{"function": "Gebiedsmanager", "phone": "088 000 00 50"}],
        "templates": [{"title": "Belscript", "text": "Goedemiddag"}],
    }
    return ("step", {**value, **fields})


def runbooks():
    return RunbookIndexPage.objects.first() or home_page().add_child(
        instance=RunbookIndexPage(title="Draaiboeken", slug="draaiboeken")
    )


def runbook(title="Draaiboek Vrede", **fields):
    fields.setdefault("steps", [step("Signaal vastleggen"), step("Netwerk bevragen")])
    return runbooks().add_child(instance=RunbookPage(title=title, **fields))


def trainings():
    return TrainingIndexPage.objects.first() or home_page().add_child(
        instance=TrainingIndexPage(title="Training", slug="training")
    )


def module(title="Herkennen zonder etiket", **fields):
    return trainings().add_child(instance=ModulePage(title=title, **fields))

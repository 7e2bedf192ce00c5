"""Training of the tests: a module with every kind of exercise, and somebody who takes it."""

from datetime import timedelta

from django.utils import timezone

from knowledge.training.models import Attempt, CoursePage, LessonPage, ModulePage
from knowledge.training.services import taking
from tests.factories.knowledge import text, trainings


def choice(question="Welke zin is een feit?", *, right=(1,), size=3):
    answers = [
        {"text": f"Antwoord {place}", "is_right": place in right, "feedback": f"Uitleg {place}"}
        for place in range(size)
    ]
    return ("question", {"question": question, "answers": answers, "feedback": "Daarom."})


def open_question(question="Noem een andere verklaring."):
    return ("question", {"question": question, "answers": [], "feedback": "Verlies of schulden."})


def ordering():
    return (
        "ordering",
        {"question": "Zet op volgorde.", "items": ["een", "twee", "drie"], "feedback": ""},
    )


def matching():
    pairs = [{"left": f"links {n}", "right": f"rechts {n}"} for n in range(3)]
    return ("matching", {"question": "Wat hoort bij elkaar?", "pairs": pairs, "feedback": ""})


def case():
    columns = ["feit", "vermoeden", "andere-verklaring"]
    statements = [{"text": f"Zin {name}", "column": name, "feedback": ""} for name in columns]
    return (
        "case",
        {
            "question": "Welke kolom?",
            "story": "Een casus.",
            "statements": statements,
            "feedback": "",
        },
    )


def scenario():
    scenes = [
        {
            "name": "begin",
            "text": "De klas wordt stil.",
            "choices": [
                {"label": "Doorvragen", "goto": "goed", "feedback": "Rustig."},
                {"label": "Wegsturen", "goto": "slecht", "feedback": "Jammer."},
            ],
            "is_good_end": False,
        },
        {"name": "slecht", "text": "Het gesprek stopt.", "choices": [], "is_good_end": False},
        {"name": "goed", "text": "U praat verder.", "choices": [], "is_good_end": True},
    ]
    return ("scenario", {"question": "Wat doet u?", "scenes": scenes, "feedback": ""})


ALL_KINDS = (
    lambda: choice(),
    lambda: choice("Wat hoort erbij?", right=(0, 2)),
    open_question,
    ordering,
    matching,
    case,
    scenario,
)


def module_with_test(title="Herkennen zonder etiket", *, below=None, **fields):
    """A module with a test of every kind of exercise; fresh from the database."""
    fields.setdefault("questions", [make() for make in ALL_KINDS])
    page = (below or trainings()).add_child(instance=ModulePage(title=title, **fields))
    return ModulePage.objects.get(pk=page.pk)


def course(title="Basiscursus", **fields):
    return trainings().add_child(instance=CoursePage(title=title, **fields))


def lesson(of, title="Eerste les", **fields):
    """A published lesson of a module."""
    fields.setdefault("body", [text("De tekst van deze les.")])
    return of.add_child(instance=LessonPage(title=title, **fields))


def publish(page, note=""):
    """Publish a page as an editor does; with a note its content changed."""
    page.change_kind, page.change_note = ("content" if note else "editorial"), note
    page.save_revision().publish()


def form_data(exercise, *, right=True):
    """What a browser posts for a right or a wrong answer of an exercise, part by part."""
    value = exercise.value
    match exercise.form:
        case "single" | "multiple":
            wanted = [n for n, one in enumerate(value["answers"]) if bool(one["is_right"]) == right]
            return [{"answer": wanted if exercise.form == "multiple" else wanted[0]}]
        case "open":
            return [{"text": "Misschien verdriet."}, {"mark": "ja" if right else "nee"}]
        case "ordering":
            size = len(value["items"])
            shift = 0 if right else 1
            return [{f"place-{n}": (n + shift) % size + 1 for n in range(size)}]
        case "matching":
            size = len(value["pairs"])
            shift = 0 if right else 1
            return [{f"pair-{n}": (n + shift) % size for n in range(size)}]
        case "case":
            columns = ["feit", "vermoeden", "andere-verklaring"]
            return [
                {
                    f"sentence-{n}": one["column"]
                    if right
                    else columns[columns.index(one["column"]) - 1]
                    for n, one in enumerate(value["statements"])
                }
            ]
        case "scenario":
            return [{"choice": 0 if right else 1}]
    raise AssertionError(exercise.form)


def given(exercise, *, right=True):
    """The last answer of an exercise, as a draft keeps it."""
    from knowledge.training.forms.answers import FORMS

    before = None
    for data in form_data(exercise, right=right):
        form = FORMS[exercise.form](data, exercise=exercise, before=before)
        assert form.is_valid(), form.errors
        before = form.given()
    return before


def take(page, user, *, right=True):
    """Take the whole test with right or wrong answers; returns the attempt."""
    draft = taking.start(page, by=user)
    for exercise in taking.exercises_of(page, draft):
        draft = taking.answer(draft, exercise=exercise, given=given(exercise, right=right), by=user)
    return taking.finish(draft, by=user)


def passed(user, page, *, days_ago=0, **fields):
    """A passed attempt of some time ago, with what follows from it."""
    attempt = Attempt.objects.create(
        user=user,
        module=page,
        module_title=page.title,
        score=100,
        pass_mark=70,
        is_passed=True,
        finished_at=timezone.now() - timedelta(days=days_ago),
        **fields,
    )
    taking.keep_up(attempt, module=page)
    return attempt

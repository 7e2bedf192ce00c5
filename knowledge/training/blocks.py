"""Exercises as blocks: what an editor writes, and what a learner works on.

The id that Wagtail gives a block is how an answer finds its question again.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class Column(models.TextChoices):
    """The three columns of a case (domain.md 1.3): what is known, what is thought, what else."""

    FACT = "feit", _("Fact")
    SUSPICION = "vermoeden", _("Suspicion")
    OTHER = "andere-verklaring", _("Other explanation")


class PoolBlock(blocks.CharBlock):
    """Which questions belong together; a test takes as many of each pool."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {
            "required": False,
            "max_length": 40,
            "label": _("Pool"),
            "help_text": _("Questions with the same word form a pool. A test draws evenly."),
            **kwargs,
        }
        super().__init__(**kwargs)


class ExerciseBlock(blocks.StructBlock):
    """What every exercise has; whether it is only in the test, or on the page as well."""

    question = blocks.TextBlock(max_length=500, label=_("Question"))
    feedback = blocks.TextBlock(required=False, max_length=900, label=_("Explanation afterwards"))
    pool = PoolBlock()

    class Meta:
        icon = "help"
        label_format = "{question}"
        template = "knowledge/training/blocks/exercise.html"
        preview_template = "knowledge/training/blocks/exercise_preview.html"


class AnswerBlock(blocks.StructBlock):
    """A possible answer and what to say about it."""

    text = blocks.CharBlock(max_length=250, label=_("Answer"))
    is_right = blocks.BooleanBlock(required=False, label=_("Right"))
    feedback = blocks.TextBlock(required=False, max_length=400, label=_("Feedback"))

    class Meta:
        label_format = "{text}"


class QuestionBlock(blocks.StructBlock):
    """A question: several right answers make it multiple choice, none at all make it an open one."""

    question = blocks.TextBlock(max_length=500, label=_("Question"))
    answers = blocks.ListBlock(AnswerBlock(), min_num=0, label=_("Answers"))
    feedback = blocks.TextBlock(
        required=False, max_length=600, label=_("Explanation afterwards, or the model answer")
    )
    pool = PoolBlock()
    is_for_practice = blocks.BooleanBlock(
        required=False,
        default=True,
        label=_("Also on the page"),
        help_text=_("Readers can open the answer there; nothing is stored."),
    )

    class Meta:
        icon = "help"
        label = _("Question")
        label_format = "{question}"
        template = "knowledge/training/blocks/question.html"
        description = _("Single or multiple choice; without answers an open question.")
        preview_value = {
            "question": "Mag u de naam noemen als u advies vraagt?",
            "answers": [
                {"text": "Liever niet", "is_right": True, "feedback": "Dat klopt."},
                {"text": "Ja, altijd", "is_right": False, "feedback": ""},
            ],
            "feedback": "Advies kan zonder naam.",
            "is_for_practice": True,
        }


class OrderingBlock(ExerciseBlock):
    """Steps to put in the right order."""

    items = blocks.ListBlock(
        blocks.CharBlock(max_length=200), min_num=3, max_num=8, label=_("Steps, in the right order")
    )

    class Meta:
        icon = "list-ol"
        label = _("Put in order")
        description = _("Steps that the learner numbers; the portal mixes them.")
        preview_value = {
            "question": "Zet de stappen op volgorde.",
            "items": ["Opschrijven wat u zag", "Een collega vragen", "Advies vragen"],
            "feedback": "Eerst het feit, dan het overleg.",
        }


class PairBlock(blocks.StructBlock):
    """Two things that belong together."""

    left = blocks.CharBlock(max_length=200, label=_("Left"))
    right = blocks.CharBlock(max_length=200, label=_("Belongs to it"))

    class Meta:
        label_format = "{left}"


class MatchingBlock(ExerciseBlock):
    """Things to bring together."""

    pairs = blocks.ListBlock(PairBlock(), min_num=3, max_num=8, label=_("Pairs"))

    class Meta:
        icon = "link"
        label = _("Match")
        description = _("Pairs to bring together; the portal mixes the right side.")
        preview_value = {
            "question": "Wie belt u waarvoor?",
            "pairs": [
                {"left": "Direct gevaar", "right": "112"},
                {"left": "Advies", "right": "Het meldpunt"},
                {"left": "Hulp bij schulden", "right": "Het wijkteam"},
            ],
            "feedback": "",
        }


class StatementBlock(blocks.StructBlock):
    """A sentence of a case, and the column it belongs in."""

    text = blocks.CharBlock(max_length=250, label=_("Sentence"))
    column = blocks.ChoiceBlock(choices=Column.choices, label=_("Column"))
    feedback = blocks.TextBlock(required=False, max_length=400, label=_("Feedback"))

    class Meta:
        label_format = "{text}"


class CaseBlock(ExerciseBlock):
    """A case whose sentences go in three columns: fact, suspicion, other explanation."""

    story = blocks.TextBlock(max_length=2000, label=_("Case"))
    statements = blocks.ListBlock(StatementBlock(), min_num=3, max_num=12, label=_("Sentences"))

    class Meta:
        icon = "table"
        label = _("Case in three columns")
        description = _("Sentences to place under fact, suspicion or other explanation.")
        preview_value = {
            "question": "In welke kolom hoort elke zin?",
            "story": "Een leerling komt al twee weken niet.",
            "statements": [
                {"text": "Hij kwam tien dagen niet.", "column": "feit", "feedback": ""},
                {"text": "Hij is vast boos op school.", "column": "vermoeden", "feedback": ""},
                {"text": "Hij zorgt thuis.", "column": "andere-verklaring", "feedback": ""},
            ],
            "feedback": "",
        }


class ChoiceBlock(blocks.StructBlock):
    """What somebody can do at this point of a scenario."""

    label = blocks.CharBlock(max_length=200, label=_("What you do"))
    goto = blocks.CharBlock(max_length=40, label=_("Leads to (short name)"))
    feedback = blocks.TextBlock(required=False, max_length=400, label=_("Feedback"))

    class Meta:
        label_format = "{label}"


class SceneBlock(blocks.StructBlock):
    """One point of a scenario; without choices the story ends there."""

    name = blocks.CharBlock(max_length=40, label=_("Short name"))
    text = blocks.TextBlock(max_length=1200, label=_("What happens"))
    choices = blocks.ListBlock(ChoiceBlock(), min_num=0, label=_("Choices"))
    is_good_end = blocks.BooleanBlock(required=False, label=_("A good end"))

    class Meta:
        label_format = "{name}: {text}"


class ScenarioBlock(ExerciseBlock):
    """A story that goes on with what the learner does; the first scene is the start."""

    scenes = blocks.ListBlock(SceneBlock(), min_num=2, max_num=20, label=_("Scenes"))

    class Meta:
        icon = "order"
        label = _("Scenario")
        description = _("A story with choices; it is passed by reaching a good end.")
        preview_value = {
            "question": "Een leerling zegt iets heftigs. Wat doet u?",
            "scenes": [
                {
                    "name": "begin",
                    "text": "De klas wordt stil.",
                    "choices": [{"label": "Doorvragen", "goto": "goed", "feedback": ""}],
                    "is_good_end": False,
                },
                {
                    "name": "goed",
                    "text": "U praat samen verder.",
                    "choices": [],
                    "is_good_end": True,
                },
            ],
            "feedback": "",
        }

    def clean(self, value: Any) -> Any:
        """Every choice leads to a scene that comes later, so that a story always ends."""
        result = super().clean(value)
        names = [scene["name"] for scene in result["scenes"]]
        for place, scene in enumerate(result["scenes"]):
            for choice in scene["choices"]:
                if choice["goto"] not in names[place + 1 :]:
                    raise blocks.StructBlockValidationError(
                        non_block_errors=[
                            ValidationError(
                                _("“%(name)s” must be the short name of a scene further down."),
                                params={"name": choice["goto"]},
                            )
                        ]
                    )
        return result


def question_blocks() -> list[tuple[str, blocks.Block]]:
    """Name and block of what a test is made of."""
    return [
        ("question", QuestionBlock()),
        ("ordering", OrderingBlock()),
        ("matching", MatchingBlock()),
        ("case", CaseBlock()),
        ("scenario", ScenarioBlock()),
    ]

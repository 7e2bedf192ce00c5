"""Forms of learners; one for each way to answer, all without script."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from knowledge.training.blocks import Column
from knowledge.training.exercises import Exercise, walk_of
from portal.pages.personal_data import without_people

CHOOSE = ("", _("Choose"))


class AnswerForm(forms.Form):
    """What a learner answers; ``given`` is the answer as the draft keeps it."""

    def __init__(self, data: Any = None, *, exercise: Exercise, before: Any = None) -> None:
        self.exercise = exercise
        self.before = before
        super().__init__(data, auto_id="id_%s")
        self.build()

    def build(self) -> None:
        """Add the fields of this exercise."""

    def given(self) -> Any:
        """The answer."""
        raise NotImplementedError


class SingleForm(AnswerForm):
    """One of the answers."""

    def build(self) -> None:
        """A radio button for each answer."""
        self.fields["answer"] = forms.TypedChoiceField(
            label=self.exercise.question,
            choices=options_of(self.exercise),
            coerce=int,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose an answer.")},
        )

    def given(self) -> list[int]:
        """The place of the answer."""
        return [self.cleaned_data["answer"]]


class MultipleForm(AnswerForm):
    """All answers that are right."""

    def build(self) -> None:
        """A box for each answer."""
        self.fields["answer"] = forms.TypedMultipleChoiceField(
            label=self.exercise.question,
            help_text=_("More than one answer is right."),
            choices=options_of(self.exercise),
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose an answer.")},
        )

    def given(self) -> list[int]:
        """The places of the answers."""
        return list(self.cleaned_data["answer"])


class OpenForm(AnswerForm):
    """First an own text, then the own judgement beside the model answer."""

    def build(self) -> None:
        """The text, or when there is one already, what the learner thinks of it."""
        if (self.before or {}).get("text"):
            self.fields["mark"] = forms.ChoiceField(
                label=_("Compare your answer with the model answer. Does yours say the same?"),
                choices=[("ja", _("Yes")), ("deels", _("In part")), ("nee", _("No"))],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose an answer.")},
            )
            return
        self.fields["text"] = forms.CharField(
            label=self.exercise.question,
            help_text=_("Write no names. The text is deleted when you finish the test."),
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 6}),
        )

    def clean_text(self) -> str:
        """A text about nobody (GR-05)."""
        return without_people(self.cleaned_data["text"])

    def given(self) -> dict[str, str]:
        """The text, and the mark when it is given."""
        if "mark" in self.fields:
            return {**self.before, "mark": self.cleaned_data["mark"]}
        return {"text": self.cleaned_data["text"]}


class OrderingForm(AnswerForm):
    """A number for each step."""

    def build(self) -> None:
        """A list of numbers for each step, in mixed order."""
        items = list(self.exercise.value["items"])
        numbers = [(number, str(number)) for number in range(1, len(items) + 1)]
        for place, text in self.exercise.mixed(items):
            self.fields[f"place-{place}"] = forms.TypedChoiceField(
                label=text, choices=[CHOOSE, *numbers], coerce=int
            )

    def clean(self) -> dict[str, Any]:
        """Each number once."""
        data = super().clean() or {}
        if not self.errors and len(set(data.values())) < len(data):
            raise forms.ValidationError(_("Give each step another number."))
        return data

    def given(self) -> list[int]:
        """The places of the text, in the order that was chosen."""
        chosen = {number: name for name, number in self.cleaned_data.items()}
        return [int(chosen[number].removeprefix("place-")) for number in sorted(chosen)]


class MatchingForm(AnswerForm):
    """For each left side what belongs to it."""

    def build(self) -> None:
        """A list of all right sides beside each left one."""
        pairs = list(self.exercise.value["pairs"])
        rights = [(place, pair["right"]) for place, pair in self.exercise.mixed(pairs)]
        for place, pair in enumerate(pairs):
            self.fields[f"pair-{place}"] = forms.TypedChoiceField(
                label=pair["left"], choices=[CHOOSE, *rights], coerce=int
            )

    def given(self) -> list[int]:
        """For each pair the place of the right side that was chosen."""
        return list(self.cleaned_data.values())


class CaseForm(AnswerForm):
    """For each sentence its column."""

    def build(self) -> None:
        """Three radio buttons for each sentence."""
        for place, statement in enumerate(self.exercise.value["statements"]):
            self.fields[f"sentence-{place}"] = forms.ChoiceField(
                label=statement["text"],
                choices=Column.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose a column.")},
            )

    def given(self) -> list[str]:
        """The column of each sentence."""
        return list(self.cleaned_data.values())


class ScenarioForm(AnswerForm):
    """What to do now; one scene at a time."""

    def build(self) -> None:
        """A radio button for each thing to do in this scene."""
        scene = walk_of(self.exercise, self.before or []).scene
        self.fields["choice"] = forms.TypedChoiceField(
            label=gettext("What do you do?"),
            choices=[(place, choice["label"]) for place, choice in enumerate(scene["choices"])],
            coerce=int,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose an answer.")},
        )

    def given(self) -> list[int]:
        """The way so far, and this step."""
        return [*(self.before or []), self.cleaned_data["choice"]]


FORMS: dict[str, type[AnswerForm]] = {
    "single": SingleForm,
    "multiple": MultipleForm,
    "open": OpenForm,
    "ordering": OrderingForm,
    "matching": MatchingForm,
    "case": CaseForm,
    "scenario": ScenarioForm,
}


def options_of(exercise: Exercise) -> list[tuple[int, str]]:
    """The answers in the order of this learner, each with its place in the text."""
    answers = list(exercise.value["answers"])
    return [(place, answer["text"]) for place, answer in exercise.mixed(answers)]

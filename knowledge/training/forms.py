"""Forms of learners; one for each way to answer, all without script."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from knowledge.training.blocks import Column
from knowledge.training.exercises import Exercise, walk_of
from knowledge.training.models import CoursePage, Learner, ModulePage, TargetGroup
from knowledge.training.models.studying import MOST
from portal.accounts.roles import ROLES, Permission
from portal.pages.personal_data import personal_data_in
from portal.pages.visibility import inside_q

CHOOSE = ("", _("Choose"))


def check_free_text(text: str) -> None:
    """Refuse data about people (GR-05)."""
    if found := personal_data_in(text):
        raise forms.ValidationError(
            _("This looks like %(what)s. Leave it out: we want no data about people."),
            params={"what": ", ".join(found)},
        )


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
            validators=[check_free_text],
        )

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


class LearnerForm(forms.ModelForm):
    """Where somebody works."""

    class Meta:
        model = Learner
        fields = ["organisation", "target_group", "municipality"]
        help_texts = {
            "organisation": _("For totals of five people or more. Not obliged."),
        }


class EraseForm(forms.Form):
    """Whether somebody is sure."""

    sure = forms.BooleanField(label=_("Yes, delete all of it. My certificates end too."))


class ModuleChoiceField(forms.ModelChoiceField):
    """A module by its short address, which a translation of it may have as well."""

    def to_python(self, value: Any) -> ModulePage | None:
        """The module, the first when there are more."""
        if value in self.empty_values:
            return None
        modules: Any = self.queryset
        found: ModulePage | None = modules.filter(slug=str(value)).first()
        if found is None:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": value},
            )
        return found


class ModuleForm(forms.Form):
    """One module, kept in the address."""

    module = ModuleChoiceField(
        ModulePage.objects.none(), label=_("Module"), to_field_name="slug", empty_label=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["module"]
        field.queryset = modules_to_choose()

    def first(self) -> ModulePage | None:
        """The module that is shown when none is chosen."""
        return modules_to_choose().first()


def modules_to_choose() -> Any:
    """Every module there is, light."""
    return ModulePage.objects.live().light()


def courses_to_choose() -> Any:
    """Every course there is, light."""
    return CoursePage.objects.live().defer("body", "related").order_by("path")


class CourseForm(forms.Form):
    """One course, kept in the address; empty is the modules that stand by themselves."""

    course = forms.ChoiceField(label=_("Course"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.courses = {str(course.pk): course for course in courses_to_choose()[:MOST]}
        field: Any = self.fields["course"]
        field.choices = [
            *((key, course.title) for key, course in self.courses.items()),
            ("", _("Other modules")),
        ]
        field.initial = next(iter(self.courses), "")

    def modules(self) -> list[ModulePage]:
        """The modules that are chosen; of the first course when nothing is."""
        key = self.fields["course"].initial
        if self.is_bound and self.is_valid():
            key = self.cleaned_data["course"]
        if key in self.courses:
            return list(modules_to_choose().child_of(self.courses[key])[:MOST])
        alone = ~inside_q([course.path for course in self.courses.values()])
        return list(modules_to_choose().filter(alone)[:MOST])


class RegisterFilterForm(ModuleForm):
    """Which lines of the register are shown."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("invited", _("Invited, not begun")),
            ("started", _("Begun, not passed")),
            ("valid", _("Passed and valid")),
            ("expiring", _("Expires within 60 days")),
            ("expired", _("Expired")),
        ],
    )
    organisation = forms.CharField(label=_("Organisation"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["module"]
        field.required, field.empty_label = False, _("All modules")


class EnrolForm(forms.Form):
    """Whom to ask for which module, or for a whole course."""

    course = forms.ModelChoiceField(
        CoursePage.objects.none(),
        label=_("Whole course"),
        required=False,
        empty_label=_("No whole course"),
    )
    module = forms.ModelChoiceField(
        ModulePage.objects.none(),
        label=_("Module"),
        required=False,
        empty_label=_("All modules of the course"),
    )
    role = forms.ChoiceField(label=_("Role"), required=False)
    target_group = forms.ChoiceField(
        label=_("Kind of work"),
        required=False,
        choices=[("", _("All kinds of work")), *TargetGroup.choices],
    )
    organisation = forms.CharField(label=_("Organisation"), max_length=120, required=False)
    emails = forms.CharField(
        label=_("E-mail addresses"),
        help_text=_("One on each line. Empty: everybody who fits what is chosen above."),
        required=False,
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    due_on = forms.DateField(
        label=_("Finish before"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        course: Any = self.fields["course"]
        course.queryset = courses_to_choose()
        module: Any = self.fields["module"]
        module.queryset = modules_to_choose()
        role: Any = self.fields["role"]
        role.choices = [("", _("All roles"))] + [
            (one.code, one.label)
            for one in ROLES.values()
            if one.grants(Permission.TRAINING_FOLLOW)
        ]

    def clean_due_on(self) -> Any:
        """A day to come."""
        day = self.cleaned_data["due_on"]
        if day and day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        """One module or one course."""
        data = super().clean() or {}
        if not self.errors and bool(data.get("module")) == bool(data.get("course")):
            self.add_error("module", _("Choose a whole course or one module."))
        return data

    def page(self) -> ModulePage | CoursePage:
        """What is asked for."""
        found: ModulePage | CoursePage = self.cleaned_data["module"] or self.cleaned_data["course"]
        return found

    def who(self) -> dict[str, Any]:
        """What narrows the people down."""
        data = self.cleaned_data
        return {
            "role": data["role"],
            "target_group": data["target_group"],
            "organisation": data["organisation"],
            "emails": data["emails"].split(),
        }


class CountingForm(forms.Form):
    """The module that an event counts for."""

    module = forms.ModelChoiceField(
        ModulePage.objects.none(),
        label=_("Counts for the module"),
        help_text=_("Who is checked in gets it in the own history. Guests never do."),
        required=False,
        empty_label=_("No module"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        module: Any = self.fields["module"]
        module.queryset = modules_to_choose()


class ImportForm(forms.Form):
    """A file with earlier attendance."""

    file = forms.FileField(
        label=_("File (CSV)"),
        help_text=_("With the columns e-mailadres, module and datum. At most 1 MB."),
    )

    def clean_file(self) -> Any:
        """Not too large."""
        file = self.cleaned_data["file"]
        if file.size > 1024 * 1024:
            raise forms.ValidationError(_("This file is larger than 1 MB. Cut it in parts."))
        return file

"""Who learns what: forms of the register, of courses and of presence."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.training.models import CoursePage, ModulePage, TargetGroup
from knowledge.training.models.studying import MOST
from portal.accounts.roles import ROLES, Permission
from portal.pages.visibility import inside_q


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

"""Forms of the directory: they check and hand back domain values, and store nothing."""

import re
from datetime import time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from network.directory.models import (
    ActionPoint,
    Goal,
    KeyFigure,
    Language,
    Meeting,
    Member,
    Organisation,
    Profile,
    ProfileDetail,
    Sector,
)
from network.directory.workflow import (
    Channel,
    ConsentPhase,
    DetailKind,
    OrganisationKind,
    Phase,
    Purpose,
    Weekday,
)
from portal.design.forms import SELECT, DateInThreeFields
from portal.pages.memory import remembered
from portal.pages.models import Theme
from portal.pages.personal_data import personal_data_in
from portal.regions.models import Area, Municipality

STRETCH = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-–]\s*(\d{1,2})[:.](\d{2})")
PHONE = re.compile(r"^[\d+() -]{3,30}$")


class QuickSelect(forms.Select):
    """A select that is joined by hand: a template for each option costs ten times as much."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The select with its options, dressed as every other."""
        chosen = {str(one) for one in self.format_value(value)}
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (key, mark_safe(" selected") if key in chosen else "", label)
                for key, label in ((str(key or ""), label) for key, label in self.choices)
            ),
        )
        given = {**self.attrs, **(attrs or {}), "class": SELECT}
        return format_html('<select name="{}"{}>{}</select>', name, flatatt(given), options)


class DrawnOnce(BoundField):
    """A filter that is drawn once for each of its few values, until a register changes."""

    def as_field_group(self) -> SafeString:
        """Label and select; what is no choice of ours is drawn anew, and kept nowhere."""
        if self.errors:
            return super().as_field_group()
        name = f"filter:{get_language()}:{type(self.form).__name__}:{self.name}:{self.value()}"
        return remembered(name, super().as_field_group)


class QuickChoiceField(forms.ChoiceField):
    """A choice out of few, as a filter."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=QuickSelect, **kwargs)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundField:
        """The field as it is drawn."""
        return DrawnOnce(form, self, field_name)


class QuickTick(forms.BooleanField):
    """A tick, as a filter."""

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundField:
        """The field as it is drawn."""
        return DrawnOnce(form, self, field_name)


class RegisterField(QuickChoiceField):
    """One row of a register that many lists filter by; kept by each process until it changes.

    Args:
        model: The register; whoever declares it here also watches it (``apps``).
        key: The field of a row that stands in the address.
        empty: The words for no choice.
    """

    def __init__(self, model: Any, *, key: str, empty: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.model, self.key, self.empty = model, key, empty
        self.choices = self.offered

    def rows(self) -> dict[str, Any]:
        """Every row by its key."""
        return remembered(
            f"register:{self.model._meta.label}:{self.key}",
            lambda: {str(getattr(one, self.key)): one for one in self.model.objects.all()},
        )

    def offered(self) -> list[tuple[str, Any]]:
        """No choice, and every row."""
        return [("", self.empty), *((key, str(one)) for key, one in self.rows().items())]

    def to_python(self, value: Any) -> Any:
        """The row, or nothing when none is asked for.

        Raises:
            ValidationError: There is no such row.
        """
        if value in self.empty_values:
            return None
        if found := self.rows().get(str(value)):
            return found
        raise ValidationError(
            self.error_messages["invalid_choice"], "invalid_choice", {"value": value}
        )

    def valid_value(self, value: Any) -> bool:
        """What ``to_python`` found is a row."""
        return value is None or isinstance(value, self.model)


class AreaField(RegisterField):
    """An area of a municipality, which its name tells as well."""

    def rows(self) -> dict[str, Any]:
        """Every area by its key."""
        rows = self.model.objects.select_related("municipality")
        return remembered("register:areas", lambda: {str(one.pk): one for one in rows})


class FilterFields(forms.Form):
    """Where, about what, and in which language; kept in the address."""

    gemeente = RegisterField(
        Municipality, label=_("Municipality"), key="slug", empty=_("All municipalities")
    )
    gebied = AreaField(Area, label=_("Area"), key="pk", empty=_("All areas"))
    thema = RegisterField(Theme, label=_("Theme"), key="slug", empty=_("All themes"))
    taal = RegisterField(Language, label=_("Language"), key="code", empty=_("All languages"))


class OrganisationFilterForm(FilterFields):
    """Which organisations the list shows."""

    q = forms.CharField(label=_("Name or what it does"), max_length=100, required=False)
    soort = QuickChoiceField(
        label=_("Kind"),
        choices=[("", _("All kinds")), *OrganisationKind.choices],
    )
    sector = RegisterField(Sector, label=_("Sector"), key="slug", empty=_("All sectors"))
    nu = QuickTick(label=_("Can be reached now"), required=False)
    field_order = ["q", "soort", "sector", "gemeente", "gebied", "thema", "taal", "nu"]


class CallForm(FilterFields):
    """Whom can I call? Four questions, all of which may stay open."""

    nu = QuickTick(label=_("Can be reached now"), required=False)
    field_order = ["gemeente", "gebied", "thema", "taal", "nu"]


class PeopleFilterForm(FilterFields):
    """Which people the list shows."""

    q = forms.CharField(label=_("Name, function or subject"), max_length=100, required=False)
    field_order = ["q", "gemeente", "gebied", "thema", "taal"]


class CardForm(forms.ModelForm):
    """The card of an organisation, with its hours; the list of functions is a form beside it."""

    class Meta:
        model = Organisation
        fields = (
            "name",
            "kind",
            "summary",
            "municipality",
            "areas",
            "sectors",
            "themes",
            "languages",
            "visiting_address",
            "website",
            "phone",
            "email",
        )
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 4, "maxlength": 600}),
            "areas": forms.CheckboxSelectMultiple,
            "sectors": forms.CheckboxSelectMultiple,
            "themes": forms.CheckboxSelectMultiple,
            "languages": forms.CheckboxSelectMultiple,
        }

    website = forms.URLField(
        label=_("Website"), max_length=200, required=False, assume_scheme="https"
    )

    def __init__(self, *args: Any, is_keeper: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_keeper:
            # Where an organisation belongs decides who keeps its network.
            del self.fields["municipality"]
        for day, label in Weekday.choices:
            self.fields[f"hours_{day}"] = forms.CharField(
                label=label,
                required=False,
                max_length=60,
                help_text=_("For example: 09:00-12:00, 13:00-17:00. Empty: closed.")
                if day == Weekday.MONDAY
                else "",
                initial=self.hours_of(day),
            )

    def hours_of(self, day: str) -> str:
        """What the card says now about a day."""
        if not self.instance.pk:
            return ""
        return ", ".join(
            f"{one.opens:%H:%M}-{one.closes:%H:%M}"
            for one in self.instance.hours.all()
            if one.weekday == day
        )

    def clean_summary(self) -> str:
        """Nothing about a person (GR-05)."""
        return without_people(self.cleaned_data["summary"])

    def clean_phone(self) -> str:
        """A number that can be called."""
        return callable_number(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any] | None:
        """Read the hours; areas belong to the municipality."""
        data = super().clean() or {}
        self.hours: list[tuple[str, time, time]] = []
        for day, _label in Weekday.choices:
            try:
                self.hours += [(day, *one) for one in stretches(data.get(f"hours_{day}", ""))]
            except ValueError:
                self.add_error(
                    f"hours_{day}", gettext("Write hours as 09:00-17:00, from early to late.")
                )
        place = data.get("municipality", self.instance.municipality)
        for area in data.get("areas", []):
            if place and area.municipality_id != place.pk:
                self.add_error("areas", gettext("%(area)s lies elsewhere.") % {"area": area})
                break
        return data

    def values(self) -> dict[str, Any]:
        """The fields of the card, without the hours."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}


class ContactFunctionForm(forms.Form):
    """One function that can be called; empty ones are left out."""

    function = forms.CharField(label=_("Function, not a name"), max_length=80, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    email = forms.EmailField(label=_("E-mail address of the function"), required=False)
    note = forms.CharField(label=_("When to call"), max_length=160, required=False)
    is_always_open = forms.BooleanField(label=_("Answers day and night"), required=False)

    def clean_phone(self) -> str:
        """A number that can be called."""
        return callable_number(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        """A function without a number or an address is of no use, nor the other way around."""
        data = super().clean() or {}
        reach = data.get("phone") or data.get("email")
        if data.get("function") and not reach and not self.errors:
            self.add_error("phone", gettext("Give a telephone number or an e-mail address."))
        if reach and not data.get("function"):
            self.add_error("function", gettext("Say which function answers."))
        return data


ContactFunctionFormSet = forms.formset_factory(ContactFunctionForm, extra=2, max_num=10)


class ProfileForm(forms.ModelForm):
    """What somebody says about themselves."""

    class Meta:
        model = Profile
        fields = (
            "function",
            "organisation",
            "about",
            "availability",
            "themes",
            "areas",
            "languages",
        )
        widgets = {
            "about": forms.Textarea(attrs={"rows": 4, "maxlength": 600}),
            "themes": forms.CheckboxSelectMultiple,
            "areas": forms.CheckboxSelectMultiple,
            "languages": forms.CheckboxSelectMultiple,
        }

    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    mobile = forms.CharField(label=_("Mobile"), max_length=30, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    is_listed = forms.BooleanField(
        label=_("Colleagues in the network may find me"),
        required=False,
        help_text=_("Without this nobody sees your profile. You can stop at any time."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.current()  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["is_listed"].initial = self.instance.listed_at is not None
            for detail in self.instance.details.all():
                self.fields[self.field_of(detail.kind)].initial = detail.value

    @staticmethod
    def field_of(kind: str) -> str:
        """The field that asks for a kind of detail."""
        return {DetailKind.PHONE: "phone", DetailKind.MOBILE: "mobile"}.get(
            DetailKind(kind), "email"
        )

    def clean_about(self) -> str:
        """About your work, not about other people (GR-05)."""
        return without_people(self.cleaned_data["about"])

    def clean_phone(self) -> str:
        """A number that can be called."""
        return callable_number(self.cleaned_data["phone"])

    def clean_mobile(self) -> str:
        """A number that can be called."""
        return callable_number(self.cleaned_data["mobile"])

    def values(self) -> dict[str, Any]:
        """The fields of the profile itself."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def details(self) -> dict[str, str]:
        """Number or address by kind."""
        return {kind: self.cleaned_data[self.field_of(kind)] for kind in DetailKind.values}


class ConsentForm(forms.Form):
    """One permission for one detail."""

    detail = forms.ModelChoiceField(
        ProfileDetail.objects.none(), label=_("Which detail"), empty_label=None
    )
    purpose = forms.ChoiceField(label=_("What for"), choices=Purpose.choices)
    channels = forms.MultipleChoiceField(
        label=_("Where it may stand"),
        choices=Channel.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    phase = forms.ChoiceField(
        label=_("When"), choices=ConsentPhase.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["detail"]
        field.queryset = profile.details.all()
        field.label_from_instance = lambda one: f"{one.get_kind_display()}: {one.value}"


class PhaseForm(forms.Form):
    """How tense it is in a municipality."""

    municipality = forms.ModelChoiceField(Municipality.objects.none(), label=_("Municipality"))
    phase = forms.ChoiceField(label=_("Phase"), choices=Phase.choices)

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = Municipality.objects.filter(pk__in=places)  # type: ignore[attr-defined]


class ImportForm(forms.Form):
    """A file of organisations."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("With the columns of the export. Nothing changes before you say so."),
    )

    def clean_file(self) -> bytes:
        """The bytes of a file that is not too large."""
        file = self.cleaned_data["file"]
        if file.size > 2_000_000:
            raise ValidationError(gettext("The file may be 2 MB at most."))
        data: bytes = file.read()
        return data


class MergeForm(forms.Form):
    """Which card goes up in this one."""

    merged = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("The other card"), to_field_name="slug"
    )

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["merged"].queryset = choices  # type: ignore[attr-defined]


def without_people(text: str) -> str:
    """``text`` when it says nothing about a person.

    Raises:
        ValidationError: It seems to hold data about a person (GR-05).
    """
    if found := personal_data_in(text):
        raise ValidationError(
            gettext("This seems to hold data about a person: %(found)s. Please leave it out.")
            % {"found": ", ".join(found)}
        )
    return text


def callable_number(text: str) -> str:
    """``text`` when it is a telephone number.

    Raises:
        ValidationError: It has other signs in it.
    """
    if text and not PHONE.match(text):
        raise ValidationError(gettext("Write a telephone number with digits and blanks only."))
    return text


def stretches(text: str) -> list[tuple[time, time]]:
    """Begin and end of each stretch of a day.

    Raises:
        ValueError: It is written otherwise, or ends before it begins.
    """
    found = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        match = STRETCH.fullmatch(part)
        if not match:
            raise ValueError(part)
        opens_h, opens_m, closes_h, closes_m = map(int, match.groups())
        opens, closes = time(opens_h, opens_m), time(closes_h, closes_m)
        if closes <= opens:
            raise ValueError(part)
        found.append((opens, closes))
    return found


class KeyFigureForm(forms.ModelForm):
    """What a key figure says about themselves."""

    class Meta:
        model = KeyFigure
        fields = ("municipality", "availability", "areas", "languages", "themes")
        widgets = {
            "areas": forms.CheckboxSelectMultiple,
            "languages": forms.CheckboxSelectMultiple,
            "themes": forms.CheckboxSelectMultiple,
        }

    def clean_availability(self) -> str:
        """About yourself (GR-05)."""
        return without_people(self.cleaned_data["availability"])

    def values(self) -> dict[str, Any]:
        """What can be changed later as well."""
        names = ("availability", "areas", "languages", "themes")
        return {name: self.cleaned_data[name] for name in names}


class AgreementsForm(forms.ModelForm):
    """What was agreed with a key figure. Of a reference only yes or no, never what was said."""

    class Meta:
        model = KeyFigure
        fields = (
            "reference_on",
            "reference_is_good",
            "agreement",
            "agreed_on",
            "allowance",
            "declared_on",
            "talk_on",
            "trained_until",
        )
        widgets = dict.fromkeys(
            ("reference_on", "agreed_on", "declared_on", "talk_on", "trained_until"),
            DateInThreeFields,
        )

    def clean_agreement(self) -> str:
        """The name of a document (GR-05)."""
        return without_people(self.cleaned_data["agreement"])


class HelpForm(forms.Form):
    """A request to help, by area and language."""

    area = forms.ModelChoiceField(
        Area.objects.none(), label=_("Area"), required=False, empty_label=_("All areas")
    )
    language = forms.ModelChoiceField(
        Language.objects.all(), label=_("Language"), required=False, empty_label=_("All languages")
    )
    activity = forms.CharField(
        label=_("What do you ask?"),
        max_length=160,
        help_text=_("An activity, such as a conversation evening. Never something about people."),
    )
    on = forms.DateField(label=_("When?"), widget=DateInThreeFields)
    people = forms.ModelMultipleChoiceField(
        KeyFigure.objects.none(), label=_("Whom do you ask?"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, areas: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        field: Any = self.fields["people"]
        field.queryset = people
        field.label_from_instance = lambda one: one.user.name

    def clean_activity(self) -> str:
        """Nothing about a person (GR-05)."""
        return without_people(self.cleaned_data["activity"])


class ClaimForm(forms.Form):
    """What an activity cost, or what was agreed for it."""

    euros = forms.DecimalField(
        label=_("Amount in euros"),
        min_value=Decimal("0.01"),
        max_value=Decimal(500),
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        localize=True,
        help_text=_("As it was agreed with you, such as travel costs. 500 euros at most."),
    )


class GrantForm(forms.Form):
    """Who grants money says first to have no interest in it (GR-28)."""

    no_interest = forms.BooleanField(
        label=_("I have no interest of my own in this, and neither has anybody close to me")
    )


class MemberForm(forms.ModelForm):
    """An organisation in the strategic network, for a term."""

    class Meta:
        model = Member
        fields = ("organisation", "theme", "since", "until")
        widgets = {"since": DateInThreeFields, "until": DateInThreeFields}


class RenewForm(forms.Form):
    """Until when a member stays."""

    until = forms.DateField(label=_("New end of the term"), widget=DateInThreeFields)


class GoalForm(forms.ModelForm):
    """Something the year plan wants."""

    year = forms.IntegerField(label=_("Year"), min_value=2020, max_value=2100)

    class Meta:
        model = Goal
        fields = ("year", "text")

    def clean_text(self) -> str:
        """Nothing about a person (GR-05)."""
        return without_people(self.cleaned_data["text"])


class MeetingForm(forms.ModelForm):
    """A meeting of the strategic network."""

    class Meta:
        model = Meeting
        fields = ("on", "agenda", "minutes")
        widgets = {
            "on": DateInThreeFields,
            "agenda": forms.Textarea(attrs={"rows": 4, "maxlength": 2000}),
            "minutes": forms.Textarea(attrs={"rows": 6, "maxlength": 6000}),
        }

    def clean_agenda(self) -> str:
        """Subjects, nothing about people (GR-05)."""
        return without_people(self.cleaned_data["agenda"])

    def clean_minutes(self) -> str:
        """What was decided, nothing about people (GR-05)."""
        return without_people(self.cleaned_data["minutes"])


class ActionPointForm(forms.ModelForm):
    """Something an organisation promised to do."""

    class Meta:
        model = ActionPoint
        fields = ("text", "organisation", "due_on")
        widgets = {"due_on": DateInThreeFields}

    def clean_text(self) -> str:
        """Nothing about a person (GR-05)."""
        return without_people(self.cleaned_data["text"])

"""The card of an organisation."""

import re
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.directory.models import (
    Organisation,
)
from network.directory.workflow import (
    Weekday,
)
from portal.pages.personal_data import without_people

STRETCH = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-–]\s*(\d{1,2})[:.](\d{2})")
PHONE = re.compile(r"^[\d+() -]{3,30}$")


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


class MergeForm(forms.Form):
    """Which card goes up in this one."""

    merged = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("The other card"), to_field_name="slug"
    )

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["merged"].queryset = choices  # type: ignore[attr-defined]


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

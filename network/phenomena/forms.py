"""Forms of the phenomena: no account, no address, no person leaves them (GR-05, GR-16)."""

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.phenomena.models import Observation, Phenomenon
from network.phenomena.workflow import Tone
from portal.design.forms import DateInThreeFields
from portal.pages.personal_data import without_people

ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|nl|org|net|tv|me|gg|ru|io)(?:/\S*)?", re.I
)


def about_a_phenomenon(text: str) -> str:
    """``text`` when it holds no person, account or address.

    Raises:
        ValidationError: It points to somebody, or to a page (GR-16).
    """
    if ADDRESS.search(text):
        raise forms.ValidationError(
            gettext("Leave addresses of pages out. Describe what goes on, not where.")
        )
    return without_people(text)


class ObservationForm(forms.ModelForm):
    """What goes on online, and what it does."""

    class Meta:
        model = Observation
        fields = (
            "platform",
            "seen_from",
            "seen_until",
            "description",
            "effect",
            "reach",
            "tone",
            "municipality",
            "area",
            "advice",
        )
        widgets = {
            "seen_from": DateInThreeFields,
            "seen_until": DateInThreeFields,
            "description": forms.Textarea(attrs={"rows": 5, "maxlength": 1000}),
            "effect": forms.Textarea(attrs={"rows": 4, "maxlength": 600}),
            "platform": forms.RadioSelect,
            "reach": forms.RadioSelect,
            "tone": forms.RadioSelect,
            "advice": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tone"].required = False

    def clean_tone(self) -> str:
        """Hard to say, where nobody says anything else."""
        return self.cleaned_data["tone"] or Tone.UNKNOWN

    def clean_description(self) -> str:
        """No person, account or address."""
        return about_a_phenomenon(self.cleaned_data["description"])

    def clean_effect(self) -> str:
        """No person, account or address."""
        return about_a_phenomenon(self.cleaned_data["effect"])

    def clean(self) -> dict[str, Any]:
        """Days in order and not to come; the area lies in the municipality."""
        data = super().clean() or {}
        begin, end = data.get("seen_from"), data.get("seen_until")
        if begin and end and not begin <= end <= timezone.localdate():
            self.add_error("seen_until", gettext("Give a day that was, after the first one."))
        area, place = data.get("area"), data.get("municipality")
        if area and (place is None or area.municipality_id != place.pk):
            self.add_error("area", gettext("%(area)s lies elsewhere.") % {"area": area})
        return data

    def values(self) -> dict[str, Any]:
        """The fields of the observation."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ReviewForm(forms.Form):
    """What the reviewer thinks of it."""

    decision = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[("accept", _("Accept")), ("return", _("Return: please write it anew"))],
        widget=forms.RadioSelect,
    )
    phenomenon = forms.ModelChoiceField(
        Phenomenon.objects.all(),
        label=_("Part of which phenomenon?"),
        required=False,
        empty_label=_("None of these"),
    )
    feedback = forms.CharField(
        label=_("Feedback to who wrote it"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 600}),
    )

    def clean_feedback(self) -> str:
        """No person, account or address."""
        return about_a_phenomenon(self.cleaned_data["feedback"])


class PhenomenonForm(forms.ModelForm):
    """The note about a phenomenon."""

    class Meta:
        model = Phenomenon
        fields = ("name", "summary", "unknown", "advice", "expires_on")
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 4, "maxlength": 1200}),
            "unknown": forms.Textarea(attrs={"rows": 4, "maxlength": 1200}),
            "advice": forms.Textarea(attrs={"rows": 4, "maxlength": 1200}),
            "expires_on": DateInThreeFields,
        }

    def clean_summary(self) -> str:
        """No person, account or address."""
        return about_a_phenomenon(self.cleaned_data["summary"])

    def clean_unknown(self) -> str:
        """No person, account or address."""
        return about_a_phenomenon(self.cleaned_data["unknown"])

    def clean_advice(self) -> str:
        """No person, account or address."""
        return about_a_phenomenon(self.cleaned_data["advice"])

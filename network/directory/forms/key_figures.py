"""Key figures: their card, what was agreed and how they help."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.directory.models import (
    KeyFigure,
    Language,
)
from portal.design.forms import DateInThreeFields
from portal.pages.personal_data import without_people
from portal.regions.models import Area


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

"""The strategic table: members, goals, meetings and action points."""

from django import forms
from django.utils.translation import gettext_lazy as _

from network.directory.models import (
    ActionPoint,
    Goal,
    Meeting,
    Member,
)
from portal.design.forms import DateInThreeFields
from portal.pages.personal_data import without_people


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

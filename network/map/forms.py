"""Forms of the map."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.directory.forms.drawn_once import QuickChoiceField
from network.directory.forms.filters import FilterFields
from network.directory.models import Sector
from network.map.models import NetworkNode
from network.map.workflow import LinkKind, NodeKind, Strength
from portal.accounts.models import User
from portal.design.forms import DateInThreeFields
from portal.pages.personal_data import without_people
from portal.regions.models import Area, Municipality

TITLED = re.compile(
    r"\b(?i:dhr|mevr|mw|meneer|mevrouw|de heer|imam|dominee|pastoor|rabbijn)\b\.?\s+[A-Z]"
)


class MapFilterForm(FilterFields):
    """What the map shows; kept in the address."""

    soort = QuickChoiceField(label=_("Kind"), choices=[("", _("All kinds")), *NodeKind.choices])
    verband = QuickChoiceField(
        label=_("Kind of link"), choices=[("", _("All links")), *LinkKind.choices]
    )
    maand = forms.IntegerField(
        label=_("Months back in time"),
        required=False,
        min_value=0,
        max_value=600,
        widget=forms.NumberInput(attrs={"type": "range", "step": 1}),
    )
    vanaf = forms.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput
    )
    stappen = forms.IntegerField(required=False, min_value=1, max_value=3, widget=forms.HiddenInput)
    taal = None  # type: ignore[assignment]
    field_order = ["gemeente", "gebied", "thema", "soort", "verband", "maand"]

    def __init__(self, *args: Any, months: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["maand"].widget.attrs["max"] = months
        self.fields["maand"].initial = 0


class CoverageForm(forms.Form):
    """Of which municipality the areas are shown."""

    gemeente = forms.ModelChoiceField(
        Municipality.objects.all(),
        label=_("Municipality"),
        required=False,
        to_field_name="slug",
        empty_label=_("All municipalities"),
    )


class NodeForm(forms.ModelForm):
    """A consultation, a function or a meeting place."""

    class Meta:
        model = NetworkNode
        fields = ("kind", "name", "summary", "municipality", "areas", "themes")
        widgets = {
            "areas": forms.CheckboxSelectMultiple,
            "themes": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [one for one in NodeKind.choices if one[0] != NodeKind.ORGANISATION]
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind"), choices=kinds, widget=forms.RadioSelect
        )
        self.fields["name"].required = True
        self.fields["name"].help_text = _("A function or a place, never the name of a person.")

    def clean_name(self) -> str:
        """No person (GR-04)."""
        name = without_people(self.cleaned_data["name"])
        if TITLED.search(name):
            raise forms.ValidationError(
                gettext("This looks like the name of a person. Write the function instead.")
            )
        return name

    def clean_summary(self) -> str:
        """Nothing about a person (GR-05)."""
        return without_people(self.cleaned_data["summary"])

    def values(self) -> dict[str, Any]:
        """The fields of the node."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class LinkForm(forms.Form):
    """A link between this node and another."""

    other = forms.CharField(
        label=_("With which organisation, consultation, function or place?"),
        max_length=160,
        widget=forms.TextInput(attrs={"list": "nodes", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("Kind of link"), choices=LinkKind.choices)
    direction = forms.ChoiceField(
        label=_("Which way?"),
        choices=[("out", _("From here to the other")), ("in", _("From the other to here"))],
        widget=forms.RadioSelect,
        initial="out",
    )
    strength = forms.ChoiceField(
        label=_("How strong, in their own words?"),
        choices=Strength.choices,
        widget=forms.RadioSelect,
    )
    since = forms.DateField(label=_("Since when?"), widget=DateInThreeFields)
    origin = forms.CharField(
        label=_("How do we know this?"),
        max_length=160,
        help_text=_("For example: conversation of 3 March, or their annual report."),
    )

    def __init__(self, *args: Any, here: NetworkNode, nodes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.here, self.nodes = here, nodes

    def clean_other(self) -> NetworkNode:
        """The node with this number or this name."""
        text = self.cleaned_data["other"].strip()
        found = self.nodes.exclude(pk=self.here.pk)
        by_name = list(found.filter(organisation__name__iexact=text)[:2])
        by_name += list(found.filter(name__iexact=text)[:2])
        if len(by_name) != 1:
            raise forms.ValidationError(
                gettext("We do not know this name. Choose one from the list that appears.")
            )
        node: NetworkNode = by_name[0]
        return node

    def clean_since(self) -> date:
        """A day that was."""
        return past(self.cleaned_data["since"])

    def clean_origin(self) -> str:
        """Nothing about a person (GR-05)."""
        return without_people(self.cleaned_data["origin"])


class ContactForm(forms.Form):
    """Somebody spoke with an organisation."""

    on = forms.DateField(label=_("When?"), widget=DateInThreeFields)
    subject = forms.CharField(
        label=_("About what?"),
        max_length=160,
        help_text=_("About working together. Nothing about people, and nothing of a report."),
    )
    follow_up = forms.CharField(label=_("What did you agree?"), max_length=250, required=False)
    follow_up_on = forms.DateField(label=_("Done before"), widget=DateInThreeFields, required=False)
    is_confidential = forms.BooleanField(
        label=_("Only for me and whom I name below"), required=False
    )
    shared_with = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Also for"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shared_with"].queryset = colleagues  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        """A day that was."""
        return past(self.cleaned_data["on"])

    def clean_subject(self) -> str:
        """Nothing about a person (GR-05)."""
        return without_people(self.cleaned_data["subject"])

    def clean_follow_up(self) -> str:
        """Nothing about a person (GR-05)."""
        return without_people(self.cleaned_data["follow_up"])


class ActionForm(forms.Form):
    """What is done about a white spot."""

    sector = forms.ModelChoiceField(
        Sector.objects.all(), label=_("Sector"), to_field_name="slug", empty_label=None
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.all(), label=_("Municipality"), to_field_name="slug", empty_label=None
    )
    area = forms.ModelChoiceField(
        Area.objects.select_related("municipality"),
        label=_("Area"),
        required=False,
        empty_label=_("The whole municipality"),
    )
    text = forms.CharField(label=_("What will you do?"), max_length=250)
    due_on = forms.DateField(label=_("Done before"), widget=DateInThreeFields, required=False)

    def clean_text(self) -> str:
        """Nothing about a person (GR-05)."""
        return without_people(self.cleaned_data["text"])

    def clean(self) -> dict[str, Any]:
        """The area lies in the municipality."""
        data = super().clean() or {}
        area, place = data.get("area"), data.get("municipality")
        if area and place and area.municipality_id != place.pk:
            self.add_error("area", gettext("%(area)s lies elsewhere.") % {"area": area})
        return data


class SilenceForm(forms.Form):
    """After how many days somebody should call."""

    dagen = forms.TypedChoiceField(
        label=_("No contact in"),
        choices=[(90, _("90 days")), (30, _("30 days")), (182, _("half a year"))],
        coerce=int,
        required=False,
        empty_value="90",
    )


def past(day: date) -> date:
    """``day`` when it was, or is today.

    Raises:
        ValidationError: It is yet to come.
    """
    if day > timezone.localdate() or day.year < 1950:
        raise forms.ValidationError(gettext("Give a day that was, or today."))
    return day

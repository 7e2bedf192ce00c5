"""What stands in the address of the search page."""

from collections.abc import Container
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from search.facets import AUDIENCES, area_values, place_names, theme_names
from search.models import Kind
from search.questions import LONGEST
from search.results import Filters

NEWEST = "nieuwste"
FACETS = tuple(Filters().by_facet)
CHOICE_GONE = _("We do not know this choice (any more). Choose again.")


class KnownValuesField(forms.MultipleChoiceField):
    """Values out of a table of the region; the page draws its choices from what was found.

    With a choice for each municipality of the country, drawing them costs more than searching.
    """

    known: Container[str] = frozenset()

    def valid_value(self, value: Any) -> bool:
        """Whether the region has this one now."""
        return str(value) in self.known


class YearsField(forms.MultipleChoiceField):
    """Years in four digits; the page draws its choices from what was found."""

    def valid_value(self, value: Any) -> bool:
        """Whether it is a year of our calendar."""
        return len(str(value)) == 4 and str(value).isascii() and str(value).isdecimal()


class SearchForm(forms.Form):
    """The question, the filters and the order; nothing of it has to be there."""

    q = forms.CharField(
        required=False,
        max_length=LONGEST,
        error_messages={
            "max_length": _("Your question is too long. Use at most %(limit_value)d letters.")
        },
    )
    soort = forms.MultipleChoiceField(required=False, choices=Kind.choices)
    thema = KnownValuesField(required=False)
    gemeente = KnownValuesField(required=False)
    gebied = KnownValuesField(required=False)
    voor = forms.MultipleChoiceField(required=False, choices=AUDIENCES.items())
    jaar = YearsField(required=False)
    volgorde = forms.ChoiceField(required=False, choices=[("", ""), (NEWEST, "")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thema"].known = {  # type: ignore[attr-defined]
            slug for slug, *_rest in theme_names().values()
        }
        self.fields["gemeente"].known = {  # type: ignore[attr-defined]
            slug for slug, _name in place_names().values()
        }
        self.fields["gebied"].known = area_values()  # type: ignore[attr-defined]
        for name in (*FACETS, "volgorde"):
            self.fields[name].error_messages["invalid_choice"] = CHOICE_GONE

    @property
    def question(self) -> str:
        """What was asked, empty when nothing was."""
        return str(self.cleaned_data.get("q", ""))

    @property
    def filters(self) -> Filters:
        """What was chosen."""
        chosen = {name: frozenset(self.cleaned_data.get(name, ())) for name in FACETS}
        return Filters(
            kinds=chosen["soort"],
            themes=chosen["thema"],
            municipalities=chosen["gemeente"],
            areas=chosen["gebied"],
            years=chosen["jaar"],
            audiences=chosen["voor"],
            newest_first=self.cleaned_data.get("volgorde") == NEWEST,
        )

"""What stands in the address of the search page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from search.facets import AUDIENCES, place_names, theme_names
from search.models import Kind
from search.questions import LONGEST
from search.results import Filters

NEWEST = "nieuwste"
CHOICE_GONE = _("We do not know this choice (any more). Choose again.")


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
    thema = forms.MultipleChoiceField(required=False)
    gemeente = forms.MultipleChoiceField(required=False)
    voor = forms.MultipleChoiceField(required=False, choices=AUDIENCES.items())
    volgorde = forms.ChoiceField(required=False, choices=[("", ""), (NEWEST, "")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices_of("thema", [(slug, name) for slug, name, _above in theme_names().values()])
        self.choices_of("gemeente", list(place_names().values()))
        for name in ("soort", "thema", "gemeente", "voor", "volgorde"):
            self.fields[name].error_messages["invalid_choice"] = CHOICE_GONE

    def choices_of(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Offer what the region has now."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def question(self) -> str:
        """What was asked, empty when nothing was."""
        return str(self.cleaned_data.get("q", ""))

    @property
    def filters(self) -> Filters:
        """What was chosen."""
        chosen = {
            name: frozenset(self.cleaned_data.get(name, ()))
            for name in ("soort", "thema", "gemeente", "voor")
        }
        return Filters(
            kinds=chosen["soort"],
            themes=chosen["thema"],
            municipalities=chosen["gemeente"],
            audiences=chosen["voor"],
            newest_first=self.cleaned_data.get("volgorde") == NEWEST,
        )

"""What the network desk does with many cards at a time."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.directory.workflow import (
    Phase,
)
from portal.regions.models import Municipality


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

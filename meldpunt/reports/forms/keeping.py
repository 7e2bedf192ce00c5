"""Forms of what is kept and destroyed: a hold, a request about own data, and its answer."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.forms.desk import DeskForm, day
from meldpunt.reports.models import Answer, HoldReason, Right
from meldpunt.vault.services.codes import NotACode, parse_reference


class ReferenceField(forms.CharField):
    """A reference as people write it; empty when it may be."""

    def clean(self, value: object) -> str:
        """Without dashes. Raises ``ValidationError``."""
        typed: str = super().clean(value)
        try:
            return parse_reference(typed) if typed else ""
        except NotACode:
            raise forms.ValidationError(_("This is not a reference.")) from None


class HoldForm(DeskForm):
    """The FG pauses the destruction of one report."""

    nummer = ReferenceField(label=_("Reference"), max_length=20)
    reden = forms.ChoiceField(label=_("Why it must stay"), choices=HoldReason.choices)
    tot = day(_("Until and including"))


class RequestForm(DeskForm):
    """Somebody asks something about their own data. No name: that stands in the letter."""

    recht = forms.ChoiceField(label=_("What is asked"), choices=Right.choices)
    ontvangen = day(_("Received on"))
    verzoek_nummer = ReferenceField(
        label=_("Reference of the report, if the person knows it"), max_length=20, required=False
    )

    def clean_ontvangen(self) -> object:
        """Not in the future."""
        received = self.cleaned_data["ontvangen"]
        if received > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return received


class AnswerForm(DeskForm):
    """How a request should be answered."""

    antwoord = forms.ChoiceField(label=_("Answer"), choices=Answer.choices)

"""The form that proposes that another meldpunt gets a report."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.forms.desk import DeskForm, words
from portal.regions.models import Municipality


class HandOverForm(DeskForm):
    """Which meldpunt, why, and whether the name of the reporter goes along."""

    to = forms.TypedChoiceField(label=_("Which meldpunt gets this report?"), coerce=int)
    why = words(
        _("Why does it fit better there?"),
        _("Your colleague here and the people there read this."),
        rows=2,
    )
    name_goes = forms.TypedChoiceField(
        label=_("Did the reporter say that the name may go along?"),
        choices=[("no", _("No, or we did not ask: we destroy it")), ("yes", _("Yes"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, desks: Iterable[Municipality], has_name: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.desks = {desk.pk: desk for desk in desks}
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a meldpunt")),
            *((pk, str(desk)) for pk, desk in self.desks.items()),
        ]
        if not has_name:
            del self.fields["name_goes"]

    def clean_to(self) -> Municipality:
        """The municipality."""
        return self.desks[self.cleaned_data["to"]]

    def clean(self) -> dict[str, Any]:
        """Without a name there is none to go along."""
        data: dict[str, Any] = super().clean() or {}
        return {"name_goes": False, **data}

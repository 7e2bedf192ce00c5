"""The form of one standard text."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.forms.personal_data import noticed
from meldpunt.reports.models import StandardText
from portal.regions.models import Municipality


class StandardTextForm(forms.ModelForm[StandardText]):
    """What it is for, in which language, and the text; nothing about a person."""

    use_required_attribute = False

    class Meta:
        model = StandardText
        fields = ["municipality", "use", "language", "title", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, places: QuerySet[Municipality], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})
        field = self.fields["municipality"]
        field.queryset = places  # type: ignore[attr-defined]
        if self.instance._state.adding and len(places) == 1:
            field.initial = places[0].pk

    def clean(self) -> dict[str, Any]:
        """Its title is free: said at the field, where the model could only say it above."""
        data: dict[str, Any] = super().clean() or {}
        same = {name: data.get(name) for name in ("municipality", "use", "language", "title")}
        if all(same.values()) and (
            StandardText.objects.filter(**same).exclude(pk=self.instance.pk).exists()
        ):
            self.add_error("title", _("There is a text with this title already."))
        return data

    def clean_text(self) -> str:
        """Without what can only be about a person."""
        text: str = self.cleaned_data["text"]
        if found := [one for one in noticed(text) if str(one) not in reach_of_a_service()]:
            named = ", ".join(str(one) for one in found)
            raise forms.ValidationError(
                _("Here stands %(what)s. Leave it out."), params={"what": named}
            )
        return text


def reach_of_a_service() -> set[str]:
    """How to reach a service belongs in a text that many will read."""
    return {str(_("a telephone number")), str(_("an e-mail address"))}

"""What a reader may say about a page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.pages.personal_data import without_people


class FeedbackForm(forms.Form):
    """Yes or no, and a remark without data about people."""

    helpful = forms.ChoiceField(
        label=_("Did this page help you?"),
        choices=[("ja", _("Yes")), ("nee", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    text = forms.CharField(
        label=_("What could be better? (not required)"),
        help_text=_(
            "Write no names, telephone numbers or other data about people. Up to 500 characters."
        ),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_text(self) -> str:
        """Refuse data about people (GR-05).

        Raises:
            ValidationError: Something looks like a BSN, telephone number, address or account.
        """
        return without_people(self.cleaned_data["text"])

    def values(self) -> dict[str, Any]:
        """What to store."""
        return {
            "is_helpful": self.cleaned_data["helpful"] == "ja",
            "text": self.cleaned_data["text"],
        }

"""Forms of the code page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.forms.personal_data import Notice, notices_in
from meldpunt.vault.services.codes import NotACode, ReceiptCode

LONG = 8000


# A code is read from the left in every script, and no dictionary knows it.
AS_IT_IS = {"autocomplete": "off", "spellcheck": "false", "dir": "ltr"}


class CodeForm(forms.Form):
    """The receipt code; capitals, spaces and dashes do not matter."""

    use_required_attribute = False
    code = forms.CharField(
        label=_("Your code"),
        help_text=_("For example: ZDEB-Q244-MSCK-JBRF-6G. Capitals and dashes do not matter."),
        max_length=60,
        widget=forms.TextInput(attrs=AS_IT_IS),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})

    def clean_code(self) -> ReceiptCode:
        """The code, when its check symbols fit: that asks neither database nor slow hash."""
        try:
            return ReceiptCode.parse(self.cleaned_data["code"])
        except NotACode:
            raise forms.ValidationError(
                _("This is not a whole code. Compare it with your paper, symbol by symbol.")
            ) from None


class MessageForm(forms.Form):
    """What a reporter adds. ``message_id`` makes sending it twice harmless."""

    use_required_attribute = False
    text = forms.CharField(
        label=_("Your message"),
        help_text=_("Do not write names of others. You can answer our question here."),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
    )
    message_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})

    def notices(self) -> list[Notice]:
        """What seems to be about a person, to warn the writer (GR-05)."""
        return notices_in(self.cleaned_data["text"])


class SureForm(forms.Form):
    """A step that can't be undone: tick that you mean it."""

    use_required_attribute = False
    sure = forms.BooleanField(label=_("Yes, I am sure"))
    message_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})


class LastFourForm(forms.Form):
    """The last four symbols of the code: proof that it was written down."""

    use_required_attribute = False
    last = forms.CharField(
        label=_("The last 4 symbols of your code"),
        help_text=_("So that we both know that you wrote it down well."),
        max_length=12,
        widget=forms.TextInput(attrs=AS_IT_IS),
    )

    def __init__(self, *args: Any, code: ReceiptCode, **kwargs: Any) -> None:
        self.code = code
        super().__init__(*args, **kwargs | {"label_suffix": ""})

    def clean_last(self) -> str:
        """They fit."""
        typed: str = self.cleaned_data["last"]
        if not self.code.ends_with(typed):
            raise forms.ValidationError(_("These are not the last 4 symbols. Look once more."))
        return typed

"""Forms of the desk: the vault, the list, and every step of the table."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.forms.personal_data import noticed
from meldpunt.reports.forms.steps import LONG
from meldpunt.reports.workflow import (
    NoFollowUpReason,
    ReadReason,
    ReferralChannel,
)
from portal.design.forms import DateInThreeFields

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class DeskForm(forms.Form):
    """Without colons, the browser's own messages, and what a browser remembers of others."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})
        for field in self.fields.values():
            if isinstance(field.widget, forms.TextInput | forms.Textarea | DateInThreeFields):
                field.widget.attrs.setdefault("autocomplete", "off")


def secret(label: "StrOrPromise", help_text: "StrOrPromise" = "") -> forms.CharField:
    """A passphrase: typed out of sight, never filled in by the browser."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


def day(label: "StrOrPromise", *, required: bool = True) -> forms.DateField:
    """A day, in three fields, in either language."""
    return forms.DateField(label=label, required=required, widget=DateInThreeFields)


class UnlockForm(DeskForm):
    """The passphrase of the vault."""

    passphrase = secret(_("Your passphrase"))


class NewPassphraseForm(DeskForm):
    """A passphrase chosen for the first time, typed twice."""

    passphrase = secret(
        _("New passphrase"), _("Five words or more, or sixteen characters that nobody guesses.")
    )
    again = secret(_("The same once more"))

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("passphrase") and data["passphrase"] != data.get("again"):
            self.add_error("again", _("This is not the same passphrase."))
        return data


class ReasonForm(DeskForm):
    """Why this report is opened (GR-09)."""

    reason = forms.ChoiceField(
        label=_("Why do you open this report?"),
        help_text=_("Your choice is kept in the audit trail."),
        choices=ReadReason.choices,
        widget=forms.RadioSelect,
    )


class WriteForm(DeskForm):
    """A message or note; ``message_id`` makes sending it twice harmless."""

    text = forms.CharField(
        label=_("Text"), max_length=LONG, widget=forms.Textarea(attrs={"rows": 4})
    )
    message_id = forms.UUIDField(widget=forms.HiddenInput)


class MessageForm(WriteForm):
    """What the reporter will read."""

    is_interim = forms.BooleanField(
        label=_("This is an interim message: our feedback comes later"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Message to the reporter")


class NoteForm(WriteForm):
    """What only staff will read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Note for colleagues")


class DeclineForm(DeskForm):
    """Why the second person does not agree."""

    text = forms.CharField(
        label=_("Why do you not agree?"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def words(
    label: "StrOrPromise", help_text: "StrOrPromise" = "", *, rows: int = 4
) -> forms.CharField:
    """Room for a few sentences."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def line(label: "StrOrPromise", help_text: "StrOrPromise" = "") -> forms.CharField:
    """Room for one line."""
    return forms.CharField(label=label, help_text=help_text, max_length=200)


def recorded_fields() -> dict[str, forms.Field]:
    """A field for every word that the table of steps asks for."""
    return {
        "question": words(
            _("Your question to the reporter"), _("Ask for facts. Never ask for a name.")
        ),
        "advice": words(
            _("Your advice to the reporter"), _("They read this on the code page."), rows=6
        ),
        "service": line(_("To which service?")),
        "referral_channel": forms.ChoiceField(
            label=_("How does the reporter come there?"),
            choices=ReferralChannel.choices,
            widget=forms.RadioSelect,
        ),
        "contact_consent": forms.ChoiceField(
            label=_("May we pass on how to reach the reporter?"),
            choices=[
                ("no", _("No, we pass on nothing")),
                ("yes", _("Yes, the reporter agrees")),
            ],
            widget=forms.RadioSelect,
        ),
        "counter_indications": words(
            _("What contradicts it?"), _("“None” is an answer too, if you looked for it."), rows=3
        ),
        "proportionality": words(
            _("Why is this needed, and why can't it be done with less?"), rows=3
        ),
        "legal_basis": line(_("Legal basis"), _("Name and version of covenant or law.")),
        "basis_until": day(_("Valid up to and including")),
        "weighing_on": day(_("When will it be weighed?")),
        "reason": forms.ChoiceField(
            label=_("Why is there no follow-up?"),
            help_text=_("“Misuse” needs a second colleague."),
            choices=NoFollowUpReason.choices,
            widget=forms.RadioSelect,
        ),
        "recipient": line(_("Transferred to (organisation and function, no name)")),
        "transfer_channel": forms.ChoiceField(
            label=_("How was it passed on?"),
            choices=[
                ("phone", _("By telephone")),
                ("meeting", _("In a meeting")),
                ("own_system", _("In the recipient's own safe system")),
            ],
            widget=forms.RadioSelect,
        ),
        "confirmed_on": day(_("They confirmed receipt on")),
        "feedback": words(
            _("Feedback to the reporter"),
            _("What do we do and not do, and what can they do themselves?"),
            rows=6,
        ),
        "new_facts": words(_("What is new?"), rows=3),
        "note": words(_("Why?"), rows=3),
        "minimised": words(
            _("The short version that stays"),
            _(
                "Only what is needed to judge it. No names, no addresses, no faith, no health. The "
                "reporter's own text is destroyed when you save this."
            ),
            rows=6,
        ),
        "minimised_done": forms.BooleanField(
            label=_("I left out everything about persons that is not needed")
        ),
    }


class StepForm(DeskForm):
    """What must be written down with one step of the table."""

    def __init__(self, *args: Any, needs: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = recorded_fields()
        for name in needs:
            self.fields[name] = fields[name]

    def clean_confirmed_on(self) -> str:
        """A day that has come, as text."""
        day = self.cleaned_data["confirmed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has yet to come."))
        return str(day.isoformat())

    def clean_basis_until(self) -> str:
        """As text."""
        return str(self.cleaned_data["basis_until"].isoformat())

    def clean_weighing_on(self) -> str:
        """As text."""
        return str(self.cleaned_data["weighing_on"].isoformat())

    def clean_minimised(self) -> str:
        """Without what can only be about a person (GR-06)."""
        text: str = self.cleaned_data["minimised"]
        if found := noticed(text):
            named = ", ".join(str(one) for one in found)
            raise forms.ValidationError(
                _("Here stands %(what)s. Leave it out."), params={"what": named}
            )
        return text

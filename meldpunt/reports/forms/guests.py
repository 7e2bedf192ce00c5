"""Forms about a copy for a guest of the casusoverleg."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.forms.colleagues import ColleagueForm
from meldpunt.reports.forms.desk import DeskForm, day, secret, words
from portal.accounts.models import User


class AskGuestForm(ColleagueForm):
    """Who reads what, until when, and why; for the colleague who has to agree."""

    until = day(_("Last day on which the guest can read it"))
    why = words(_("Why does this guest need it?"), rows=2)
    text = words(
        _("What the guest reads"),
        _("Only what this person needs for the meeting. No name of the reporter."),
        rows=8,
    )

    def __init__(
        self, *args: Any, people: Iterable[User], marks: Mapping[int, str], **kwargs: Any
    ) -> None:
        known = list(people)
        self.marks = marks
        super().__init__(*args, people=[one for one in known if one.pk in marks], **kwargs)
        guest, later = self.fields["colleague"], [one for one in known if one.pk not in marks]
        guest.label = _("Guest, and the mark of their key")
        if later:
            names = ", ".join(map(str, later))
            guest.help_text = gettext("Not ready yet, without a passphrase: %(names)s.") % {
                "names": names
            }

    def options(self) -> list[tuple[Any, Any]]:
        """Names with the mark that a guest reads aloud on the telephone; nobody is chosen for you."""
        named = [(pk, f"{person} · {self.marks[pk]}") for pk, person in self.people.items()]
        return [("", _("Choose a guest")), *named]


class AgreeGuestForm(DeskForm):
    """The second person called the guest."""

    compared = forms.BooleanField(
        label=_("I called this guest, who read the same mark of the key aloud")
    )


class ReadCopyForm(DeskForm):
    """The passphrase, each time."""

    passphrase = secret(_("Your passphrase"), _("We ask it each time. Nothing stays open."))

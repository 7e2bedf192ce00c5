"""What the list of the desk can be narrowed to: never what stands in a report (GR-03)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.forms.desk import DeskForm, day
from meldpunt.reports.models import IndexEntry, Kind
from meldpunt.reports.workflow import ReportState
from meldpunt.vault.services.codes import NotACode, parse_reference
from portal.accounts.models import User

ALL = ("", _("All"))
KEPT = ("staat", "soort", "wijk", "wie", "termijn", "bericht", "gesloten")
SOON = timedelta(days=2)


class Mine(TextChoices):
    """Whose work it is, seen from who looks."""

    ME = "ik", _("Myself")
    DEPUTY = "vervanger", _("I am the deputy")
    SECOND = "tweede", _("Waits for me as second person")
    NOBODY = "niemand", _("Nobody yet")


class Deadline(TextChoices):
    """How near the deadline is."""

    LATE = "te-laat", _("Too late")
    SOON = "snel", _("Within two days")
    LONG = "lang-open", _("Open for more than six weeks")


class WorklistForm(DeskForm):
    """What the list can be narrowed to; never what stands in a report (GR-03)."""

    nummer = forms.CharField(label=_("Reference"), required=False, max_length=20)
    staat = forms.ChoiceField(
        label=_("State"), required=False, choices=[ALL, *ReportState.choices[:-1]]
    )
    soort = forms.ChoiceField(label=_("Kind"), required=False, choices=[ALL, *Kind.choices])
    wijk = forms.ChoiceField(label=_("Area"), required=False)
    van = day(_("Received from"), required=False)
    tot = day(_("up to and including"), required=False)
    wie = forms.ChoiceField(label=_("Handler"), required=False, choices=[ALL, *Mine.choices])
    termijn = forms.ChoiceField(
        label=_("Deadline"), required=False, choices=[ALL, *Deadline.choices]
    )
    bericht = forms.BooleanField(label=_("With a new message"), required=False)
    gesloten = forms.BooleanField(label=_("Closed ones too"), required=False)

    def __init__(self, *args: Any, areas: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wijk"].choices = [ALL, *((str(pk), name) for pk, name in areas)]  # type: ignore[attr-defined]

    def addresses(self) -> set[str]:
        """The names that an address may hold; a day has three."""
        parts = {f"{name}_{part}" for name in ("van", "tot") for part in ("day", "month", "year")}
        return set(self.fields) | parts

    def clean_nummer(self) -> str:
        """As it is kept, without dashes."""
        typed = self.cleaned_data["nummer"]
        try:
            return parse_reference(typed) if typed else ""
        except NotACode:
            raise forms.ValidationError(_("This is not a reference.")) from None

    def kept(self) -> str:
        """The filter as an address, of fixed words only: no reference and no days."""
        query = QueryDict(mutable=True)
        for name in KEPT:
            if value := self.cleaned_data.get(name):
                query[name] = "on" if value is True else value
        return str(query.urlencode())

    def in_words(self) -> str:
        """The same, for people."""
        words = []
        for name in KEPT:
            value = self.cleaned_data.get(name)
            if not value:
                continue
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                choices: Any = field.choices
                words.append(str(dict(choices)[value]))
            else:
                words.append(str(field.label))
        return ", ".join(words)


def fits_person(entry: IndexEntry, value: str, user: User) -> bool:
    """Whether a report is of the work that was asked for."""
    match value:
        case Mine.ME:
            return entry.assignee == user.pk
        case Mine.DEPUTY:
            return entry.deputy == user.pk
        case Mine.SECOND:
            for_step = entry.pending is not None and user.pk not in (
                entry.pending_by,
                entry.assignee,
            )
            return for_step or (entry.hand_to is not None and user.pk != entry.hand_by)
    return entry.assignee is None


def fits_deadline(entry: IndexEntry, value: str, *, on: date, longest: timedelta) -> bool:
    """Whether the deadline of a report is as near as was asked for."""
    if value == Deadline.LONG:
        return entry.received + longest < on
    if entry.due is None:
        return False
    if value == Deadline.LATE:
        return entry.due < on
    return on <= entry.due <= on + SOON

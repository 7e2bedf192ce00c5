"""Forms about who works on a report, and who is kept away from it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.forms.desk import DeskForm, words
from meldpunt.reports.models import Urgency
from portal.accounts.models import User


class TakeForm(DeskForm):
    """Becoming the handler: how soon it really is, or why one steps in."""

    urgency = forms.ChoiceField(
        label=_("How soon must this be looked at?"), choices=Urgency.choices, required=False
    )
    why = forms.CharField(
        label=_("Why do you take over?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, asks_urgency: bool, asks_why: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_urgency:
            del self.fields["urgency"]
        if asks_why:
            self.fields["why"].required = True
        else:
            del self.fields["why"]

    def clean_urgency(self) -> Urgency | None:
        """One of the words, or nothing."""
        value = self.cleaned_data["urgency"]
        return Urgency(value) if value else None


class ColleagueForm(DeskForm):
    """One of the colleagues who can open this report."""

    colleague = forms.TypedChoiceField(label=_("Colleague"), coerce=int, empty_value=None)

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.pk: person for person in people}
        self.fields["colleague"].choices = self.options()  # type: ignore[attr-defined]

    def options(self) -> list[tuple[Any, Any]]:
        """Their numbers and names."""
        return [(pk, str(person)) for pk, person in self.people.items()]

    def clean_colleague(self) -> User | None:
        """The account."""
        return self.people.get(self.cleaned_data["colleague"])


class DeputyForm(ColleagueForm):
    """Who takes over when the handler is away; nobody is an answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleague"].label = _("Deputy")
        self.fields["colleague"].required = False

    def options(self) -> list[tuple[Any, Any]]:
        """Nobody first."""
        return [("", _("Nobody")), *super().options()]


class ExcludeForm(ColleagueForm):
    """Who must not see this report, and why."""

    why = words(_("Why must this colleague not see it?"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleague"].label = _("Who is kept away from this report?")


class LetBackForm(ColleagueForm):
    """Who may see this report again, and why."""

    why = words(_("Why may this colleague see it again?"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleague"].label = _("Who may come back to this report?")


class ConflictForm(DeskForm):
    """What somebody says of their own interest, before they go on."""

    text = words(
        _("Do you know somebody who is concerned, or do you have an interest?"),
        _("Write what it is, and why you can still be fair. If you doubt, keep yourself away."),
        rows=2,
    )


class KeepForm(DeskForm):
    """Why weighing goes on although the reporter withdrew."""

    why = words(_("Why must this still be weighed?"), rows=2)

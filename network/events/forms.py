"""Forms around events; they check and hand back domain values."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.events.models import (
    Agreement,
    Attendance,
    Event,
    Minutes,
    Proposal,
    Series,
    SeriesMember,
    Session,
)
from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.pages.personal_data import without_people
from portal.regions.models import Municipality

MOMENT_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d-%m-%Y %H:%M"]


class MomentInput(forms.DateTimeInput):
    """A day with a time, as browsers ask for it."""

    input_type = "datetime-local"

    def format_value(self, value: Any) -> str | None:
        """The form that a browser reads."""
        if isinstance(value, datetime):
            moment = timezone.localtime(value) if timezone.is_aware(value) else value
            return moment.strftime("%Y-%m-%dT%H:%M")
        return str(value) if value else None


class DayInput(forms.DateInput):
    """A day, as browsers ask for it."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


def moment_field(label: Any, *, required: bool = True) -> forms.DateTimeField:
    """A field for a day with a time."""
    return forms.DateTimeField(
        label=label, required=required, widget=MomentInput(), input_formats=MOMENT_FORMATS
    )


class AgendaFilterForm(forms.Form):
    """Which events the agenda shows; kept in the address."""

    q = forms.CharField(label=_("Words in the title"), max_length=80, required=False)
    soort = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *Event.Kind.choices]
    )
    gemeente = forms.ModelChoiceField(
        Municipality.objects.all(),
        label=_("Municipality"),
        required=False,
        to_field_name="slug",
        empty_label=_("The whole region"),
    )
    wanneer = forms.ChoiceField(
        label=_("When"),
        required=False,
        choices=[("", _("To come")), ("voorbij", _("Past"))],
    )


class RegisterForm(forms.Form):
    """Coming to an event."""

    how = forms.ChoiceField(
        label=_("How do you take part?"),
        choices=[("zaal", _("I come to the place")), ("online", _("I join online"))],
        widget=forms.RadioSelect,
    )
    sessions = forms.ModelMultipleChoiceField(
        Session.objects.none(),
        label=_("Which sessions do you choose?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    confidence = forms.TypedChoiceField(
        label=_("How sure do you feel about this subject now?"),
        help_text=_("We ask it again afterwards, and show the mean of everybody only."),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("I would rather not say")), *((n, str(n)) for n in range(1, 6))],
    )
    needs = forms.CharField(
        label=_("What do you need to take part?"),
        help_text=_("For example a ramp, an interpreter or a meal. We delete it after a week."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, event: Event, taken: dict[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        if not event.is_hybrid:
            del self.fields["how"]
        sessions = event.sessions.all()
        if not event.session_choices or not sessions:
            del self.fields["sessions"]
            return
        field: Any = self.fields["sessions"]
        field.queryset = sessions
        field.help_text = _("Choose at most %(number)s.") % {"number": event.session_choices}
        field.choices = [(one.pk, label_of(one, taken.get(one.pk, 0))) for one in sessions]

    def clean_sessions(self) -> list[Session]:
        """No more than the event lets somebody choose."""
        chosen = list(self.cleaned_data["sessions"])
        if len(chosen) > self.event.session_choices:
            raise forms.ValidationError(
                _("Choose at most %(number)s."), params={"number": self.event.session_choices}
            )
        return chosen

    def values(self) -> dict[str, Any]:
        """What the registration is made of."""
        data = self.cleaned_data
        return {
            "sessions": data.get("sessions", []),
            "is_online": data.get("how") == "online",
            "needs": data["needs"],
            "confidence": data.get("confidence"),
        }

    def tell_full(self, session: Session) -> None:
        """Say at the field that somebody took the last seat meanwhile."""
        text = _("“%(title)s” is full. Choose another session.")
        self.add_error("sessions", text % {"title": session.title})


class GuestForm(RegisterForm):
    """Coming without an account: only what the day itself needs, so one field is left out."""

    confidence = None  # type: ignore[assignment]


class GuestAskForm(forms.Form):
    """Where the letter to confirm goes."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We write to it about this event only, and delete it a week afterwards."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


def label_of(session: Session, taken: int) -> str:
    """A session with its room and its free seats."""
    parts = [session.title]
    if session.starts_at:
        parts.append(timezone.localtime(session.starts_at).strftime("%H.%M"))
    if session.room:
        parts.append(session.room)
    if session.capacity is not None:
        left = max(0, session.capacity - taken)
        parts.append(str(_("%(number)s seats left") % {"number": left} if left else _("full")))
    return " · ".join(parts)


class EventForm(forms.ModelForm):
    """An event as its planner fills it in."""

    starts_at = moment_field(_("Begins at"))
    ends_at = moment_field(_("Ends at"))
    closes_at = moment_field(_("Register until"), required=False)
    online_url = forms.URLField(
        label=_("Address of the online meeting"),
        required=False,
        assume_scheme="https",
        help_text=_("Only who registered sees it. With a place as well, the event is hybrid."),
    )

    class Meta:
        model = Event
        fields = [
            "title",
            "kind",
            "audience",
            "municipality",
            "series",
            "summary",
            "text",
            "starts_at",
            "ends_at",
            "repeats",
            "repeat_until",
            "location",
            "online_url",
            "needs_registration",
            "admits_guests",
            "capacity",
            "closes_at",
            "session_choices",
            "materials",
        ]
        widgets = {"repeat_until": DayInput()}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = by.municipalities_where(Permission.EVENTS_WORK)
        municipality: Any = self.fields["municipality"]
        municipality.queryset = Municipality.objects.filter(pk__in=places)
        municipality.empty_label = _("The whole region")
        series: Any = self.fields["series"]
        series.queryset = Series.objects.filter(members__user=by, is_ended=False)
        series.empty_label = _("No series")

    def clean(self) -> dict[str, Any]:
        """Name the field that does not go with another."""
        data: dict[str, Any] = super().clean() or {}
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("The end must be after the beginning."))
        if data.get("repeats"):
            if not data.get("repeat_until"):
                self.add_error("repeat_until", _("Say until when it repeats."))
            elif starts and data["repeat_until"] < timezone.localdate(starts):
                self.add_error("repeat_until", _("This must be after the first time."))
            if data.get("needs_registration"):
                self.add_error("needs_registration", _("For what repeats, people cannot register."))
        else:
            data["repeat_until"] = None
        if data.get("admits_guests") and data.get("audience") != Event.Audience.EVERYBODY:
            self.add_error("admits_guests", _("Guests come to an event for everybody only."))
        if data.get("audience") == Event.Audience.MEMBERS and not data.get("series"):
            self.add_error("series", _("Choose the series whose members may see it."))
        return data


class SessionForm(forms.ModelForm):
    """A part of an event."""

    starts_at = moment_field(_("Begins at"), required=False)

    class Meta:
        model = Session
        fields = ["title", "text", "room", "starts_at", "capacity"]


class CancelForm(forms.Form):
    """Why an event is off."""

    reason = forms.CharField(
        label=_("Reason, for the letter"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class TicketForm(forms.Form):
    """The code of a ticket, scanned or typed."""

    ticket = forms.CharField(label=_("Code of the ticket"), max_length=32)


class EvaluationForm(forms.Form):
    """What it was worth."""

    useful = forms.TypedChoiceField(
        label=_("How useful was it for your work?"),
        coerce=int,
        choices=[(n, str(n)) for n in range(1, 6)],
        widget=forms.RadioSelect,
        help_text=_("1 is not at all, 5 is very."),
    )
    confidence = forms.TypedChoiceField(
        label=_("How sure do you feel about this subject now?"),
        coerce=int,
        choices=[(n, str(n)) for n in range(1, 6)],
        widget=forms.RadioSelect,
        help_text=_("1 is not at all, 5 is very."),
    )
    text = forms.CharField(
        label=_("What did you use, or what could be better?"),
        help_text=_("Write no names or other data about people."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_text(self) -> str:
        """No data about people."""
        return without_people(self.cleaned_data["text"])


class SeriesForm(forms.ModelForm):
    """A new series of talks."""

    function = forms.CharField(label=_("Your function in it"), max_length=120)

    class Meta:
        model = Series
        fields = ["title", "kind", "partners", "municipality", "every_months"]

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        municipality: Any = self.fields["municipality"]
        municipality.queryset = Municipality.objects.filter(
            pk__in=by.municipalities_where(Permission.EVENTS_WORK)
        )


class MemberForm(forms.ModelForm):
    """Somebody with an account who takes part."""

    email = forms.EmailField(label=_("E-mail address of the account"), max_length=254)
    field_order = ["email", "side", "function"]

    class Meta:
        model = SeriesMember
        fields = ["side", "function"]

    def clean_email(self) -> str:
        """The address of an account that exists."""
        email: str = self.cleaned_data["email"]
        self.user = User.objects.filter(email__iexact=email, is_active=True).first()
        if self.user is None:
            raise forms.ValidationError(_("No account has this address. Invite the person."))
        return email


class WithoutPeopleForm(forms.ModelForm):
    """A form whose texts say nothing about people (GR-05)."""

    def clean(self) -> dict[str, Any]:
        """Look at every text."""
        data: dict[str, Any] = super().clean() or {}
        for name, value in list(data.items()):
            if isinstance(value, str):
                try:
                    without_people(value)
                except forms.ValidationError as error:
                    self.add_error(name, error)
        return data


class ProposalForm(WithoutPeopleForm):
    """Something for the agenda."""

    class Meta:
        model = Proposal
        fields = ["text"]


class MinutesForm(WithoutPeopleForm):
    """What was said."""

    class Meta:
        model = Minutes
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 14})}
        help_texts = {
            "text": _("Write as for a public record: no names, nothing about anybody's faith.")
        }


class AttendanceForm(WithoutPeopleForm):
    """Who was there, by function."""

    class Meta:
        model = Attendance
        fields = ["side", "organisation", "function"]


class AgreementForm(WithoutPeopleForm):
    """What one side will do."""

    class Meta:
        model = Agreement
        fields = ["side", "text", "due_on"]
        widgets = {"due_on": DayInput()}

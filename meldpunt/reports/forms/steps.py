"""The steps of the public form. Nowhere does it ask who the person of concern is (R4).

A change of questions is a new version of the questionnaire: forms on their way stop fitting.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meldpunt.reports.forms.personal_data import Notice, notices_in, opinions_in
from meldpunt.reports.models import Kind, Urgency
from portal.regions.models import Municipality

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

QUESTIONNAIRE = "2026-2"
PRIVACY_TEXT = "2026-1"
LONG, SHORT = 8000, 120
UNKNOWN = "unknown"


class StepForm(forms.Form):
    """One page of the form.

    ``slug`` is its address, ``title`` its question, ``short`` its name in the list of steps.
    """

    slug: ClassVar[str]
    title: ClassVar[Promise]
    short: ClassVar[Promise]
    coaching: ClassVar[tuple[Promise, ...]] = ()
    checks_text: ClassVar[bool] = True
    use_required_attribute = False

    def __init__(
        self, *args: Any, municipality: Municipality | None, about: str = "", **kwargs: Any
    ) -> None:
        self.municipality, self.about = municipality, about
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def notices(self) -> list[Notice]:
        """What seems to be about a person in what was typed, to warn the writer (GR-05)."""
        return notices_in(self.written(), known=self.places()) if self.checks_text else []

    def written(self) -> str:
        """All free text of this page."""
        texts = [
            self.cleaned_data.get(name)
            for name, field in self.fields.items()
            if not isinstance(field, forms.ChoiceField)
        ]
        return " \n ".join(text for text in texts if isinstance(text, str))

    def places(self) -> set[str]:
        """Names that are of places, not of people."""
        if self.municipality is None:
            return set()
        areas = self.municipality.areas.values_list("name", flat=True)
        return {self.municipality.name, *areas}

    def shown(self) -> list[tuple["StrOrPromise", str]]:
        """Question and answer, for the page where everything is checked."""
        lines = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if isinstance(field.widget, forms.HiddenInput) or value in ("", None, False):
                continue
            if isinstance(field, forms.ChoiceField):
                choices: Any = field.choices
                value = dict(choices).get(value, value)
            lines.append((field.label or "", str(value) if value is not True else str(_("Yes"))))
        return lines


def long_text(
    label: "StrOrPromise", help_text: "StrOrPromise", *, required: bool = True
) -> forms.CharField:
    """A question with room for an answer of a page."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 7, "autocomplete": "off", "data-count": ""}),
    )


def short_text(label: "StrOrPromise", help_text: "StrOrPromise" = "") -> forms.CharField:
    """A question with room for one line; never obliged."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=SHORT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def choice(
    label: "StrOrPromise", choices: Any, help_text: "StrOrPromise" = ""
) -> forms.ChoiceField:
    """A question with a few answers to choose from."""
    return forms.ChoiceField(
        label=label, help_text=help_text, choices=choices, widget=forms.RadioSelect
    )


class KindForm(StepForm):
    """What it is about; faith, protest and opinion are no ground (GR-25)."""

    slug, short = "soort", _("Kind")
    title = _("What do you want to share?")
    coaching = (
        _("You may also just ask for advice. You need not report anything then."),
        _(
            "Somebody's faith, clothes, opinion or a lawful protest are no reason for a report. "
            "It is about behaviour that worries you."
        ),
        _("This form is not for crimes. Call the police for those: 0900-8844."),
    )
    kind = choice(_("Choose what fits best"), Kind.choices)
    about_staff = forms.BooleanField(
        label=_("It is about somebody who works for the municipality"),
        help_text=_(
            "Then it does not go to their colleagues, but to the trust person of the region."
        ),
        required=False,
    )


class FactsForm(StepForm):
    """What was seen or heard (``observed_facts``), apart from what one thinks of it."""

    slug, short = "waarneming", _("Seen or heard")
    title = _("What did you see or hear?")
    coaching = (
        _("Write down what somebody did or said. Leave out what you think of it: that comes next."),
        _(
            "Do not write the name of the person you worry about. “A boy of about 16 from my "
            "class” is enough."
        ),
        _("Not: “He is radicalising.” But: “He said twice that violence is allowed.”"),
    )
    TITLES: ClassVar[dict[str, Any]] = {
        Kind.ADVICE: _("What do you want to think about together?"),
        Kind.WORRY: _("What did you see or hear?"),
        Kind.TENSION: _("What happens between the groups?"),
        Kind.ONLINE: _("What did you see online?"),
        Kind.INCIDENT: _("What happened?"),
    }
    observed_facts = long_text(
        _("What did you see or hear?"), _("As exactly as you can. Names are not needed.")
    )
    source = choice(
        _("How do you know this?"),
        [
            ("self", _("I saw or heard it myself")),
            ("told", _("Somebody told me")),
            ("online", _("I saw it online")),
            ("mixed", _("Partly myself, partly from others")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = self.TITLES.get(self.about, self.title)  # type: ignore[misc]
        self.fields["observed_facts"].label = self.title

    def notices(self) -> list[Notice]:
        """Also where a thought stands between the facts."""
        return [*super().notices(), *opinions_in(self.written())]


class ThoughtsForm(StepForm):
    """The reporter's own reading (``interpretation``), and what they hope for."""

    slug, short = "gedachten", _("Your thoughts")
    title = _("What do you think yourself?")
    coaching = (
        _("Here you may write what you think or fear. We keep it apart from the facts."),
        _("You don't have to be sure."),
    )
    interpretation = long_text(
        _("What do you think is going on?"), _("For example: “I think he feels left out.”")
    )
    wish = long_text(
        _("What do you hope that we do?"),
        _("For example: think along, or bring you in contact with somebody who can help."),
        required=False,
    )


class ContradictionForm(StepForm):
    """What speaks against the worry (``counter_indications``); not knowing is an answer."""

    slug, short = "tegenspraak", _("Other side")
    title = _("What contradicts your worry?")
    coaching = (
        _("This helps us to be fair, to everybody."),
        _("Could there be another explanation? Are things also going well?"),
    )
    counter_indications = long_text(
        _("What contradicts your worry?"),
        _("For example: “He still goes to school and has friends there.”"),
        required=False,
    )
    nothing_known = forms.BooleanField(label=_("I don't know"), required=False)

    def clean(self) -> dict[str, Any]:
        """One of the two is answered."""
        data: dict[str, Any] = super().clean() or {}
        is_answered = data.get("counter_indications") or data.get("nothing_known")
        if not is_answered and "counter_indications" not in self.errors:
            self.add_error("counter_indications", _("Write something, or tick “I don't know”."))
        return data


class PlaceForm(StepForm):
    """When and where, as an area and never as an address."""

    slug, short = "waar-en-wanneer", _("When and where")
    title = _("When and where was it?")
    coaching = (_("An address is not needed."),)
    period = choice(
        _("When was it?"),
        [
            ("today", _("Today or yesterday")),
            ("week", _("Less than a week ago")),
            ("month", _("Less than a month ago")),
            ("longer", _("Longer ago")),
            ("ongoing", _("It has been going on for some time")),
        ],
    )
    area = choice(_("In which area?"), [])
    place = choice(
        _("What kind of place was it?"),
        [
            ("school", _("School or course")),
            ("street", _("Street, square or park")),
            ("home", _("At somebody's home")),
            ("work", _("Work or internship")),
            ("club", _("Club, association or house of prayer")),
            ("online", _("Online")),
            (UNKNOWN, _("Something else, or I don't know")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = self.municipality.areas.values_list("pk", "name") if self.municipality else []
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            *((str(pk), name) for pk, name in areas),
            (UNKNOWN, _("Another area, or I don't know")),
        ]


class UrgencyForm(StepForm):
    """How soon. Danger now is for 112, before anything else."""

    slug, short = "haast", _("Hurry")
    title = _("How soon must somebody look at this?")
    coaching = (_("We read reports on working days. In danger, always call 112 first."),)
    urgency = choice(_("How soon?"), Urgency.choices)
    called = forms.BooleanField(required=False, widget=forms.HiddenInput)

    @property
    def must_call(self) -> bool:
        """Whether the page with 112 comes first."""
        return self.cleaned_data["urgency"] == Urgency.NOW and not self.cleaned_data["called"]


class ReporterForm(StepForm):
    """Who reports, when they want to say so; sealed for other people than the report."""

    slug, short = "over-u", _("About you")
    title = _("Who are you?")
    checks_text = False  # here details are asked for
    coaching = (
        _("You need not give your name. You can stay in touch through your code."),
        _("What you fill in here lies in a separate safe. We destroy it 30 days after closing."),
    )
    capacity = choice(
        _("As who do you write this?"),
        [
            ("resident", _("Resident")),
            ("family", _("Family or friend")),
            ("professional", _("Professional or volunteer")),
            ("organisation", _("On behalf of an organisation")),
            (UNKNOWN, _("I would rather not say")),
        ],
    )
    name = short_text(_("Your name"))
    contact = short_text(
        _("How can we reach you?"), _("A telephone number or e-mail address of yours.")
    )
    organisation = short_text(_("Your organisation"))

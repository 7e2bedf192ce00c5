"""What things of the directory can be, and which steps they can make."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    """What sort of organisation it is. The words stand in addresses, so they are Dutch."""

    MUNICIPALITY = "gemeente", _("Municipality")
    PUBLIC = "overheid", _("Other public body")
    CARE = "zorg", _("Care and welfare")
    SCHOOL = "school", _("School")
    YOUTH_WORK = "jongerenwerk", _("Youth work")
    SAFETY = "veiligheid", _("Police and safety")
    COMMUNITY = "gemeenschap", _("Community organisation")
    WORSHIP = "gebedshuis", _("Place of worship")
    RESIDENTS = "bewoners", _("Residents' initiative")
    SPORT = "sport", _("Sport and culture")
    OTHER = "anders", _("Something else")


class Weekday(TextChoices):
    """The days of the week, from Monday; stored as one digit."""

    MONDAY = "0", _("Monday")
    TUESDAY = "1", _("Tuesday")
    WEDNESDAY = "2", _("Wednesday")
    THURSDAY = "3", _("Thursday")
    FRIDAY = "4", _("Friday")
    SATURDAY = "5", _("Saturday")
    SUNDAY = "6", _("Sunday")


class Phase(TextChoices):
    """How tense it is in a municipality: some may be called only when it is."""

    REST = "rust", _("Rest")
    SIGNALS = "signalen", _("Early signals")
    INCIDENT = "incident", _("Incident or unrest")
    AFTERCARE = "nazorg", _("Aftercare")


TENSE = frozenset({Phase.SIGNALS, Phase.INCIDENT})


class DetailKind(TextChoices):
    """By which way a person can be reached."""

    PHONE = "telefoon", _("Telephone")
    MOBILE = "mobiel", _("Mobile")
    EMAIL = "email", _("E-mail")


class Purpose(TextChoices):
    """What a contact detail may be used for."""

    COLLEAGUES = "overleg", _("Questions from colleagues")
    DEPLOYMENT = "inzet", _("A request to help in times of tension")
    INVITATIONS = "uitnodiging", _("Invitations and news")


class Channel(TextChoices):
    """Where a contact detail may stand."""

    SCREEN = "scherm", _("On the portal")
    EXPORT = "export", _("In an export (CSV or vCard)")
    DIGEST = "overzicht", _("In a digest by e-mail")
    OFFLINE = "offline", _("On a telephone without internet")


class ConsentPhase(TextChoices):
    """When a contact detail may be used."""

    ALWAYS = "altijd", _("Always")
    TENSION = "spanning", _("Only in times of tension")


class KeyFigureState(TextChoices):
    """The life of a key figure in the network, from open call to farewell (domain.md 7.4)."""

    INTERESTED = "interested", _("Interested")
    INTAKE = "intake", _("Intake")
    REFERENCE_CHECK = "reference_check", _("Reference check")
    AGREEMENT = "agreement", _("Agreement")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")


_STATES = KeyFigureState
ALLOWED: dict[KeyFigureState, frozenset[KeyFigureState]] = {
    _STATES.INTERESTED: frozenset({_STATES.INTAKE, _STATES.ENDED}),
    _STATES.INTAKE: frozenset({_STATES.REFERENCE_CHECK, _STATES.ENDED}),
    _STATES.REFERENCE_CHECK: frozenset({_STATES.AGREEMENT, _STATES.ENDED}),
    _STATES.AGREEMENT: frozenset({_STATES.ACTIVE, _STATES.ENDED}),
    _STATES.ACTIVE: frozenset({_STATES.PAUSED, _STATES.ENDED}),
    _STATES.PAUSED: frozenset({_STATES.ACTIVE, _STATES.ENDED}),
    _STATES.ENDED: frozenset(),  # who comes back begins again, with a new agreement
}


class TransitionNotAllowed(Exception):
    """A key figure was asked to make a step the workflow does not have."""


def check_transition(old: KeyFigureState, new: KeyFigureState) -> None:
    """Raise ``TransitionNotAllowed`` unless the table has the step ``old`` to ``new``."""
    if new not in ALLOWED[old]:
        raise TransitionNotAllowed(f"{old.value} to {new.value}")


class DeploymentState(TextChoices):
    """What became of a request to help."""

    ASKED = "asked", _("Asked")
    ACCEPTED = "accepted", _("Said yes")
    DECLINED = "declined", _("Said no")
    DONE = "done", _("Done, and thanked")

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

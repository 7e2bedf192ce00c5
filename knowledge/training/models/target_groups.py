"""For whom training is meant."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TargetGroup(models.TextChoices):
    """Kinds of work for which training differs (domain.md 1.3)."""

    YOUTH_HEALTH = "jgz", _("Youth health care")
    EDUCATION = "onderwijs", _("Education")
    ENFORCEMENT = "handhaving", _("Enforcement")
    INCOME = "werk-en-inkomen", _("Work and income")
    YOUTH_WORK = "jongerenwerk", _("Youth work")
    NEIGHBOURHOOD = "wijkteam", _("Neighbourhood team")
    DESK = "balie", _("Front desk")
    OTHER = "anders", _("Other work")

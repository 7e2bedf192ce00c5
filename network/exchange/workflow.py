"""Choices of the exchange."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PostKind(TextChoices):
    """Whether somebody wants an answer, or talks something over. Stands in addresses."""

    QUESTION = "vraag", _("Question")
    DISCUSSION = "gesprek", _("Discussion")


class Rhythm(TextChoices):
    """How often somebody wants a digest."""

    NEVER = "nooit", _("No digest")
    DAILY = "dag", _("Every day")
    WEEKLY = "week", _("Every week")


class Removal(TextChoices):
    """Why a moderator took a text away."""

    PERSON = "persoon", _("It is about a person")
    REPORT = "meldpunt", _("It belongs to the meldpunt")
    RULES = "huisregels", _("It is against the house rules")
    DOUBLE = "dubbel", _("It was there already")

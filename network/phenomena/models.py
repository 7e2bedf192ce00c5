"""Observations for ninety days, and the phenomena and counts that stay."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.phenomena.querysets import ObservationQuerySet
from network.phenomena.workflow import Advice, ObservationState, PlatformType, Reach, Tone
from portal.regions.models import Area, Municipality


class Phenomenon(models.Model):
    """Something that goes on online, without anybody in it: what we know, and what we do not."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    summary = models.TextField(_("what we see"), max_length=1200)
    unknown = models.TextField(_("what we do not know"), max_length=1200)
    advice = models.TextField(_("what helps"), max_length=1200, blank=True)
    expires_on = models.DateField(_("look at it again before"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    written_at = models.DateTimeField(_("written at"), auto_now=True)

    class Meta:
        verbose_name = _("phenomenon")
        verbose_name_plural = _("phenomena")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(unknown=""), name="phenomenon_says_what_we_do_not_know"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Observation(models.Model):
    """What a trained ambassador saw going on: no account, no address, no picture (GR-16)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("by")
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=ObservationState.choices,
        default=ObservationState.DRAFT,
    )
    platform = models.CharField(_("type of place"), max_length=12, choices=PlatformType.choices)
    seen_from = models.DateField(_("seen from"))
    seen_until = models.DateField(_("seen until"))
    description = models.TextField(_("what goes on"), max_length=1000)
    effect = models.TextField(_("what it does, online and in the street"), max_length=600)
    reach = models.CharField(_("reach"), max_length=10, choices=Reach.choices)
    municipality = models.ForeignKey(
        Municipality,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("municipality"),
        help_text=_("Empty: unknown."),
    )
    area = models.ForeignKey(
        Area,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("area"),
    )
    tone = models.CharField(_("tone"), max_length=12, choices=Tone.choices, default=Tone.UNKNOWN)
    advice = models.CharField(_("what would you do"), max_length=14, choices=Advice.choices)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    feedback = models.TextField(_("feedback"), max_length=600, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("reviewed by"),
    )
    phenomenon = models.ForeignKey(
        Phenomenon,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("phenomenon"),
    )

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ["-made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "accepted", "clustered"]) | ~Q(feedback=""),
                name="observation_reviewed_has_feedback",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at=None)
                | (~Q(state="draft") & Q(submitted_at__isnull=False)),
                name="observation_sent_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"observation {self.pk}"


class MonthlyCount(models.Model):
    """How often a phenomenon was seen in a month, in an area or nowhere in particular: all that stays."""

    phenomenon = models.ForeignKey(Phenomenon, on_delete=models.CASCADE, related_name="counts")
    month = models.DateField()
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["month", "municipality"]
        constraints = [
            models.UniqueConstraint(
                fields=["phenomenon", "month", "area"],
                condition=Q(area__isnull=False),
                name="monthly_count_once_in_an_area",
            ),
            models.UniqueConstraint(
                fields=["phenomenon", "month", "municipality"],
                condition=Q(municipality__isnull=False, area=None),
                name="monthly_count_once_in_a_municipality",
            ),
            models.UniqueConstraint(
                fields=["phenomenon", "month"],
                condition=Q(municipality=None),
                name="monthly_count_once_without_a_place",
            ),
            models.CheckConstraint(
                condition=Q(area=None) | Q(municipality__isnull=False),
                name="monthly_count_of_an_area_has_a_municipality",
            ),
        ]

    def __str__(self) -> str:
        return f"count {self.pk}"

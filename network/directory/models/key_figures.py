"""Key figures: who connects and calms, with what was agreed; no channel about other people."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.directory.models.sectors import Language
from network.directory.querysets import DeploymentQuerySet, KeyFigureQuerySet
from network.directory.workflow import DeploymentState, KeyFigureState
from portal.pages.models import Theme
from portal.regions.models import Area, Municipality


class KeyFigure(models.Model):
    """One person's road as a key figure in a municipality; the own entries are the person's own.

    Of a reference check only yes or no and the day are kept, never what was said (domain.md 1.8).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("account"),
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", verbose_name=_("municipality")
    )
    state = models.CharField(
        _("state"),
        max_length=16,
        choices=KeyFigureState.choices,
        default=KeyFigureState.INTERESTED,
    )
    since = models.DateTimeField(_("since"), default=timezone.now)
    availability = models.CharField(_("when you can help"), max_length=160, blank=True)
    areas = models.ManyToManyField(Area, blank=True, related_name="+", verbose_name=_("areas"))
    languages = models.ManyToManyField(
        Language, blank=True, related_name="+", verbose_name=_("languages")
    )
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name=_("themes"))
    official = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("contact official"),
    )
    reference_on = models.DateField(_("reference check on"), null=True, blank=True)
    reference_is_good = models.BooleanField(_("reference is good"), null=True, blank=True)
    agreed_on = models.DateField(_("agreement of"), null=True, blank=True)
    agreement = models.CharField(_("which agreement"), max_length=120, blank=True)
    allowance = models.CharField(_("allowance"), max_length=120, blank=True)
    declared_on = models.DateField(_("declaration of interests on"), null=True, blank=True)
    talk_on = models.DateField(_("yearly talk on"), null=True, blank=True)
    trained_until = models.DateField(_("training valid until"), null=True, blank=True)

    objects = KeyFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")
        ordering = ["state", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "municipality"],
                condition=~Q(state=KeyFigureState.ENDED),
                name="key_figure_once_in_a_municipality",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[KeyFigureState.ACTIVE, KeyFigureState.PAUSED])
                | Q(
                    reference_is_good=True,
                    agreed_on__isnull=False,
                    declared_on__isnull=False,
                ),
                name="key_figure_is_active_only_with_reference_agreement_and_declaration",
            ),
            models.CheckConstraint(
                condition=Q(state__in=KeyFigureState.values), name="key_figure_has_a_known_state"
            ),
        ]

    def __str__(self) -> str:
        return f"key figure {self.pk}"

    @property
    def is_trained(self) -> bool:
        """Whether the training counts today: without it nobody is asked to help."""
        return self.trained_until is not None and self.trained_until >= timezone.localdate()

    @property
    def needs_talk(self) -> bool:
        """Whether the yearly talk is due."""
        spoken = self.talk_on or self.agreed_on
        return (
            self.state == KeyFigureState.ACTIVE
            and spoken is not None
            and (timezone.localdate() - spoken).days > 365
        )


class KeyFigureStep(models.Model):
    """One step in the life of a key figure: appended, never changed."""

    key_figure = models.ForeignKey(KeyFigure, on_delete=models.CASCADE, related_name="steps")
    old = models.CharField(max_length=16)
    new = models.CharField(max_length=16, choices=KeyFigureState.choices)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.old} to {self.new}"


class Deployment(models.Model):
    """A request to help with an activity, and what became of it: never about persons (GR-17)."""

    key_figure = models.ForeignKey(
        KeyFigure,
        on_delete=models.CASCADE,
        related_name="deployments",
        verbose_name=_("key figure"),
    )
    activity = models.CharField(_("activity"), max_length=160)
    on = models.DateField(_("on"))
    area = models.ForeignKey(
        Area,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("area"),
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=DeploymentState.choices,
        default=DeploymentState.ASKED,
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    cents = models.PositiveIntegerField(_("allowance in cents"), null=True, blank=True)
    claimed_at = models.DateTimeField(_("allowance asked at"), null=True, blank=True)
    allowed_at = models.DateTimeField(_("allowance granted at"), null=True, blank=True)
    allowed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("allowance granted by"),
    )

    objects = DeploymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to help")
        verbose_name_plural = _("requests to help")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cents=None, claimed_at=None) | Q(cents__gt=0, claimed_at__isnull=False),
                name="allowance_has_an_amount_and_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(allowed_at=None, allowed_by=None)
                | Q(allowed_at__isnull=False, allowed_by__isnull=False, cents__isnull=False),
                name="allowance_is_granted_by_somebody_after_it_was_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"deployment {self.pk}"

    @property
    def euros(self) -> Decimal:
        """The allowance that was asked."""
        return Decimal(self.cents or 0).scaleb(-2)

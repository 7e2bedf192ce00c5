"""People of the network: only who has an account, and only what they entered themselves."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.directory.models.organisations import CONFIRM_AFTER, Organisation
from network.directory.models.sectors import Language
from network.directory.querysets import ConsentQuerySet, DetailQuerySet, ProfileQuerySet
from network.directory.workflow import Channel, ConsentPhase, DetailKind, Phase, Purpose
from portal.pages.models import Theme
from portal.regions.models import Area, Municipality


class Profile(models.Model):
    """What an account holder says about the own work, shown while they want it shown."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("account"),
    )
    function = models.CharField(_("function"), max_length=80)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("organisation"),
    )
    about = models.TextField(_("what you can be asked about"), max_length=600, blank=True)
    availability = models.CharField(_("when you can be reached"), max_length=120, blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name=_("themes"))
    areas = models.ManyToManyField(Area, blank=True, related_name="+", verbose_name=_("areas"))
    languages = models.ManyToManyField(
        Language, blank=True, related_name="+", verbose_name=_("languages")
    )
    listed_at = models.DateTimeField(
        _("listed since"), null=True, blank=True, help_text=_("Empty: not in the directory.")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), default=timezone.now)
    asked_at = models.DateTimeField(_("asked to confirm at"), null=True, blank=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        ordering = ["user__name", "pk"]

    def __str__(self) -> str:
        return f"profile {self.pk}"

    @property
    def needs_confirmation(self) -> bool:
        """Whether its holder said too long ago that it is right."""
        return self.confirmed_at < timezone.now() - CONFIRM_AFTER


class ProfileDetail(models.Model):
    """One way to reach a person. Nobody sees it without a consent that counts now."""

    profile = models.ForeignKey(
        Profile, on_delete=models.CASCADE, related_name="details", verbose_name=_("profile")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=DetailKind.choices)
    value = models.CharField(_("number or address"), max_length=254)

    objects = DetailQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact detail")
        verbose_name_plural = _("contact details")
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "kind"], name="profile_has_one_detail_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Consent(models.Model):
    """One permission for one detail: what for, where, when, and until which day."""

    detail = models.ForeignKey(
        ProfileDetail, on_delete=models.CASCADE, related_name="consents", verbose_name=_("detail")
    )
    purpose = models.CharField(_("what for"), max_length=12, choices=Purpose.choices)
    channel = models.CharField(_("where"), max_length=12, choices=Channel.choices)
    phase = models.CharField(_("when"), max_length=12, choices=ConsentPhase.choices)
    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    valid_until = models.DateField(_("valid until"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["purpose", "channel", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["detail", "purpose", "channel"],
                condition=Q(withdrawn_at=None),
                name="consent_is_given_once_for_a_purpose_and_a_channel",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values)
                & Q(channel__in=Channel.values)
                & Q(phase__in=ConsentPhase.values),
                name="consent_says_what_for_where_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"


class CurrentPhase(models.Model):
    """How tense it is in a municipality now; without a row it is at rest."""

    municipality = models.OneToOneField(
        Municipality, on_delete=models.CASCADE, related_name="+", verbose_name=_("municipality")
    )
    phase = models.CharField(_("phase"), max_length=12, choices=Phase.choices)
    since = models.DateTimeField(_("since"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("phase of a municipality")
        verbose_name_plural = _("phases of municipalities")

    def __str__(self) -> str:
        return f"{self.municipality_id}: {self.phase}"


class Export(models.Model):
    """A file with contact details of people that somebody took out of the portal."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    details = models.ManyToManyField(ProfileDetail, related_name="exports")

    class Meta:
        verbose_name = _("export of people")
        verbose_name_plural = _("exports of people")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"export {self.pk}"

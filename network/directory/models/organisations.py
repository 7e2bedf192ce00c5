"""Who is there: organisations, when they are open, and which function answers."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.directory.models.sectors import Language, Sector
from network.directory.querysets import OrganisationQuerySet
from network.directory.workflow import OrganisationKind, Weekday
from portal.accounts.models import User
from portal.pages.models import Theme
from portal.regions.models import Area, Municipality

CONFIRM_AFTER = timedelta(days=180)


def is_name_of_somebody(name: str) -> bool:
    """Whether somebody with an account is called so, in capitals or not."""
    return User.objects.filter(name__iexact=" ".join(name.split())).exists()


class Organisation(models.Model):
    """An organisation of the network, with a card that it keeps itself."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=140, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    summary = models.TextField(_("what it does"), max_length=600, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("municipality"),
        help_text=_("Empty: the whole region."),
    )
    areas = models.ManyToManyField(
        Area,
        blank=True,
        related_name="+",
        verbose_name=_("areas"),
        help_text=_("Empty: every area of the municipality."),
    )
    sectors = models.ManyToManyField(
        Sector, blank=True, related_name="+", verbose_name=_("sectors")
    )
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name=_("themes"))
    languages = models.ManyToManyField(
        Language, blank=True, related_name="+", verbose_name=_("languages")
    )
    visiting_address = models.CharField(_("visiting address"), max_length=200, blank=True)
    website = models.CharField(
        _("website"), max_length=200, blank=True, validators=[URLValidator(["https", "http"])]
    )
    phone = models.CharField(_("general telephone"), max_length=30, blank=True)
    email = models.EmailField(_("general e-mail address"), blank=True)
    is_fictional = models.BooleanField(_("fictional"), default=False)
    keepers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="+",
        verbose_name=_("accounts that keep this card"),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked to confirm at"), null=True, blank=True)
    ended_on = models.DateField(_("stopped on"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["name", "id"], name="organisation_by_name"),
            models.Index(
                fields=["name", "id"],
                condition=Q(ended_on=None, merged_into=None),
                name="organisation_current_by_name",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=OrganisationKind.values),
                name="organisation_has_a_kind_that_exists",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="organisation_is_not_merged_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """An organisation is never called as somebody with an account: it stands on the map (GR-04)."""
        if is_name_of_somebody(self.name):
            raise ValidationError(
                {"name": _("This is the name of a person. Write the name of an organisation.")}
            )

    def get_absolute_url(self) -> str:
        """Where its card stands."""
        return reverse("network:organisation", args=[self.slug])

    @property
    def reference(self) -> str:
        """How the audit trail names it."""
        return f"organisation:{self.pk}"

    @property
    def needs_confirmation(self) -> bool:
        """Whether nobody said for half a year that the card is right."""
        return not self.confirmed_at or self.confirmed_at < timezone.now() - CONFIRM_AFTER

    def is_open_at(self, moment: datetime) -> bool:
        """Whether one of its (prefetched) hours holds ``moment``."""
        local = timezone.localtime(moment)
        return any(
            hours.weekday == str(local.weekday()) and hours.opens <= local.time() < hours.closes
            for hours in self.hours.all()
        )


class OpeningHours(models.Model):
    """One stretch of a week in which somebody answers."""

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="hours",
        verbose_name=_("organisation"),
    )
    weekday = models.CharField(_("day"), max_length=1, choices=Weekday.choices)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")), name="opening_hours_close_after_they_open"
            ),
            models.CheckConstraint(
                condition=Q(weekday__in=Weekday.values), name="opening_hours_have_a_weekday"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class ContactFunction(models.Model):
    """A function that can be called, such as the duty desk: never a person by name."""

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="contacts",
        verbose_name=_("organisation"),
    )
    function = models.CharField(_("function"), max_length=80)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail address of the function"), blank=True)
    note = models.CharField(_("when to call"), max_length=160, blank=True)
    is_always_open = models.BooleanField(_("answers day and night"), default=False)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("contact function")
        verbose_name_plural = _("contact functions")
        ordering = ["sort_order", "function", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email=""),
                name="contact_function_can_be_reached",
            ),
        ]

    def __str__(self) -> str:
        return self.function

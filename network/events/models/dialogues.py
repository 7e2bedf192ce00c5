"""The dialogue with mosques and communities: one record that both sides see (domain.md 1.19)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.regions.models import Municipality


class Side(models.TextChoices):
    """Who speaks: both sides have the same rights."""

    MUNICIPALITY = "gemeente", _("Municipality")
    COMMUNITY = "gemeenschap", _("Community")


class Series(models.Model):
    """Meetings that belong together, such as the talks with the boards of mosques."""

    class Kind(models.TextChoices):
        OFFICIAL = "ambtelijk", _("Civil servants")
        BOARD = "bestuurlijk", _("Mayor and aldermen")

    title = models.CharField(_("title"), max_length=160)
    kind = models.CharField(_("level"), max_length=12, choices=Kind.choices)
    partners = models.CharField(
        _("partners"), max_length=300, help_text=_("Organisations, never names of people.")
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", verbose_name=_("municipality")
    )
    every_months = models.PositiveSmallIntegerField(_("once in so many months"), default=3)
    reminded_on = models.DateField(_("reminded on"), null=True, blank=True, editable=False)
    is_ended = models.BooleanField(_("ended"), default=False)

    class Meta:
        verbose_name = _("series of meetings")
        verbose_name_plural = _("series of meetings")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(every_months__gte=1, every_months__lte=12),
                name="series_meets_at_least_once_a_year",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SeriesMember(models.Model):
    """An account that takes part for one side, in a function."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(_("side"), max_length=12, choices=Side.choices)
    function = models.CharField(_("function"), max_length=120)

    class Meta:
        verbose_name = _("member of a series")
        verbose_name_plural = _("members of series")
        ordering = ["side", "function"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "user"], name="series_has_each_member_on_one_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} #{self.pk}"


class Proposal(models.Model):
    """Something to talk about, from either side."""

    event = models.ForeignKey(
        "network_events.Event", on_delete=models.CASCADE, related_name="proposals"
    )
    side = models.CharField(_("side"), max_length=12, choices=Side.choices)
    text = models.CharField(_("subject"), max_length=300)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed at"), auto_now_add=True)

    class Meta:
        verbose_name = _("proposal for the agenda")
        verbose_name_plural = _("proposals for the agenda")
        ordering = ["proposed_at", "pk"]

    def __str__(self) -> str:
        return f"proposal #{self.pk}"


class Attendance(models.Model):
    """Who was there, by organisation and function and never by name (domain.md 1.19)."""

    event = models.ForeignKey(
        "network_events.Event", on_delete=models.CASCADE, related_name="attendances"
    )
    side = models.CharField(_("side"), max_length=12, choices=Side.choices)
    organisation = models.CharField(_("organisation"), max_length=160)
    function = models.CharField(_("function"), max_length=120)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["side", "organisation"]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.function}"


class Minutes(models.Model):
    """What was said, as both sides approve it; every change asks both again."""

    event = models.OneToOneField(
        "network_events.Event", on_delete=models.CASCADE, related_name="minutes"
    )
    text = models.TextField(_("minutes of a talk"), max_length=20000)
    version = models.PositiveIntegerField(_("version"), default=1)
    by_municipality = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    by_community = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved at"), null=True)

    class Meta:
        verbose_name = _("minutes of a talk")
        verbose_name_plural = _("minutes of a talk")
        constraints = [
            models.CheckConstraint(
                condition=Q(by_municipality=None)
                | Q(by_community=None)
                | ~Q(by_municipality=F("by_community")),
                name="minutes_are_approved_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None)
                | Q(by_municipality__isnull=False, by_community__isnull=False),
                name="minutes_are_approved_by_both_sides",
            ),
        ]

    def __str__(self) -> str:
        return f"minutes #{self.pk}"


class Agreement(models.Model):
    """Something that one side will do before a day."""

    event = models.ForeignKey(
        "network_events.Event", on_delete=models.CASCADE, related_name="agreements"
    )
    side = models.CharField(_("side"), max_length=12, choices=Side.choices)
    text = models.CharField(_("agreement"), max_length=300)
    due_on = models.DateField(_("before"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    reminded_on = models.DateField(_("reminded on"), null=True, blank=True)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"agreement #{self.pk}"

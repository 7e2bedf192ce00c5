"""The strategic network: member organisations with a term, a year plan, meetings, actions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.directory.models.organisations import Organisation
from portal.pages.models import Theme


class Member(models.Model):
    """An organisation in the strategic network, for a term; its ambassador is a function."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+", verbose_name=_("organisation")
    )
    theme = models.ForeignKey(
        Theme,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("theme"),
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("end of the term"))
    left_on = models.DateField(_("left on"), null=True, blank=True)

    class Meta:
        verbose_name = _("member of the strategic network")
        verbose_name_plural = _("members of the strategic network")
        ordering = ["until", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(left_on=None),
                name="member_organisation_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="member_term_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"member {self.pk}"


class Goal(models.Model):
    """Something the year plan wants."""

    year = models.PositiveSmallIntegerField(_("year"))
    text = models.CharField(_("what we want"), max_length=250)
    reached_on = models.DateField(_("reached on"), null=True, blank=True)

    class Meta:
        verbose_name = _("goal of the year plan")
        verbose_name_plural = _("goals of the year plan")
        ordering = ["-year", "pk"]

    def __str__(self) -> str:
        return f"goal {self.pk}"


class Meeting(models.Model):
    """A meeting of the strategic network."""

    on = models.DateField(_("on"))
    agenda = models.TextField(_("agenda"), max_length=2000, blank=True)
    minutes = models.TextField(_("what was decided"), max_length=6000, blank=True)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"meeting {self.pk}"


class ActionPoint(models.Model):
    """Something an organisation promised to do."""

    meeting = models.ForeignKey(
        Meeting,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="actions",
        verbose_name=_("meeting"),
    )
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("organisation"),
    )
    text = models.CharField(_("what is done"), max_length=250)
    due_on = models.DateField(_("done before"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("action point")
        verbose_name_plural = _("action points")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"action point {self.pk}"

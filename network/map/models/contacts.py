"""When somebody spoke with an organisation, and what is done about a white spot."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.directory.models import Organisation, Sector
from network.map.querysets import ContactQuerySet
from portal.regions.models import Area, Municipality


class ContactMoment(models.Model):
    """Somebody spoke with an organisation about the relation: no person, no content of a report."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+", verbose_name=_("organisation")
    )
    on = models.DateField(_("on"))
    subject = models.CharField(_("about"), max_length=160)
    follow_up = models.CharField(_("what we agreed"), max_length=250, blank=True)
    follow_up_on = models.DateField(_("done before"), null=True, blank=True)
    is_confidential = models.BooleanField(
        _("only for me and whom I name"),
        default=False,
    )
    shared_with = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("also for")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    entered_at = models.DateTimeField(_("entered at"), auto_now_add=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact with an organisation")
        verbose_name_plural = _("contacts with organisations")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["organisation", "-on"], name="contact_newest_first")]

    def __str__(self) -> str:
        return f"contact {self.pk}"


class WhiteSpotAction(models.Model):
    """What somebody will do about a place where the network has nobody."""

    sector = models.ForeignKey(
        Sector, on_delete=models.CASCADE, related_name="+", verbose_name=_("sector")
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="+", verbose_name=_("municipality")
    )
    area = models.ForeignKey(
        Area,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("area"),
    )
    text = models.CharField(_("what we will do"), max_length=250)
    due_on = models.DateField(_("done before"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    class Meta:
        verbose_name = _("action for a white spot")
        verbose_name_plural = _("actions for white spots")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sector", "municipality"],
                condition=Q(done_at=None, area=None),
                name="white_spot_of_a_municipality_has_one_open_action",
            ),
            models.UniqueConstraint(
                fields=["sector", "area"],
                condition=Q(done_at=None, area__isnull=False),
                name="white_spot_of_an_area_has_one_open_action",
            ),
        ]

    def __str__(self) -> str:
        return f"action {self.pk}"

"""What stands on the map."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.directory.models import Organisation
from network.map.querysets import NodeQuerySet
from network.map.workflow import NodeKind
from portal.pages.models import Theme
from portal.regions.models import Area, Municipality


class NetworkNode(models.Model):
    """An organisation, a consultation, a function or a meeting place; never a person (GR-04).

    A node of an organisation takes its name, place and subjects from the card.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=NodeKind.choices)
    organisation = models.OneToOneField(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("organisation"),
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    summary = models.CharField(_("what it is"), max_length=250, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("municipality"),
        help_text=_("Empty: the whole region."),
    )
    areas = models.ManyToManyField(Area, blank=True, related_name="+", verbose_name=_("areas"))
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name=_("themes"))
    ended_on = models.DateField(_("stopped on"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("entered by"),
    )
    entered_at = models.DateTimeField(_("entered at"), auto_now_add=True)

    # Worked out in the background (services.analysis).
    x = models.FloatField(null=True, editable=False)
    y = models.FloatField(null=True, editable=False)
    degree = models.PositiveIntegerField(_("number of links"), default=0, editable=False)
    betweenness = models.FloatField(_("how much runs through it"), default=0, editable=False)
    is_cut_point = models.BooleanField(_("single point of failure"), default=False, editable=False)
    component = models.PositiveIntegerField(_("part of the network"), null=True, editable=False)

    objects = NodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("node of the network")
        verbose_name_plural = _("nodes of the network")
        ordering = ["pk"]
        indexes = [models.Index(fields=["-degree", "id"], name="network_node_busiest_first")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=NodeKind.values), name="network_node_is_never_a_person"
            ),
            models.CheckConstraint(
                condition=Q(kind=NodeKind.ORGANISATION, organisation__isnull=False, name="")
                | (~Q(kind=NodeKind.ORGANISATION) & Q(organisation__isnull=True) & ~Q(name="")),
                name="network_node_has_a_card_or_a_name",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What it is called."""
        return self.organisation.name if self.organisation else self.name

    @property
    def municipality_at(self) -> int | None:
        """The key of the municipality it works in; nothing for the whole region."""
        if self.organisation:
            return self.organisation.municipality_id
        return self.municipality_id

    def get_absolute_url(self) -> str:
        """Where its links stand as a table."""
        return reverse("network:node", args=[self.pk])

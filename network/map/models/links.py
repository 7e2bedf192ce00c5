"""What is between two nodes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from network.map.models.nodes import NetworkNode
from network.map.querysets import LinkQuerySet
from network.map.workflow import LinkKind, Strength


class NetworkLink(models.Model):
    """A relation between two nodes from a day to a day, and how we know of it."""

    source = models.ForeignKey(
        NetworkNode, on_delete=models.CASCADE, related_name="links_out", verbose_name=_("from")
    )
    target = models.ForeignKey(
        NetworkNode, on_delete=models.CASCADE, related_name="links_in", verbose_name=_("to")
    )
    kind = models.CharField(_("kind of link"), max_length=16, choices=LinkKind.choices)
    strength = models.CharField(
        _("how strong, in their own words"), max_length=1, choices=Strength.choices
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    origin = models.CharField(_("how we know this"), max_length=160)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("entered by"),
    )
    entered_at = models.DateTimeField(_("entered at"), auto_now_add=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link of the network")
        verbose_name_plural = _("links of the network")
        ordering = ["source", "target", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="network_link_joins_two_nodes"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="network_link_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=LinkKind.values) & Q(strength__in=Strength.values),
                name="network_link_has_a_kind_and_a_strength",
            ),
            models.CheckConstraint(condition=~Q(origin=""), name="network_link_says_how_we_know"),
            models.UniqueConstraint(
                fields=["source", "target", "kind"],
                condition=Q(until=None),
                name="network_link_is_there_once_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"

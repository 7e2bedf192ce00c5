"""Groups: a subject that some talk about."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.exchange.querysets import GroupQuerySet
from portal.regions.models import Municipality


class Group(models.Model):
    """A group of the network, open for all of it or closed for its members."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    summary = models.CharField(_("about what"), max_length=250, blank=True)
    is_closed = models.BooleanField(_("closed: only for its members"), default=False)
    municipality = models.ForeignKey(
        Municipality,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("municipality"),
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("members")
    )

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where it stands."""
        return reverse("network:group", args=[self.slug])

"""Questions to the map in plain words."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from network.map import policies

if TYPE_CHECKING:
    from portal.accounts.models import User
    from portal.pages.models import Theme
    from portal.regions.models import Area, Municipality


class NodeQuerySet(QuerySet[Any, Any]):
    """What a list of nodes can be asked."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep what ``user`` may see on the map."""
        return self.filter(policies.visible_nodes_q(user))

    def there_on(self, day: date) -> Self:
        """Keep what had begun and not stopped on ``day``."""
        return self.filter(
            Q(ended_on=None) | Q(ended_on__gt=day),
            Q(organisation=None)
            | Q(organisation__merged_into=None, organisation__ended_on=None)
            | Q(organisation__merged_into=None, organisation__ended_on__gt=day),
        )

    def in_municipality(self, place: "Municipality") -> Self:
        """Keep what works in the municipality, or in the whole region."""
        own = Q(organisation=None) & (Q(municipality=place) | Q(municipality=None))
        of_card = Q(organisation__isnull=False) & (
            Q(organisation__municipality=place) | Q(organisation__municipality=None)
        )
        return self.filter(own | of_card)

    def in_area(self, area: "Area") -> Self:
        """Keep what works in the area: named, or as part of all it covers."""
        on_card = self.model.organisation.field.related_model.areas.through.objects.filter(
            organisation=OuterRef("organisation")
        )
        on_node = self.model.areas.through.objects.filter(networknode=OuterRef("pk"))
        own = Q(organisation=None) & (
            Q(Exists(on_node.filter(area=area)))
            | (Q(municipality=area.municipality_id) & ~Q(Exists(on_node)))
        )
        of_card = Q(organisation__isnull=False) & (
            Q(Exists(on_card.filter(area=area)))
            | (
                (
                    Q(organisation__municipality=area.municipality_id)
                    | Q(organisation__municipality=None)
                )
                & ~Q(Exists(on_card))
            )
        )
        return self.filter(own | of_card)

    def about(self, theme: "Theme") -> Self:
        """Keep what works on the theme."""
        on_card = self.model.organisation.field.related_model.themes.through.objects.filter(
            organisation=OuterRef("organisation"), theme=theme
        )
        on_node = self.model.themes.through.objects.filter(networknode=OuterRef("pk"), theme=theme)
        return self.filter(Q(Exists(on_card)) | Q(Exists(on_node)))


class LinkQuerySet(QuerySet[Any, Any]):
    """What a list of links can be asked."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep what ``user`` may see."""
        return self.filter(policies.visible_links_q(user))

    def there_on(self, day: date) -> Self:
        """Keep what had begun and was not over on ``day``."""
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)

    def between(self, nodes: Any) -> Self:
        """Keep the links of which both ends are among ``nodes``."""
        return self.filter(source__in=nodes, target__in=nodes)


class ContactQuerySet(QuerySet[Any, Any]):
    """What a contact log can be asked."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep what ``user`` may read."""
        return self.filter(policies.visible_contacts_q(user)).distinct()

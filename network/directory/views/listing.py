"""The cards of a list. Strings are joined by hand: a template for each would take ten times as long."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from django.template.defaultfilters import truncatewords
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from network.directory.models import Organisation
from network.directory.workflow import OrganisationKind
from portal.design.templatetags.design_tags import kept

# What a card shows; a list asks for nothing else of an organisation.
SHOWN = ("pk", "name", "slug", "kind", "summary", "municipality__name")


def cards_of(rows: Sequence[Any]) -> SafeString:
    """A card for each of the rows, which hold what ``SHOWN`` names. Three queries."""
    keys = [row.pk for row in rows]
    cards = Organisation.objects.filter(pk__in=keys)
    open_now = set(cards.order_by().in_hours_at(timezone.now()).values_list("pk", flat=True))
    areas = cards.order_by("areas__name").values_list("pk", "areas__name")
    sectors = cards.order_by("sectors__sort_order", "sectors__name")
    parts = names([*areas, *sectors.values_list("pk", "sectors__name")])
    above, region = reverse("network:organisations"), _("The whole region")
    kinds = {
        kind.value: kept("components/label.html", text=str(kind.label)) for kind in OrganisationKind
    }
    is_open = f" {kept('components/label.html', text=_('Open now'), kind='good')}"
    found = []
    for row in rows:
        where = [row.municipality__name or region, *parts.get(row.pk, ())]
        summary = f"<p>{escape(truncatewords(row.summary, 30))}</p>" if row.summary else ""
        found.append(
            f'<li><article class="portal-card"><p class="portal-card__kind">{kinds[row.kind]}'
            f'{is_open if row.pk in open_now else ""}</p><h2 class="portal-card__title">'
            f'<a class="portal-card__link" href="{above}{row.slug}/">{escape(row.name)}</a></h2>'
            f'{summary}<p class="portal-card__meta">'
            f"{''.join(f'<span>{escape(name)}</span>' for name in where)}</p></article></li>"
        )
    # Everything above that people typed went through ``escape``; a slug needs none.
    return mark_safe("".join(found))  # noqa: S308


def names(pairs: Iterable[tuple[int, str | None]]) -> dict[int, list[str]]:
    """The names that belong to each key."""
    found: dict[int, list[str]] = {}
    for key, name in pairs:
        if name is not None:
            found.setdefault(key, []).append(name)
    return found

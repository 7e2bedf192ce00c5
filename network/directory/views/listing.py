"""The cards of a list. Strings are joined by hand: a template for each would take ten times as long."""

from collections.abc import Sequence
from html import escape
from typing import Any

from django.template.defaultfilters import truncatewords
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from network.directory.models import OpeningHours, Organisation, Sector
from network.directory.querysets import hours_q
from network.directory.workflow import OrganisationKind
from portal.design.templatetags.design_tags import kept
from portal.pages.memory import remembered
from portal.regions.models import Area

# What a card shows; a list asks for nothing else of an organisation.
SHOWN = ("pk", "name", "slug", "kind", "summary", "municipality__name")


def cards_of(rows: Sequence[Any]) -> SafeString:
    """A card for each of the rows, which hold what ``SHOWN`` names. Three queries."""
    keys = [row.pk for row in rows]
    hours = OpeningHours.objects.filter(organisation__in=keys).order_by()
    open_now = set(hours.filter(hours_q(timezone.now())).values_list("organisation_id", flat=True))
    parts = names(Organisation.areas.through, "area_id", Area, keys)
    for key, found in names(Organisation.sectors.through, "sector_id", Sector, keys).items():
        parts.setdefault(key, []).extend(found)
    above, region = reverse("network:organisations"), _("The whole region")
    kinds = {
        kind.value: kept("components/label.html", text=str(kind.label)) for kind in OrganisationKind
    }
    is_open = f" {kept('components/label.html', text=_('Open now'), kind='good')}"
    cards = []
    for row in rows:
        where = [row.municipality__name or region, *parts.get(row.pk, ())]
        summary = f"<p>{escape(truncatewords(row.summary, 30))}</p>" if row.summary else ""
        cards.append(
            f'<li><article class="portal-card"><p class="portal-card__kind">{kinds[row.kind]}'
            f'{is_open if row.pk in open_now else ""}</p><h2 class="portal-card__title">'
            f'<a class="portal-card__link" href="{above}{row.slug}/">{escape(row.name)}</a></h2>'
            f'{summary}<p class="portal-card__meta">'
            f"{''.join(f'<span>{escape(name)}</span>' for name in where)}</p></article></li>"
        )
    # Everything above that people typed went through ``escape``; a slug needs none.
    return mark_safe("".join(cards))  # noqa: S308


def names(through: Any, field: str, register: Any, keys: list[int]) -> dict[int, list[str]]:
    """The names of a register that belong to each of these cards, in its order."""
    known: dict[int, str] = remembered(
        f"names:{register._meta.label}",
        lambda: dict(register.objects.values_list("pk", "name")),
    )
    chosen: dict[int, set[int]] = {}
    rows = through.objects.filter(organisation__in=keys).values_list("organisation_id", field)
    for key, one in rows:
        chosen.setdefault(key, set()).add(one)
    return {
        key: [name for one, name in known.items() if one in some] for key, some in chosen.items()
    }

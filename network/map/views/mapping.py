"""Looking at the map, and taking it along."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Min, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from network.directory.models import Organisation
from network.directory.views.organisations import download
from network.map import policies
from network.map.forms import MapFilterForm
from network.map.graph import unreachable_without
from network.map.models import NetworkLink, NetworkNode
from network.map.services.exports import as_graph, as_graphml, links_as_table
from network.map.services.merging import node_of
from network.map.views.drawing import MOST_LINKS, MOST_NODES, draw
from network.map.views.picture import as_png
from portal.accounts.http import SignedInRequest
from portal.accounts.models import User


@never_cache
@login_required
@require_safe
def network_map(request: SignedInRequest) -> HttpResponse:
    """The map as a drawing and as tables, filtered by the address."""
    form, chosen, day = asked(request)
    nodes, links, total = chosen_part(request.user, chosen, day)
    drawing = draw(nodes, links, "" if get_language() == "nl" else f"/{get_language()}")
    return render(
        request,
        "network/map/map.html",
        {
            "form": form,
            "drawing": drawing,
            "day": day,
            "is_past": day < timezone.localdate(),
            "total": total,
            "shown": len(nodes),
            "links": len(links),
            "cut_points": [node for node in nodes if node.is_cut_point][:12],
            "alone": [node for node in nodes if not node.degree][:12],
            "query": request.GET.urlencode(),
            "may_add": policies.can_keep_node(request.user, None),
        },
    )


def asked(request: SignedInRequest) -> tuple[MapFilterForm, dict[str, Any], date]:
    """The filters of the address, and the day that the map is about.

    Raises:
        PermissionDenied: This person may not see the map.
    """
    if not policies.can_see_map(request.user):
        raise PermissionDenied
    form = MapFilterForm(request.GET or None, months=months_known())
    form.is_valid()
    chosen = getattr(form, "cleaned_data", {})
    return form, chosen, months_ago(chosen.get("maand") or 0)


def months_known() -> int:
    """How many months back the first link began."""
    first = NetworkLink.objects.aggregate(first=Min("since"))["first"]
    today = timezone.localdate()
    if first is None:
        return 12
    return min(max(12, (today.year - first.year) * 12 + today.month - first.month), 240)


def months_ago(months: int) -> date:
    """Today, or the last day of a month before."""
    today = timezone.localdate()
    if not months:
        return today
    number = today.year * 12 + today.month - months  # the month after the one asked for
    return date.fromordinal(date(number // 12, number % 12 + 1, 1).toordinal() - 1)


def chosen_part(
    user: User, chosen: dict[str, Any], day: date, most: int = MOST_NODES
) -> tuple[list[NetworkNode], list[NetworkLink], int]:
    """The busiest nodes that fit the filters, the links among them, and how many nodes fit."""
    rows = NetworkNode.objects.visible_to(user).there_on(day)
    if place := chosen.get("gemeente"):
        rows = rows.in_municipality(place)
    if area := chosen.get("gebied"):
        rows = rows.in_area(area)
    if theme := chosen.get("thema"):
        rows = rows.about(theme)
    if kind := chosen.get("soort"):
        rows = rows.filter(kind=kind)
    if start := chosen.get("vanaf"):
        rows = rows.filter(pk__in=around(start, chosen.get("stappen") or 1, day))
    total = rows.count()
    nodes = list(
        rows.select_related("organisation__municipality", "municipality").order_by("-degree", "pk")[
            :most
        ]
    )
    if total > most:
        keys: Any = [node.pk for node in nodes]
    else:
        keys = rows.order_by().values("pk")
    links = NetworkLink.objects.visible_to(user).there_on(day).between(keys)
    if link_kind := chosen.get("verband"):
        links = links.filter(kind=link_kind)
    return nodes, list(links[: MOST_LINKS if most == MOST_NODES else None]), total


def around(start: int, steps: int, day: date) -> set[int]:
    """The nodes at most so many steps from ``start``. One query a step."""
    found = {start}
    edge = found
    for _step in range(steps):
        rows = NetworkLink.objects.there_on(day).filter(Q(source__in=edge) | Q(target__in=edge))
        pairs = rows.values_list("source_id", "target_id")[:2000]
        edge = {key for pair in pairs for key in pair} - found
        found |= set(list(edge)[: MOST_NODES * 2])
    return found


@login_required
@require_safe
def of_organisation(request: SignedInRequest, slug: str) -> HttpResponse:
    """The way from a card to its node."""
    card = get_object_or_404(Organisation.objects.visible_to(request.user).distinct(), slug=slug)
    return redirect("network:node", pk=node_of(card).pk)


@never_cache
@login_required
@require_safe
def node(request: SignedInRequest, pk: int) -> HttpResponse:
    """One node: its links, and what would fall apart without it; an organisation sees its own."""
    today = timezone.localdate()
    rows = NetworkNode.objects.visible_to(request.user).select_related(
        "organisation__municipality", "municipality"
    )
    found = get_object_or_404(rows.distinct(), pk=pk)
    ends = "organisation", "municipality"
    links = (
        NetworkLink.objects.visible_to(request.user)
        .filter(Q(source=found) | Q(target=found))
        .select_related(*(f"{side}__{end}" for side in ("source", "target") for end in ends[:1]))
        .order_by("until", "-since")[:200]
    )
    return render(
        request,
        "network/map/node.html",
        {
            "node": found,
            "links": [(link, link.until is None or link.until > today) for link in links],
            "lost": lost_without(found, today) if found.is_cut_point else [],
            "may_link": policies.can_link(request.user, found),
            "may_change": found.organisation is None
            and policies.can_keep_node(request.user, found.municipality_at),
        },
    )


def lost_without(gone: NetworkNode, day: date) -> list[NetworkNode]:
    """What can't be reached any more when ``gone`` leaves; at most forty."""
    pairs = NetworkLink.objects.there_on(day).values_list("source_id", "target_id")
    keys = [key for part in unreachable_without(pairs, gone.pk) for key in sorted(part)]
    rows = NetworkNode.objects.select_related("organisation").in_bulk(keys[:40])
    return [rows[key] for key in keys[:40]]


@never_cache
@login_required
@require_safe
def as_graphml_file(request: SignedInRequest) -> HttpResponse:
    """The chosen part as GraphML."""
    nodes, links = whole_part(request)
    text = as_graphml(as_graph(nodes, links))
    return download(text, "application/graphml+xml", "netwerk.graphml")


@never_cache
@login_required
@require_safe
def as_csv(request: SignedInRequest) -> HttpResponse:
    """The links of the chosen part as a table."""
    nodes, links = whole_part(request)
    by_key = {one.pk: one for one in nodes}
    return download(links_as_table(named(links, by_key)), "text/csv", "netwerk.csv")


@never_cache
@login_required
@require_safe
def as_picture(request: SignedInRequest) -> HttpResponse:
    """The drawing of the chosen part as a picture."""
    _form, chosen, day = asked(request)
    nodes, links, _total = chosen_part(request.user, chosen, day)
    response = HttpResponse(as_png(nodes, links, day), content_type="image/png")
    response["Content-Disposition"] = 'attachment; filename="netwerk.png"'
    return response


def whole_part(request: SignedInRequest) -> tuple[list[NetworkNode], list[NetworkLink]]:
    """The chosen part without the limit of a drawing."""
    _form, chosen, day = asked(request)
    nodes, links, _total = chosen_part(request.user, chosen, day, most=10_000)
    return nodes, links


def named(links: Iterable[NetworkLink], nodes: dict[int, NetworkNode]) -> list[NetworkLink]:
    """The links with both nodes at hand."""
    rows = list(links)
    for link in rows:
        link.source, link.target = nodes[link.source_id], nodes[link.target_id]
    return rows

"""The map as a drawing, and as the tables that say the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from network.map.graph import HEIGHT, WIDTH
from network.map.models import NetworkLink, NetworkNode
from network.map.workflow import LinkKind, NodeKind, Strength

MOST_NODES, MOST_LINKS = 300, 1500
NAMES = 60  # room for the names of what stands at the edge
LOOKS = {
    NodeKind.ORGANISATION: "node-municipality",
    NodeKind.CONSULTATION: "node-care",
    NodeKind.FUNCTION: "node-safety",
    NodeKind.PLACE: "node-school",
}


@dataclass(frozen=True)
class Drawing:
    """The map, ready to show: markup that holds no text but escaped names."""

    svg: SafeString
    nodes: SafeString
    links: SafeString


def draw(nodes: Sequence[NetworkNode], links: Sequence[NetworkLink], prefix: str) -> Drawing:
    """Draw nodes and links. Strings are joined by hand: templates would take ten times as long.

    Args:
        prefix: The language part of addresses, such as ``/en`` or nothing.
    """
    spots = {node.pk: spot(node) for node in nodes}
    titles = {node.pk: escape(node.title) for node in nodes}
    urls = {node.pk: f"{prefix}/netwerk/kaart/{node.pk}/" for node in nodes}
    kinds = {kind.value: escape(str(kind.label)) for kind in NodeKind}
    link_kinds = {kind.value: escape(str(kind.label)) for kind in LinkKind}
    strengths = {one.value: escape(str(one.label)) for one in Strength}
    lines = "".join(
        f'<line class="strength-{link.strength}" x1="{a[0]}" y1="{a[1]}" x2="{b[0]}" y2="{b[1]}"/>'
        for link in links
        for a, b in [(spots[link.source_id], spots[link.target_id])]
    )
    marks = "".join(
        f'<a href="{urls[node.pk]}" aria-label="{titles[node.pk]}, {kinds[node.kind]}">'
        f"{shape(node, *spots[node.pk])}{label(node, *spots[node.pk], len(nodes))}</a>"
        for node in nodes
    )
    name = escape(_("Map of the network"))
    svg = (
        f'<svg class="portal-network" viewBox="{-NAMES} 0 {WIDTH + 2 * NAMES:.0f} {HEIGHT:.0f}" role="group" '
        f'aria-label="{name}"><g>{lines}</g>{marks}</svg>'
    )
    alone, cut = escape(_("On its own")), escape(_("Single point of failure"))
    node_rows = "".join(
        f'<tr><th scope="row"><a class="nl-link" href="{urls[node.pk]}">{titles[node.pk]}</a></th>'
        f"<td>{kinds[node.kind]}</td><td>{place_of(node)}</td>"
        f'<td class="portal-number">{node.degree}</td>'
        f"<td>{cut if node.is_cut_point else alone if not node.degree else ''}</td></tr>"
        for node in nodes
    )
    link_rows = "".join(
        f'<tr><th scope="row">{titles[link.source_id]}</th><td>{link_kinds[link.kind]}</td>'
        f"<td>{titles[link.target_id]}</td><td>{strengths[link.strength]}</td>"
        f'<td class="portal-nowrap">{link.since:%d-%m-%Y}</td><td>{escape(link.origin)}</td></tr>'
        for link in links
    )
    # Everything above that people typed went through ``escape``.
    return Drawing(mark_safe(svg), mark_safe(node_rows), mark_safe(link_rows))  # noqa: S308


def spot(node: NetworkNode) -> tuple[float, float]:
    """Where a node is drawn; one that is not worked out yet stands at the edge."""
    if node.x is None or node.y is None:
        return (20.0 + node.pk * 37 % (WIDTH - 40), HEIGHT - 20)
    return (node.x, node.y)


def outline(node: NetworkNode, x: float, y: float) -> list[tuple[float, float]]:
    """The corners of its shape, another for each kind: colour is not all that tells them apart.

    Of a circle, which is an organisation, the corners of the square around it.
    """
    size = 8 + min(node.degree, 12)
    match node.kind:
        case NodeKind.CONSULTATION:
            return [
                (x - size, y - size),
                (x + size, y - size),
                (x + size, y + size),
                (x - size, y + size),
            ]
        case NodeKind.FUNCTION:
            return [(x, y - size), (x + size, y + size), (x - size, y + size)]
        case NodeKind.PLACE:
            return [(x, y - size), (x + size, y), (x, y + size), (x - size, y)]
    return [(x - size, y - size), (x + size, y + size)]


def shape(node: NetworkNode, x: float, y: float) -> str:
    """The shape of a node as markup."""
    look = f'class="node-shape {LOOKS[NodeKind(node.kind)]}"'
    if node.kind == NodeKind.ORGANISATION:
        return f'<circle {look} cx="{x}" cy="{y}" r="{8 + min(node.degree, 12)}"/>'
    points = " ".join(f"{one:g},{other:g}" for one, other in outline(node, x, y))
    return f'<polygon {look} points="{points}"/>'


def has_name(node: NetworkNode, total: int) -> bool:
    """Whether the name stands below the shape: on a crowded map only of the busiest."""
    return total <= 80 or node.degree >= 6


def label_text(node: NetworkNode) -> str:
    """The name, short enough for the map."""
    name = node.title
    return name if len(name) <= 28 else f"{name[:27]}…"


def label(node: NetworkNode, x: float, y: float, total: int) -> str:
    """The name below the shape, or in a hint."""
    if not has_name(node, total):
        return f"<title>{escape(node.title)}</title>"
    below = y + 22 + min(node.degree, 12)
    return f'<text x="{x}" y="{below:g}" text-anchor="middle">{escape(label_text(node))}</text>'


def place_of(node: NetworkNode) -> str:
    """Where it works."""
    thing = node.organisation or node
    return escape(thing.municipality.name) if thing.municipality else escape(_("The whole region"))

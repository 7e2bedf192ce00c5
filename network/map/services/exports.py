"""The map as a file for other programs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from network.map.models import NetworkLink, NetworkNode
from portal.figures.tables import table

if TYPE_CHECKING:
    import networkx as nx

# What XML can't hold.
NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_graph(nodes: Iterable[NetworkNode], links: Iterable[NetworkLink]) -> nx.MultiDiGraph:
    """The nodes and links with what is known of them; no person is among it (GR-04)."""
    import networkx as nx  # 11 MB of memory: only in the process that exports

    graph = nx.MultiDiGraph()
    for node in nodes:
        graph.add_node(f"n{node.pk}", name=clean(node.title), kind=node.kind, degree=node.degree)
    for link in links:
        graph.add_edge(
            f"n{link.source_id}",
            f"n{link.target_id}",
            key=f"e{link.pk}",
            kind=link.kind,
            strength=int(link.strength),
            since=link.since.isoformat(),
            until=link.until.isoformat() if link.until else "",
            origin=clean(link.origin),
        )
    return graph


def clean(text: str) -> str:
    """``text`` without signs that XML can't hold."""
    return NO_XML.sub("", text)


def as_graphml(graph: nx.MultiDiGraph) -> str:
    """The graph in the words of GraphML."""
    import networkx as nx

    return "\n".join(nx.generate_graphml(graph, named_key_ids=True))


def links_as_table(links: Iterable[NetworkLink]) -> str:
    """The links as a table."""
    return table(
        [
            _("from"),
            _("kind of link"),
            _("to"),
            _("how strong, in their own words"),
            _("since"),
            _("until"),
            _("how we know this"),
        ],
        (
            (
                link.source.title,
                link.get_kind_display(),
                link.target.title,
                link.get_strength_display(),
                link.since.isoformat(),
                link.until.isoformat() if link.until else "",
                link.origin,
            )
            for link in links
        ),
    )

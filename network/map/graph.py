"""What the shape of a network says, and where to draw it: numbers in, numbers out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

WIDTH, HEIGHT, MARGIN = 1200.0, 760.0, 60.0
DRAWN_BY_FORCES = 350  # more nodes than this are laid out in rings: forces cost their square
EXACT_UP_TO = 400
GOLDEN = math.pi * (3 - math.sqrt(5))


@dataclass(frozen=True)
class Place:
    """What is worked out about one node."""

    x: float
    y: float
    degree: int
    betweenness: float
    is_cut_point: bool
    component: int


def analyse(nodes: Mapping[int, int | None], links: Iterable[tuple[int, int]]) -> dict[int, Place]:
    """Where each node is drawn, and what the network loses without it.

    Args:
        nodes: Key of a node, and the group it is drawn in (its municipality).
        links: Keys of two nodes; a pair may come more than once.

    Returns:
        Component 0 is the largest part; a cut point is a node without which a part falls apart.
    """
    import networkx as nx  # 11 MB of memory: only in the process that computes

    graph = nx.Graph()
    graph.add_nodes_from(sorted(nodes))
    graph.add_edges_from((a, b) for a, b in links if a != b)
    cut = set(nx.articulation_points(graph))
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    component = {node: number for number, part in enumerate(parts) for node in part}
    sample = None if len(graph) <= EXACT_UP_TO else 100
    between = nx.betweenness_centrality(graph, k=sample, seed=7)
    spots = layout(graph, nodes)
    return {
        node: Place(*spots[node], graph.degree(node), between[node], node in cut, component[node])
        for node in graph
    }


def unreachable_without(links: Iterable[tuple[int, int]], gone: int) -> list[set[int]]:
    """The parts that the largest part can't reach any more when ``gone`` leaves."""
    import networkx as nx

    graph = nx.Graph(list(links))
    if gone not in graph:
        return []
    around = nx.node_connected_component(graph, gone)
    rest = graph.subgraph(around - {gone})
    parts = sorted(nx.connected_components(rest), key=lambda part: (-len(part), min(part)))
    return parts[1:]


def layout(graph: nx.Graph, groups: Mapping[int, int | None]) -> dict[int, tuple[float, float]]:
    """Where each node is drawn; the same graph is always drawn the same."""
    spots = in_rings(graph, groups)
    if len(graph) <= DRAWN_BY_FORCES:
        spots = by_forces(graph, spots)
    return fit(spots)


def in_rings(graph: nx.Graph, groups: Mapping[int, int | None]) -> dict[int, tuple[float, float]]:
    """A flower of nodes for each group, the busiest in its middle."""
    members: dict[int, list[int]] = {}
    for node in sorted(graph, key=lambda one: (-graph.degree(one), one)):
        members.setdefault(groups.get(node) or 0, []).append(node)
    radius = math.sqrt(len(graph) or 1) * 0.9
    spots = {}
    for place, group in enumerate(sorted(members)):
        turn = 2 * math.pi * place / len(members)
        far = radius if len(members) > 1 else 0.0
        middle = (far * 1.6 * math.cos(turn), far * math.sin(turn))
        for number, node in enumerate(members[group]):
            away = 0.75 * math.sqrt(number)
            spots[node] = (
                middle[0] + away * math.cos(number * GOLDEN),
                middle[1] + away * math.sin(number * GOLDEN),
            )
    return spots


def by_forces(
    graph: nx.Graph, start: Mapping[int, tuple[float, float]], steps: int = 60
) -> dict[int, tuple[float, float]]:
    """Pull linked nodes together and push the others apart (after Fruchterman and Reingold)."""
    nodes = list(graph)
    xs = [start[node][0] for node in nodes]
    ys = [start[node][1] for node in nodes]
    number = {node: place for place, node in enumerate(nodes)}
    pairs = [(number[a], number[b]) for a, b in graph.edges]
    ideal = 1.4
    for step in range(steps):
        heat = 0.6 * (1 - step / steps)
        dx, dy = [0.0] * len(nodes), [0.0] * len(nodes)
        for a in range(len(nodes)):
            for b in range(a):
                x, y = xs[a] - xs[b], ys[a] - ys[b]
                push = ideal * ideal / (x * x + y * y + 0.01)
                dx[a] += x * push
                dy[a] += y * push
                dx[b] -= x * push
                dy[b] -= y * push
        for a, b in pairs:
            x, y = xs[a] - xs[b], ys[a] - ys[b]
            pull = math.hypot(x, y) / ideal
            dx[a] -= x * pull
            dy[a] -= y * pull
            dx[b] += x * pull
            dy[b] += y * pull
        for a in range(len(nodes)):
            dx[a] -= 0.3 * xs[a]  # towards the middle, so that what is apart stays in sight
            dy[a] -= 0.5 * ys[a]
            far = math.hypot(dx[a], dy[a]) or 1.0
            xs[a] += dx[a] / far * min(far, heat)
            ys[a] += dy[a] / far * min(far, heat)
    return {node: (xs[place], ys[place]) for node, place in number.items()}


def fit(spots: Mapping[int, tuple[float, float]]) -> dict[int, tuple[float, float]]:
    """The spots, stretched over the drawing."""
    if not spots:
        return {}
    xs, ys = zip(*spots.values(), strict=True)
    wide, high = max(xs) - min(xs) or 1.0, max(ys) - min(ys) or 1.0
    return {
        node: (
            round(MARGIN + (x - min(xs)) / wide * (WIDTH - 2 * MARGIN), 1),
            round(MARGIN + (y - min(ys)) / high * (HEIGHT - 2 * MARGIN), 1),
        )
        for node, (x, y) in spots.items()
    }

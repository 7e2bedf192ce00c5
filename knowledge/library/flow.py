"""A flow of questions as plain data: no database, no request."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.utils.http import urlencode
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Answer:
    """What a visitor may answer, and the short name of what comes then."""

    label: str
    goto: str


@dataclass(frozen=True)
class Link:
    """Where an outcome leads: a text and an address."""

    label: str
    address: str


@dataclass(frozen=True)
class Node:
    """A question with answers, or an outcome with links."""

    name: str
    title: str
    help: str
    answers: tuple[Answer, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def is_outcome(self) -> bool:
        """Whether the visitor has arrived."""
        return not self.answers


@dataclass(frozen=True)
class Step:
    """A question that was answered, what was answered, and the address to go back to it."""

    question: str
    answer: str
    back: str


@dataclass(frozen=True)
class Flow:
    """All questions and outcomes by their short names."""

    start: str
    nodes: dict[str, Node]
    repeated: tuple[str, ...] = ()

    @classmethod
    def from_stream(cls, start: str, stream: Any) -> Self:
        """The flow that an editor wrote in the blocks of ``knowledge.library.blocks``."""
        nodes: dict[str, Node] = {}
        repeated = []
        for block in stream:
            node = node_of(block.block_type, block.value)
            if node.name in nodes:
                repeated.append(node.name)
            nodes.setdefault(node.name, node)
        return cls(start, nodes, tuple(repeated))

    def walk(self, answers: Sequence[str]) -> tuple[list[Step], Node | None]:
        """The steps that the numbers of answers lead through, and the question or outcome there.

        Reading stops at the first number that is no answer, so a broken address shows the last
        question that it still reaches.
        """
        node, steps, taken = self.nodes.get(self.start), list[Step](), list[str]()
        for number in answers[:50]:
            if node is None or not number.isdecimal() or len(number) > 2:
                break
            if int(number) >= len(node.answers):
                break
            answer = node.answers[int(number)]
            steps.append(Step(node.title, answer.label, address(taken)))
            taken.append(number)
            node = self.nodes.get(answer.goto)
        return steps, node

    def walk_context(self, answers: Sequence[str]) -> dict[str, Any]:
        """What the page shows: the steps so far, the node, and an address for each answer."""
        steps, node = self.walk(answers)
        taken = list(answers[: len(steps)])
        return {
            "flow": self,
            "steps": steps,
            "node": node,
            "next": [
                (answer.label, address([*taken, str(number)]))
                for number, answer in enumerate(node.answers if node else ())
            ],
            "back": steps[-1].back if steps else "",
        }

    def in_order(self) -> list[Node]:
        """Every node once, as a reader meets them: the start, then by answers, breadth first."""
        queue, seen = [self.start], list[str]()
        while queue:
            name = queue.pop(0)
            if name in seen or name not in self.nodes:
                continue
            seen.append(name)
            queue += [answer.goto for answer in self.nodes[name].answers]
        return [self.nodes[name] for name in seen]

    def texts(self) -> Iterator[str]:
        """Everything it says, for search."""
        for node in self.in_order():
            yield node.title
            yield node.help
            yield from (answer.label for answer in node.answers)
            yield from (link.label for link in node.links)


def node_of(kind: str, value: Any) -> Node:
    """One block of the editor as a node."""
    if kind == "question":
        answers = tuple(Answer(one["label"], one["goto"]) for one in value["answers"])
        return Node(value["name"], value["question"], value["help"], answers=answers)
    links = tuple(Link(one["label"], one["address"]) for one in value["links"])
    return Node(value["name"], value["outcome"], value["help"], links=links)


def address(taken: Sequence[str]) -> str:
    """The part of the address that holds the answers."""
    return "?" + urlencode([("a", number) for number in taken]) if taken else "?"


def problems_of(flow: Flow) -> list[str]:
    """What would strand a visitor, in words for the editor; empty when nothing would."""
    found = [_("The name “%s” is used twice.") % name for name in flow.repeated]
    if flow.start not in flow.nodes:
        found.append(_("There is no question called “%s” to begin with.") % flow.start)
    for node in flow.nodes.values():
        found += [
            _("“%(from)s” leads to “%(to)s”, which does not exist.")
            % {"from": node.name, "to": answer.goto}
            for answer in node.answers
            if answer.goto not in flow.nodes
        ]
    if not found:
        found += [
            _("Nobody can get to “%s”.") % name
            for name in flow.nodes.keys() - {node.name for node in flow.in_order()}
        ]
        found += [
            _("From “%s” no advice can be reached.") % name
            for name in flow.nodes
            if not reaches_outcome(flow, name)
        ]
    return sorted(found)


def reaches_outcome(flow: Flow, name: str) -> bool:
    """Whether some answers lead from here to an outcome."""
    start = Flow(name, flow.nodes)
    return any(node.is_outcome for node in start.in_order())

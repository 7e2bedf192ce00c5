"""Working through exercises: what is asked in which order, and what an answer is worth.

Nothing here touches the database. An exercise is the value of a block with its id; an answer is
plain data, so that a draft can keep it; points go from 0 to 100.
"""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from knowledge.training.blocks import Column

SELF_MARKS = {"ja": 100, "deels": 50, "nee": 0}
MICRO_SIZE = 3


@dataclass(frozen=True)
class Exercise:
    """One exercise of a module, as the learner with this seed meets it."""

    key: str
    kind: str
    value: Mapping[str, Any]
    seed: int

    @property
    def form(self) -> str:
        """How it is answered: single, multiple, open, ordering, matching, case or scenario."""
        if self.kind != "question":
            return self.kind
        right = sum(bool(answer["is_right"]) for answer in self.value["answers"])
        if not self.value["answers"]:
            return "open"
        return "multiple" if right > 1 else "single"

    @property
    def question(self) -> str:
        """What is asked."""
        return str(self.value["question"])

    @property
    def explanation(self) -> str:
        """What is said afterwards; the model answer of an open question."""
        return str(self.value.get("feedback") or "")

    def mixed(self, things: Sequence[Any]) -> list[tuple[int, Any]]:
        """The things with their place in the text, in an order that the seed decides."""
        numbered = list(enumerate(things))
        random.Random(f"{self.seed}:{self.key}").shuffle(numbered)  # noqa: S311  (order, no secret)
        return numbered


@dataclass(frozen=True)
class Line:
    """What is said about one part of an answer."""

    text: str
    is_right: bool
    note: str = ""


@dataclass(frozen=True)
class Judgement:
    """What an answer is worth and why; an open or unfinished one has no points yet."""

    points: int | None
    lines: list[Line] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        """Whether it is wholly right."""
        return self.points == 100


def drawn(
    keys: Sequence[str], *, number: int, seed: int, pools: Mapping[str, str] | None = None
) -> list[str]:
    """The keys that one test asks, in its order: ``number`` of them, or all when that is 0.

    Args:
        pools: The pool of each key; as many as can be are taken of each.
    """
    chance = random.Random(seed)  # noqa: S311  (order, no secret)
    mixed = chance.sample(list(keys), len(keys))
    seen: Counter[str] = Counter()
    turns = {}
    for key in mixed:
        pool = (pools or {}).get(key, "")
        turns[key] = seen[pool]
        seen[pool] += 1
    chosen = set(sorted(mixed, key=lambda key: turns[key])[: number or len(mixed)])
    return [key for key in mixed if key in chosen]


def score_of(points: Iterable[int], *, asked: int) -> int:
    """The percentage, rounded down; what was not answered counts as nothing."""
    return sum(points) // asked if asked else 0


def judge(exercise: Exercise, answer: Any) -> Judgement:
    """What an answer is worth. An answer of a form that does not fit is worth nothing."""
    return {
        "single": judge_choice,
        "multiple": judge_choice,
        "open": judge_open,
        "ordering": judge_ordering,
        "matching": judge_matching,
        "case": judge_case,
        "scenario": judge_scenario,
    }[exercise.form](exercise, answer)


def judge_choice(exercise: Exercise, answer: Any) -> Judgement:
    """Right when exactly the right answers are chosen."""
    chosen = set(answer)
    options = list(exercise.value["answers"])
    right = {place for place, option in enumerate(options) if option["is_right"]}
    shown = [place for place, _option in exercise.mixed(options) if place in chosen | right]
    lines = [
        Line(
            options[place]["text"],
            place in right,
            options[place]["feedback"]
            or ("" if place in chosen else _("You did not choose this.")),
        )
        for place in shown
    ]
    return Judgement(100 if chosen == right else 0, lines)


def judge_open(exercise: Exercise, answer: Any) -> Judgement:
    """Worth what the learner finds, after reading the model answer."""
    mark = str(answer.get("mark", ""))
    return Judgement(SELF_MARKS.get(mark))


def judge_ordering(exercise: Exercise, answer: Any) -> Judgement:
    """Each step in its place counts; ``answer`` holds the places of the text in the chosen order."""
    items = list(exercise.value["items"])
    lines = [
        Line(
            f"{number}. {items[place]}",
            place == number - 1,
            "" if place == number - 1 else _("Step %(number)s") % {"number": place + 1},
        )
        for number, place in enumerate(answer, start=1)
    ]
    return Judgement(share(lines), lines)


def judge_matching(exercise: Exercise, answer: Any) -> Judgement:
    """Each pair counts; the same text twice on the right side is right in both places."""
    pairs = list(exercise.value["pairs"])
    lines = []
    for place, pair in enumerate(pairs):
        given = pairs[answer[place]]["right"]
        is_right = given == pair["right"]
        note = "" if is_right else _("This belongs to it: %(text)s") % {"text": pair["right"]}
        lines.append(Line(f"{pair['left']} – {given}", is_right, note))
    return Judgement(share(lines), lines)


def judge_case(exercise: Exercise, answer: Any) -> Judgement:
    """Each sentence in its column counts."""
    lines = []
    for statement, given in zip(exercise.value["statements"], answer, strict=True):
        is_right = given == statement["column"]
        column = Column(statement["column"]).label
        lines.append(
            Line(
                f"{statement['text']} – {Column(given).label}",
                is_right,
                statement["feedback"] or ("" if is_right else str(column)),
            )
        )
    return Judgement(share(lines), lines)


def judge_scenario(exercise: Exercise, answer: Any) -> Judgement:
    """All or nothing: whether the way that was taken leads to a good end."""
    walk = walk_of(exercise, answer)
    if walk.scene["choices"]:
        return Judgement(None, walk.lines)
    return Judgement(100 if walk.scene["is_good_end"] else 0, walk.lines)


@dataclass(frozen=True)
class Walk:
    """How far somebody is in a scenario."""

    scene: Mapping[str, Any]
    lines: list[Line]


def walk_of(exercise: Exercise, steps: Sequence[int]) -> Walk:
    """The scene that these choices lead to, with what was said on the way."""
    scenes = {scene["name"]: scene for scene in exercise.value["scenes"]}
    scene = exercise.value["scenes"][0]
    lines = []
    for step in steps:
        if not 0 <= step < len(scene["choices"]):
            break
        choice = scene["choices"][step]
        scene = scenes.get(choice["goto"], exercise.value["scenes"][-1])
        lines.append(Line(choice["label"], True, choice["feedback"]))
    return Walk(scene, lines)


def share(lines: Sequence[Line]) -> int:
    """How much of it is right, in percent."""
    return 100 * sum(line.is_right for line in lines) // len(lines) if lines else 0

"""The questions of ``questions_nl.txt`` and what they should find."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "questions_nl.txt"
STRANGER = "@"


@dataclass(frozen=True)
class Case:
    """One question of one kind of difficulty; answers are ``place`` to grade, 3 for the best.

    Args:
        by_stranger: Asked without an account; by a professional otherwise.
    """

    kind: str
    text: str
    by_stranger: bool
    answers: Mapping[str, int]


def all_cases() -> list[Case]:
    """Every question of the file."""
    return list(_read(FILE.read_text(encoding="utf-8").splitlines()))


def _read(lines: list[str]) -> Iterator[Case]:
    kind = ""
    for line in lines:
        if line.startswith("["):
            kind = line.strip("[]")
        elif line.strip() and not line.startswith("#"):
            asked, _, answers = line.partition(" = ")
            yield Case(
                kind=kind,
                text=asked.removeprefix(STRANGER).strip(),
                by_stranger=asked.startswith(STRANGER),
                answers=dict(map(_answer, answers.split(","))),
            )


def _answer(written: str) -> tuple[str, int]:
    place, grade = written.split()
    return place, int(grade)


def place_of(address: str) -> str:
    """The last part of an address, or the part of the page: what the file of questions names."""
    path, mark, anchor = address.partition("#")
    return f"#{anchor}" if mark else path.rstrip("/").rpartition("/")[2]

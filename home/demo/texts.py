"""Reading the demo's texts: Markdown with TOML on top."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Text:
    """One file: what stands on top of it, and the Markdown below."""

    name: str
    language: str
    meta: dict[str, Any]
    body: str = field(repr=False)

    @property
    def kind(self) -> str:
        """What it becomes, such as ``article``."""
        return str(self.meta["kind"])

    @property
    def key(self) -> str:
        """How other texts point to it: its number, with a letter where one number is several."""
        return self.name.split("-")[0].lstrip("0") or "0"

    def day(self, name: str) -> date | None:
        """A date out of the top of the file."""
        value = self.meta.get(name)
        return value if isinstance(value, date) or value is None else date.fromisoformat(value)


def read_texts() -> Iterator[Text]:
    """Every text of the demo, in the order of their numbers."""
    for path in sorted(FOLDER.glob("*.??.md")):
        name, language, _ending = path.name.rsplit(".", 2)
        _before, top, body = path.read_text(encoding="utf-8").split("+++", 2)
        yield Text(name, language, tomllib.loads(top), body.strip())


def read_data(name: str) -> dict[str, Any]:
    """A file of plain data, such as ``glossary.toml``."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))

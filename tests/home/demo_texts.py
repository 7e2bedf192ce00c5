"""Reads the demo texts of items 0 to 24 as fields, words, sentences and links."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "home" / "demo" / "texts"
LAST_NUMBER = 24

_QUOTED = re.compile(r'"[^"]*"|“[^”]*”')
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")
_CALLOUT_OPENING = re.compile(r"^:::([\w-]+)(?: (.+))?$", re.MULTILINE)
_WORD = re.compile(r"[0-9A-Za-zÀ-ÿ][0-9A-Za-zÀ-ÿ'’.-]*")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”*)]*\s+")


@dataclass(frozen=True)
class DemoText:
    """One Markdown file: its name, the TOML between the `+++` lines and the body below them."""

    name: str
    fields: dict[str, Any]
    body: str

    @property
    def link_targets(self) -> list[str]:
        """Everything the body links to, in order: `item:9`, `/meldpunt/`, `tel:112`."""
        return [target for _, target in _LINK.findall(self.body)]

    @property
    def callouts(self) -> list[tuple[str, str]]:
        """The fenced callouts as (kind, title); the title is empty when the line has none."""
        return _CALLOUT_OPENING.findall(self.body)

    @property
    def words(self) -> list[str]:
        """The words a reader reads: link texts count, link targets and Markdown signs do not."""
        return _WORD.findall(_LINK.sub(r"\1", self.body))

    @property
    def sentences(self) -> list[str]:
        """The sentences of paragraphs and list items, without headings, tables and titles."""
        prose = [
            line
            for line in self.body.splitlines()
            if line and not line.startswith(("#", "|", ":::"))
        ]
        lines = [_LINK.sub(r"\1", re.sub(r"^(- \[ \] |- |\d+\. )", "", line)) for line in prose]
        return [part for line in lines for part in _SENTENCE_END.split(line) if _WORD.search(part)]

    @property
    def outside_quotes(self) -> str:
        """The body without what people say in it between quotation marks."""
        return _QUOTED.sub("", self.body)


def read_text(path: Path) -> DemoText:
    """Splits one file on its two `+++` lines. Raises ValueError when they are not there."""
    nothing, front_matter, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    if nothing:
        raise ValueError(f"{path.name} does not begin with +++")
    return DemoText(name=path.name, fields=tomllib.loads(front_matter), body=body.strip())


def text_paths() -> list[Path]:
    """The files of items 0 to 24, by number."""
    paths = sorted(FOLDER.glob("[0-9][0-9]-*.nl.md"))
    return [path for path in paths if int(path.name[:2]) <= LAST_NUMBER]


def all_texts() -> list[DemoText]:
    """The texts of items 0 to 24, by number."""
    return [read_text(path) for path in text_paths()]


def every_item_number() -> set[int]:
    """The numbers of all items that have a file, those of other subjects included."""
    return {int(path.name[:2]) for path in FOLDER.glob("[0-9][0-9]-*.nl.md")}


def read_table(name: str) -> dict[str, Any]:
    """A TOML file beside the texts: `glossary.toml` or `flow.toml`."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))

"""Reads the demo texts as fields, words, sentences and links."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "home" / "demo" / "texts"

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
    def key(self) -> str:
        """How other texts point to it: `9`, `54a`, or `meldpunt` for the text without a number."""
        return self.name.split("-")[0].lstrip("0") or "0"

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


def text_paths(language: str = "nl") -> list[Path]:
    """The files in one language, by name."""
    return sorted(FOLDER.glob(f"*.{language}.md"))


def all_texts(language: str = "nl") -> list[DemoText]:
    """The texts in one language, by name."""
    return [read_text(path) for path in text_paths(language)]


def texts_of_kind(kind: str) -> list[DemoText]:
    """The Dutch texts that become one kind of page, by name."""
    return [text for text in all_texts() if text.fields["kind"] == kind]


def read_table(name: str) -> dict[str, Any]:
    """A TOML file beside the texts: `glossary.toml` or `flow.toml`."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))

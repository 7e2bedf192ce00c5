"""From a text in Markdown to the blocks of a page.

Beside CommonMark and tables it knows the fences ``:::let-op``, ``:::voorbeeld``, ``:::112`` and
``:::netwerk``, each with a title behind the word, and links such as ``item:12`` that the caller
resolves.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from portal.accounts import audiences

# A page's primary key, an address, or None for a link that leads nowhere.
ResolveLink = Callable[[str], int | str | None]
Block = dict[str, Any]

FENCE = re.compile(r"^:::(let-op|voorbeeld|112|netwerk)[ \t]*(.*)$")
FENCED = {"let-op": "warning", "voorbeeld": "example", "112": "emergency"}
TAGS = {"strong": "b", "em": "i", "h4": "h3", "h5": "h3", "h6": "h3"}


def blocks_from_markdown(text: str, resolve_link: ResolveLink) -> list[Block]:
    """The raw data of a StreamField of ``body_blocks`` that says the same as ``text``.

    Args:
        text: Markdown.
        resolve_link: Gets the target of each link that is not an address of its own, such as
            ``item:12`` or ``/meldpunt/``, and gives a page's key, an address, or ``None``.

    Raises:
        ValueError: A fence is opened and never closed.
    """
    found: list[Block] = []
    for word, title, lines in parts_of(text):
        source = "\n".join(lines)
        if word in FENCED:
            html = "".join(to_html(group, resolve_link) for group in groups_of(source))
            found.append(block(FENCED[word], {"title": title, "text": html}))
        elif word == "netwerk":
            inside = [block("heading", title)] if title else []
            inside += plain(source, resolve_link)
            found.append(block("audience", {"audience": [audiences.NETWORK], "content": inside}))
        else:
            found += plain(source, resolve_link)
    return found


def parts_of(text: str) -> Iterator[tuple[str, str, list[str]]]:
    """Fenced and other parts in their order: the fence's word or nothing, its title, its lines."""
    word, title, lines = "", "", list[str]()
    for line in text.splitlines():
        opening = FENCE.match(line)
        if opening and not word:
            yield "", "", lines
            word, title, lines = opening.group(1), opening.group(2).strip(), []
        elif line.strip() == ":::" and word:
            yield word, title, lines
            word, title, lines = "", "", []
        else:
            lines.append(line)
    if word:
        raise ValueError(f"The fence :::{word} is never closed.")
    yield "", "", lines


def plain(source: str, resolve_link: ResolveLink) -> list[Block]:
    """Headings, tables and quotes as blocks of their own; what stands between as text."""
    found: list[Block] = []
    for group in groups_of(source):
        first = group[0]
        if first.type == "heading_open" and first.tag in ("h1", "h2"):
            found.append(block("heading", words_of(group)))
        elif first.type == "table_open":
            found.append(block("table", table(group, resolve_link)))
        elif first.type == "blockquote_open":
            found.append(block("quote", {"quote": words_of(group), "said_by": ""}))
        elif found and found[-1]["type"] == "text":
            found[-1]["value"] += to_html(group, resolve_link)
        else:
            found.append(block("text", to_html(group, resolve_link)))
    return found


def groups_of(source: str) -> list[list[Token]]:
    """The tokens of each paragraph, list, heading or table together."""
    groups: list[list[Token]] = []
    for token in reader().parse(source):
        if token.level == 0 and token.nesting >= 0:
            groups.append([])
        groups[-1].append(token)
    return groups


def reader() -> MarkdownIt:
    """CommonMark with tables, and no HTML."""
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def words_of(tokens: Sequence[Token]) -> str:
    """What the tokens say, without mark-up."""
    inline = (child for token in tokens for child in token.children or ())
    texts = (" " if child.type == "softbreak" else child.content for child in inline)
    return "".join(texts).strip()


def table(group: Sequence[Token], resolve_link: ResolveLink) -> dict[str, Any]:
    """A table as ``DataTableBlock`` stores it."""
    rows: list[list[str]] = []
    headings: list[str] = []
    for number, token in enumerate(group):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "th_open":
            headings.append(words_of([group[number + 1]]))
        elif token.type == "td_open":
            rows[-1].append(to_html([group[number + 1]], resolve_link))
    return {
        "columns": [{"type": "text", "heading": heading} for heading in headings],
        "rows": [{"values": cells} for cells in rows if cells],
        "caption": "",
    }


def to_html(tokens: Sequence[Token], resolve_link: ResolveLink) -> str:
    """The tokens in the HTML that Wagtail stores."""
    return StoredHtml(resolve_link).render(list(tokens), reader().options, {}).strip()


def block(kind: str, value: Any) -> Block:
    """One block as a StreamField stores it."""
    return {"type": kind, "value": value}


class StoredHtml(RendererHTML):
    """Writes links to pages the way Wagtail stores them, and only tags that its editor knows."""

    def __init__(self, resolve_link: ResolveLink) -> None:
        super().__init__()
        self.resolve_link = resolve_link

    def renderToken(  # noqa: N802  (the library's name)
        self, tokens: Sequence[Token], idx: int, options: Any, env: Any
    ) -> str:
        """A tag, by the name that Wagtail's editor gives it."""
        token = tokens[idx]
        token.tag = TAGS.get(token.tag, token.tag)
        rendered: str = super().renderToken(tokens, idx, options, env)
        return rendered.rstrip("\n")

    def link_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """The tag that begins a link."""
        token = tokens[idx]
        target = str(token.attrs.get("href", ""))
        found = target if re.match(r"(https?|tel|mailto):", target) else None
        goal = found or self.resolve_link(target)
        if isinstance(goal, int):
            token.attrs = {"linktype": "page", "id": str(goal)}
        else:
            token.attrs = {"href": goal} if goal else {}
        return self.renderToken(tokens, idx, options, env)

    def softbreak(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """A line that goes on is a space."""
        return " "

    def hardbreak(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """A break inside a paragraph."""
        return "<br/>"

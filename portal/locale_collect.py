"""Bring every catalogue in step with the code: ``python -m portal.locale_collect``.

In pure Python, since an empty machine has no xgettext. New texts are added without a translation,
texts that the code no longer has are dropped, and nothing else changes.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[1]
ROOMS = ("portal", "home", "knowledge", "network", "meldpunt", "search")
LANGUAGE = "nl"
SKIPPED = {"migrations", "node_modules", "build"}
# How many texts each function takes, and whether a context comes first.
FUNCTIONS = {
    "_": (1, False),
    "gettext": (1, False),
    "gettext_lazy": (1, False),
    "gettext_noop": (1, False),
    "ngettext": (2, False),
    "ngettext_lazy": (2, False),
    "pgettext": (1, True),
    "pgettext_lazy": (1, True),
    "npgettext": (2, True),
    "npgettext_lazy": (2, True),
}
LITERAL = r"u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
IN_TEMPLATE = re.compile(rf"(?<!\w)(_|n?p?gettext)\(({LITERAL}(?:\s*,\s*{LITERAL})*)", re.DOTALL)


@dataclass(frozen=True)
class Text:
    """One text that is shown to people: what a catalogue calls an entry."""

    msgid: str
    plural: str = ""
    context: str | None = None
    places: list[str] = field(default_factory=list, compare=False)


def texts_of(room: str) -> list[Text]:
    """Every text of a room that wants a translation, in the order of its files."""
    found: dict[tuple[str | None, str], Text] = {}
    for path in sorted((ROOT / room).rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or SKIPPED & set(path.parts):
            continue
        place = str(path.relative_to(ROOT))
        for text in read(path):
            first = found.setdefault((text.context, text.msgid), text)
            if place not in first.places:
                first.places.append(place)
    return list(found.values())


def read(path: Path) -> Iterator[Text]:
    """The texts of one file."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return in_python(source)
    return in_template(source) if "templates" in path.parts else iter(())


def in_python(source: str) -> Iterator[Text]:
    """The texts of a module: literal arguments of the functions of gettext."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in FUNCTIONS:
            arguments = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            yield from text_from(name, [arg for arg in arguments if isinstance(arg, str)])


def in_template(source: str) -> Iterator[Text]:
    """The texts of a template, as Django itself finds them."""
    for name, arguments in IN_TEMPLATE.findall(templatize(source)):
        literals = re.findall(LITERAL, arguments, re.DOTALL)
        yield from text_from(name, [ast.literal_eval(literal) for literal in literals])


def text_from(function: str, arguments: list[str]) -> Iterator[Text]:
    """The text that one call asks for; nothing when its arguments are no literals."""
    amount, has_context = FUNCTIONS[function]
    if len(arguments) < amount + has_context:
        return
    context = arguments[0] if has_context else None
    msgid, *plural = arguments[has_context : has_context + amount]
    yield Text(msgid, "".join(plural), context)


def catalogue(room: str) -> Path:
    """Where the translations of a room are."""
    return ROOT / room / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def update(room: str) -> tuple[int, int]:
    """Put a room's catalogue in step. Returns how many texts it has and how many lack Dutch."""
    path, texts = catalogue(room), texts_of(room)
    old = polib.pofile(str(path), wrapwidth=0) if path.exists() else polib.POFile(wrapwidth=0)
    known = {(entry.msgctxt, entry.msgid): entry for entry in old if not entry.obsolete}
    new = polib.POFile(wrapwidth=0)
    new.metadata = {
        "Language": LANGUAGE,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for text in texts:
        new.append(entry_for(text, known.get((text.context, text.msgid))))
    path.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(path))
    return len(texts), len(new.untranslated_entries())


def entry_for(text: Text, known: polib.POEntry | None) -> polib.POEntry:
    """The entry of a text, with the translation it had."""
    entry = polib.POEntry(
        msgid=text.msgid,
        msgctxt=text.context,
        occurrences=[(place, "") for place in text.places],
        tcomment=known.tcomment if known else "",
    )
    if text.plural:
        entry.msgid_plural = text.plural
        entry.msgstr_plural = (known and known.msgstr_plural) or {0: "", 1: ""}
    else:
        entry.msgstr = known.msgstr if known else ""
    return entry


def main() -> None:
    """Update every room, and say how far each one is."""
    for room in ROOMS:
        if (ROOT / room).is_dir():
            amount, untranslated = update(room)
            sys.stdout.write(f"{room}: {amount} texts, {untranslated} without Dutch\n")


if __name__ == "__main__":
    main()

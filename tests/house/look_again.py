"""Name the files and functions that deserve a second look. Never fails.

Run as ``python -m tests.house.look_again``.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("portal", "home", "knowledge", "network", "meldpunt", "search", "tests")
LIMITS = {"file": 250, "class": 200, "function": 25, "test file": 400, "test": 20, "template": 100}


def own_files(pattern: str) -> Iterator[Path]:
    """What we wrote ourselves, without migrations."""
    for room in ROOMS:
        yield from (p for p in sorted((ROOT / room).rglob(pattern)) if "migrations" not in p.parts)


def length(node: ast.AST) -> int:
    """Lines of a class or function; explaining is never too long, so without its docstring."""
    text = ast.get_docstring(node, clean=False) or ""  # type: ignore[arg-type]
    return node.end_lineno - node.lineno + 1 - len(text.splitlines())  # type: ignore[attr-defined]


def findings() -> Iterator[str]:
    """One line for everything that is longer than usual."""
    for path in own_files("*.py"):
        text = path.read_text(encoding="utf-8")
        is_test = path.is_relative_to(ROOT / "tests")
        lines = len(text.splitlines())
        if lines > LIMITS["test file" if is_test else "file"]:
            yield f"{path.relative_to(ROOT)}: {lines} lines"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef):
                limit = LIMITS["class"]
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                limit = LIMITS["test" if is_test else "function"]
            else:
                continue
            if length(node) > limit:
                yield f"{path.relative_to(ROOT)}: {node.name} has {length(node)} lines"
    for path in own_files("*.html"):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LIMITS["template"]:
            yield f"{path.relative_to(ROOT)}: {lines} lines"


if __name__ == "__main__":
    found = list(findings())
    sys.stdout.writelines(f"look again: {line}\n" for line in found)
    sys.stdout.write(f"{len(found)} thing(s) to look at again.\n")

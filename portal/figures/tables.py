"""Tables as files, for the spreadsheets of others."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
FULL_WIDTH = str.maketrans("\uff1d\uff0b\uff0d\uff20", "=+-@")  # some spreadsheets read them alike


def safe_cell(value: object) -> str:
    """A cell that a spreadsheet shows and never calculates; nothing for ``None``."""
    text = "" if value is None else str(value)
    return f"'{text}" if _is_calculated(text) else text


def as_typed(cell: str) -> str:
    """A cell as it was before ``safe_cell``, when a table comes back."""
    return cell[1:] if cell.startswith("'") and _is_calculated(cell[1:]) else cell


def _is_calculated(text: str) -> bool:
    """Whether a spreadsheet may take it for a formula, spaces before it or not."""
    return text.lstrip(" \u00a0\ufeff\x00").translate(FULL_WIDTH).startswith(FORMULA)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A CSV file that Dutch spreadsheets open as it is: semicolons, and a mark of UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()

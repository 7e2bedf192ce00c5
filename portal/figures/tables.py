"""Tables as files, for the spreadsheets of others."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: object) -> str:
    """A cell that a spreadsheet shows and never calculates; nothing for ``None``."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def as_typed(cell: str) -> str:
    """A cell as it was before ``safe_cell``, when a table comes back."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A CSV file that Dutch spreadsheets open as it is: semicolons, and a mark of UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()

"""A page as PDF: title, dates, who may read it, the text, and the way to the newest version."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import qrcode
from django.contrib.staticfiles import finders
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.fonts import FontFace

BLOCKS = {"h1": 17, "h2": 14, "h3": 12, "h4": 11, "p": 11, "li": 11, "summary": 12}
BLOCKS |= {"figcaption": 9, "blockquote": 11, "pre": 10, "dt": 11, "dd": 11, "div": 11}
SKIPPED = ("svg", "button", "form", "script", "style", "nav")


@dataclass(frozen=True)
class Cover:
    """What stands around the text on paper."""

    title: str
    summary: str
    owner: str
    source: str
    changed_on: date | None
    valid_until: date | None
    is_public: bool
    is_fictional: bool
    address: str

    @property
    def facts(self) -> list[str]:
        """Owner, source and dates, one in a line."""
        days = [
            (_("Changed on"), self.changed_on),
            (_("Valid until"), self.valid_until),
            (_("Printed on"), timezone.localdate()),
        ]
        texts = [(_("Owner"), self.owner), (_("Source"), self.source)]
        texts += [(name, date_format(day, "j F Y")) for name, day in days if day]
        return [f"{name}: {value}" for name, value in texts if value]

    @property
    def mark(self) -> str:
        """Who may read this paper."""
        mark = _("Public") if self.is_public else _("Only for the network")
        fictional = _("Fictional (demo)")
        return f"{mark} · {fictional}" if self.is_fictional else mark


@dataclass(frozen=True)
class Piece:
    """A paragraph, a heading, a point of a list, or the rows of a table."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


class Reader(HTMLParser):
    """Cuts the HTML of blocks into pieces of plain text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.words: list[str] = []
        self.kind = "p"
        self.skipping = 0
        self.rows: list[list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A new piece begins at a block; a table collects its cells."""
        if tag in SKIPPED:
            self.skipping += 1
        elif tag == "table":
            self.end_piece()
            self.rows = []
        elif self.rows is not None and tag == "tr":
            self.rows.append([])
        elif self.rows is not None and tag in ("td", "th"):
            self.words = []
        elif tag == "br":
            self.words.append("\n")
        elif tag in BLOCKS and self.rows is None:
            self.end_piece()
            self.kind = tag

    def handle_endtag(self, tag: str) -> None:
        """The piece, cell or table is complete."""
        if tag in SKIPPED:
            self.skipping -= 1
        elif self.rows is not None and tag in ("td", "th"):
            self.rows[-1].append(self.text())
        elif tag == "table" and self.rows is not None:
            rows = tuple(tuple(row) for row in self.rows if row)
            self.pieces.append(Piece("table", rows=rows))
            self.rows, self.words = None, []
        elif tag in BLOCKS and self.rows is None:
            self.end_piece()
            self.kind = "p"

    def handle_data(self, data: str) -> None:
        """Words of the piece."""
        if not self.skipping:
            self.words.append(data)

    def text(self) -> str:
        """The words so far, with single spaces."""
        lines = "".join(self.words).split("\n") if self.kind == "pre" else None
        words = "\n".join(lines) if lines else " ".join("".join(self.words).split())
        self.words = []
        return words.strip()

    def end_piece(self) -> None:
        """Keep what was read since the last one."""
        if text := self.text():
            self.pieces.append(Piece(self.kind, text))


class PagePdf(FPDF):
    """A4 with the mark above and the address below every sheet."""

    def __init__(self, cover: Cover) -> None:
        super().__init__(format="A4")
        self.cover = cover
        self.set_margins(20, 20)
        self.set_auto_page_break(True, margin=22)
        self.set_title(cover.title)
        self.set_lang("en" if get_language() == "en" else "nl")
        self.use_portal_font()

    def use_portal_font(self) -> None:
        """Our own font, or the one every reader of PDF has when it was not built."""
        regular, bold = font_file(400), font_file(700)
        self.family = "Helvetica"
        if regular and bold:
            self.family = "Source"
            self.add_font("Source", "", regular)
            self.add_font("Source", "B", bold)

    def header(self) -> None:
        """Who may read this."""
        self.set_font(self.family, "B", 9)
        self.cell(0, 6, self.safe(self.cover.mark), align="R", new_x="LMARGIN", new_y="NEXT")
        self.ln(2)

    def footer(self) -> None:
        """Where the newest version is, and the number of the sheet."""
        self.set_y(-16)
        self.set_font(self.family, "", 8)
        text = _("Newest version: %(address)s · page %(number)s of {nb}") % {
            "address": self.cover.address,
            "number": self.page_no(),
        }
        self.cell(0, 5, self.safe(text), align="C")

    def safe(self, text: str) -> str:
        """The text as far as the font has its letters."""
        if self.family == "Source":
            return text
        return text.encode("latin-1", "replace").decode("latin-1")

    def line(self, text: str, *, size: int, bold: bool = False, indent: int = 0) -> None:
        """A paragraph."""
        self.set_font(self.family, "B" if bold else "", size)
        self.set_x(self.l_margin + indent)
        self.multi_cell(0, size * 0.5, self.safe(text), align="L", new_x="LMARGIN", new_y="NEXT")

    def table_of(self, rows: Iterable[tuple[str, ...]]) -> None:
        """A table whose first row is its head."""
        rows = list(rows)
        width = max((len(row) for row in rows), default=0)
        if not width:
            return
        self.set_font(self.family, "", 10)
        with self.table(headings_style=FontFace(emphasis="BOLD"), text_align="LEFT") as table:
            for row in rows:
                table.row([self.safe(cell) for cell in (*row, *[""] * (width - len(row)))])
        self.ln(3)


def make_pdf(cover: Cover, html: str) -> bytes:
    """The bytes of a PDF of ``html``, which the templates of our own blocks made."""
    pdf = PagePdf(cover)
    pdf.add_page()
    add_title(pdf, cover)
    reader = Reader()
    reader.feed(html)
    reader.close()
    reader.end_piece()
    for piece in reader.pieces:
        add_piece(pdf, piece)
    return bytes(pdf.output())


def add_title(pdf: PagePdf, cover: Cover) -> None:
    """Title, summary and facts, with a code to scan beside them."""
    code = qrcode.make(cover.address, box_size=4, border=1).get_image()
    pdf.image(code, x=166, y=24, w=24, alt_text=cover.address)
    pdf.set_right_margin(50)
    pdf.line(cover.title, size=20, bold=True)
    pdf.ln(2)
    pdf.line(cover.summary, size=12)
    pdf.ln(2)
    for fact in cover.facts:
        pdf.line(fact, size=9)
    pdf.set_right_margin(20)
    pdf.set_y(max(pdf.get_y(), 52))
    pdf.ln(4)


def add_piece(pdf: PagePdf, piece: Piece) -> None:
    """One piece below the last."""
    if piece.kind == "table":
        pdf.table_of(piece.rows)
        return
    heading = piece.kind in ("h1", "h2", "h3", "h4", "summary", "dt")
    pdf.ln(3 if heading else 0)
    text = f"•  {piece.text}" if piece.kind == "li" else piece.text
    pdf.line(
        text,
        size=BLOCKS[piece.kind],
        bold=heading,
        indent=4 if piece.kind == "li" else 0,
    )
    pdf.ln(1.5)


def font_file(weight: int) -> Path | None:
    """Where the build of the look left the font, if it did."""
    found = finders.find(f"portal/build/fonts/source-sans-3-{weight}.ttf")
    return Path(found) if isinstance(found, str) else None

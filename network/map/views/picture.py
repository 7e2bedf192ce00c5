"""The map as a picture, for a report or on a wall."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from django.contrib.staticfiles import finders
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from network.map.graph import HEIGHT, WIDTH
from network.map.models import NetworkLink, NetworkNode
from network.map.views.drawing import NAMES, has_name, label_text, outline, spot
from network.map.workflow import NodeKind, Strength

SCALE = 2  # so that it stays sharp on paper
HEAD = 40.0
INK, LINE, PAPER = "#1a1a1a", "#9aa5b1", "#ffffff"
FILLS = {
    NodeKind.ORGANISATION: "#0a5a7d",
    NodeKind.CONSULTATION: "#2e7d4f",
    NodeKind.FUNCTION: "#c25e00",
    NodeKind.PLACE: "#5b6fd6",
}
WIDTHS = {Strength.WEAK: 1, Strength.NORMAL: 2, Strength.STRONG: 5}


def as_png(nodes: Sequence[NetworkNode], links: Sequence[NetworkLink], day: date) -> bytes:
    """The drawing of these nodes and links as PNG, with the day it is about."""
    from PIL import Image, ImageDraw, ImageFont  # only in the process that draws

    file = finders.find("portal/build/fonts/source-sans-3-400.ttf")
    size = 14 * SCALE
    font = ImageFont.truetype(file, size) if file else ImageFont.load_default(size)
    whole = (round((WIDTH + 2 * NAMES) * SCALE), round((HEIGHT + HEAD) * SCALE))
    image = Image.new("RGB", whole, PAPER)
    pen = ImageDraw.Draw(image)

    def at(x: float, y: float) -> tuple[float, float]:
        return (x + NAMES) * SCALE, (y + HEAD) * SCALE

    spots = {node.pk: spot(node) for node in nodes}
    for link in links:
        ends = [at(*spots[link.source_id]), at(*spots[link.target_id])]
        pen.line(ends, fill=LINE, width=WIDTHS[Strength(link.strength)])
    for node in nodes:
        kind = NodeKind(node.kind)
        points = outline(node, *spots[node.pk])
        if kind == NodeKind.ORGANISATION:
            pen.ellipse([at(*one) for one in points], fill=FILLS[kind], outline=PAPER, width=SCALE)
        else:
            pen.polygon([at(*one) for one in points], fill=FILLS[kind], outline=PAPER)
    for node in nodes:
        if has_name(node, len(nodes)):
            x, y = spots[node.pk]
            pen.text(
                at(x, y + 22 + min(node.degree, 12)),
                label_text(node),
                font=font,
                fill=INK,
                anchor="ms",
                stroke_width=2 * SCALE,
                stroke_fill=PAPER,
            )
    title = _("Map of the network, %(day)s") % {"day": date_format(day, "j F Y")}
    pen.text((NAMES * SCALE, 26 * SCALE), title, font=font, fill=INK, anchor="ls")
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()

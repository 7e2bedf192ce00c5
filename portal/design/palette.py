"""From three brand colours to a palette, light and dark, checked for contrast (frontend.md 2).

Colours travel as ``#rrggbb``; in between they are OKLCH: lightness 0 to 1, chroma, hue in radians.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

STEPS = (50, 100, 200, 300, 400, 500, 600, 700)
DARK_GROUND = "#12181f"
WHITE = "#ffffff"
INK = "#10181f"  # on the accent colour, in light and dark alike
FUNCTIONAL = {
    "groen": "#137a3b",
    "rood": "#c4222b",
    "oranje": "#b3520f",
    "geel": "#8a6d00",
    "blauw": "#0f6cb3",
}
GREY = "#4c5c6e"


@dataclass(frozen=True)
class Pair:
    """Two colours that are read together, and how much they should differ.

    ``colour`` is the brand colour to change: ``brand``, ``action`` or ``accent``.
    """

    colour: str
    name: str | Promise
    contrast: float
    minimum: float

    def __str__(self) -> str:
        return gettext(
            "%(name)s: the contrast is %(contrast)s, at least %(minimum)s is needed."
        ) % {
            "name": self.name,
            "contrast": number_format(self.contrast, 1),
            "minimum": number_format(self.minimum, 1),
        }


@dataclass(frozen=True)
class Scale:
    """One colour in eight steps, for a light and for a dark ground."""

    light: dict[int, str]
    dark: dict[int, str]


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2, success criterion 1.4.3)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def scale(seed: str, *, is_grey: bool = False) -> Scale:
    """Eight steps of ``seed``; the steps that carry text are moved until they can be read."""
    lightness, chroma, hue = to_oklch(seed)

    def tint(level: float, share: float) -> str:
        return from_oklch(level, chroma * share, hue)

    light = {
        50: tint(0.984, 0.08),
        100: tint(0.958, 0.18),
        200: tint(0.915, 0.32),
        300: tint(0.82, 0.55),
    }
    light[400] = _until(min(max(lightness + 0.06, 0.50), 0.60), tint, 1, light[100], 4.55, -0.004)
    light[500] = _until(min(lightness, 0.52), tint, 1, light[100], 5.6, -0.004)
    light[600] = _until(min(lightness - 0.09, 0.42), tint, 0.9, light[200], 7, -0.004)
    light[700] = tint(min(lightness - 0.2, 0.27), 0.6)
    share = 1.0 if is_grey else 0.55
    dark = {
        50: tint(0.245, share * 0.35),
        100: tint(0.285, share * 0.5),
        200: tint(0.34, share * 0.6),
        300: tint(0.47, share),
    }
    dark[400] = _until(0.70, tint, 0.8, dark[100], 4.6, 0.004)
    dark[500] = _until(0.78, tint, 0.75, dark[100], 5.6, 0.004)
    dark[600] = tint(0.86, 0.5)
    dark[700] = tint(0.955, 0.12)
    return Scale(light, dark)


def problems(*, brand: str, action: str, accent: str) -> list[Pair]:
    """The pairs of this look that differ too little, by name; empty when all can be read."""
    pairs = [
        Pair("brand", _("White text on the brand colour"), contrast(brand, WHITE), 4.5),
        Pair("accent", _("Dark text on the accent colour"), contrast(accent, INK), 4.5),
    ]
    for colour, seed in {"action": action, "brand": brand, "accent": accent}.items():
        pairs += _pairs_of(colour, scale(seed))
    return [pair for pair in pairs if pair.contrast < pair.minimum]


def _pairs_of(colour: str, steps: Scale) -> Iterator[Pair]:
    """Text in steps of one colour, on the grounds where the style sheet puts it."""
    for mode, tones, ground in (
        (pgettext_lazy("colour mode", "light"), steps.light, WHITE),
        (pgettext_lazy("colour mode", "dark"), steps.dark, DARK_GROUND),
    ):
        for name, text, behind, minimum in (
            (_("Text on the page"), tones[400], ground, 4.5),
            (_("Text on a tinted ground"), tones[500], tones[100], 4.5),
            (_("Strong text on a tinted ground"), tones[700], tones[200], 7),
        ):
            label = format_lazy("{} ({})", name, mode)
            yield Pair(colour, label, contrast(text, behind), minimum)


def stylesheet(*, brand: str, action: str, accent: str, radius: int) -> str:
    """Custom properties of a look, as CSS text. ``radius`` is in pixels."""
    lines = "".join(
        f"{name}:{value};" for name, value in _properties(brand, action, accent, radius)
    )
    return f":root{{{lines}}}"


def _properties(brand: str, action: str, accent: str, radius: int) -> Iterator[tuple[str, str]]:
    scales = {
        "--voorbeeld-kleuren-violet": scale(action),
        "--voorbeeld-kleuren-grijs": scale(GREY, is_grey=True),
        "--portal-colour-brand": scale(brand),
        "--portal-colour-accent": scale(accent),
        **{f"--voorbeeld-kleuren-{name}": scale(seed) for name, seed in FUNCTIONAL.items()},
    }
    for name, steps in scales.items():
        for step in STEPS:
            yield (
                f"{name}-{step}",
                f"light-dark({steps.light[step]},{steps.dark[step]})",
            )
    yield "--voorbeeld-kleuren-wit", f"light-dark({WHITE},{DARK_GROUND})"
    yield "--portal-brand", brand
    yield "--portal-brand-deep", scales["--portal-colour-brand"].light[600]
    yield "--portal-brand-night", scales["--portal-colour-brand"].light[700]
    yield "--portal-on-brand", WHITE
    yield "--portal-accent", accent
    lightness, chroma, hue = to_oklch(accent)
    chart = _until(
        lightness,
        lambda level, share: from_oklch(level, chroma * share, hue),
        1,
        WHITE,
        3.1,
        -0.004,
    )
    yield "--portal-accent-chart", f"light-dark({chart},{scale(accent).dark[400]})"
    for name in (
        "--basis-border-radius-md",
        "--basis-form-control-border-radius",
        "--nl-button-border-radius",
    ):
        yield name, f"{radius}px"
    yield "--basis-border-radius-lg", f"{radius * 2}px"


def _until(
    level: float,
    tint: Callable[[float, float], str],
    share: float,
    ground: str,
    minimum: float,
    step: float,
) -> str:
    """Move the lightness until the contrast with ``ground`` is reached."""
    while contrast(tint(level, share), ground) < minimum and 0 < level < 1:
        level += step
    return tint(level, share)


def to_oklch(colour: str) -> tuple[float, float, float]:
    """Lightness, chroma and hue of ``#rrggbb`` (Björn Ottosson's OKLab)."""
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def from_oklch(lightness: float, chroma: float, hue: float) -> str:
    """``#rrggbb``; less chroma when a screen can't show so much of it."""
    while True:
        red, green, blue = _linear_rgb(lightness, chroma, hue)
        if all(-0.0005 <= channel <= 1.0005 for channel in (red, green, blue)) or chroma < 0.001:
            return "#" + "".join(f"{_byte(channel):02x}" for channel in (red, green, blue))
        chroma *= 0.96


def _linear_rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _channels(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _byte(linear: float) -> int:
    bounded = max(0.0, min(1.0, linear))
    gamma = 12.92 * bounded if bounded <= 0.0031308 else 1.055 * bounded ** (1 / 2.4) - 0.055
    return round(255 * gamma)

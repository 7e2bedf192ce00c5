"""Make the style sheet, the icons and the fonts out of packages and our own CSS.

Run as ``python -m portal.design.build``. Only what the templates use gets in: classes, design
tokens and icons. The outcome is not committed and is the same every time.
"""

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import lightningcss
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).parents[2]
MODULES = ROOT / "node_modules"
OWN = Path(__file__).parent / "css"
OUT = Path(__file__).parent / "static" / "portal" / "build"
ROOMS = ("portal", "home", "knowledge", "network", "meldpunt", "search")
BROWSERS = ["chrome 111", "edge 111", "firefox 115", "safari 16.4", "ios_saf 16.4"]
TOKENS = MODULES / "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css"
FONT = "source-sans-3-latin-wght-normal.woff2"
FONT_FACE = (
    "@font-face{font-family:'Source Sans 3';src:url(fonts/" + FONT + ") format('woff2');"
    "font-weight:200 900;font-style:normal;font-display:swap}"
)
NOTICE = (
    "/*! Holds components and tokens of NL Design System: Frameless B.V., Gemeente Utrecht, "
    "Gemeente Den Haag, NL Design System Community. EUPL-1.2 */"
)
# Named in Python or in data, so that no template holds them.
MORE_ICONS = {
    "affiliate",
    "alert-triangle",
    "book-2",
    "calendar",
    "calendar-event",
    "checklist",
    "home",
    "lifebuoy",
    "list",
    "lock",
    "map",
    "message-report",
    "pencil",
    "phone",
    "plus",
    "school",
    "user",
    "users",
    "users-group",
}


class NotInstalled(Exception):
    """The packages that the look is built from are not there."""


def main() -> None:
    """Build everything, and say how large it became."""
    if not TOKENS.exists():
        raise NotInstalled("Run npm ci first (make does).")
    shutil.rmtree(OUT, ignore_errors=True)
    (OUT / "fonts").mkdir(parents=True)
    (OUT / "portal.css").write_text(style_sheet(), encoding="utf-8")
    (OUT / "icons.svg").write_text(icon_sprite(), encoding="utf-8")
    fonts = MODULES / "@fontsource-variable/source-sans-3/files"
    shutil.copyfile(fonts / FONT, OUT / "fonts" / FONT)
    for weight in (400, 700):
        font_for_pdf(fonts / FONT, weight)
    for path in sorted(OUT.rglob("*.*")):
        sys.stdout.write(f"{path.relative_to(OUT)}: {path.stat().st_size} bytes\n")


def font_for_pdf(variable: Path, weight: int) -> None:
    """One weight of the font as TrueType: a PDF can't hold a variable web font."""
    font = instancer.instantiateVariableFont(
        TTFont(variable, recalcTimestamp=False), {"wght": weight}
    )
    font.flavor = None
    font.save(OUT / "fonts" / f"source-sans-3-{weight}.ttf")


def style_sheet() -> str:
    """One style sheet: components in a layer below tokens, tokens in a layer below ours."""
    own = "\n".join(path.read_text(encoding="utf-8") for path in sorted(OWN.glob("*.css")))
    vendor = components(words_in_use() | set(re.findall(r"[A-Za-z][\w-]+", own)))
    layers = (
        "@layer vendor,tokens,portal;"
        f"@layer vendor{{{vendor}}}@layer tokens{{{tokens(vendor + own)}}}@layer portal{{{own}}}"
    )
    css = lightningcss.process_stylesheet(layers, browsers_list=BROWSERS, minify=True)
    return NOTICE + FONT_FACE + css


def components(used: set[str]) -> str:
    """The components' CSS, without the classes that nothing uses."""
    css = "\n".join(clean(path.read_text(encoding="utf-8")) for path in component_files())
    classes = set(re.findall(r"\.((?:utrecht|nl|denhaag)-[\w-]+)", css))
    css = lightningcss.process_stylesheet(
        css,
        unused_symbols=classes - used,
        browsers_list=BROWSERS,
        minify=True,
        error_recovery=True,
    )
    # The policy of the portal lets no data: image through; ours stand in static files.
    return re.sub(r'background-image:url\("data:[^"]*"\);?', "", css)


def component_files() -> Iterator[Path]:
    """The one style sheet of every package, in a fixed order."""
    for scope in ("@nl-design-system-candidate", "@utrecht", "@gemeente-denhaag"):
        for package in sorted((MODULES / scope).glob("*")):
            name = package.name.removesuffix("-css")
            for file in (package / f"dist/{name}.css", package / "dist/index.css"):
                if file.exists():
                    yield file
                    break


def tokens(css: str) -> str:
    """The design tokens that ``css`` needs, and those that these need in turn."""
    declared = dict(
        re.findall(
            r"^\s+(--[a-z0-9-]+):\s*(.+?);",
            clean(TOKENS.read_text(encoding="utf-8")),
            re.M,
        )
    )
    needed: set[str] = set()
    queue = re.findall(r"var\(\s*(--[\w-]+)", css)
    while queue:
        token = queue.pop()
        if token in declared and token not in needed:
            needed.add(token)
            queue += re.findall(r"var\(\s*(--[\w-]+)", declared[token])
    lines = (f"{token}:{declared[token].replace('None', 'none')}" for token in sorted(needed))
    return ":root{" + ";".join(lines) + "}"


def words_in_use() -> set[str]:
    """Every word in a template, script or block of ours: a class is written out in full."""
    words: set[str] = set()
    for room in ROOMS:
        for pattern in ("**/*.html", "**/*.py", "**/static/**/*.js"):
            for path in (ROOT / room).glob(pattern):
                words |= set(re.findall(r"[A-Za-z][\w-]+", path.read_text(encoding="utf-8")))
    return words


def icon_sprite() -> str:
    """The used icons as one file of symbols."""
    names = set(MORE_ICONS)
    for room in ROOMS:
        for path in (ROOT / room).glob("**/*.html"):
            text = path.read_text(encoding="utf-8")
            names |= set(re.findall(r'(?:{% icon | icon=)["\']([\w-]+)["\']', text))
    folder = MODULES / "@tabler/icons/icons/outline"
    symbols = "".join(symbol(name, (folder / f"{name}.svg").read_text()) for name in sorted(names))
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>\n'


def symbol(name: str, svg: str) -> str:
    """One drawing as a symbol."""
    inner = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S)
    drawing = re.sub(r'<path stroke="none"[^>]*/>|\n', "", inner.group(1) if inner else "").strip()
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        f'stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{drawing}</symbol>'
    )


def clean(css: str) -> str:
    """Without comments and the names of source maps, which manifest storage would look for."""
    return re.sub(r"/\*.*?\*/", "", css, flags=re.S)


if __name__ == "__main__":
    main()

"""Compile the translations: ``python -m portal.locale_build``.

In pure Python, since an empty machine has no msgfmt.
"""

import sys
from pathlib import Path

import polib

ROOT = Path(__file__).parents[1]
ROOMS = ("portal", "home", "knowledge", "network", "meldpunt", "search")


def main() -> None:
    """Write a ``.mo`` beside every ``.po``."""
    for room in ROOMS:
        for path in sorted((ROOT / room / "locale").glob("*/LC_MESSAGES/django.po")):
            catalogue = polib.pofile(str(path))
            catalogue.save_as_mofile(str(path.with_suffix(".mo")))
            sys.stdout.write(f"{path.relative_to(ROOT)}: {catalogue.percent_translated()}%\n")


if __name__ == "__main__":
    main()

"""Numbers by month as a small drawing; a table beside it says the same."""

from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

STEP, HEIGHT, LEAST = 12, 36, 2


def bars(numbers: Sequence[int | None], *, known: Sequence[bool], highest: int) -> SafeString:
    """A bar for each month, a cross where a number is hidden, nothing where none was published.

    Args:
        known: Which months were published.
        highest: The largest number of all drawings that stand together.
    """
    marks, words = [], []
    for place, (number, is_known) in enumerate(zip(numbers, known, strict=True)):
        left = place * STEP + 1
        if not is_known:
            words.append("–")
        elif number is None:
            words.append(_("hidden"))
            marks.append(
                f'<path class="g-axis" d="M{left + 2} {HEIGHT - 8}l6 6m0 -6l-6 6" fill="none"/>'
            )
        else:
            words.append(str(number))
            tall = max(LEAST, round((HEIGHT - 2) * number / (highest or 1)))
            marks.append(
                f'<rect class="g-1" x="{left}" y="{HEIGHT - tall}" width="{STEP - 2}" '
                f'height="{tall}"/>'
            )
    label = escape(_("By month: %(numbers)s") % {"numbers": ", ".join(words)})
    width = STEP * len(numbers)
    drawing = (
        f'<svg class="portal-spark" width="{width}" height="{HEIGHT}" '
        f'viewBox="0 0 {width} {HEIGHT}" role="img" aria-label="{label}">{"".join(marks)}</svg>'
    )
    return mark_safe(drawing)  # noqa: S308  (numbers, and words of our own)

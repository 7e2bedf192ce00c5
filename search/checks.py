"""Every kind of page is a source, or there is a reason why not."""

from typing import Any

from django.core import checks
from wagtail.models import Page, get_page_models

from search.sources import EXCLUDED, PAGE_SOURCES


def every_page_type_is_named(app_configs: Any, **kwargs: Any) -> list[checks.Error]:
    """A page type that nobody thought of can't be found, and nobody notices: so it is an error."""
    labels = {model._meta.label for model in get_page_models() if model is not Page}
    forgotten = labels - PAGE_SOURCES.keys() - EXCLUDED.keys()
    unknown = (PAGE_SOURCES.keys() | EXCLUDED.keys()) - labels
    return [
        checks.Error(
            f"{label} is neither in PAGE_SOURCES nor in EXCLUDED.",
            hint="Name it in search/sources.py; write a reason in EXCLUDED.",
            id="search.E001",
        )
        for label in sorted(forgotten)
    ] + [
        checks.Error(f"search/sources.py names {label}, which is no page type.", id="search.E002")
        for label in sorted(unknown)
    ]


def register_checks() -> None:
    """Run with ``manage.py check``."""
    checks.register(every_page_type_is_named, "search")

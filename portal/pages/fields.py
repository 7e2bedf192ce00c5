"""The field that holds what a page says."""

from typing import Any

from wagtail.fields import StreamField


class BodyField(StreamField):
    """A StreamField whose blocks stay out of migrations (decision 0004).

    A changed label or a new block is then no migration; the stored JSON is the same.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Everything but the blocks."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs

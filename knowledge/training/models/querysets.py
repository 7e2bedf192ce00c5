"""What lists of modules ask for."""

from typing import Self

from django.db.models import BooleanField, ExpressionWrapper, Q, TextField
from django.db.models.functions import Cast, Length
from wagtail.models import PageManager

from portal.pages.querysets import PortalPageQuerySet

EMPTY_STREAM = 2  # the length of an empty list as it is stored


class ModuleQuerySet(PortalPageQuerySet):
    """Modules without their texts, for lists."""

    def light(self) -> Self:
        """In their order, with ``has_test`` in the place of the questions."""
        size = Length(Cast("questions", TextField()))
        return (
            self.defer("body", "related", "questions")
            .annotate(test_size=size)
            .annotate(
                has_test=ExpressionWrapper(
                    Q(test_size__gt=EMPTY_STREAM), output_field=BooleanField()
                )
            )
            .order_by("number", "path")
        )


ModuleManager = PageManager.from_queryset(ModuleQuerySet)

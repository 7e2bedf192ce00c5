"""Fields that pages use: what a page says, and a choice of several words."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from wagtail.blocks import Block
from wagtail.fields import StreamField

from portal.pages.blocks.body import BodyBlock


class BodyField(StreamField):
    """A StreamField whose blocks stay out of migrations (decision 0004).

    A changed label or a new block is then no migration; the stored JSON is the same.
    """

    def __init__(
        self, block_types: list[tuple[str, Block]] | Block, *args: Any, **kwargs: Any
    ) -> None:
        if isinstance(block_types, list):
            block_types = BodyBlock(block_types)
        super().__init__(block_types, *args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Everything but the blocks."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs


class ChoiceListField(models.TextField):
    """Several words out of a fixed list, in Python a list, stored as ``|one|two|``.

    ``filter(field__contains=stored(word))`` finds who has a word, on every database.
    """

    def from_db_value(self, value: str | None, *args: Any) -> list[str]:
        """The stored text as a list."""
        return self.to_python(value)

    def to_python(self, value: Any) -> list[str]:
        """A list of words, whatever came in."""
        if not value:
            return []
        if isinstance(value, str):
            return [word for word in value.split("|") if word]
        return list(value)

    def get_prep_value(self, value: Any) -> str:
        """The text that is stored."""
        words = self.to_python(value)
        return f"|{'|'.join(words)}|" if words else ""

    def value_to_string(self, obj: models.Model) -> str:
        """The text for a version of a page."""
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value: Any, model_instance: Any) -> None:
        """Every word must be in the list."""
        if value:
            for word in value:
                super().validate(word, model_instance)
        else:
            super().validate("", model_instance)

    def formfield(self, **kwargs: Any) -> forms.Field:
        """A box to tick for each word."""
        return forms.MultipleChoiceField(
            choices=self.choices or [],
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )


def stored(word: str) -> str:
    """How one word of a ``ChoiceListField`` is found in what is stored."""
    return f"|{word}|"


def labels_of(words: Iterable[str], choices: Iterable[tuple[Any, Any]]) -> list[str]:
    """The labels of the words, in the order of the choices."""
    chosen = set(words)
    return [str(label) for word, label in choices if word in chosen]

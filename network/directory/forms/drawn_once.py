"""Fields with many choices, drawn without a template for each."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from portal.design.forms import SELECT
from portal.pages.memory import remembered


class QuickSelect(forms.Select):
    """A select that is joined by hand: a template for each option costs ten times as much."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The select with its options, dressed as every other."""
        chosen = {str(one) for one in self.format_value(value)}
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (key, mark_safe(" selected") if key in chosen else "", label)
                for key, label in ((str(key or ""), label) for key, label in self.choices)
            ),
        )
        given = {**self.attrs, **(attrs or {}), "class": SELECT}
        return format_html('<select name="{}"{}>{}</select>', name, flatatt(given), options)


class DrawnOnce(BoundField):
    """A filter that is drawn once for each of its few values, until a register changes."""

    def as_field_group(self) -> SafeString:
        """Label and select; what is no choice of ours is drawn anew, and kept nowhere."""
        if self.errors:
            return super().as_field_group()
        name = f"filter:{get_language()}:{type(self.form).__name__}:{self.name}:{self.value()}"
        return remembered(name, super().as_field_group)


class QuickChoiceField(forms.ChoiceField):
    """A choice out of few, as a filter."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=QuickSelect, **kwargs)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundField:
        """The field as it is drawn."""
        return DrawnOnce(form, self, field_name)


class QuickTick(forms.BooleanField):
    """A tick, as a filter."""

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundField:
        """The field as it is drawn."""
        return DrawnOnce(form, self, field_name)

"""How forms look: the markup of NL Design System around Django's own fields."""

from datetime import date
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

OPTION_CLASSES = {
    "radio": "utrecht-radio-button utrecht-radio-button--html-input",
    "checkbox": "utrecht-checkbox utrecht-checkbox--html-input utrecht-checkbox--custom",
}
TEXTBOX = "utrecht-textbox utrecht-textbox--html-input"
TEXTAREA = "utrecht-textarea utrecht-textarea--html-textarea"
SELECT = "utrecht-select utrecht-select--html-select"


class PortalFormRenderer(TemplatesSetting):
    """Our templates first, then Django's; every widget gets the class that belongs to it.

    ``{{ form }}`` and ``{{ field.as_field_group }}`` are all that a template needs.
    """

    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """The form, field or widget as HTML."""
        if "widget" in context:
            dress(context["widget"])
        html: str = super().render(template_name, context, request)
        return html


def dress(widget: dict[str, Any]) -> None:
    """Add the class of NL Design System to a widget about to be drawn, and to its parts."""
    for part in widget.get("subwidgets", ()):
        dress(part)
    for _group, options, _index in widget.get("optgroups", ()):
        for option in options:
            if option["type"] in OPTION_CLASSES:
                option["attrs"].setdefault("class", OPTION_CLASSES[option["type"]])
    attrs = widget["attrs"]
    look = look_of(widget)
    if not look:
        return
    attrs.setdefault("class", look)
    if look == TEXTAREA and attrs.get("maxlength"):
        attrs.setdefault("data-count", "")  # portal.js counts down


def look_of(widget: dict[str, Any]) -> str:
    """The class of a widget that is one element; empty for a group, and for what we do not draw."""
    kind, template = widget.get("type", ""), widget.get("template_name", "")
    if not template.startswith("django/forms/widgets/"):
        return ""
    if kind == "file":
        return "portal-file"
    if kind == "checkbox":
        return OPTION_CLASSES["checkbox"]
    if template.endswith("textarea.html"):
        return TEXTAREA
    if template.endswith("select.html"):
        return "" if "subwidgets" in widget or kind in OPTION_CLASSES else SELECT
    return TEXTBOX if kind and kind not in ("hidden", "radio") else ""


class DateInThreeFields(forms.MultiWidget):
    """Day, month and year, each typed: no calendar to get lost in (frontend.md 3).

    Give it to a ``DateField``. What was typed stays, also when it is no date.
    """

    template_name = "django/forms/widgets/three_fields.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        number = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            {
                "day": forms.TextInput({**number, "maxlength": 2}),
                "month": forms.TextInput({**number, "maxlength": 2}),
                "year": forms.TextInput({**number, "maxlength": 4}),
            },
            attrs,
        )

    def decompress(self, value: date | str | None) -> list[Any]:
        """A date, or what somebody typed instead of one, as day, month and year."""
        if isinstance(value, date):
            return [value.day, value.month, value.year]
        if isinstance(value, str) and value.count("-") == 2:
            return value.split("-")[::-1]
        return [value or "", "", ""]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The three parts as ``year-month-day``, which a date field reads in every language."""
        day, month, year = (
            (part or "").replace("-", "").strip()
            for part in super().value_from_datadict(data, files, name)
        )
        return f"{year}-{month}-{day}" if day or month or year else ""

"""How forms look: the markup of NL Design System around Django's own fields."""

from datetime import date
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

OPTION_CLASSES = {
    "radio": "utrecht-radio-button utrecht-radio-button--html-input",
    "checkbox": "utrecht-checkbox utrecht-checkbox--html-input utrecht-checkbox--custom",
}


class PortalFormRenderer(TemplatesSetting):
    """Our templates first, then Django's; every widget gets the class that belongs to it."""

    field_template_name = "django/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """The widget or field as HTML."""
        if "widget" in context:
            dress(context["widget"])
        html: str = super().render(template_name, context, request)
        return html


def dress(widget: dict[str, Any]) -> None:
    """Add the class of NL Design System to a widget about to be drawn."""
    kind = widget.get("type", "")
    attrs = widget["attrs"]
    if "optgroups" in widget and kind in OPTION_CLASSES:
        for _group, options, _index in widget["optgroups"]:
            for option in options:
                option["attrs"].setdefault("class", OPTION_CLASSES[kind])
        return
    template = widget.get("template_name", "")
    if "class" in attrs or not template.startswith("django/forms/"):
        return
    if kind == "checkbox":
        attrs["class"] = OPTION_CLASSES["checkbox"]
    elif template.endswith("textarea.html"):
        attrs["class"] = "utrecht-textarea utrecht-textarea--html-textarea"
    elif template.endswith("select.html"):
        attrs["class"] = "utrecht-select utrecht-select--html-select"
    elif kind and kind != "hidden":
        attrs["class"] = "utrecht-textbox utrecht-textbox--html-input"


class DateInThreeFields(forms.MultiWidget):
    """Day, month and year, each typed: no calendar to get lost in (frontend.md 3)."""

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

    def decompress(self, value: date | None) -> list[Any]:
        """A date as its three parts."""
        return [value.day, value.month, value.year] if value else ["", "", ""]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The three parts as ``day-month-year``, which a date field in Dutch reads."""
        parts = super().value_from_datadict(data, files, name)
        return "-".join(part.strip() for part in parts if part) if any(parts) else ""

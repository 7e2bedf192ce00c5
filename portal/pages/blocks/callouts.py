"""Blocks that stand out: a warning, an example, and what to do in danger."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.pages.blocks.text import TextBlock


class CalloutBlock(blocks.StructBlock):
    """A title and a text in a box."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    text = TextBlock(label=_("Text"))


class WarningBlock(CalloutBlock):
    """What a reader must not overlook, such as what is no ground for a report (GR-25)."""

    class Meta:
        icon = "warning"
        label = _("Note well")
        label_format = "{title}"
        template = "pages/blocks/warning.html"
        description = _("What a reader must not overlook.")
        preview_value = {
            "title": "Dit is geen reden voor een melding",
            "text": "<p>Bidden of demonstreren mag altijd.</p>",
        }


class ExampleBlock(CalloutBlock):
    """A short story that shows what is meant."""

    class Meta:
        icon = "help"
        label = _("Example")
        label_format = "{title}"
        template = "pages/blocks/example.html"
        description = _("A short invented story that shows what is meant.")
        preview_value = {
            "title": "Het stille midden",
            "text": "<p>Drie buren zetten koffie in de hal.</p>",
        }


class EmergencyBlock(CalloutBlock):
    """What to do in danger; the number 112 always shows."""

    class Meta:
        icon = "warning"
        label = _("Danger: 112")
        label_format = "{title}"
        template = "pages/blocks/emergency.html"
        description = _("What to do in danger. The button to call 112 always shows.")
        preview_value = {
            "title": "Direct gevaar?",
            "text": "<p>Is iemand nu in gevaar? Bel 112.</p>",
        }

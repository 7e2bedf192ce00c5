"""The steps of a runbook."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.pages.blocks import ContactBlock, plain_blocks

PHASES = [
    ("rust", _("Calm")),
    ("onrust", _("Unrest")),
    ("escalatie", _("Escalation")),
    ("nafase", _("Aftermath")),
]


class TemplateBlock(blocks.StructBlock):
    """A text to take over: a call script, a message, a letter."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = blocks.TextBlock(label=_("Text"))

    class Meta:
        icon = "copy"
        label = _("Text to take over")
        label_format = "{title}"


class RunbookStepBlock(blocks.StructBlock):
    """One step: what to do, who does it, by when. Its number is its place.

    ``code`` stays the same when steps move, so that a run can go on with its own step.
    """

    title = blocks.CharBlock(max_length=160, label=_("Step"))
    code = blocks.CharBlock(
        max_length=40,
        required=False,
        label=_("Short name"),
        help_text=_("Stays the same when steps move."),
    )
    phase = blocks.ChoiceBlock(choices=PHASES, default="onrust", label=_("Phase"))
    summary = blocks.TextBlock(required=False, max_length=300, label=_("In short"))
    who = blocks.CharBlock(required=False, max_length=160, label=_("Who does this (function)"))
    by_when = blocks.CharBlock(required=False, max_length=160, label=_("By when"))
    minutes = blocks.IntegerBlock(required=False, min_value=1, label=_("Minutes"))
    body = blocks.StreamBlock(plain_blocks(), required=False, label=_("What to do"))
    checklist = blocks.ListBlock(
        blocks.CharBlock(max_length=250, label=_("Point")),
        min_num=0,
        default=[],
        label=_("Done when"),
    )
    contacts = blocks.ListBlock(ContactBlock(), min_num=0, default=[], label=_("Who to call"))
    templates = blocks.ListBlock(
        TemplateBlock(), min_num=0, default=[], label=_("Texts to take over")
    )

    class Meta:
        icon = "tasks"
        label = _("Step")
        label_format = "{title}"
        template = "knowledge/runbooks/blocks/step.html"
        description = _("A numbered step: what, who, by when, done when.")
        preview_value = {
            "title": "Netwerk bevragen",
            "phase": "onrust",
            "who": "Netwerkregisseur",
            "by_when": "binnen 2 uur na het besluit",
            "minutes": 60,
            "checklist": ["Iedereen krijgt dezelfde drie vragen"],
            "contacts": [{"function": "Gebiedsmanager", "phone": "088 000 00 50"}],
            "templates": [],
            "body": [],
        }


def step_blocks() -> list[tuple[str, blocks.Block]]:
    """Name and block of what the steps of a runbook are made of."""
    return [("step", RunbookStepBlock())]

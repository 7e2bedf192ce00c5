"""The blocks of a flow of questions."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.pages.blocks.links import check_address

short_name = RegexValidator(r"^[a-z0-9-]+\Z", _("Use small letters, digits and dashes only."))


class AnswerBlock(blocks.StructBlock):
    """An answer and where it leads."""

    label = blocks.CharBlock(max_length=160, label=_("Answer"))
    goto = blocks.CharBlock(
        max_length=40, validators=[short_name], label=_("Leads to (short name)")
    )

    class Meta:
        label_format = "{label}"


class OutcomeLinkBlock(blocks.StructBlock):
    """What a visitor can do now."""

    label = blocks.CharBlock(max_length=120, label=_("Text"))
    address = blocks.CharBlock(max_length=250, validators=[check_address], label=_("Address"))

    class Meta:
        label_format = "{label}"


class QuestionBlock(blocks.StructBlock):
    """One question, with what helps to answer it."""

    name = blocks.CharBlock(max_length=40, validators=[short_name], label=_("Short name"))
    question = blocks.CharBlock(max_length=200, label=_("Question"))
    help = blocks.TextBlock(required=False, max_length=600, label=_("Explanation"))
    answers = blocks.ListBlock(AnswerBlock(), min_num=2, label=_("Answers"))

    class Meta:
        icon = "help"
        label = _("Question")
        label_format = "{name}: {question}"
        description = _("A question with two or more answers; each leads on.")
        preview_template = "knowledge/library/blocks/question_preview.html"
        preview_value = {
            "name": "direct-gevaar",
            "question": "Is er nu direct gevaar?",
            "help": "Twijfelt u? Kies dan ja.",
            "answers": [
                {"label": "Ja", "goto": "bel-112"},
                {"label": "Nee", "goto": "verder"},
            ],
        }


class OutcomeBlock(blocks.StructBlock):
    """What a visitor can best do now."""

    name = blocks.CharBlock(max_length=40, validators=[short_name], label=_("Short name"))
    outcome = blocks.CharBlock(max_length=200, label=_("Outcome"))
    help = blocks.TextBlock(required=False, max_length=900, label=_("Explanation"))
    links = blocks.ListBlock(OutcomeLinkBlock(), min_num=0, label=_("Links"))

    class Meta:
        icon = "tick"
        label = _("Outcome")
        label_format = "{name}: {outcome}"
        description = _("The end of a path: what to do, with links.")
        preview_template = "knowledge/library/blocks/outcome_preview.html"
        preview_value = {
            "name": "bel-112",
            "outcome": "Bel nu 112",
            "help": "Breng uzelf eerst in veiligheid.",
            "links": [{"label": "Bel 112", "address": "tel:112"}],
        }


def flow_blocks() -> list[tuple[str, blocks.Block]]:
    """Name and block of what a flow is made of."""
    return [("question", QuestionBlock()), ("outcome", OutcomeBlock())]

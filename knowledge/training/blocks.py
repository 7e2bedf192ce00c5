"""Questions to check oneself."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class AnswerBlock(blocks.StructBlock):
    """A possible answer and what to say about it."""

    text = blocks.CharBlock(max_length=250, label=_("Answer"))
    is_right = blocks.BooleanBlock(required=False, label=_("Right"))
    feedback = blocks.TextBlock(required=False, max_length=400, label=_("Feedback"))

    class Meta:
        label_format = "{text}"


class QuestionBlock(blocks.StructBlock):
    """A question; without answers to choose from it is an open one."""

    question = blocks.TextBlock(max_length=500, label=_("Question"))
    answers = blocks.ListBlock(AnswerBlock(), min_num=0, label=_("Answers"))
    feedback = blocks.TextBlock(required=False, max_length=600, label=_("Explanation afterwards"))

    class Meta:
        icon = "help"
        label = _("Question")
        label_format = "{question}"
        template = "knowledge/training/blocks/question.html"
        description = _("A question to check oneself; the answer opens with a click.")
        preview_value = {
            "question": "Mag u de naam noemen als u advies vraagt?",
            "answers": [
                {"text": "Liever niet", "is_right": True, "feedback": "Dat klopt."},
                {"text": "Ja, altijd", "is_right": False, "feedback": ""},
            ],
            "feedback": "Advies kan zonder naam.",
        }


def question_blocks() -> list[tuple[str, blocks.Block]]:
    """Name and block of what a test is made of."""
    return [("question", QuestionBlock())]

"""Somebody is asked to read along."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.exchange.models.questions import Question


class Mention(models.Model):
    """One person who is asked to read a question, and whether the letter went out."""

    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="mentions", verbose_name=_("question")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("account"),
    )
    at = models.DateTimeField(auto_now_add=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        ordering = ["user__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "user"], name="mention_is_made_once_of_a_question"
            ),
        ]

    def __str__(self) -> str:
        return f"mention {self.pk}"

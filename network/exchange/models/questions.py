"""Questions and answers. Nothing in them is about people who are not there (GR-05)."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.exchange.models.groups import Group
from network.exchange.querysets import QuestionQuerySet
from network.exchange.workflow import PostKind, Removal
from portal.pages.models import Theme


class Post(models.Model):
    """Something that somebody wrote, and that a moderator can take away."""

    text = models.TextField(_("text"), max_length=4000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    written_at = models.DateTimeField(_("written at"), auto_now_add=True)
    removed_at = models.DateTimeField(_("taken away at"), null=True, blank=True)
    removal = models.CharField(_("why"), max_length=12, choices=Removal.choices, blank=True)

    class Meta:
        abstract = True


class Question(Post):
    """A question to the network or to a group."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(
        _("kind"), max_length=8, choices=PostKind.choices, default=PostKind.QUESTION
    )
    title = models.CharField(_("question"), max_length=140)
    group = models.ForeignKey(
        Group,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("group"),
    )
    theme = models.ForeignKey(
        Theme,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("theme"),
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(text=""),
                name="question_taken_away_keeps_no_text",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=PostKind.values), name="question_has_a_known_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"

    def get_absolute_url(self) -> str:
        """Where it stands."""
        return reverse("network:question", args=[self.pk])


class Answer(Post):
    """An answer to a question."""

    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="answers", verbose_name=_("question")
    )
    is_accepted = models.BooleanField(_("this helped"), default=False)
    shown_files: list[Any]  # set by the page that shows them, so that each asks for none

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["-is_accepted", "written_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question"],
                condition=Q(is_accepted=True),
                name="question_has_one_accepted_answer",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(text="", is_accepted=False),
                name="answer_taken_away_keeps_no_text",
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class Flag(models.Model):
    """Somebody saw something that does not belong here."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="flags")
    answer = models.ForeignKey(Answer, null=True, blank=True, on_delete=models.CASCADE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"flag {self.pk}"

"""What a learner did: a draft that may change, and attempts that never do."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Why an attempt was made."""

    FULL = "full", _("Test")
    MICRO = "micro", _("Short refresher")
    IMPORTED = "imported", _("Earlier training, imported")
    ATTENDED = "attended", _("Attended in person")
    READ = "read", _("Lessons read")
    WITHDRAWN = "withdrawn", _("Attendance corrected")


# What a learner did for a whole module, and not for the part of it that changed.
WHOLE = (Kind.FULL, Kind.READ, Kind.IMPORTED, Kind.ATTENDED)


class Draft(models.Model):
    """A test that somebody is working on; it stays until it is finished, on every device.

    Free text lives here only: a finished attempt keeps how it was judged, not what was written,
    so that no words about a third person stay behind (GR-05).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    module = models.ForeignKey(
        "knowledge_training.ModulePage", on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.FULL)
    seed = models.PositiveBigIntegerField(_("seed"))
    questions = models.JSONField(_("questions"), default=list)
    answers = models.JSONField(_("answers"), default=dict)
    began_at = models.DateTimeField(_("began at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("test in progress")
        verbose_name_plural = _("tests in progress")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "module"], name="draft_a_person_works_on_a_module_once"
            ),
        ]

    def __str__(self) -> str:
        return f"draft #{self.pk}"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """What counts of what somebody did."""

    def passed(self) -> Self:
        """Keep what was passed and not taken back."""
        back = Attempt.objects.filter(takes_back=OuterRef("pk"))
        return self.filter(~Exists(back), is_passed=True)


class Attempt(models.Model):
    """One finished attempt; append-only, by triggers in the database.

    The module is named by its number and title, without a constraint: an attempt outlives the
    page. A row leaves only with an ``Erasure`` of its learner. What was wrong, such as a
    check-in of somebody who was not there, is taken back by a row of its own.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    module = models.ForeignKey(
        "knowledge_training.ModulePage",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        verbose_name=_("module"),
    )
    module_title = models.CharField(_("title then"), max_length=255)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.FULL)
    seed = models.PositiveBigIntegerField(_("seed"), default=0)
    answers = models.JSONField(_("points per question"), default=dict)
    score = models.PositiveSmallIntegerField(_("score in percent"))
    pass_mark = models.PositiveSmallIntegerField(_("pass mark then"))
    is_passed = models.BooleanField(_("passed"))
    finished_at = models.DateTimeField(_("handed in at"))
    event = models.ForeignKey(
        "network_events.Event",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        verbose_name=_("event"),
    )
    takes_back = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.DO_NOTHING,
        related_name="corrections",
        verbose_name=_("takes back"),
    )

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-finished_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "module", "finished_at"], name="attempt_of_a_learner"),
            models.Index(
                fields=["finished_at", "user"],
                condition=Q(is_passed=True),
                name="attempt_passed_since",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__lte=100), name="attempt_scores_a_hundred_at_most"
            ),
            models.UniqueConstraint(
                fields=["takes_back"],
                condition=Q(takes_back__isnull=False),
                name="attempt_is_taken_back_once",
            ),
        ]

    def __str__(self) -> str:
        return f"attempt #{self.pk}"


class Erasure(models.Model):
    """A learner had the own history deleted: how much and when, never what (AVG art. 17)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    up_to = models.PositiveBigIntegerField(_("up to attempt"))
    attempts = models.PositiveIntegerField(_("attempts deleted"))
    erased_at = models.DateTimeField(_("deleted at"), auto_now_add=True)

    class Meta:
        verbose_name = _("deletion of a history")
        verbose_name_plural = _("deletions of histories")

    def __str__(self) -> str:
        return f"erasure #{self.pk}"

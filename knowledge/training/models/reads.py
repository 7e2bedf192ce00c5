"""What a learner read."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LessonRead(models.Model):
    """Somebody said that a lesson is read; for going on where they left, never for others."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    lesson = models.ForeignKey(
        "knowledge_training.LessonPage", on_delete=models.CASCADE, related_name="+"
    )
    read_on = models.DateField(_("read on"), default=timezone.localdate)

    class Meta:
        verbose_name = _("lesson that was read")
        verbose_name_plural = _("lessons that were read")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "lesson"], name="lesson_is_read_once_by_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"read #{self.pk}"

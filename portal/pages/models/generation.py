"""A number that changes whenever anything that an anonymous visitor can see changes."""

from django.db import models


class ContentGeneration(models.Model):
    """One row; cached pages of an older number are no longer served, in any process."""

    number = models.PositiveBigIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="content_generation_is_one_row"),
        ]

    def __str__(self) -> str:
        return str(self.number)

"""When each scheduled command ran last."""

from django.db import models


class ScheduledRun(models.Model):
    """The last time a command of the schedule began, and how it ended."""

    command = models.CharField(max_length=60, unique=True)
    began_at = models.DateTimeField(null=True)
    failed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.command

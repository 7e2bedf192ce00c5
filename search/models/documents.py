"""The text that was read out of a document."""

from django.db import models

from portal.pages.models import PortalDocument


class DocumentText(models.Model):
    """What search knows of a file; read in the background, within limits (``search.extraction``)."""

    class State(models.TextChoices):
        """How reading went."""

        READ = "read"
        NO_TEXT = "no-text"
        REFUSED = "refused"

    document = models.OneToOneField(
        PortalDocument, on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    file_hash = models.CharField(max_length=40, help_text="Of the file that was read.")
    state = models.CharField(max_length=8, choices=State.choices)
    text = models.TextField(blank=True)
    read_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.document_id} {self.state}"

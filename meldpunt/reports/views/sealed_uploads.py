"""Takes in the files of a reporter: sealed from the first byte, and without their names (8)."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers
from django.http import HttpRequest

from meldpunt.reports.safe_copies import FileKind, kind_claimed
from meldpunt.reports.services.uploads import Received
from meldpunt.reports.views.headers import REPORTER, without_language
from meldpunt.vault.services.domains import Scratch

FIELD = "bestanden"
# Without a chosen file a browser sends the field as an empty text.
FILE_FIELDS = {FIELD, "origineel"}
AROUND = 1024 * 1024  # the other fields of the form
FAR_TOO_MUCH = 4  # times the limit: then not even a field of the form is read


class SealedUpload(UploadedFile):
    """A file as views see it; its content is in ``received`` and nowhere else."""

    def __init__(self, received: Received) -> None:
        super().__init__(file=None, name="bijlage", size=received.size)
        self.received = received

    def close(self) -> None:
        """Throw the content away, when the request ends."""
        if self.received.scratch is not None:
            self.received.scratch.close()


class SealedUploadHandler(FileUploadHandler):
    """Takes over below ``/meldpunt/``; elsewhere it lets the others do their work."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.is_ours = False
        self.claimed: FileKind | None = None
        self.scratch: Scratch | None = None
        self.files, self.together = 0, 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Look whose address it is. Raises ``RequestDataTooBig`` when nobody would send so much."""
        self.is_ours = without_language(META.get("PATH_INFO", "")).startswith(REPORTER)
        limits = settings.MELDPUNT_UPLOAD_LIMITS
        if self.is_ours and content_length > FAR_TOO_MUCH * limits["together"] + AROUND:
            raise RequestDataTooBig

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Forget the name, but for what it says of the kind."""
        super().new_file(*args, **kwargs)
        if not self.is_ours:
            return
        self.claimed = kind_claimed(self.file_name or "", self.content_type or "")
        self.file_name = "bijlage"
        self.files += 1
        wanted = self.field_name == FIELD and self.files <= settings.MELDPUNT_UPLOAD_LIMITS["files"]
        self.scratch = Scratch() if wanted else None
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Seal it, as long as it stays within the limits."""
        if not self.is_ours:
            return raw_data
        self.together += len(raw_data)
        if self.scratch is not None:
            limits = settings.MELDPUNT_UPLOAD_LIMITS
            size = start + len(raw_data)
            if size > limits["file"] or self.together > limits["together"]:
                self.scratch.close()
                self.scratch = None
            else:
                self.scratch.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> SealedUpload | None:
        """The file, for the view."""
        if not self.is_ours:
            return None
        if self.scratch is not None:
            self.scratch.finish()
        return SealedUpload(Received(self.claimed, file_size, self.scratch))

    def upload_interrupted(self) -> None:
        """The visitor went away half-way."""
        if self.scratch is not None:
            self.scratch.close()

"""Sharing documents in a group, and taking them back; the scanner looks before anything is kept."""

from datetime import timedelta
from functools import partial
from typing import Any, BinaryIO, cast
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from network.exchange import policies
from network.exchange.models import Answer, Question, SharedFile
from network.exchange.services.letters import tell_writer
from network.exchange.services.rules import RulesNotAccepted, has_accepted
from network.exchange.workflow import Removal
from portal.accounts.models import User
from portal.audit.services import record
from portal.files import scanner
from portal.files.documents import document_kind


class TooMany(Exception):
    """There are as many files with this question, or of this person today, as there may be."""


def share(
    upload: "File[Any]", question: Question, *, answered: Answer | None = None, by: User
) -> SharedFile:
    """Share a document with a question, or with an own answer to it.

    Raises:
        PermissionDenied: ``by`` may not write there, or the answer is somebody else's.
        RulesNotAccepted: The house rules come first.
        TooMany: The question, or ``by``, has no room for more today.
        NotTaken: It is no document of a kind that is taken.
        Infected: The scanner knows it as harmful.
        ScannerAway: There should be a scanner, and it gives no verdict.
    """
    if not policies.can_share(by, question) or (answered and not is_own(answered, question, by)):
        raise PermissionDenied
    if not has_accepted(by):
        raise RulesNotAccepted
    raise_if_full(question, by)
    kind = document_kind(upload.name or "", cast("BinaryIO", upload))
    door = settings.PORTAL_CLAMAV_SOCKET
    if door:  # outside the transaction: nobody waits for the scanner but who shares
        scanner.scan(upload.chunks(), door=door, seconds=settings.PORTAL_CLAMAV_SECONDS)
    upload.seek(0)
    with transaction.atomic():
        Question.objects.select_for_update().get(pk=question.pk)
        raise_if_full(question, by)
        made = SharedFile(
            question=question,
            answer=answered,
            name=upload.name or "",
            kind=kind,
            size=upload.size or 0,
            is_scanned=bool(door),
            by=by,
        )
        made.content.save(uuid4().hex, upload, save=False)  # what it is called stays with us
        made.save()
        record("file.shared", by=by.reference, subject=f"file:{made.pk}")
    return made


def is_own(answered: Answer, question: Question, by: User) -> bool:
    """Whether ``by`` wrote this answer to the question, and it still stands there."""
    return (
        answered.by_id == by.pk
        and answered.question_id == question.pk
        and answered.removed_at is None
    )


def raise_if_full(question: Question, by: User) -> None:
    """Keep the number of files within bounds.

    Raises:
        TooMany: There are as many as there may be.
    """
    limits = settings.EXCHANGE_FILE_LIMITS
    since = timezone.now() - timedelta(days=1)
    if (
        question.files.count() >= limits["question"]
        or SharedFile.objects.filter(by=by, at__gt=since).count() >= limits["day"]
    ):
        raise TooMany


@transaction.atomic
def remove(file: SharedFile, *, why: Removal | None = None, by: User) -> None:
    """Erase a file: its owner at any time; a moderator with a reason, which the owner hears.

    Raises:
        PermissionDenied: It is somebody else's and ``by`` does not moderate there, or gives no
            reason.
    """
    if not policies.can_remove_file(by, file) or (file.by_id != by.pk and why is None):
        raise PermissionDenied
    owner = file.by
    subject = f"file:{file.pk}"
    erase([file])
    record("file.removed", by=by.reference, subject=subject, reason=why or "")
    if why and owner.pk != by.pk:
        transaction.on_commit(lambda: tell_writer(owner, why))


def erase(files: list[SharedFile]) -> None:
    """Delete rows, and their bytes once that is certain."""
    for file in files:
        storage, name = file.content.storage, str(file.content.name)
        file.delete()
        transaction.on_commit(partial(storage.delete, name))

"""Reading documents in the background, and finding them by what they say."""

import logging
from pathlib import PurePath

from portal.pages.models import PortalDocument
from search.extraction import KINDS, MOST_TEXT, Unreadable, text_of_file
from search.indexing import index_document
from search.models import DocumentText

logger = logging.getLogger(__name__)
MOST_BYTES = 25 * 1024 * 1024


def kind_of(document: PortalDocument) -> str:
    """The end of its file's name."""
    return PurePath(document.filename).suffix.removeprefix(".").lower()


def needs_reading(document: PortalDocument) -> bool:
    """Whether there may be a text that was not read yet."""
    if kind_of(document) not in KINDS:
        return False
    known = DocumentText.objects.filter(document=document).first()
    return known is None or known.file_hash != document.get_file_hash()


def read_document(document: PortalDocument) -> DocumentText.State:
    """Read a file once, whatever it does, and let the document be found by what came out."""
    state, text = DocumentText.State.NO_TEXT, ""
    try:
        text = text_of_file(content_of(document), kind_of(document))[:MOST_TEXT]
    except (Unreadable, OSError) as error:
        state = DocumentText.State.REFUSED
        logger.warning("document %s is not read: %s", document.pk, error)
    if text.strip():
        state = DocumentText.State.READ
    DocumentText.objects.update_or_create(
        document=document,
        defaults={"file_hash": document.get_file_hash(), "state": state, "text": text},
    )
    index_document(document)
    return state


def content_of(document: PortalDocument) -> bytes:
    """The file itself.

    Raises:
        Unreadable: It is larger than may be uploaded.
    """
    if (document.get_file_size() or 0) > MOST_BYTES:
        raise Unreadable("too large")
    with document.open_file() as file:
        content: bytes = file.read()
    return content

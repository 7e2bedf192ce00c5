"""What publishing a page means for its readers."""

from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from portal.pages.models import PageUpdate, PortalPage
from portal.pages.models.base import ChangeKind
from portal.pages.signals import content_was_changed


@transaction.atomic
def note_publication(page: PortalPage, *, revision: Revision | None = None) -> None:
    """Keep the note of a change of content for readers, and begin afresh for the next version.

    An editorial change leaves the day and the list of changes as they are (portal.md C11).
    """
    is_changed = page.change_kind == ChangeKind.CONTENT
    if is_changed:
        page.content_changed_on = timezone.localdate()
        if page.change_note:
            PageUpdate.objects.create(page_id=page.pk, note=page.change_note)
    page.change_kind, page.change_note = ChangeKind.EDITORIAL, ""
    fresh = {
        "content_changed_on": page.content_changed_on,
        "change_kind": page.change_kind,
        "change_note": page.change_note,
    }
    type(page).objects.filter(pk=page.pk).update(**fresh)
    if revision is not None:
        content = {**revision.content, "change_kind": page.change_kind.value}
        content["change_note"] = ""
        Revision.objects.filter(pk=revision.pk).update(content=content)
    if is_changed:
        content_was_changed.send(type(page), page=page)

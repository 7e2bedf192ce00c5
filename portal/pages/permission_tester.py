"""Wagtail's own questions about a page, answered by our rules as well."""

from typing import Any

from wagtail.models import PagePermissionTester

from portal.pages.policies import can_approve, can_edit, municipality_of


class PortalPagePermissionTester(PagePermissionTester):
    """Groups open a section; the roles of today decide the page.

    Nobody publishes alone: what is new or changed goes live when a second person approves it.
    A superuser is the way out in an emergency, and the portal gives nobody that mark.
    """

    def __init__(self, user: Any, page: Any) -> None:
        super().__init__(user, page)
        self.edits = can_edit(user, page)
        self.approves = can_approve(user, page)
        self.asked_about = asked_about(user, page)

    def still_holds(self, user: Any, page: Any) -> bool:
        """Whether this is the answer for that person and that page, as both are now."""
        about = asked_about(user, page)
        return all(one is other for one, other in zip(self.asked_about, about, strict=True))

    def can_edit(self) -> bool:
        """Wagtail's rule, for who has work on this page."""
        return (self.edits or self.approves) and super().can_edit()

    def can_add_subpage(self) -> bool:
        """Wagtail's rule, for who has work here."""
        return self.edits and super().can_add_subpage()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Wagtail's rule, for who has work here; a locked page stays.

        Who may not publish deletes nothing published: of a published page itself that is known
        without asking for what stands below it, as Wagtail does for each row of the explorer.
        """
        may_publish = self.user.is_superuser or "publish" in getattr(self, "permissions", ())
        return (
            (self.edits or self.approves)
            and (may_publish or not self.page.live)
            and not self.page_locked()
            and super().can_delete(ignore_bulk=ignore_bulk)
        )

    def can_publish(self) -> bool:
        """Only through approval by a second person."""
        return bool(self.user.is_superuser) and super().can_publish()

    def can_publish_subpage(self) -> bool:
        """Only through approval by a second person."""
        return bool(self.user.is_superuser) and super().can_publish_subpage()

    def can_unpublish(self) -> bool:
        """An editor in chief may take a page off the portal at once."""
        return self.approves and super().can_unpublish()

    def can_set_view_restrictions(self) -> bool:
        """Who may read a branch is the editor in chief's decision."""
        return self.approves and super().can_edit()

    def can_unschedule(self) -> bool:
        """An editor in chief may stop a planned publication."""
        return self.approves and super().can_edit()

    def can_reorder_children(self) -> bool:
        """The order of pages shows at once, so an editor in chief decides it."""
        return self.approves and super().can_reorder_children()

    def can_lock(self) -> bool:
        """Wagtail's rule, for who has work here."""
        return (self.edits or self.approves) and super().can_lock()


def asked_about(user: Any, page: Any) -> tuple[Any, ...]:
    """What the answer depends on: who asks, with which roles, where the page is and whose."""
    return (
        user,
        user.__dict__.get("valid_memberships"),
        page,
        page.path,
        municipality_of(page),
        page.owner_id,
    )

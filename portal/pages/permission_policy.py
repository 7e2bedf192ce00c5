"""Which pages an editor meets in lists, the explorer and search of the editor."""

from collections.abc import Iterable
from posixpath import commonprefix
from typing import Any

from django.apps import apps
from django.db.models import Min, Q
from wagtail.models import GroupPagePermission, Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from portal.pages.models import PortalPage
from portal.pages.policies import foreign_pages_q, has_work_everywhere
from portal.pages.visibility import inside_q, outermost


class PortalPagePermissionPolicy(PagePermissionPolicy):
    """Wagtail's policy without the pages of municipalities where the editor has no work.

    Wagtail joins a clause to its question for each permission of each group; with the groups and
    sections of a country the explorer then answers no more. Here every branch is named once.
    """

    def get_all_permissions_for_user(self, user: Any) -> Any:
        """Each deed on each branch once, however many groups give it."""
        rows = super().get_all_permissions_for_user(user).select_related(None).order_by()
        once = rows.values("page", "permission").annotate(first=Min("pk")).values("first")
        chosen = GroupPagePermission.objects.filter(pk__in=once)
        return chosen.select_related("page", "permission")

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        """For lists and reports."""
        every = self._base_queryset_for_user(user)
        if every is None:
            every = self.model._default_manager.filter(self.granted_q(user, set(actions)))
        return self.without_foreign(every, user)

    def granted_q(self, user: Any, actions: set[str]) -> Q:
        """The branches where a group gives one of the deeds; who may add changes the own pages."""
        granted = self.get_cached_permissions_for_user(user)
        names = self._get_permission_codenames(actions)
        rule = inside_q(outermost(one.page.path for one in granted if codename(one) in names))
        if "change" in actions and "add" not in actions:
            add = self._get_permission_codename("add")
            rule |= Q(owner=user) & inside_q(
                outermost(one.page.path for one in granted if codename(one) == add)
            )
        return rule

    def explorable_instances(self, user: Any) -> Any:
        """For the explorer and the editor's search: those branches, and the way to them."""
        every = self._base_queryset_for_user(user)
        if every is None:
            every = self.model._default_manager.filter(self.explorable_q(user))
        return self.without_foreign(every, user)

    def explorable_q(self, user: Any) -> Q:
        """The branches where a group gives anything, and the way to them from where they meet."""
        deeds = {"add", "change", "publish", "lock", "unlock", "bulk_delete"}
        paths = {one.page.path for one in self.get_cached_permissions_for_user(user)}
        start = len(meeting_point(paths))
        above = {
            path[:end] for path in paths for end in range(start, len(path), Page.steplen) if end
        }
        return self.granted_q(user, deeds) | Q(path__in=sorted(above))

    @staticmethod
    def without_foreign(pages: Any, user: Any) -> Any:
        """``pages`` less those of other municipalities; drafts there must not even be named."""
        if user.is_superuser or has_work_everywhere(user):
            return pages
        return pages.exclude(foreign_page_ids_q(user))


def codename(one: GroupPagePermission) -> str:
    """Which deed a row permits."""
    return str(one.permission.codename)


def meeting_point(paths: Iterable[str]) -> str:
    """The path of the lowest page above all of these; empty when only the root is."""
    common = commonprefix([path[: -Page.steplen] for path in paths])
    return common[: len(common) - len(common) % Page.steplen]


def foreign_page_ids_q(user: Any) -> Q:
    """The pages of any kind that belong to a municipality where ``user`` has no work."""
    rule = Q(pk__in=[])
    for model in page_types():
        foreign = model.objects.filter(foreign_pages_q(user, "municipality"))
        rule |= Q(pk__in=foreign.order_by().values("pk"))
    return rule


def page_types() -> list[type[PortalPage]]:
    """Every kind of page of the portal."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Page) and issubclass(model, PortalPage)
    ]

"""Which pages an editor meets in lists, the explorer and search of the editor."""

from typing import Any

from django.apps import apps
from django.db.models import Q
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from portal.pages.models import PortalPage
from portal.pages.policies import foreign_pages_q


class PortalPagePermissionPolicy(PagePermissionPolicy):
    """Wagtail's policy without the pages of municipalities where the editor has no work."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        """For lists and reports."""
        return self.without_foreign(
            super().instances_user_has_any_permission_for(user, actions), user
        )

    def explorable_instances(self, user: Any) -> Any:
        """For the explorer and the editor's search."""
        return self.without_foreign(super().explorable_instances(user), user)

    @staticmethod
    def without_foreign(pages: Any, user: Any) -> Any:
        """``pages`` less those of other municipalities; drafts there must not even be named."""
        if user.is_superuser:
            return pages
        return pages.exclude(foreign_page_ids_q(user))


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

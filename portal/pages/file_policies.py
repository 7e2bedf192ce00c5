"""Whose images and documents an editor meets: Wagtail's rules, asked once for many municipalities."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.auth import get_permission_codename
from wagtail.models import Collection, GroupCollectionPermission
from wagtail.permission_policies.collections import (
    CollectionManagementPermissionPolicy,
    CollectionOwnershipPermissionPolicy,
)

from portal.pages.visibility import inside_q, outermost


class Share(NamedTuple):
    """A deed on the files of a collection and all below it."""

    deed: str
    path: str


class EachDeedOnce:
    """Each deed on each collection once, however many groups give it.

    Wagtail loads a permission and a collection for each group and each deed: with the groups of a
    country that took half of the time of every screen of the editor.
    """

    permission_cache_name = "_shares_of_files"
    auth_model: Any

    def get_all_permissions_for_user(self, user: Any) -> list[Share]:
        """The deeds that groups give. One query."""
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return []
        rows = GroupCollectionPermission.objects.filter(group__user=user).order_by().distinct()
        return list(map(Share._make, rows.values_list("permission__codename", "collection__path")))

    def paths_where(self, user: Any, actions: Iterable[str]) -> list[str]:
        """The paths of the collections where a group gives one of the deeds."""
        deeds = {get_permission_codename(action, self.auth_model._meta) for action in actions}
        shares: list[Share] = self.get_cached_permissions_for_user(user)  # type: ignore[attr-defined]
        return [path for deed, path in shares if deed in deeds]

    def _check_perm(
        self, user: Any, actions: Iterable[str], collection: Collection | None = None
    ) -> bool:
        if not (user.is_active and user.is_authenticated):
            return False
        return user.is_superuser or any(
            collection is None or collection.path.startswith(path)
            for path in self.paths_where(user, actions)
        )

    def _collections_with_perm(self, user: Any, actions: Iterable[str]) -> Any:
        return Collection.objects.filter(inside_q(outermost(self.paths_where(user, actions))))


class FilePolicy(EachDeedOnce, CollectionOwnershipPermissionPolicy):
    """For images and documents."""


class CollectionPolicy(EachDeedOnce, CollectionManagementPermissionPolicy):
    """For the collections themselves."""

"""Who is asking, and what Wagtail's own permissions make of them."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend


class PortalAuthenticationBackend(AuthenticationBackend):
    """allauth's sign-in; permissions of groups count only while a role gives them.

    A role that ends, ends at once (product.md 7.5): the groups in the database are a copy.
    """

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Nobody reaches the editor without a role that edits today."""
        if perm == "wagtailadmin.access_admin" and not user_obj.is_superuser:
            return bool(user_obj.is_active and user_obj.may_edit)
        return bool(super().has_perm(user_obj, perm, obj))

"""Screens for editors."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from portal.accounts.models import User
from portal.accounts.roles import Permission
from search.models import Synonym


class SynonymPolicy(ModelPermissionPolicy):
    """Whoever edits public pages keeps the synonyms: it is asked of the roles of today."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether this person edits public pages."""
        return bool(user.is_authenticated and user.may(Permission.PUBLIC_EDIT))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """The same for each action."""
        return self.user_has_permission(user, "change")

    def users_with_any_permission(self, actions: Any) -> Any:
        """Nobody is told about synonyms."""
        return User.objects.none()


class SynonymViewSet(ModelViewSet):
    """Words that mean the same: they count from the next question on."""

    model = Synonym
    icon = "search"
    menu_label = _("Synonyms")
    menu_order = 260
    add_to_admin_menu = True
    url_prefix = "synoniemen"
    list_display = ["__str__", "language", "note"]
    list_filter = ["language"]
    search_fields = ["words", "note"]
    form_fields = ["words", "language", "note"]

"""What editors keep beside pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from knowledge.library.models import Feedback, GlossaryEntry
from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.pages.permission_policy import PortalPagePermissionPolicy


class GlossaryEntryViewSet(SnippetViewSet):
    """Words explained."""

    model = GlossaryEntry
    icon = "openquote"
    menu_label = _("Words")
    menu_order = 240
    add_to_admin_menu = True
    list_display = ["term", "explanation"]
    search_fields = ["term", "synonyms", "explanation"]
    ordering = ["term"]


class FeedbackPolicy(ModelPermissionPolicy):
    """Editors read what readers said, and nobody changes it."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """Read for who edits; delete for who edits, when a remark should not be kept."""
        if action not in ("view", "delete"):
            return False
        return user.is_superuser or user.may(Permission.PUBLIC_EDIT)


class FeedbackViewSet(ModelViewSet):
    """Feedback of readers about the pages that this editor works on."""

    model = Feedback
    icon = "help"
    menu_label = _("Feedback")
    menu_order = 260
    add_to_admin_menu = True
    form_fields = ["page", "is_helpful", "text"]
    list_display = ["page", "is_helpful", "text", "given_on"]
    list_filter = ["is_helpful", "given_on"]
    list_export = ["page", "is_helpful", "text", "given_on"]
    inspect_view_enabled = True
    copy_view_enabled = False

    def get_queryset(self, request: Any) -> Any:
        """Only about pages that this editor works on."""
        policy = PortalPagePermissionPolicy()
        pages = policy.instances_user_has_any_permission_for(
            request.user, {"add", "change", "publish"}
        )
        return Feedback.objects.select_related("page").filter(
            page__in=pages.order_by().values("pk")
        )

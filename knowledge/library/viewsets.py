"""What editors keep beside pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from knowledge.library.models import Feedback, GlossaryEntry
from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.figures.tables import safe_cell
from portal.pages.permission_policy import PortalPagePermissionPolicy


class GlossaryEntryViewSet(SnippetViewSet):
    """Words explained."""

    model = GlossaryEntry
    icon = "openquote"
    menu_label = _("Glossary")
    menu_order = 240
    add_to_admin_menu = True
    list_display = ["term", "explanation"]
    search_fields = ["term", "synonyms", "explanation"]
    ordering = ["term"]


class FeedbackPolicy(ModelPermissionPolicy):
    """Editors read what readers said, and nobody changes it."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """Only to read, and only for who edits."""
        return action == "view" and (user.is_superuser or user.may(Permission.PUBLIC_EDIT))


class FeedbackIndexView(IndexView):
    """The list, without pages that this editor has no work on."""

    custom_field_preprocess = {"text": {IndexView.FORMAT_CSV: safe_cell}}

    def get_base_queryset(self) -> Any:
        """Newest first. One query."""
        pages = PortalPagePermissionPolicy().instances_user_has_any_permission_for(
            self.request.user, {"add", "change", "publish"}
        )
        readable = Feedback.objects.filter(page__in=pages.order_by().values("pk"))
        return readable.select_related("page")


class FeedbackViewSet(ModelViewSet):
    """Feedback of readers about the pages that this editor works on."""

    model = Feedback
    icon = "help"
    menu_label = _("Feedback")
    menu_order = 260
    add_to_admin_menu = True
    index_view_class = FeedbackIndexView
    form_fields = ["page", "is_helpful", "text"]
    list_display = ["page", "is_helpful", "text", "given_on"]
    list_filter = ["is_helpful", "given_on"]
    list_export = ["page", "is_helpful", "text", "given_on"]
    inspect_view_enabled = False
    copy_view_enabled = False

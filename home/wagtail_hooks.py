from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import MenuItem


class MenuItemViewSet(SnippetViewSet):
    """Menus for editors."""

    model = MenuItem
    icon = "list-ul"
    menu_label = _("Menus")
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["title", "place", "sort_order"]
    list_filter = ["place"]
    sort_order_field = "sort_order"


register_snippet(MenuItemViewSet)

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup, modeladmin_register

from network.directory.models import Language, Organisation, Sector
from portal.accounts.roles import Permission
from portal.pages.models import Theme


class NetworkOnly(PermissionHelper):
    """Registers of the network are for whoever keeps it, or the region, today."""

    def user_can_list(self, user: Any) -> bool:
        return bool(
            user.is_authenticated
            and (user.may(Permission.NETWORK_WORK) or user.may(Permission.REGION_MANAGE))
        )

    user_can_create = user_can_list

    def user_can_edit_obj(self, user: Any, obj: object) -> bool:
        place = getattr(obj, "municipality_id", None)
        return bool(
            user.is_authenticated
            and (user.may(Permission.NETWORK_WORK, at=place) or user.may(Permission.REGION_MANAGE))
        )

    def user_can_delete_obj(self, user: Any, obj: object) -> bool:
        return False if isinstance(obj, Organisation) else self.user_can_edit_obj(user, obj)

    def user_can_inspect_obj(self, user: Any, obj: object) -> bool:
        return False  # the card in the network shows all there is


class OrganisationAdmin(ModelAdmin):
    """The organisations of the network; the card itself shows hours and functions."""

    model = Organisation
    menu_icon = "group"
    permission_helper_class = NetworkOnly
    list_display = ("name", "kind", "municipality", "confirmed_at", "ended_on")
    list_filter = ("kind", "is_fictional")
    search_fields = ("name", "summary")
    list_export = ("name", "kind", "municipality", "phone", "email", "website", "confirmed_at")
    history_view_enabled = True
    list_per_page = 50
    form_fields_exclude = ("merged_into", "asked_at")


class SectorAdmin(ModelAdmin):
    """Fields of work: the columns of the coverage matrix."""

    model = Sector
    menu_icon = "list-ul"
    permission_helper_class = NetworkOnly
    list_display = ("name", "slug", "sort_order")
    list_export = ("name", "slug", "sort_order")
    search_fields = ("name",)
    history_view_enabled = True


class LanguageAdmin(ModelAdmin):
    """Languages somebody can be helped in."""

    model = Language
    menu_icon = "openquote"
    permission_helper_class = NetworkOnly
    list_display = ("name", "code")
    list_export = ("name", "code")
    search_fields = ("name", "code")
    history_view_enabled = True


class ThemeAdmin(ModelAdmin):
    """What content and organisations are about."""

    model = Theme
    menu_icon = "tag"
    permission_helper_class = NetworkOnly
    list_display = ("name", "parent", "slug")
    list_export = ("name", "name_en", "slug")
    search_fields = ("name", "name_en")
    history_view_enabled = True


class NetworkGroup(ModelAdminGroup):
    """The registers of the network, in one menu."""

    menu_label = _("Network")
    menu_icon = "group"
    menu_order = 810
    items = (OrganisationAdmin, SectorAdmin, ThemeAdmin, LanguageAdmin)


modeladmin_register(NetworkGroup)

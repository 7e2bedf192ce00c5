from typing import Any

from django.contrib import messages
from django.db import ProgrammingError, transaction
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup, modeladmin_register
from wagtail_modeladmin.views import DeleteView

from portal.regions.models import Area, Municipality, ThemeTokens, ZoneSwitch


class ManagersOnly(PermissionHelper):
    """Master data is for whoever manages the region, today."""

    def user_can_list(self, user: Any) -> bool:
        # Accounts stand above regions, so the permission is asked by its text.
        return bool(user.is_authenticated and user.may("region:W"))

    user_can_create = user_can_list

    def user_can_edit_obj(self, user: Any, obj: object) -> bool:
        return self.user_can_list(user)

    user_can_delete_obj = user_can_edit_obj

    def user_can_inspect_obj(self, user: Any, obj: object) -> bool:
        return False  # the form shows all there is, and there is no page for looking only


class KindDeleteView(DeleteView):
    """Says it when other things belong to what should go, also where the editor can't see them."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Delete it, or say why not."""
        name = str(self.instance)
        try:
            with transaction.atomic():
                log(instance=self.instance, action="wagtail.delete")
                self.instance.delete()
        except (ProtectedError, ProgrammingError):
            # The database keeps tables of the meldpunt from the editor altogether (decision 0020).
            messages.error(
                request,
                _("%(name)s stays: other things in the portal belong to it.") % {"name": name},
            )
        else:
            messages.success(request, _("%(name)s is deleted.") % {"name": name})
        return redirect(self.index_url)


class MunicipalityAdmin(ModelAdmin):
    """The municipalities of the region."""

    model = Municipality
    menu_icon = "site"
    permission_helper_class = ManagersOnly
    delete_view_class = KindDeleteView
    list_display = ("name", "region", "phone")
    search_fields = ("name",)
    list_export = ("name", "region", "phone", "meldpunt_phone")


class AreaAdmin(ModelAdmin):
    """Neighbourhoods and districts."""

    model = Area
    menu_icon = "globe"
    permission_helper_class = ManagersOnly
    delete_view_class = KindDeleteView
    list_display = ("name", "municipality")
    # A filter on a relation asks for Django's admin, which the house does without.
    search_fields = ("name", "municipality__name")


class ThemeTokensAdmin(ModelAdmin):
    """How the municipalities look."""

    model = ThemeTokens
    menu_label = _("Looks")
    menu_icon = "image"
    permission_helper_class = ManagersOnly
    delete_view_class = KindDeleteView
    list_display = ("name", "municipality", "brand", "accent")


class ZoneSwitchAdmin(ModelAdmin):
    """Which zones are on (GR-22)."""

    model = ZoneSwitch
    menu_label = _("Zones")
    menu_icon = "lock"
    permission_helper_class = ManagersOnly
    delete_view_class = KindDeleteView
    list_display = ("municipality", "zone", "state", "confirmed_on")
    list_filter = ("zone", "is_on")

    def state(self, switch: ZoneSwitch) -> str:
        """In words: the tick of Django's admin is not there."""
        return str(_("On") if switch.is_on else _("Off"))

    state.short_description = _("state")  # type: ignore[attr-defined]


class RegionGroup(ModelAdminGroup):
    """Master data of the region, in one menu."""

    menu_label = _("Region")
    menu_icon = "site"
    menu_order = 800
    items = (MunicipalityAdmin, AreaAdmin, ThemeTokensAdmin, ZoneSwitchAdmin)


modeladmin_register(RegionGroup)

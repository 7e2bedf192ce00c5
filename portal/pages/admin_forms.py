"""The editor's form of a page."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from portal.pages.policies import permission_for


class PortalPageForm(WagtailAdminPageForm):
    """Offers only municipalities where this editor has work, and asks what changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("municipality")
        user = getattr(self, "for_user", None)
        if field and user and not user.is_superuser:
            places = user.municipalities_where(permission_for(self.instance, "edit"))
            field.queryset = field.queryset.filter(pk__in=places)
            if not self.instance.pk and len(places) == 1:
                field.initial = next(iter(places))

    def clean(self) -> dict[str, Any]:
        """Ask for a note when the content changed, so that readers learn what."""
        cleaned: dict[str, Any] = super().clean()
        is_new = not self.instance.first_published_at
        changed = cleaned.get("change_kind") == "content"
        if changed and not is_new and not cleaned.get("change_note"):
            self.add_error("change_note", _("Write in one sentence what changed."))
        return cleaned

"""A part of a page that only some readers get."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.accounts import audiences
from portal.accounts.roles import ROLES
from portal.pages.visibility import admits

LOGIN = "login"


def audience_choices() -> list[tuple[str, str | Promise]]:
    """Every audience that an editor may choose for a part of a page."""
    roles = [(audiences.of_role(code), role.label) for code, role in ROLES.items()]
    return [(audiences.NETWORK, _("The network")), *roles]


def audience_key(chosen: list[str]) -> str:
    """The chosen audiences as in ``portal.pages.visibility.access_key``.

    Without a choice it names an audience that nobody is in: a forgotten choice opens nothing.
    """
    return "|".join(sorted(chosen)) or "!"


class AudienceBlock(blocks.StructBlock):
    """Content for an audience: nothing at all is left of it for anybody else.

    Wagtail's own index gets none of it; ``PortalPage.searchable_sections`` hands it out apart.
    """

    audience = blocks.MultipleChoiceBlock(
        choices=audience_choices,
        label=_("For whom"),
        help_text=_("Others see nothing of this part, also not in search or in a PDF."),
    )

    class Meta:
        icon = "group"
        label = _("For an audience")
        template = "pages/blocks/audience.html"
        description = _("A part of the page that only some readers get.")
        preview_value = {
            "audience": [audiences.NETWORK],
            "content": [("text", "<p>Bel eerst de netwerkregisseur.</p>")],
        }

    def render(self, value: Any, context: Any = None) -> str:
        """The content with its mark, or the empty text for who is not in the audience."""
        request = (context or {}).get("request")
        if not request or not may_read(value, request):
            return ""
        return str(super().render(value, context))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Names the audience for the mark."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        labels = dict(audience_choices())
        context["for_whom"] = [labels.get(name, name) for name in value["audience"]]
        context["for_network"] = audiences.NETWORK in value["audience"]
        return context

    def get_searchable_content(self, value: Any) -> list[str]:
        """Nothing: what is indexed with the page can be found by everybody."""
        return []


def may_read(value: Any, request: Any) -> bool:
    """Whether the visitor belongs to the audience of the block ``value``; editors previewing too."""
    if getattr(request, "is_preview", False) or getattr(request, "is_dummy", False):
        return True
    user = request.user
    return admits(user, audience_key(list(value["audience"])), audiences.names_for(user))

"""Blocks that lead on."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

SAFE_STARTS = ("/", "https://", "http://", "tel:", "mailto:", "#")


def check_address(address: str) -> None:
    """Refuse an address that is not a page, a phone number or a mail address.

    Raises:
        ValidationError: It starts with something else, such as ``javascript:``.
    """
    if (address and not address.startswith(SAFE_STARTS)) or address.startswith("//"):
        raise ValidationError(_("Start with / for this portal, or with https://, tel: or mailto:."))


class LinkBlock(blocks.StructBlock):
    """A text and where it leads: a page of the portal, or an address."""

    label = blocks.CharBlock(max_length=120, label=_("Text"))
    page = blocks.PageChooserBlock(required=False, label=_("Page"))
    address = blocks.CharBlock(
        required=False,
        max_length=250,
        label=_("Or an address"),
        validators=[check_address],
    )

    class Meta:
        icon = "link"
        label = _("Link")
        label_format = "{label}"
        template = "pages/blocks/link.html"
        description = _("A link that stands on its own line.")
        preview_value = {"label": "Advies vragen", "address": "/meldpunt/"}


class LinksBlock(blocks.StructBlock):
    """A short list of links with a heading."""

    title = blocks.CharBlock(required=False, max_length=80, label=_("Title"))
    links = blocks.ListBlock(LinkBlock(), min_num=1, max_num=12, label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Links")
        template = "pages/blocks/links.html"
        description = _("A short list of links.")
        preview_value = {
            "title": "Lees ook",
            "links": [{"label": "Advies vragen", "address": "/meldpunt/"}],
        }

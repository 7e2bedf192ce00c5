"""What templates ask of a page."""

from django import template

from portal.pages.anchors import anchor_for

register = template.Library()


@register.filter
def anchor(heading: object) -> str:
    """The anchor of a heading: its words, in lower case, joined by dashes."""
    return anchor_for(str(heading))


@register.filter
def phone_address(number: object) -> str:
    """A telephone number as a link wants it: ``088 000 00 10`` gives ``tel:0880000010``."""
    return "tel:" + "".join(sign for sign in str(number) if sign.isdigit() or sign == "+")

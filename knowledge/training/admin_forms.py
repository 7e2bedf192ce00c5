"""The editor's form of courses and modules."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.pages.admin_forms import PortalPageForm

# Words that stand in addresses of training itself.
TAKEN = ("mijn", "aanmelden", "uitslag", "certificaat", "uitgever", "les", "toets")
MOST_STEPS = 50  # of a chain of things that come first


class TrainingPageForm(PortalPageForm):
    """Keeps the addresses of tests apart, and lets nothing wait for itself."""

    def clean(self) -> dict[str, Any]:
        """Refuse a short address that is taken, and a circle of things that come first."""
        cleaned = super().clean()
        slug, model = cleaned.get("slug"), type(self.instance)
        twins = model.objects.filter(slug=slug, locale=self.instance.locale_id)
        if slug in TAKEN or twins.exclude(pk=self.instance.pk).exists():
            self.add_error("slug", _("Another page of training has this short address."))
        if self.instance.pk and self.instance.pk in chain_of(cleaned.get("requires")):
            self.add_error("requires", _("This page would wait for itself."))
        return cleaned


def chain_of(page: Page | None) -> list[int]:
    """The keys of everything that comes before, nearest first: also what a module's course asks."""
    waiting, found = [page], list[int]()
    while waiting and len(found) < MOST_STEPS:
        one = waiting.pop()
        one = one.specific if one else None
        if one is None or one.pk in found:
            continue
        found.append(one.pk)
        waiting += [getattr(one, "requires", None), parent_course(one)]
    return found


def parent_course(page: Page) -> Page | None:
    """The course that a page stands in."""
    parent = page.get_parent()
    is_course = parent is not None and parent.specific_class is not None
    return parent if is_course and hasattr(parent.specific_class, "requires") else None

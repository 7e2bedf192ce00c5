"""Wagtail's search promotions, kept by who edits public pages."""

from django.utils.translation import gettext_lazy as _
from wagtail.contrib.search_promotions.models import SearchPromotion


class BestBet(SearchPromotion):
    """A page on top of the results of a question; the same rows as Wagtail's own screen shows."""

    class Meta:
        proxy = True
        verbose_name = _("best bet")
        verbose_name_plural = _("best bets")

    def __str__(self) -> str:
        return f"{self.query.query_string} → {self.page or self.external_link_text}"

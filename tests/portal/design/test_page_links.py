"""The links below a list keep what is asked, and are drawn once for everybody."""

import pytest
from django.core.paginator import Paginator
from django.test import RequestFactory
from django.utils import translation

from portal.design.templatetags.design_tags import page_links


def links(query, number=2, pages=30):
    page = Paginator(range(pages * 10), 10).page(number)
    return page_links(page, RequestFactory().get(f"/lijst/{query}"))


def test_all_that_is_asked_stays_in_the_address_of_another_page():
    drawn = links("?q=zorg&thema=a&thema=b&page=2")

    assert 'href="?q=zorg&amp;thema=a&amp;thema=b&amp;page=3" rel="next"' in drawn
    assert 'href="?page=1" rel="prev"' in links("")


@pytest.mark.parametrize("asked", ['"><script>', "[here]", "é & ü"])
def test_what_one_visitor_asked_is_safe_and_in_no_other_visitors_links(asked):
    mine = links(RequestFactory().get("/", {"q": asked}).META["QUERY_STRING"].join(["?", ""]))

    assert "<script>" not in mine
    assert mine != links("?q=anders")
    assert "?q=anders&amp;page=3" in links("?q=anders")


def test_this_page_and_the_gaps_are_marked():
    drawn = links("", number=15)

    assert drawn.count('aria-current="page"') == 1
    assert drawn.count("portal-pagination__gap") == 2
    assert "Vorige" in drawn
    with translation.override("en"):
        assert "Previous" in links("", number=15)
    assert "Vorige" not in links("", number=1)

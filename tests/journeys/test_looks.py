"""Every type of page, for everybody's eyes: contrast, names, order, and room on a small screen."""

import pytest

from tests.journeys.looking import troubles
from tests.journeys.page_types import PAGES


@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_use_this_type_of_page(name, visitor, axe):
    who, address = PAGES[name]
    page = visitor(who=who)
    answer = page.goto(address)
    assert answer.ok or not name.startswith("network: ")  # it is the page itself that is looked at

    found = troubles(page, axe, name)

    assert not found, "\n".join(found)

"""A municipality gets its own look, unless nobody could read it."""

import pytest
from django.core.exceptions import ValidationError

from portal.regions.models import ThemeTokens

LOOK = {"name": "Demodam", "brand": "#0a5a7d", "action": "#0b5f9e", "accent": "#f5b800"}


@pytest.mark.django_db
def test_a_look_that_can_be_read_is_accepted():
    ThemeTokens(**LOOK).full_clean()


@pytest.mark.django_db
def test_a_look_that_nobody_can_read_is_refused_at_the_colour_to_change():
    with pytest.raises(ValidationError) as refused:
        ThemeTokens(**{**LOOK, "brand": "#7fc4e8"}).full_clean()

    assert list(refused.value.message_dict) == ["brand"]
    assert "Witte tekst op de merkkleur" in refused.value.message_dict["brand"][0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "colour", ["", "blauw", "#0a5a7", "#0A5A7D", "red;}body{display:none", None]
)
def test_what_is_no_colour_is_refused_once(colour):
    with pytest.raises(ValidationError) as refused:
        ThemeTokens(**{**LOOK, "accent": colour}).full_clean()

    assert list(refused.value.message_dict) == ["accent"]

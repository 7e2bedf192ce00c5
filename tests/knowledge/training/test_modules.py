"""Checking yourself in a module."""

import pytest

from tests.factories.knowledge import module

pytestmark = pytest.mark.django_db


def test_an_answer_opens_without_script_and_says_what_is_right(client):
    answers = [
        {"text": "Een signaal.", "is_right": False, "feedback": "Nee."},
        {"text": "Een geloofsuiting.", "is_right": True, "feedback": "Klopt."},
    ]
    page = module(
        goals="U kijkt zonder oordeel.\nU vraagt door.",
        questions=[("question", {"question": "Wat is dit?", "answers": answers, "feedback": ""})],
    )

    html = client.get(page.url).content.decode()

    assert html.count("<details") >= 1
    assert "Klopt." in html
    assert page.goal_list == ["U kijkt zonder oordeel.", "U vraagt door."]

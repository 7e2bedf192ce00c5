"""The screen on which editors keep synonyms."""

import pytest
from django.core.exceptions import ValidationError

from search.models import Synonym
from search.viewsets import SynonymPolicy
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "may"), [("redacteur", True), ("eindredacteur", True), ("professional", False)]
)
def test_who_edits_public_pages_keeps_the_synonyms(role, may):
    policy = SynonymPolicy(Synonym)

    assert policy.user_has_permission(UserFactory(roles=[role]), "change") is may


def test_a_group_of_one_is_refused():
    with pytest.raises(ValidationError):
        Synonym(words="alleen\n").full_clean()

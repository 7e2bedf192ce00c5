"""The screen on which editors keep synonyms, and Wagtail's own lists beside it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.management import call_command

from search.models import Synonym
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import article
from tests.factories.search import found
from tests.factories.signing_in import sign_in

pytestmark = pytest.mark.django_db
NEW = "/beheer/synoniemen/new/"
GROUP = {"words": "voorganger\nimam", "language": "nl", "note": "vraag van een lezer"}


def test_an_editor_writes_a_group_and_it_counts_at_once(client):
    article("Gesprek met een imam")
    sign_in(client, UserFactory(roles=["redacteur"]))

    response = client.post(NEW, GROUP)

    assert response.status_code == 302
    assert found("voorganger", AnonymousUser()) == ["Gesprek met een imam"]
    assert "imam" in client.get("/beheer/synoniemen/").content.decode()


def test_somebody_who_does_not_edit_public_pages_can_not(client):
    sign_in(client, UserFactory(roles=["professional"]))

    client.post(NEW, GROUP)

    assert not Synonym.objects.exists()


def test_a_group_of_one_is_refused():
    with pytest.raises(ValidationError):
        Synonym(words="alleen\n").full_clean()


@pytest.mark.parametrize("asked", ['"', " ", "x" * 5000, "NEAR(", "*"])
@pytest.mark.parametrize("address", ["/beheer/pages/search/", "/beheer/choose-page/search/"])
def test_an_editor_may_type_anything_in_a_list(client, address, asked):
    article("Een pagina")
    call_command("setup_editorial", verbosity=0)
    sign_in(client, UserFactory(roles=["eindredacteur"]))

    assert client.get(address, {"q": asked}).status_code == 200

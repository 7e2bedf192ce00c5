"""What the editor may do to things that a meldpunt hangs on."""

import pytest

from portal.regions.models import Municipality
from tests.factories.accounts import UserFactory
from tests.factories.meldpunt import report
from tests.factories.pages import home_page
from tests.factories.signing_in import sign_in

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def test_a_municipality_with_a_meldpunt_stays_and_the_page_says_so(client, demodam):
    report(demodam)
    home_page()
    sign_in(client, UserFactory(roles=["functioneel-beheerder"]))

    page = client.post(f"/beheer/regions/municipality/delete/{demodam.pk}/", follow=True)

    assert page.status_code == 200
    assert "Demodam blijft staan" in page.content.decode()
    assert Municipality.objects.filter(pk=demodam.pk).exists()

"""A desk with thousands of open reports, made in bulk; runs inside Django."""

from bench.content import session_of
from meldpunt.reports.querysets import working_in
from meldpunt.vault import process_secrets
from meldpunt.vault.services import unlocking
from portal.accounts.models import User
from portal.regions.models import Municipality
from tests.factories.meldpunt import many_open

HOLDER = "meldpuntmedewerker@lindekade.example"


def fill(number: int) -> tuple[str, str]:
    """So many reports as they are after their first opening; a session and a passphrase."""
    place, holder = Municipality.objects.get(slug="demodam"), User.objects.get(email=HOLDER)
    phrase = process_secrets.demo_notes()["passphrases"][HOLDER]
    with working_in([place.pk]):
        many_open(place, unlocking.keys_of(holder, passphrase=phrase), number)
    return session_of(HOLDER), phrase

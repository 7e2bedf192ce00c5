"""The people of the demo who work at a meldpunt."""

from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.accounts.services import approve_role, grant_role
from portal.regions.models import Municipality

DOMAIN = "lindekade.example"
ROLE = "meldpuntmedewerker"
STAFF = {
    "demodam": ["meldpuntmedewerker", "meldpuntmedewerker2"],
    "polderveen": ["meldpuntmedewerker.polderveen", "meldpuntmedewerker2.polderveen"],
}
# Who reads reports about the municipality's own people; a deputy is needed where it is real.
TRUSTED = {"demodam": ["vertrouwenspersoon"]}


def staff_of(
    municipality: Municipality, accounts: dict[str, list[str]] | None = None
) -> list[User]:
    """The two colleagues of a municipality; who is missing gets an account without password."""
    found = []
    for account in (STAFF if accounts is None else accounts).get(municipality.slug, []):
        email = f"{account}@{DOMAIN}"
        person = User.objects.filter(email=email).first()
        person = person or User.objects.create_user(email, name=f"{account} (fictief)")
        if not person.may(Permission.REPORTS_WORK, at=municipality.pk):
            give_role(person, municipality)
        found.append(User.objects.get(pk=person.pk))
    return found


def give_role(person: User, municipality: Municipality) -> None:
    """Granted by one manager and approved by another (GR-11)."""
    first, second = managers()
    membership = grant_role(person, role=ROLE, municipality=municipality, by=first)
    approve_role(membership, by=second)


def managers() -> list[User]:
    """Two functional managers."""
    found = list(User.objects.filter(memberships__role="functioneel-beheerder").distinct()[:2])
    while len(found) < 2:
        email = f"beheer.meldpunt{len(found)}@{DOMAIN}"
        person = User.objects.create_user(email, name="Beheer (fictief)")
        grant_role(person, role="functioneel-beheerder", municipality=None, by=None)
        found.append(User.objects.get(pk=person.pk))
    return found

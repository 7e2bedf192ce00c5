"""An account for every role, with a password and a second factor that are no secret."""

from dataclasses import dataclass

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.db import transaction

from portal.accounts.models import User
from portal.accounts.roles import ROLES
from portal.accounts.services import approve_role, grant_role
from portal.regions.models import Municipality

DOMAIN = "lindekade.example"
PASSWORD = "lindekade-demo-2026"  # noqa: S105  (printed for everybody who runs the demo)


@dataclass(frozen=True)
class Person:
    """Somebody in the demo: address without domain, name, role, and where they hold it."""

    account: str
    name: str
    role: str
    place: str | None = None

    @property
    def email(self) -> str:
        """The whole address."""
        return f"{self.account}@{DOMAIN}"


NAMES = {
    "instelling": "Stichting De Brug",
    "professional": "Noor Jansen",
    "sleutelfiguur": "Hassan El Idrissi",
    "ambassadeur": "Wilma de Groot",
    "online-ambassadeur": "Jay Pinas",
    "trainingscoordinator": "Tessa Bakker",
    "netwerkregisseur": "Ruben Visser",
    "redacteur": "Carla Mulder",
    "eindredacteur": "Emre Aydın",
    "meldpuntmedewerker": "Alice Vermeer",
    "casusregisseur": "Karin Postma",
    "deelnemer-weging": "Peter Kuipers",
    "expert": "Samira Haddad",
    "oov-medewerker": "Otto van Dam",
    "subsidiebeoordelaar": "Greet Smit",
    "portefeuillehouder": "Willem ter Horst",
    "regiobeheerder": "Ineke Brouwer",
    "fg": "Farid Nasser",
    "archivaris": "Anna Dekker",
    "functioneel-beheerder": "Frank Hendriks",
    "technisch-beheerder": "Timo Prins",
}
EXTRA = [
    Person("functioneel-beheerder2", "Fatima Yilmaz", "functioneel-beheerder"),
    Person("meldpuntmedewerker2", "Bob Willems", "meldpuntmedewerker", "demodam"),
    Person("vertrouwenspersoon", "Nienke Bos", "meldpuntmedewerker", "demodam"),
    Person("meldpuntmedewerker.polderveen", "Petra Vos", "meldpuntmedewerker", "polderveen"),
    Person(
        "meldpuntmedewerker2.polderveen",
        "Pim Scholten",
        "meldpuntmedewerker",
        "polderveen",
    ),
    Person("redacteur.polderveen", "Roos Meijer", "redacteur", "polderveen"),
    Person("professional.polderveen", "Daan Peeters", "professional", "polderveen"),
]


def everybody() -> list[Person]:
    """One person for each role, in Demodam where the role has a place, and a few more."""
    first = [
        Person(code, name, code, "demodam" if ROLES[code].scope == "municipality" else None)
        for code, name in NAMES.items()
    ]
    managers = [person for person in first if person.role == "functioneel-beheerder"]
    others = [person for person in first if person.role != "functioneel-beheerder"]
    return [*managers, *EXTRA[:1], *others, *EXTRA[1:]]


@transaction.atomic
def make_people(places: dict[str, Municipality]) -> list[User]:
    """The accounts; who has one already keeps it."""
    made = []
    for person in everybody():
        user = User.objects.filter(email=person.email).first()
        if user is None:
            user = User.objects.create_user(person.email, PASSWORD, name=person.name)
            give_role(user, person, places)
            give_second_factor(user)
        made.append(user)
    return made


def give_role(user: User, person: Person, places: dict[str, Municipality]) -> None:
    """Grant the role, with a second person where that is due (GR-11)."""
    managers = User.objects.filter(email__startswith="functioneel-beheerder").order_by("pk")
    is_manager = person.role == "functioneel-beheerder"
    place = places[person.place] if person.place else None
    by = None if is_manager else managers[0]
    membership = grant_role(user, role=person.role, municipality=place, by=by)
    if membership.needs_approval:
        approve_role(membership, by=managers[1])


def give_second_factor(user: User) -> None:
    """An authenticator app, for the roles that need one."""
    user = User.objects.get(pk=user.pk)
    if user.needs_second_factor:
        secret = get_adapter().encrypt(generate_totp_secret())
        Authenticator.objects.create(
            user=user, type=Authenticator.Type.TOTP, data={"secret": secret}
        )


def second_factor_of(user: User) -> str:
    """The secret that an authenticator app asks for, or nothing."""
    factor = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return get_adapter().decrypt(factor.data["secret"]) if factor else ""

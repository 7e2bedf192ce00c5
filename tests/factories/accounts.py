"""People of the tests, with roles in Demodam."""

from datetime import timedelta

import factory
from django.utils import timezone

from portal.accounts.models import Membership, User
from portal.accounts.roles import ROLES
from tests.factories.regions import MunicipalityFactory

PASSWORD = "een-lang-wachtwoord"


class UserFactory(factory.django.DjangoModelFactory):
    """``UserFactory(roles=["redacteur"])`` holds the role in Demodam, approved where due."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Persoon {number}")
    email = factory.Sequence(lambda number: f"persoon{number}@lindekade.example")

    @factory.post_generation
    def password(self, create, extracted, **kwargs):
        self.set_password(extracted or PASSWORD)
        self.save()

    @factory.post_generation
    def roles(self, create, extracted, *, at=None, **kwargs):
        for code in extracted or []:
            MembershipFactory(user=self, role=code, municipality=at or place_of(code))
        self.__dict__.pop("valid_memberships", None)


def place_of(code):
    return MunicipalityFactory() if ROLES[code].scope == "municipality" else None


class ManagerFactory(UserFactory):
    """A functional manager, who grants and approves roles."""

    roles = factory.PostGeneration(
        lambda user, create, extracted: MembershipFactory(user=user, role="functioneel-beheerder")
    )


class MembershipFactory(factory.django.DjangoModelFactory):
    """A role that counts today."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = "professional"
    municipality = factory.LazyAttribute(lambda membership: place_of(membership.role))
    valid_until = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=90))
    needs_approval = factory.LazyAttribute(lambda membership: ROLES[membership.role].sealed)
    approved_by = factory.Maybe(
        "needs_approval", factory.SubFactory("tests.factories.accounts.UserFactory"), None
    )


def sign_in(client, person):
    """Let the client be ``person``, second factor given."""
    client.force_login(person)
    session = client.session
    session["account_authentication_methods_user"] = str(person.pk)
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
    session.save()

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.models import Membership, User
from portal.accounts.roles import ROLES, Permission
from portal.accounts.services import (
    CannotApprove,
    RolesExclude,
    approve_role,
    end_role,
    grant_role,
)
from tests.factories.accounts import ManagerFactory, MembershipFactory, UserFactory
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db


def again(user):
    """The person as the next request sees them."""
    return User.objects.get(pk=user.pk)


def test_a_role_counts_in_its_own_municipality_only():
    editor = UserFactory(roles=["redacteur"])
    elsewhere = MunicipalityFactory(name="Polderveen")

    assert editor.may(Permission.PUBLIC_EDIT, at=MunicipalityFactory().pk)
    assert not editor.may(Permission.PUBLIC_EDIT, at=elsewhere.pk)


def test_a_role_counts_up_to_and_including_its_last_day():
    today = timezone.localdate()
    last_day = MembershipFactory(role="redacteur", valid_from=today, valid_until=today).user
    past = MembershipFactory(
        role="redacteur",
        valid_from=today - timedelta(days=9),
        valid_until=today - timedelta(days=1),
    ).user

    assert again(last_day).may(Permission.PUBLIC_EDIT)
    assert not again(past).may(Permission.PUBLIC_EDIT)


def test_a_role_that_is_ended_ends_at_once():
    manager, editor = ManagerFactory(), UserFactory(roles=["redacteur"])

    end_role(editor.memberships.get(), by=manager)

    assert not again(editor).may(Permission.PUBLIC_EDIT)
    assert not again(editor).groups.filter(name__startswith="redactie").exists()


def test_a_role_in_a_sealed_zone_counts_only_after_a_second_person():
    first, second, person = ManagerFactory(), ManagerFactory(), UserFactory()
    membership = grant_role(
        person, role="meldpuntmedewerker", municipality=MunicipalityFactory(), by=first
    )
    assert not again(person).may(Permission.REPORTS_WORK)

    approve_role(membership, by=second)

    assert again(person).may(Permission.REPORTS_WORK)


def test_nobody_approves_what_they_granted_or_hold():
    first, second = ManagerFactory(), ManagerFactory()
    membership = grant_role(UserFactory(), role="expert", municipality=None, by=first)

    with pytest.raises(CannotApprove):
        approve_role(membership, by=first)
    with pytest.raises(CannotApprove):
        approve_role(membership, by=membership.user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=membership.pk).update(approved_by=first)
    approve_role(membership, by=second)


def test_a_manager_never_gets_a_role_in_a_sealed_zone():
    with pytest.raises(RolesExclude):
        grant_role(
            ManagerFactory(),
            role="meldpuntmedewerker",
            municipality=MunicipalityFactory(),
            by=ManagerFactory(),
        )


def test_the_fg_never_handles():
    with pytest.raises(RolesExclude):
        grant_role(
            UserFactory(roles=["fg"]),
            role="casusregisseur",
            municipality=MunicipalityFactory(),
            by=ManagerFactory(),
        )


def test_a_network_coordinator_gives_network_roles_in_the_own_municipality_only():
    coordinator = UserFactory(roles=["netwerkregisseur"])
    elsewhere = MunicipalityFactory(name="Polderveen")

    grant_role(
        UserFactory(),
        role="professional",
        municipality=MunicipalityFactory(),
        by=coordinator,
    )

    with pytest.raises(PermissionDenied):
        grant_role(UserFactory(), role="professional", municipality=elsewhere, by=coordinator)
    with pytest.raises(PermissionDenied):
        grant_role(
            UserFactory(),
            role="redacteur",
            municipality=MunicipalityFactory(),
            by=coordinator,
        )


def test_a_professional_gives_nobody_a_role():
    with pytest.raises(PermissionDenied):
        grant_role(
            UserFactory(),
            role="professional",
            municipality=MunicipalityFactory(),
            by=UserFactory(roles=["professional"]),
        )


def test_who_may_finds_the_people_of_a_municipality_and_nobody_else():
    editor = UserFactory(roles=["redacteur"])
    UserFactory(roles=["professional"])
    UserFactory(roles=["redacteur"], roles__at=MunicipalityFactory(name="Polderveen"))

    found = User.objects.who_may(Permission.PUBLIC_EDIT, at=MunicipalityFactory().pk)

    assert list(found) == [editor]


def test_every_role_has_a_reason_and_only_handling_or_editing_asks_a_second_factor():
    assert all(str(role.reason) for role in ROLES.values())
    without = {code for code, role in ROLES.items() if not role.second_factor}
    assert without == {
        "instelling",
        "professional",
        "sleutelfiguur",
        "ambassadeur",
        "online-ambassadeur",
    }

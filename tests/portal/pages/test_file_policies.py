"""Whose files an editor meets, with the groups and collections of many municipalities."""

import pytest
from wagtail.models import Collection
from wagtail.permission_policies.collections import (
    CollectionManagementPermissionPolicy,
    CollectionOwnershipPermissionPolicy,
)
from wagtail.permissions import policy_registry

from portal.accounts.models import User
from portal.accounts.services.groups import sync_groups
from portal.pages.file_policies import CollectionPolicy, FilePolicy
from portal.pages.models import PortalDocument, PortalImage
from portal.pages.services import set_up_editorial
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.pages import home_page
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db
OURS = FilePolicy(PortalDocument, "wagtaildocs.Document", "uploaded_by_user")
WAGTAILS = CollectionOwnershipPermissionPolicy(
    PortalDocument, "wagtaildocs.Document", "uploaded_by_user"
)
DEEDS = (["add"], ["change"], ["choose"], ["delete"], ["add", "change"])


@pytest.fixture
def places():
    made = [MunicipalityFactory(name=name) for name in ("Demodam", "Polderveen", "Zuiderzand")]
    set_up_editorial(home=home_page())
    return made


def editor(role, *places):
    user = UserFactory()
    for place in places:
        MembershipFactory(user=user, role=role, municipality=place)
    sync_groups(user)
    return User.objects.get(pk=user.pk)


def document(name, owner=None):
    return PortalDocument.objects.create(
        title=name,
        file=f"{name}.txt",
        collection=Collection.objects.get(name=name),
        uploaded_by_user=owner,
    )


@pytest.mark.parametrize("role", ["redacteur", "eindredacteur", "professional"])
def test_an_editor_meets_the_files_that_wagtail_says(places, role):
    user = editor(role, *([None] if role == "eindredacteur" else places[:2]))
    files = [document(place.name) for place in places]
    files.append(document("Zuiderzand", owner=user))

    for deeds in DEEDS:
        for ask in (
            "instances_user_has_any_permission_for",
            "collections_user_has_any_permission_for",
        ):
            assert set(getattr(OURS, ask)(user, deeds)) == set(getattr(WAGTAILS, ask)(user, deeds))
        for file in files:
            assert OURS.user_has_any_permission_for_instance(user, deeds, file) == (
                WAGTAILS.user_has_any_permission_for_instance(user, deeds, file)
            )
        assert OURS.user_has_any_permission(user, deeds) == (
            WAGTAILS.user_has_any_permission(user, deeds)
        )


def test_the_editor_asks_these_rules():
    for model, policy in (
        (PortalImage, FilePolicy),
        (PortalDocument, FilePolicy),
        (Collection, CollectionPolicy),
    ):
        assert type(policy_registry.get_by_type(model)) is policy


def test_an_editor_meets_no_file_of_another_municipality(places):
    user = editor("redacteur", places[0])
    own, foreign = document("Demodam"), document("Polderveen")

    assert set(OURS.instances_user_has_any_permission_for(user, ["change"])) == {own}
    assert not OURS.user_has_permission_for_instance(user, "change", foreign)


def test_who_stopped_has_no_file_left(places):
    user = editor("redacteur", places[0])
    user.is_active = False

    assert not OURS.user_has_permission(user, "choose")
    user.is_superuser = True
    assert not OURS.user_has_permission(user, "choose")


def test_collections_themselves_are_kept_by_whom_wagtail_says(places):
    user = editor("redacteur", *places)
    ours, theirs = (
        policy(Collection) for policy in (CollectionPolicy, CollectionManagementPermissionPolicy)
    )

    for deed in ("add", "change", "delete"):
        assert (
            ours.user_has_permission(user, deed) is theirs.user_has_permission(user, deed) is False
        )


def test_a_deed_on_a_collection_comes_once_however_many_groups_give_it(
    places, django_assert_num_queries
):
    one, every = editor("redacteur", places[0]), editor("redacteur", *places)

    def shares(user):
        with django_assert_num_queries(1):
            found = OURS.get_cached_permissions_for_user(user)
            assert CollectionPolicy(Collection).get_cached_permissions_for_user(user) == found
        return found

    few, many = shares(one), shares(every)

    assert len(set(many)) == len(many)
    assert len(many) == len(few) + 2 * 6  # three deeds on two kinds of file in two collections

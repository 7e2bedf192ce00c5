"""The explorer of the editor with the groups and sections of many municipalities."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from portal.accounts.services.groups import sync_groups
from portal.pages.permission_policy import PortalPagePermissionPolicy
from portal.pages.policies import has_work_everywhere
from portal.pages.services import set_up_editorial
from portal.pages.visibility import outermost
from portal.regions.models import Municipality
from tests.factories.accounts import MembershipFactory, UserFactory, sign_in
from tests.factories.knowledge import article, library, runbook, trainings
from tests.factories.pages import home_page, standard_page
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db
DEEDS = ({"add"}, {"change"}, {"publish"}, {"add", "change"}, {"lock", "unlock"})


@pytest.fixture(autouse=True)
def _editorial():
    library()
    trainings()
    runbook()


def editor(*roles, places=(None,)):
    user = UserFactory()
    for role in roles:
        for place in places:
            MembershipFactory(user=user, role=role, municipality=place)
    sync_groups(user)
    return type(user).objects.get(pk=user.pk)


def section_of(place):
    """A section of one municipality, which its editors may change."""
    section = article(place.name, municipality=place)
    group = GroupPagePermission.objects.filter(group__name=f"redactie: {place.slug}")[0].group
    for deed in ("add_page", "change_page"):
        permission = Permission.objects.get(codename=deed, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=section, permission=permission)
    return section


def places(*names):
    found = [MunicipalityFactory(name=name) for name in names]
    set_up_editorial(home=home_page())
    return found


@pytest.mark.parametrize("roles", [["redacteur"], ["eindredacteur"], ["trainingscoordinator"], []])
def test_whatever_wagtail_lets_an_editor_meet_is_met_here_too(roles):
    own, other = places("Demodam", "Polderveen")
    standard_page("Los van alles")
    for place in (own, other, None):
        article(municipality=place, owner=UserFactory())
    everywhere = roles == ["eindredacteur"] or roles == ["trainingscoordinator"]
    user = editor(*roles, places=[None] if everywhere else [own])
    article("Eigen", owner=user)
    ours, theirs = PortalPagePermissionPolicy(), PagePermissionPolicy()

    foreign = [] if everywhere else list(Page.objects.filter(articlepage__municipality=other))

    def same(one, another):
        assert set(one) == set(another) - set(foreign)

    same(ours.explorable_instances(user), theirs.explorable_instances(user))
    for deeds in DEEDS:
        same(
            ours.instances_user_has_any_permission_for(user, deeds),
            theirs.instances_user_has_any_permission_for(user, deeds),
        )


def test_a_deed_on_a_branch_counts_once_however_many_groups_give_it():
    many = places(*(f"Plaats {number}" for number in range(6)))
    one, every = editor("redacteur", places=many[:1]), editor("redacteur", places=many)
    policy = PortalPagePermissionPolicy()

    def deeds(user):
        rows = policy.get_cached_permissions_for_user(user)
        return sorted((row.page.path, row.permission.codename) for row in rows)

    assert deeds(every) == deeds(one) != []


def test_branches_inside_another_are_not_named_apart():
    assert outermost(["00010001", "0001", "00020001", "00020001"]) == ["0001", "00020001"]


def test_the_explorer_takes_as_many_queries_with_many_municipalities_as_with_few(
    client,
):
    address = reverse("wagtailadmin_explore", args=[library().pk])

    def asked():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    few = places("Demodam", "Polderveen")
    for place in few:
        section_of(place)
    user = editor("redacteur", places=few)
    sign_in(client, user)
    number = asked()
    many = places(*(f"Plaats {count}" for count in range(12)))
    for place in many:
        section_of(place)
        MembershipFactory(user=user, role="redacteur", municipality=place)
    sync_groups(user)

    assert asked() == number


def test_a_page_that_comes_to_another_municipality_is_judged_anew():
    own, other = places("Demodam", "Polderveen")
    page, user = section_of(own), editor("redacteur", places=[own])
    assert page.permissions_for_user(user).can_edit()
    assert page.permissions_for_user(user) is page.permissions_for_user(user)

    page.municipality = other

    assert not page.permissions_for_user(user).can_edit()


def test_a_page_keeps_no_answer_for_somebody_else():
    own, other = places("Demodam", "Polderveen")
    page = section_of(own)
    assert page.permissions_for_user(editor("redacteur", places=[own])).can_edit()

    assert not page.permissions_for_user(editor("redacteur", places=[other])).can_edit()


def test_who_has_work_in_every_municipality_meets_no_foreign_page():
    many = places(*(f"Plaats {number}" for number in range(3)))
    every = editor("redacteur", places=Municipality.objects.all())
    some = editor("redacteur", places=many[:2])

    assert has_work_everywhere(every)
    assert not has_work_everywhere(some)
    MunicipalityFactory(name="Nieuw")
    assert not has_work_everywhere(every)

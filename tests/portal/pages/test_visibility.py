import pytest
from django.contrib.auth.models import AnonymousUser, Group
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page

from portal.accounts import audiences
from portal.accounts.models import User
from portal.accounts.services import end_role
from portal.pages.visibility import (
    access_key,
    admits,
    inside_q,
    lies_in,
    page_restrictions,
    visible_pages_q,
)
from tests.factories.accounts import ManagerFactory, UserFactory
from tests.factories.pages import close, home_page, standard_page

pytestmark = pytest.mark.django_db
NETWORK = audiences.NETWORK


def readable(user):
    return set(
        Page.objects.filter(visible_pages_q(user), depth__gt=2).values_list("title", flat=True)
    )


@pytest.fixture
def tree():
    home = home_page()
    closed = standard_page("Vakgebied", below=home)
    close(closed, NETWORK)
    editors = standard_page("Redactie", below=closed)
    close(editors, audiences.of_role("redacteur"))
    standard_page("Onder redactie", below=editors)
    account = standard_page("Ingelogd", below=home)
    close(account)
    standard_page("Openbaar", below=home)
    draft = standard_page("Concept", below=home)
    draft.unpublish()
    return home


def test_a_visitor_without_account_reads_what_is_public(tree):
    assert readable(AnonymousUser()) == {"Openbaar"}


def test_a_professional_reads_the_network(tree):
    assert readable(UserFactory(roles=["professional"])) == {
        "Openbaar",
        "Vakgebied",
        "Ingelogd",
    }


def test_an_editor_reads_every_branch_that_names_them(tree):
    assert readable(UserFactory(roles=["redacteur"])) == {
        "Openbaar",
        "Vakgebied",
        "Ingelogd",
        "Redactie",
        "Onder redactie",
    }


def test_an_account_without_a_role_reads_only_what_any_account_may(tree):
    assert readable(UserFactory()) == {"Openbaar", "Ingelogd"}


def test_a_role_that_ended_opens_nothing_even_when_the_group_is_still_there(tree):
    person = UserFactory(roles=["professional"])
    end_role(person.memberships.get(), by=ManagerFactory())
    person.groups.add(Group.objects.get(name=NETWORK))

    assert readable(User.objects.get(pk=person.pk)) == {"Openbaar", "Ingelogd"}


def test_a_password_page_is_in_no_list(tree):
    from wagtail.models import PageViewRestriction

    page = Page.objects.get(title="Openbaar")
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="geheim"
    )

    assert "Openbaar" not in readable(UserFactory(roles=["redacteur"]))


ROLES = [[], ["professional"], ["redacteur"], ["fg"], ["technisch-beheerder"]]


@pytest.mark.parametrize("roles", ROLES)
def test_list_page_and_access_key_tell_the_same_story(tree, client, roles):
    user = UserFactory(roles=roles)
    listed = readable(user)
    names, restrictions = audiences.names_for(user), page_restrictions()

    for page in Page.objects.filter(depth__gt=2, live=True):
        by_key = admits(user, access_key(page.path, restrictions), names)
        assert (page.title in listed) == by_key, page.title


def test_a_closed_page_asks_a_stranger_to_sign_in_and_refuses_who_may_not(tree, client):
    address = Page.objects.get(title="Vakgebied").url
    stranger = client.get(address)
    assert stranger.headers["Location"].startswith("/account/login/?next=")

    client.force_login(UserFactory())

    assert client.get(address).status_code == 403


def test_a_role_that_ends_in_the_middle_of_a_web_session_closes_the_page(tree, client):
    person = UserFactory(roles=["professional"])
    client.force_login(person)
    address = Page.objects.get(title="Vakgebied").url
    assert client.get(address).status_code == 200

    end_role(person.memberships.get(), by=ManagerFactory())

    assert client.get(address).status_code == 403


STEPS = st.sampled_from(["0001", "0002", "000A", "00A0"])
PATHS = st.lists(STEPS, min_size=1, max_size=4).map("".join)


@given(PATHS, st.sets(PATHS, max_size=8))
def test_a_path_lies_in_the_branch_that_it_begins_with(path, tops):
    branches = sorted(
        top for top in tops if not any(top.startswith(other) for other in tops - {top})
    )

    assert lies_in(path, branches) == any(path.startswith(branch) for branch in branches)


def test_a_list_leaves_out_hundreds_of_branches_with_one_parameter_a_depth(tree):
    closed = Page.objects.get(title="Vakgebied").path
    elsewhere = [f"{closed[:-4]}Z{number:03}" for number in range(600)]

    pages = Page.objects.filter(~inside_q(sorted([closed, *elsewhere])), depth__gt=2)

    assert set(pages.values_list("title", flat=True)) == {"Openbaar", "Ingelogd", "Concept"}
    assert len(pages.query.sql_with_params()[1]) < 6

"""Every role of domain.md 5.2 at every kind of address: who gets in, and who does not."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import transaction

from home.demo.people import DOMAIN, make_people
from home.demo.region import make_region
from home.demo.tree import make_sections
from portal.accounts.models import User
from portal.accounts.roles import ROLES
from portal.accounts.services import end_role
from portal.pages.services import set_up_editorial
from tests.factories.accounts import sign_in
from tests.factories.knowledge import article, module, runbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault_secrets")]

# A row for each row of domain.md 5.2, in its order; "+" gets in, "-" does not.
#   closed     an article of the network (Z1)        L, E or W
#   draaiboek  a draaiboek                           L, W, A, or the public part
#   training   a module                              L, E, W or A; not the totals (T)
#   beheer     the editor                            who writes, approves text, or keeps settings
#   art / dr / mod   editing an article, a draaiboek, a module      W, A(text), W(content)
#   mensen     people and roles                      W, L, or inviting
#   logboek    the audit trail                       L or M
#   kluis      reports                               W
# "opt." of a participant in weighing is off. The FG reads reports with a second person, which
# is a door of its own that this version does not have.
MATRIX = """
                       closed draaiboek training beheer art dr mod mensen logboek kluis
anoniem                -      -         -        -      -   -  -   -      -       -
instelling             -      -         -        -      -   -  -   -      -       -
professional           +      +         +        -      -   -  -   -      -       -
sleutelfiguur          +      +         +        -      -   -  -   -      -       -
ambassadeur            +      +         +        -      -   -  -   -      -       -
online-ambassadeur     +      -         +        -      -   -  -   -      -       -
trainingscoordinator   +      -         +        +      -   -  +   -      -       -
netwerkregisseur       +      +         -        +      -   +  -   +      -       -
redacteur              +      +         +        +      +   +  +   -      -       -
eindredacteur          +      +         +        +      +   +  +   -      -       -
meldpuntmedewerker     +      +         +        -      -   -  -   -      -       +
casusregisseur         +      +         +        -      -   -  -   -      -       -
deelnemer-weging       -      -         -        -      -   -  -   -      -       -
expert                 +      +         +        -      -   -  -   -      -       -
oov-medewerker         +      +         +        +      -   +  -   -      -       -
subsidiebeoordelaar    -      -         -        -      -   -  -   -      -       -
portefeuillehouder     +      +         +        -      -   -  -   -      -       -
regiobeheerder         +      +         -        +      -   +  -   +      -       -
fg                     +      +         -        -      -   -  -   +      +       -
archivaris             -      -         -        -      -   -  -   -      -       -
functioneel-beheerder  +      -         +        +      -   -  -   +      -       -
technisch-beheerder    -      -         -        -      -   -  -   -      +       -
"""
HEAD, *ROWS = [line.split() for line in MATRIX.strip().splitlines()]
CASES = [
    (row[0], place, mark == "+") for row in ROWS for place, mark in zip(HEAD, row[1:], strict=True)
]


@pytest.fixture(scope="module")
def lindekade(django_db_setup, django_db_blocker):
    """The demo's places, people and sections, with a page of each kind; name to address."""
    with django_db_blocker.unblock(), transaction.atomic():
        ContentType.objects.clear_cache()
        places = make_region()
        call_command("sync_roles", verbosity=0)
        make_people(places)
        sections = make_sections()
        set_up_editorial(home=sections.home)
        pages = {
            "open": article("Voor iedereen", below=sections.library),
            "closed": article("Voor het netwerk", below=sections.network),
            "draaiboek": runbook(),
            "training": module(),
        }
        yield {
            **{name: page.url for name, page in pages.items()},
            "beheer": "/beheer/",
            "art": f"/beheer/pages/{pages['open'].pk}/edit/",
            "dr": f"/beheer/pages/{pages['draaiboek'].pk}/edit/",
            "mod": f"/beheer/pages/{pages['training'].pk}/edit/",
            "mensen": "/werkplek/mensen/",
            "logboek": "/werkplek/logboek/",
            "kluis": "/werkplek/meldingen/kluis/",
            "werkplek": "/werkplek/",
        }
        transaction.set_rollback(True)


def enter(client, role):
    """Sign in as the demo account of the role; a visitor without account stays one."""
    if role == "anoniem":
        return None
    user = User.objects.get(email=f"{role}@{DOMAIN}")
    sign_in(client, user)
    return user


def gets_in(client, address):
    """Whether the address answers; a refusal is a 403, a 404, or a way to another page."""
    response = client.get(address)
    assert response.status_code in (200, 302, 403, 404), address
    way = response.headers.get("Location", "")
    assert "/account/2fa/" not in way
    assert response.status_code != 302 or way.startswith(("/account/", "/beheer/"))
    return response.status_code == 200


def test_the_table_has_a_row_for_every_role():
    assert [row[0] for row in ROWS] == ["anoniem", *ROLES]


@pytest.mark.parametrize(("role", "place", "may"), CASES)
def test_a_role_opens_what_the_matrix_gives_it_and_nothing_else(
    lindekade, client, role, place, may
):
    enter(client, role)

    assert gets_in(client, lindekade[place]) == may


@pytest.mark.parametrize("role", [row[0] for row in ROWS])
def test_everybody_reads_what_is_public(lindekade, client, role):
    enter(client, role)

    assert gets_in(client, lindekade["open"])


@pytest.mark.parametrize("role", [row[0] for row in ROWS])
def test_the_werkplek_opens_for_every_account_and_for_nobody_else(lindekade, client, role):
    enter(client, role)

    assert gets_in(client, lindekade["werkplek"]) == (role != "anoniem")


@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("professional", "closed"),
        ("professional", "draaiboek"),
        ("redacteur", "beheer"),
        ("redacteur", "art"),
        ("oov-medewerker", "dr"),
        ("trainingscoordinator", "mod"),
        ("netwerkregisseur", "mensen"),
        ("fg", "logboek"),
        ("meldpuntmedewerker", "kluis"),
    ],
)
def test_a_role_that_ends_closes_its_doors_in_the_middle_of_a_web_session(
    lindekade, client, role, place
):
    user = enter(client, role)
    assert gets_in(client, lindekade[place])

    manager = User.objects.get(email=f"functioneel-beheerder@{DOMAIN}")
    end_role(user.memberships.get(), by=manager)

    assert not gets_in(client, lindekade[place])

"""Teams in totals: for who answers for them, and never a person."""

import pytest
from django.utils import timezone

from knowledge.training.models import CoverageTotal, Enrolment, Learner
from knowledge.training.services import register, teams
from portal.audit.models import AuditEvent
from tests.factories.accounts import MembershipFactory, UserFactory, sign_in
from tests.factories.regions import MunicipalityFactory
from tests.factories.training import course, module_with_test, passed

pytestmark = pytest.mark.django_db
PAGE, FILE = "/werkplek/training/teams/", "/werkplek/training/teams.csv"


@pytest.fixture
def basis():
    return course("Basiscursus")


@pytest.fixture
def page(basis):
    return module_with_test("Herkennen", below=basis)


def team(page, organisation, *, people, valid=0, expiring=0, expired=0, place=None):
    """A team of which so many are so far with a module."""
    ago = [30] * valid + [700] * expiring + [800] * expired
    for number in range(people):
        user = UserFactory(roles=["professional"])
        learner = Learner.objects.create(
            user=user, organisation=organisation, target_group="onderwijs", municipality=place
        )
        if number < len(ago):
            passed(user, page, days_ago=ago[number])
        else:
            Enrolment.objects.create(
                user=user, module=page, learner=learner, invited_at=timezone.now()
            )


def total(**numbers):
    numbers = {"people": 0, "started": 0, "valid": 0, "expiring": 0, "expired": 0, **numbers}
    return CoverageTotal(organisation="Lyceum", target_group="onderwijs", **numbers)


def test_a_team_is_shown_with_each_module_of_the_course(client, basis, page):
    module_with_test("Tweede", below=basis)
    team(page, "Lyceum", people=30, valid=6, expiring=5, expired=7)
    sign_in(client, UserFactory(roles=["regiobeheerder"]))
    html = client.get(PAGE).content.decode()

    assert "Lyceum" in html and "Herkennen" in html and "Tweede" in html
    cell = teams.teams([page], timezone.localdate(), only=register.Q())[0][:5][0].cells[0]
    assert (cell.people, cell.valid, cell.expiring, cell.expired, cell.due) == (30, 11, 5, 7, 12)


def test_no_page_and_no_file_of_teams_names_a_person(client, page):
    team(page, "Lyceum", people=6, valid=6)
    for learner in Learner.objects.select_related("user"):
        learner.user.name = f"Herkenbaar {learner.pk}"
        learner.user.save()
    sign_in(client, UserFactory(roles=["netwerkregisseur"]))
    for raw in (client.get(PAGE).content, b"".join(client.get(FILE))):
        assert b"Herkenbaar" not in raw and b"@" not in raw.split(b"<main")[-1].split(b"</main")[0]


def test_a_network_coordinator_sees_the_own_municipality_only(client, page):
    here, there = MunicipalityFactory(name="Demodam"), MunicipalityFactory(name="Elders")
    team(page, "Lyceum hier", people=6, place=here)
    team(page, "Lyceum daar", people=6, place=there)
    team(page, "Lyceum onbekend", people=6)
    user = UserFactory()
    MembershipFactory(user=user, role="netwerkregisseur", municipality=here)
    sign_in(client, user)
    for address in (PAGE, FILE, f"/werkplek/training/dekking/?module={page.slug}"):
        response = client.get(address)
        text = b"".join(response).decode()
        assert "Lyceum hier" in text, address
        assert "Lyceum daar" not in text and "onbekend" not in text, address
    sign_in(client, UserFactory(roles=["regiobeheerder"]))
    assert "Lyceum daar" in client.get(PAGE).content.decode()


@pytest.mark.parametrize("role", ["professional", "redacteur", "portefeuillehouder", "fg"])
def test_who_has_no_totals_sees_no_teams(client, page, role):
    sign_in(client, UserFactory(roles=[role]))

    assert client.get(PAGE).status_code == 403
    assert client.get(FILE).status_code == 403
    assert not CoverageTotal.objects.exists()


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        # whoever began and never passed would be two: that is worked out from the rest
        ({"people": 24, "started": 18, "valid": 10, "expired": 6}, (18, 10, None, None)),
        # nobody is left over
        ({"people": 24, "started": 16, "valid": 10, "expired": 6}, (16, 10, None, 6)),
        # two have to pass yet, whatever they began
        ({"people": 18, "started": 16, "valid": 10, "expired": 6}, (None, 10, None, None)),
        # four expire soon, and so the others are told as well
        ({"people": 40, "started": 30, "valid": 20, "expiring": 4}, (30, 20, None, None)),
        ({"people": 40, "started": 30, "valid": 20, "expiring": 17}, (30, 20, None, None)),
        ({"people": 40, "started": 30, "valid": 20, "expiring": 8}, (30, 20, 8, None)),
        # what is hidden by itself hides its part
        ({"people": 40, "started": 30, "valid": 4, "expiring": 4}, (30, None, None, None)),
    ],
)
def test_no_number_below_five_can_be_worked_out(numbers, shown):
    cells = register.cells_of(total(**numbers))

    assert tuple(cells[name] for name in ("started", "valid", "expiring", "expired")) == shown


def test_still_to_do_is_told_only_where_the_rest_is():
    assert teams.cell_of(total(people=30, started=20, valid=10, expired=6)).due is None
    assert teams.cell_of(total(people=30, started=21, valid=10, expired=6)).due == 14


def test_the_file_of_teams_says_what_is_hidden_and_holds_no_formula(client, page):
    team(page, "=Lyceum", people=6, valid=2)
    sign_in(client, UserFactory(roles=["regiobeheerder"]))
    text = b"".join(client.get(FILE)).decode()

    assert text.splitlines()[0].split(";") == list(teams.COLUMNS)
    assert "'=Lyceum" in text and "verborgen" in text
    assert AuditEvent.objects.filter(action="training.teams_exported").count() == 1


def test_modules_that_stand_by_themselves_have_a_page_too(client, basis):
    alone = module_with_test("Los van alles")
    team(alone, "Museum", people=6)
    sign_in(client, UserFactory(roles=["regiobeheerder"]))

    html = client.get(f"{PAGE}?course=").content.decode()
    assert "Museum" in html and "Los van alles" in html
    assert "Museum" not in client.get(f"{PAGE}?course={basis.pk}").content.decode()


@pytest.mark.parametrize("number", [2, 12])
def test_teams_cost_the_same_for_few_and_many(client, basis, number, django_assert_num_queries):
    for place in range(number):
        page = module_with_test(f"Module {place}", below=basis)
        team(page, f"Organisatie {place}", people=1)
    sign_in(client, UserFactory(roles=["regiobeheerder"]))
    client.get(PAGE)
    with django_assert_num_queries(13):
        client.get(PAGE)

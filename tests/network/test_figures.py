"""What the network publishes every month is what it counted."""

from datetime import date

import pytest

from network.directory.services.figures import key_figures, organisations
from network.exchange.models import Question
from network.exchange.services.figures import asked, unanswered
from network.map.services.figures import sectors_covered
from network.phenomena.models import MonthlyCount, Phenomenon
from network.phenomena.services.figures import described
from tests.factories.accounts import UserFactory
from tests.factories.network import OrganisationFactory, SectorFactory
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


@pytest.fixture
def place():
    return MunicipalityFactory()


def test_organisations_are_counted_where_they_are_and_not_when_they_stopped(place):
    OrganisationFactory.create_batch(3, municipality=place)
    OrganisationFactory(municipality=None)
    OrganisationFactory(municipality=place, ended_on=MARCH)

    assert organisations(MARCH, APRIL) == {place.pk: 3, None: 1}
    assert key_figures(MARCH, APRIL) == {}


def test_a_sector_is_covered_by_who_works_there_or_everywhere(place):
    sectors = [SectorFactory(name=name) for name in ("Zorg", "Onderwijs", "Sport")]
    OrganisationFactory(municipality=place, sectors=sectors[:1])
    OrganisationFactory(municipality=place, sectors=sectors[:1])
    OrganisationFactory(municipality=None, sectors=sectors[1:2])
    next_door = MunicipalityFactory(name="Polderveen")

    assert sectors_covered(MARCH, APRIL) == {place.pk: 2, next_door.pk: 1}


def test_questions_are_counted_without_what_was_taken_away():
    for day in (MARCH, MARCH, APRIL):
        one = Question.objects.create(by=UserFactory(), title="x", text="y")
        Question.objects.filter(pk=one.pk).update(written_at=f"{day}T12:00Z")
    one.answers.create(by=one.by, text="Ja.")
    Question.objects.create(by=one.by, title="Weg", text="", removed_at=f"{MARCH}T12:00Z")

    assert asked(MARCH, APRIL) == {None: 2}
    assert unanswered(MARCH, APRIL) == {None: 2}


def test_phenomena_are_counted_and_not_how_often_they_were_seen(place):
    for name in ("Filmpjes", "Oproepen"):
        note = Phenomenon.objects.create(
            name=name, slug=name, summary="x", unknown="y", expires_on=APRIL, by=UserFactory()
        )
        MonthlyCount.objects.create(phenomenon=note, month=MARCH, municipality=place, number=4)
        MonthlyCount.objects.create(phenomenon=note, month=APRIL, municipality=place, number=9)

    assert described(MARCH, APRIL) == {place.pk: 2}

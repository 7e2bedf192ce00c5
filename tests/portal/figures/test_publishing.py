"""Every room publishes its months: once, when they are over, without small numbers."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.figures.models import Figure
from portal.figures.months import last_months, next_month
from portal.figures.plots import bars
from portal.figures.publications import Publication, publications, register
from portal.figures.reading import series_of
from portal.figures.services import publish, publish_due
from portal.figures.small_numbers import FEWEST_SHOWN
from tests.factories.accounts import UserFactory
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)
EARLY_IN_APRIL = date(2026, 4, 2)


@pytest.fixture
def places():
    return [MunicipalityFactory(name=name) for name in ("Demodam", "Kadewoude", "Polderveen")]


@pytest.fixture(autouse=True)
def _nothing_else(monkeypatch):
    monkeypatch.setattr("portal.figures.publications._publications", {})


def counted(counts, code="proef", **more):
    made = Publication(code, "Proef", "Wat het zegt", lambda start, end: counts, **more)
    register(made)
    return made


def test_small_numbers_are_hidden_before_they_are_stored(places):
    one, two, three = (place.pk for place in places)

    publish(counted({}), MARCH, {one: 3, two: 9, three: 20})

    stored = dict(Figure.objects.values_list("municipality", "number"))
    assert stored == {one: None, two: None, three: 20}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 12), min_size=3, max_size=3))
def test_no_stored_number_is_small_and_one_that_is_hidden_never_stands_alone(places, numbers):
    with transaction.atomic():
        counts = {place.pk: number for place, number in zip(places, numbers, strict=True)}
        publish(counted({}), MARCH, counts)
        stored = dict(Figure.objects.values_list("municipality", "number"))
        transaction.set_rollback(True)

    shown = [number for number in stored.values() if number is not None]
    assert all(number == 0 or number >= FEWEST_SHOWN for number in shown)
    assert len(stored) - len(shown) != 1
    assert all(stored[key] in (None, counts[key]) for key in stored)


def test_the_database_refuses_a_small_number_about_people():
    values = {"code": "proef", "month": MARCH}
    Figure.objects.create(**values, number=3, is_about_people=False)

    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.create(**{**values, "month": date(2026, 2, 1)}, number=3)


def test_a_month_is_published_once_and_never_changed(places):
    one = counted({places[0].pk: 8})
    publish_due(EARLY_IN_APRIL)
    before = list(Figure.objects.values_list("pk", "number"))

    counted({places[0].pk: 99})
    assert publish_due(EARLY_IN_APRIL) == 0
    publish(one, MARCH, {places[0].pk: 99})

    assert list(Figure.objects.values_list("pk", "number")) == before
    assert len({*Figure.objects.values_list("month", flat=True)}) == 12
    assert not Figure.objects.filter(month__gte=date(2026, 4, 1)).exists()


def test_how_things_stand_is_counted_at_the_turn_of_a_month_only(places):
    counted({places[0].pk: 8}, is_stock=True, is_about_people=False)

    assert publish_due(date(2026, 4, 20)) == 0
    assert publish_due(EARLY_IN_APRIL) == 1
    assert {*Figure.objects.values_list("month", flat=True)} == {MARCH}


def test_what_has_no_place_is_one_number_of_the_whole(places):
    counted({None: 7}, is_by_place=False)

    publish_due(EARLY_IN_APRIL)

    assert {*Figure.objects.values_list("municipality", "number")} == {(None, 7)}


def test_what_a_room_publishes_by_itself_is_not_counted_here(places):
    register(Publication("elders", "x", "y", None))

    assert publish_due(EARLY_IN_APRIL) == 0


def test_the_command_says_how_much_it_published(places, capsys):
    counted({}, is_by_place=False)

    call_command("publish_figures")

    assert "12 table(s) published." in capsys.readouterr().out


def test_a_coordinator_sees_the_own_municipality_and_the_region_sees_all(places):
    made = counted({place.pk: 8 for place in places})
    publish_due(EARLY_IN_APRIL)
    coordinator = UserFactory(roles=["netwerkregisseur"], roles__at=places[0])
    region = UserFactory(roles=["regiobeheerder"])

    def names(user):
        return [
            row.name
            for series in series_of([made], user=user, today=EARLY_IN_APRIL)
            for row in series.rows
        ]

    assert names(coordinator) == ["Demodam"]
    assert names(region) == ["Demodam", "Kadewoude", "Polderveen"]
    assert names(UserFactory(roles=["professional"])) == []


def test_months_turn_with_the_year():
    assert last_months(date(2026, 2, 28), 3) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
    ]
    assert next_month(date(2025, 12, 1)) == date(2026, 1, 1)


def test_a_drawing_says_in_words_what_it_draws():
    drawing = bars([8, None, 0, None], known=[True, True, True, False], highest=16)

    assert 'aria-label="Per maand: 8, verborgen, 0, –"' in drawing
    assert drawing.count("<rect") == 2
    assert drawing.count("<path") == 1


def test_the_rooms_publish_what_they_count(monkeypatch):
    monkeypatch.undo()

    codes = {one.code for one in publications()}
    assert codes >= {
        *("organisaties", "sleutelfiguren", "dekking", "fenomenen", "vragen", "training"),
        *("certificaten", "vragen-zonder-antwoord"),
    }
    publish_due(EARLY_IN_APRIL)
    assert {*Figure.objects.values_list("code", flat=True)} >= {"vragen", "certificaten"}

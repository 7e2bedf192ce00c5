"""PostgreSQL itself keeps municipalities apart, also when the code forgets to (meldpunt.md 6.6)."""

import os

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from meldpunt.reports.models import CodeWrap, Report, SealedModel, SealedPart
from meldpunt.reports.querysets import working_in
from meldpunt.reports.row_security import seeking
from meldpunt.vault.services.codes import keys_of
from tests.factories.meldpunt import report

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=["default", "keystore"])]
SEALED = [model for model in apps.get_models() if issubclass(model, SealedModel)]


@pytest.fixture
def bound(demodam, polderveen):
    """A report in each municipality, and questions put by whom row-level security binds."""
    places = demodam, polderveen
    for place in places:
        place.made, place.code = report(place)
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:  # nothing binds a superuser
            role = f"bound_{os.getpid()}"
            cursor.execute(f"CREATE ROLE {role}")
            cursor.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}")
            cursor.execute(f"SET LOCAL ROLE {role}")
    return places


def every_row(model):
    """All rows, past the managers that keep municipalities apart."""
    return model._base_manager.order_by("pk")


def setting(name="app.municipalities"):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [name])
        return cursor.fetchone()[0]


@pytest.mark.parametrize("model", SEALED, ids=lambda model: model.__name__)
def test_every_sealed_table_is_guarded_from_its_owner_too(db, model):
    """A new one needs ENABLE, FORCE and the policy, as in reports/migrations/0005."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = %s",
            [model._meta.db_table],
        )
        assert cursor.fetchone() == (True, True)
        cursor.execute(
            "SELECT qual, with_check FROM pg_policies WHERE tablename = %s AND cmd = 'ALL'",
            [model._meta.db_table],
        )
        for rule in cursor.fetchone():
            assert "app.municipalities" in rule


def test_abuse_02_postgresql_shows_no_row_of_a_neighbour_though_no_rule_of_ours_asks(bound):
    here, there = bound
    assert {row.municipality_id for row in every_row(Report)} == {here.pk}
    assert not every_row(Report).filter(pk=there.made.pk).exists()
    assert every_row(SealedPart).filter(municipality=there).count() == 0
    with working_in([there.pk]):
        assert {row.municipality_id for row in every_row(Report)} == {there.pk}


def test_abuse_02_postgresql_changes_and_deletes_no_row_of_a_neighbour(bound):
    _here, there = bound
    theirs = every_row(SealedPart).filter(municipality=there)
    assert theirs.update(seq=F("seq") + 100) == 0
    assert theirs.delete()[0] == 0
    with working_in([there.pk]):
        assert theirs.filter(seq__lt=100).count() == theirs.count() > 0


def test_abuse_02_postgresql_takes_no_row_for_a_neighbour(bound):
    here, there = bound
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Report._base_manager.bulk_create([Report(municipality=there, week="2026-W01", epoch=0)])
    mine = every_row(Report).filter(pk=here.made.pk)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        mine.update(municipality=there)  # giving one away is no way either


def test_without_a_municipality_there_are_no_rows(bound):
    with working_in([]):
        for model in SEALED:
            assert not every_row(model).exists()


def test_a_code_finds_its_own_row_and_no_other(bound):
    here, there = bound
    lookup = keys_of(there.code).lookup
    with working_in([]):
        assert CodeWrap.codes.find(lookup=lookup).report_id == there.made.pk
        assert CodeWrap.codes.find(lookup=b"\x00" * 16) is None
        with seeking(lookup):
            assert [row.report_id for row in every_row(CodeWrap)] == [there.made.pk]
            assert not every_row(Report).exists()
        assert not every_row(CodeWrap).exists()


def test_the_database_forgets_with_the_request(demodam, polderveen):
    with working_in([polderveen.pk]):
        assert setting() == str(polderveen.pk)
    assert setting() == str(demodam.pk)
    with working_in([demodam.pk, polderveen.pk]):
        assert setting() == ",".join(map(str, sorted([demodam.pk, polderveen.pk])))


def test_an_error_within_leaves_nothing_behind(demodam, polderveen):
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        working_in([polderveen.pk]),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT 1 / 0")
    assert setting() == str(demodam.pk)
    with pytest.raises(ValueError, match="no"), transaction.atomic(), working_in([polderveen.pk]):
        raise ValueError("no")
    assert setting() == str(demodam.pk)


@pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
def test_a_connection_that_is_made_again_knows_for_whom_it_works(django_db_setup):
    with working_in([7]):
        assert setting() == "7"
        connection.close()
        assert setting() == "7"
    assert setting() == ""
    connection.close()
    assert not setting()

"""Each process does its work with its own database role, and nothing more (meldpunt.md 6.6)."""

from contextlib import contextmanager
from io import StringIO
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connections, transaction
from django.test import Client

from meldpunt.reports.database_roles import ROLES, statements
from meldpunt.reports.models import FileChunk, GuestCopy, HandOver, Report
from meldpunt.reports.services import conversation
from meldpunt.reports.services.certificates import check_hand_over
from meldpunt.reports.services.destruction import order_shredding
from meldpunt.reports.services.reaping import reap
from meldpunt.vault.services.domains import Domain
from portal.audit import sealing
from portal.audit.models import AuditEvent, AuditSeal
from tests.factories import files
from tests.factories.accounts import UserFactory
from tests.factories.meldpunt import PASSPHRASE, browser, report
from tests.factories.pages import home_page
from tests.meldpunt.reports.test_files import addresses, at_the_end, desk_of, send
from tests.meldpunt.reports.test_form import Reporter
from tests.meldpunt.reports.test_guests import TEXT, Desk, opened
from tests.templates import server

DATABASES = ["default", "keystore"]
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=DATABASES)]
DESK = "/werkplek/meldingen/"
MELDPUNT = [model for model in apps.get_models() if model._meta.app_label.startswith("meldpunt_")]


@pytest.fixture(scope="session")
def made_roles(django_db_setup, django_db_blocker):
    """The roles themselves belong to the whole server: they are made before any test."""
    with django_db_blocker.unblock(), server("default") as cursor:
        for line in statements([]):
            if "CREATE ROLE" in line:
                cursor.execute(line)
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            for role in ROLES:
                cursor.execute(f"GRANT {role.name} TO current_user")


@pytest.fixture
def roles(made_roles, demodam):
    """The roles, with their rights in both databases of this test."""
    for alias in DATABASES:
        call_command("meldpunt_database_roles", database=alias, apply=True, verbosity=0)
    return demodam


@contextmanager
def as_role(name):
    """What this process asks, the role asks."""
    for alias in DATABASES:
        with connections[alias].cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {name}")
    yield
    for alias in DATABASES:
        with connections[alias].cursor() as cursor:
            cursor.execute("RESET ROLE")


def refuses(sql, alias="default"):
    """Whether PostgreSQL says that the role may not."""
    try:
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as error:
        return "permission denied" in str(error)
    return False


def test_the_reporters_role_takes_a_report_and_leads_the_way_back(roles):
    with as_role("mp_melden"):
        reporter = Reporter()
        reporter.comes_to_the_end()
        assert reporter.sends().status_code == 200
        code = reporter.code
        client = Client()
        client.get("/meldpunt/code/")
        assert client.post("/meldpunt/code/", {"code": code}).status_code == 302
        assert client.get("/meldpunt/code/").status_code == 200
        said = {"text": "Nog iets.", "message_id": uuid4()}
        assert client.post("/meldpunt/code/bericht/", said).status_code == 302
        fresh = client.post("/meldpunt/code/nieuwe-code/", {"sure": "on"})
        assert fresh.status_code == 200
        assert client.post("/meldpunt/code/intrekken/", {"sure": "on"}).status_code == 302
        assert client.post("/meldpunt/code/stoppen/", {"sure": "on"}).status_code == 200
        assert client.get("/meldpunt/snel-weg/").status_code == 303
    assert Report.objects.count() == 1


def test_the_reporters_role_reads_nothing_but_conversations(roles):
    report(roles, identity={"name": "Noor"})
    with as_role("mp_melden"), connections["default"].cursor() as cursor:
        cursor.execute("SELECT DISTINCT domain FROM meldpunt_reports_sealedpart")
        assert cursor.fetchall() == [("dialogue",)]
        with connections["keystore"].cursor() as keys:
            keys.execute("SELECT DISTINCT domain FROM meldpunt_vault_keystorekey")
            assert keys.fetchall() == [("dialogue",)]
        for sql in (
            "SELECT 1 FROM meldpunt_reports_secretwrap",
            "SELECT 1 FROM meldpunt_reports_indexblob",
            "SELECT 1 FROM meldpunt_reports_tombstone",
            "SELECT 1 FROM meldpunt_vault_staffkeypair",
            "SELECT envelope FROM meldpunt_vault_keywrap",
            "SELECT password FROM accounts_user",
            "SELECT email FROM accounts_user",
            "UPDATE meldpunt_reports_report SET phase = 'closed'",
            "UPDATE meldpunt_reports_sealedpart SET seq = 9",
            "DELETE FROM meldpunt_reports_report",
            "DELETE FROM audit_auditevent",
            "SELECT 1 FROM wagtailcore_page",
        ):
            assert refuses(sql), sql
        for deed in ("UPDATE meldpunt_vault_keystorekey SET domain = 'x'", "DELETE FROM {}"):
            assert refuses(deed.format("meldpunt_vault_keystorekey"), "keystore"), deed


def test_the_workplaces_role_unlocks_reads_and_takes_steps(roles, settings):
    settings.MELDPUNT_REAPER = "apart"
    made, _code = report(roles)
    with as_role("mp_werkplek"):
        desk = browser(roles.holders[0])
        page = desk.post(f"{DESK}kluis/", {"passphrase": PASSPHRASE})
        assert page.status_code == 302, page.content.decode()[2000:6000]
        assert page.headers["Location"] == DESK
        assert desk.get(DESK).status_code == 200
        assert desk.post(f"{DESK}{made.ref}/", {"reason": "handling"}).status_code == 302
        assert "ruzie" in desk.get(f"{DESK}{made.ref}/").content.decode()
        assert desk.post(f"{DESK}{made.ref}/behandelen/").status_code == 302
        note = {"notitie-text": "Ik bel morgen.", "notitie-message_id": uuid4()}
        assert desk.post(f"{DESK}{made.ref}/notitie/", note).status_code == 302
        assert "Ik bel morgen." in desk.get(f"{DESK}{made.ref}/").content.decode()
        for address in ("sleutels/", "teksten/", "overdrachten/"):
            assert desk.get(DESK + address).status_code == 200, address


def test_a_report_goes_next_door_by_three_roles_and_none_does_the_work_of_another(
    roles, polderveen, settings
):
    settings.MELDPUNT_REAPER = "apart"
    made, code = report(roles, identity={"name": "Noor"})
    at = f"{DESK}{made.ref}/"
    with as_role("mp_werkplek"):
        first, second = (browser(one, unlocked=True) for one in roles.holders)
        assert first.post(f"{at}behandelen/").status_code == 302
        asked = {"to": polderveen.pk, "why": "Het plein ligt daar.", "name_goes": "yes"}
        typed = {f"doorgeven-{name}": value for name, value in asked.items()}
        assert first.post(f"{at}doorgeven/", typed).status_code == 302
        assert second.post(at, {"reason": "second"}).status_code == 302
        assert second.post(f"{at}doorgeven/akkoord/").headers["Location"] == DESK
        assert first.get(at).status_code == 404
        neighbour = browser(polderveen.holders[0], unlocked=True)
        assert made.shown_ref in neighbour.get(DESK).content.decode()
        assert refuses("DELETE FROM meldpunt_reports_handover")
        assert refuses("UPDATE meldpunt_reports_handover SET keys = '{}'")
    with as_role("mp_melden"):
        client = Client()
        assert client.post("/meldpunt/code/", {"code": code.formatted}).status_code == 302
        assert "Polderveen" in client.get("/meldpunt/code/").content.decode()
        assert refuses("SELECT keys FROM meldpunt_reports_handover")
        assert refuses("DELETE FROM meldpunt_reports_handover")
    with as_role("mp_reaper"):
        reap(roles)
        assert refuses("UPDATE meldpunt_reports_codewrap SET lookup = ''")
        assert refuses("UPDATE meldpunt_reports_handover SET keys = '{}'")
        assert refuses("INSERT INTO meldpunt_reports_handover DEFAULT VALUES")
    assert check_hand_over(HandOver.objects.get()).holds
    with as_role("mp_werkplek"):
        assert neighbour.post(at, {"reason": "handling"}).status_code == 302
        assert "ruzie" in neighbour.get(at).content.decode()


def test_the_workplaces_role_destroys_nothing_and_sees_no_code(roles):
    report(roles)
    with as_role("mp_werkplek"):
        for sql in (
            "DELETE FROM meldpunt_reports_report",
            "DELETE FROM meldpunt_reports_sealedpart",
            "DELETE FROM meldpunt_reports_tombstone",
            "SELECT 1 FROM meldpunt_reports_codewrap",
            "SELECT 1 FROM meldpunt_reports_reportervisit",
            "UPDATE audit_auditevent SET actor = 'x'",
            "DELETE FROM audit_auditevent",
            "TRUNCATE audit_auditevent",
            "INSERT INTO audit_auditseal (chain, seq, seal) VALUES ('x', 1, '')",
        ):
            assert refuses(sql), sql
        assert refuses("DELETE FROM meldpunt_vault_keystorekey", "keystore")
        assert refuses("UPDATE meldpunt_vault_keystorekey SET domain = 'x'", "keystore")


def test_a_copy_for_a_guest_is_made_and_ended_by_the_workplace_and_destroyed_by_the_reaper(
    roles, settings
):
    settings.MELDPUNT_REAPER = "apart"
    came_in = report(roles)
    with as_role("mp_werkplek"):
        desk = Desk(roles, came_in)
        copy = desk.shares()
        assert opened(copy, browser(desk.guest)) == TEXT
        assert desk.handler.post(f"{desk.at}gast/{copy.pk}/einde/").status_code == 302
        assert refuses("DELETE FROM meldpunt_reports_guestcopy")
        assert refuses("UPDATE meldpunt_reports_guestcopy SET ends_on = '2099-01-01'")
        assert refuses("UPDATE meldpunt_reports_guestcopy SET guest = 'x'")
    with as_role("mp_melden"):
        assert refuses("SELECT 1 FROM meldpunt_reports_guestcopy")
    with as_role("mp_reaper"):
        reap(roles)
        assert refuses("UPDATE meldpunt_reports_guestcopy SET was_ended = false")
    assert not GuestCopy.objects.exists()


def test_the_reapers_role_destroys_and_makes_nothing(roles, settings):
    settings.MELDPUNT_REAPER = "apart"
    made, code = report(roles)
    order_shredding(made, Domain.INTERNAL, rule="verzoek")
    with as_role("mp_reaper"):
        assert reap(roles).destroyed == 1
        assert refuses("SELECT 1 FROM accounts_user")
        assert refuses("INSERT INTO meldpunt_reports_report DEFAULT VALUES")
        assert refuses("SELECT 1 FROM meldpunt_vault_keywrap")
        assert refuses("INSERT INTO meldpunt_vault_keystorekey VALUES ('a', 'b', '')", "keystore")
    with pytest.raises(conversation.CodeUnknown):
        conversation.open_conversation(code)


def test_the_signers_role_seals_the_trail_and_reads_no_report(roles, settings, tmp_path):
    settings.AUDIT_SEAL_DIR = str(tmp_path)
    report(roles)
    chain = AuditEvent.objects.filter(action="report.received").get().chain
    with as_role("mp_signer"):
        sealing.begin(chain)
        assert AuditSeal.objects.filter(chain=chain).exists()
        for model in MELDPUNT:
            if not getattr(model, "lives_in_keystore", False):
                assert refuses(f"SELECT 1 FROM {model._meta.db_table}"), model
        assert refuses("INSERT INTO audit_auditevent (chain) VALUES ('x')")


def test_abuse_13_the_editors_role_gets_permission_denied_on_every_table_of_the_meldpunt(roles):
    report(roles)
    with as_role("mp_cms"):
        for model in MELDPUNT:
            alias = "keystore" if getattr(model, "lives_in_keystore", False) else "default"
            table, key = model._meta.db_table, model._meta.pk.column
            for sql in (
                f"SELECT 1 FROM {table}",
                f"DELETE FROM {table}",
                f"UPDATE {table} SET {key} = {key}",
                f"TRUNCATE {table}",
            ):
                assert refuses(sql, alias), sql


def test_the_editors_role_serves_the_public_site(roles, client):
    home_page()
    with as_role("mp_cms"):
        for address in ("/", "/zoeken/", "/account/login/"):
            assert client.get(address, follow=True).status_code == 200, address


def test_the_command_prints_what_it_would_do(roles):
    out = StringIO()
    call_command("meldpunt_database_roles", stdout=out)
    assert "GRANT SELECT" in out.getvalue()
    assert "mp_cms" in out.getvalue()
    assert 'GRANT SELECT ON "meldpunt_reports_report" TO mp_cms' not in out.getvalue()


def test_every_table_that_a_role_is_given_exists(db):
    known = set(connections["default"].introspection.table_names())
    for role in ROLES:
        assert set(role.tables) <= known | {"portal_cache"}, role.name


@pytest.mark.clamav
def test_files_come_in_with_one_role_are_seen_with_another_and_die_with_a_third(
    takes_files, roles, settings
):
    with as_role("mp_melden"):
        reporter = at_the_end()
        sent = [files.sent(files.photo()) for _count in range(2)]
        assert send(reporter, *sent, origineel="on").status_code == 200
        client = Client()
        client.post("/meldpunt/code/", {"code": reporter.code})
        said = {"text": "Nog een.", "message_id": uuid4(), "bestanden": files.sent(files.photo())}
        assert client.post("/meldpunt/code/bericht/", said).status_code == 302
        assert refuses("SELECT 1 FROM meldpunt_reports_filechunk")
        assert refuses("UPDATE meldpunt_reports_uploadsetting SET is_on = false")
    made = Report.objects.get()
    with as_role("mp_werkplek"):
        desk = desk_of(roles, made)
        found = addresses(desk, made)
        assert len(found) == 3
        assert {desk.get(f"{one}1/").status_code for one in found} == {200}
        assert refuses("DELETE FROM meldpunt_reports_filechunk")
    settings.MELDPUNT_REAPER = "apart"
    order_shredding(made, Domain.INTERNAL, rule="proef")
    with as_role("mp_reaper"):
        reap(roles)
    assert not FileChunk.objects.exists()


def test_the_editor_gets_a_kind_answer_when_a_meldpunt_hangs_on_a_municipality(roles):
    report(roles)
    home_page()
    manager = browser(UserFactory(roles=["functioneel-beheerder"]))
    with as_role("mp_cms"):
        page = manager.post(f"/beheer/regions/municipality/delete/{roles.pk}/", follow=True)
        assert page.status_code == 200
        assert "Demodam blijft staan" in page.content.decode()
    assert Report.objects.count() == 1

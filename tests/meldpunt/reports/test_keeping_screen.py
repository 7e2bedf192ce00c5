from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from meldpunt.reports.models import Hold, Report, RightsRequest
from meldpunt.reports.services.destruction import destroy_report
from meldpunt.reports.services.reading import read_report
from meldpunt.reports.workflow import Phase, ReadReason
from meldpunt.vault.services.holders import desk_is_open
from portal.audit.models import AuditEvent
from portal.regions.models import ZoneSwitch
from tests.factories.accounts import UserFactory
from tests.factories.meldpunt import browser, report, work_on

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
PAGE, FG_PAGE = "/werkplek/meldingen/bewaren/", "/werkplek/meldingen/toezicht/"


@pytest.fixture
def fg():
    return browser(UserFactory(roles=["fg"]))


def day(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def test_the_fg_pauses_a_destruction_and_the_desk_agrees(demodam, fg):
    made, _code = report(demodam)
    until = timezone.localdate() + timedelta(days=30)
    fields = {"gemeente": demodam.slug, "nummer": made.shown_ref, "reden": "court"}
    assert fg.post(f"{PAGE}pauze/", fields | day("tot", until)).status_code == 302
    hold = Hold.objects.get()
    own = fg.post(f"{PAGE}pauze/{hold.pk}/akkoord/", {"gemeente": demodam.slug})
    assert own.status_code == 404
    desk = browser(demodam.holders[0])
    assert "Een rechtszaak" in desk.get(PAGE).content.decode()
    desk.post(f"{PAGE}pauze/{hold.pk}/akkoord/", {"gemeente": demodam.slug})
    assert Hold.objects.get().confirmed_by == demodam.holders[0].reference


def test_a_wrong_reference_or_day_is_told_at_the_field(demodam, fg):
    fields = {"gemeente": demodam.slug, "nummer": "7K2M-9QXD", "reden": "court"}
    page = fg.post(f"{PAGE}pauze/", fields | day("tot", timezone.localdate()))
    assert page.status_code == 400
    assert "niet van deze gemeente" in page.content.decode()
    page = fg.post(f"{PAGE}pauze/", {"gemeente": demodam.slug, "nummer": "\x00", "reden": "x"})
    assert page.status_code == 400
    assert not Hold.objects.exists()


def test_the_desk_registers_a_request_and_two_people_erase(demodam):
    made, _code = report(demodam)
    first, second = (browser(person) for person in demodam.holders)
    fields = {"gemeente": demodam.slug, "recht": "erasure", "verzoek_nummer": made.ref}
    first.post(f"{PAGE}verzoek/", fields | day("ontvangen", timezone.localdate()))
    asked = RightsRequest.objects.get()
    place = {"gemeente": demodam.slug}
    first.post(f"{PAGE}verzoek/{asked.pk}/antwoord/", place | {"antwoord": "granted"})
    assert first.post(f"{PAGE}verzoek/{asked.pk}/akkoord/", place).status_code == 404
    assert second.post(f"{PAGE}verzoek/{asked.pk}/akkoord/", place).status_code == 302
    assert RightsRequest.objects.get().answered_by == demodam.holders[1].reference


def test_a_certificate_is_shown_and_checked(demodam, fg):
    made, _code = report(demodam)
    destroy_report(made, rule="retention term", by="system")
    page = fg.get(f"{PAGE}bewijs/{made.pk}/", {"gemeente": demodam.slug}).content.decode()
    assert made.shown_ref in page
    assert "Er is geen sleutel meer" in page
    assert "niet genoemd" not in page


def test_a_neighbour_sees_and_does_nothing_here(demodam, polderveen):
    made, _code = report(demodam)
    destroy_report(made, rule="x", by="system")
    neighbour = browser(polderveen.holders[0])
    assert neighbour.get(PAGE, {"gemeente": demodam.slug}).status_code == 404
    assert made.shown_ref not in neighbour.get(PAGE).content.decode()
    proof = f"{PAGE}bewijs/{made.pk}/"
    assert neighbour.get(proof).status_code == 404
    assert neighbour.get(proof, {"gemeente": demodam.slug}).status_code == 404
    fields = {"gemeente": demodam.slug, "nummer": made.ref, "reden": "court"}
    assert neighbour.post(f"{PAGE}pauze/", fields).status_code == 404


def test_only_the_fg_supervises(demodam, fg):
    made, _code = report(demodam)
    person = demodam.holders[0]
    work, keys = work_on(made, person)
    read_report(work, reason=ReadReason.HANDLING, keys=keys, by=person)
    page = fg.get(FG_PAGE, {"gemeente": demodam.slug}).content.decode()
    assert "report.opened" in page
    assert str(person) in page
    assert browser(person).get(FG_PAGE).status_code == 404
    manager = browser(UserFactory(roles=["functioneel-beheerder"]))
    assert manager.get(FG_PAGE).status_code == 404
    assert manager.get(PAGE).status_code == 404


def test_the_fg_checks_the_trail(demodam, fg):
    report(demodam)
    page = fg.post(FG_PAGE, {"gemeente": demodam.slug}).content.decode()
    assert "past op" in page


@pytest.mark.parametrize(("days", "is_told"), [(364, False), (366, True)])
def test_a_dpia_that_nobody_looked_at_for_a_year_is_told_to_the_fg_and_the_manager(
    demodam, fg, days, is_told, capsys
):
    looked_at = timezone.localdate() - timedelta(days=days)
    ZoneSwitch.objects.filter(municipality=demodam).update(confirmed_on=looked_at)
    assert ("langer dan een jaar geleden" in fg.get(FG_PAGE).content.decode()) == is_told
    call_command("meldpunt_check")
    assert ("more than a year ago" in capsys.readouterr().out) == is_told
    assert desk_is_open(demodam)  # nobody who needs it finds a shut door for this


def test_reading_at_night_stands_out(demodam, fg):
    year, week, _day = timezone.localdate().isocalendar()
    AuditEvent.objects.create(
        chain=f"gemeente:{demodam.slug}",
        seq=900,
        moment=f"{year}-W{week:02}-1T03",
        actor=demodam.holders[0].reference,
        action="report.opened",
        digest=b"\x00" * 32,
    )
    assert "geopend in de nacht" in fg.get(FG_PAGE).content.decode()


def test_a_reaper_that_stays_away_shows(demodam, fg):
    made, _code = report(demodam)
    ended = timezone.localdate() - timedelta(days=3)
    Report.objects.filter(pk=made.pk).update(
        phase=Phase.CLOSED, destroy_on=ended, destroy_latest_on=ended
    )
    assert "had al weg moeten zijn" in fg.get(PAGE).content.decode()


@pytest.mark.parametrize("many", [2, 12])
def test_the_page_asks_a_fixed_number_of_queries(demodam, fg, many, django_assert_max_num_queries):
    for _ in range(many):
        made, _code = report(demodam)
        destroy_report(made, rule="x", by="system")
    with django_assert_max_num_queries(24):
        fg.get(PAGE, {"gemeente": demodam.slug})

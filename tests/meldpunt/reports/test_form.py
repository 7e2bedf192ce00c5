import re
from html import unescape

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from meldpunt.reports.forms.questionnaire import STEPS, steps_for
from meldpunt.reports.models import Report
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services import intake
from meldpunt.vault.keystore import KeystoreKey
from portal.regions.models import Area

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
ANSWERS = {
    "soort": {"kind": "worry"},
    "waarneming": {"observed_facts": "Ik zag ruzie op het plein.", "source": "self"},
    "zorg": {"change": "", "relation": "seen", "contact": "no", "done": ""},
    "advies": {"advice_question": "Hoe begin ik een gesprek?", "tried": ""},
    "spanning": {"issue": "Een filmpje.", "trend": "more", "bridge": ""},
    "online": {"platform": "social", "reach": "public", "offline": ""},
    "incident": {"ongoing": "over", "police": "no", "impact": ""},
    "gedachten": {"interpretation": "Ik denk aan spanning.", "wish": ""},
    "tegenspraak": {"counter_indications": "", "nothing_known": "on"},
    "waar-en-wanneer": {"period": "week", "area": "unknown", "place": "street"},
    "haast": {"urgency": "normal", "called": ""},
    "over-u": {"capacity": "resident", "name": "", "contact": "", "organisation": ""},
}


def sealed_in(response):
    found = re.search(r'name="antwoorden" value="([^"]+)"', response.content.decode())
    return found[1] if found else ""


class Reporter:
    """Somebody with a browser, who fills in one page after the other."""

    def __init__(self, language=""):
        self.client, self.language = Client(), language
        self.page = self.client.get(f"{language}/meldpunt/")

    def begins(self, place="demodam"):
        self.page = self.client.post(f"{self.language}/meldpunt/melden/", {"gemeente": place})
        return self.page

    def answers(self, step, go="verder", **changes):
        data = {**ANSWERS.get(step, {}), "antwoorden": sealed_in(self.page), "ga": go, **changes}
        self.page = self.client.post(f"{self.language}/meldpunt/melden/{step}/", data)
        return self.page

    def comes_to_the_end(self, **changes):
        self.begins()
        for step in steps_for(changes.get("soort", {}).get("kind", "worry")):
            self.answers(step, **changes.get(step.replace("-", "_"), {}))
        return self.page

    def sends(self):
        self.page = self.client.post(
            f"{self.language}/meldpunt/melden/controle/",
            {"antwoorden": sealed_in(self.page), "ga": "verder"},
        )
        return self.page

    @property
    def text(self):
        return unescape(self.page.content.decode())

    @property
    def code(self):
        return re.search(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{2}", self.text)[0]


def test_the_first_thing_to_read_is_112(demodam):
    page = Client().get("/meldpunt/").content.decode()
    assert 0 < page.index("tel:112") < page.index("<h1")
    assert page.index("tel:112") < page.index('name="gemeente"')


def test_a_report_goes_from_first_page_to_code(demodam):
    reporter = Reporter()
    reporter.comes_to_the_end()
    assert "Ik zag ruzie op het plein." in reporter.text
    assert not Report.objects.exists()
    reporter.sends()
    assert reporter.page.status_code == 200
    assert Report.objects.count() == 1
    assert reporter.code
    reporter.page = reporter.client.post(
        "/meldpunt/melden/bewaard/",
        {"antwoorden": sealed_in(reporter.page), "last": reporter.code[-5:]},
    )
    assert reporter.page.status_code == 200
    assert "f" not in reporter.client.cookies or not reporter.client.cookies["f"].value


def test_before_sending_nothing_is_stored_anywhere(demodam):
    reporter = Reporter()
    reporter.comes_to_the_end()
    assert not Report.objects.exists()
    assert not KeystoreKey.objects.using("keystore").exists()
    assert "sessionid" not in reporter.client.cookies


def test_wrong_last_symbols_show_the_code_once_more(demodam):
    reporter = Reporter()
    reporter.comes_to_the_end()
    reporter.sends()
    code = reporter.code
    reporter.page = reporter.client.post(
        "/meldpunt/melden/bewaard/", {"antwoorden": sealed_in(reporter.page), "last": "0000"}
    )
    assert reporter.page.status_code == 400
    assert reporter.code == code


def test_the_code_can_be_saved_as_a_file_with_a_name_that_says_nothing(demodam):
    reporter = Reporter()
    reporter.comes_to_the_end()
    reporter.sends()
    file = reporter.client.post(
        "/meldpunt/melden/code.txt", {"antwoorden": sealed_in(reporter.page)}
    )
    assert reporter.code in file.content.decode()
    assert file["Content-Disposition"] == 'attachment; filename="code.txt"'


def test_sending_twice_within_ten_minutes_shows_the_same_code(demodam):
    reporter = Reporter()
    reporter.comes_to_the_end()
    check = reporter.page
    reporter.sends()
    first = reporter.code
    reporter.page = check
    reporter.sends()
    assert reporter.code == first
    assert Report.objects.count() == 1


def test_who_saw_no_answer_because_the_server_died_gets_the_code_by_sending_again(
    demodam, monkeypatch
):
    reporter = Reporter()
    reporter.comes_to_the_end()
    check = reporter.page

    def dies(*args, **kwargs):
        raise SystemExit

    with monkeypatch.context() as patched, pytest.raises(SystemExit):
        patched.setattr(intake, "_proof", dies)  # the report is stored, the answer never comes
        reporter.sends()
    assert Report.objects.count() == 1
    reporter.page = check
    reporter.sends()
    assert reporter.code
    assert Report.objects.count() == 1


def test_what_is_noted_of_a_sent_form_points_at_no_report(demodam):
    reporter = Reporter()
    reporter.comes_to_the_end()
    reporter.sends()
    report = Report.objects.get()
    (noted,) = [name for name in cache._cache if "ontvangst" in name]
    with working_in([report.municipality_id]):
        known = [report.ref, report.pk.hex, bytes(report.code_wrap.lookup).hex()]
    assert not [name for name in known if name in noted]


def test_later_the_code_is_shown_no_more(demodam):
    reporter = Reporter()
    reporter.comes_to_the_end()
    check = reporter.page
    reporter.sends()
    code = reporter.code
    cache.clear()  # ten minutes later
    reporter.page = check
    reporter.sends()
    assert code not in reporter.text
    assert Report.objects.count() == 1


def test_changing_an_answer_from_the_last_page_keeps_all_others(demodam):
    reporter = Reporter()
    reporter.comes_to_the_end()
    reporter.answers("controle", go="wijzig:gedachten")
    assert "Ik denk aan spanning." in reporter.text
    reporter.answers("gedachten", interpretation="Ik weet het niet zeker.")
    assert "Ik weet het niet zeker." in reporter.text
    assert "Ik zag ruzie op het plein." in reporter.text
    assert 'value="wijzig:soort"' in reporter.text


def test_going_back_keeps_what_was_just_typed(demodam):
    reporter = Reporter()
    reporter.begins()
    reporter.answers("soort")
    reporter.answers("waarneming", go="terug", observed_facts="Half af")
    reporter.answers("soort")
    assert "Half af" in reporter.text


def test_switching_language_keeps_what_was_typed(demodam):
    reporter = Reporter()
    reporter.begins()
    reporter.answers("soort")
    reporter.language = "/en"
    reporter.answers("waarneming", go="blijf", observed_facts="Half af")
    assert "Half af" in reporter.text
    assert '<html lang="en"' in reporter.text


def test_danger_now_shows_112_before_the_next_question(demodam):
    reporter = Reporter()
    reporter.begins()
    for step in steps_for("worry")[:6]:
        reporter.answers(step)
    reporter.answers("haast", urgency="now")
    assert "tel:112" in reporter.text and 'name="capacity"' not in reporter.text
    reporter.answers("haast", urgency="now", called="1")
    assert 'name="capacity"' in reporter.text


@pytest.mark.parametrize(
    "detail",
    ["111222333", "06 12345678", "noor@voorbeeld.nl", "@noor_demo", "GB-002-X", "tiktok.com/@noor"],
)
def test_personal_details_are_noticed_and_let_through(demodam, detail):
    reporter = Reporter()
    reporter.begins()
    reporter.answers("soort")
    reporter.answers("waarneming", observed_facts=f"Zijn gegevens: {detail} zag ik.")
    assert 'value="toch"' in reporter.text and detail in reporter.text
    reporter.answers("waarneming", go="toch", observed_facts=f"Zijn gegevens: {detail} zag ik.")
    assert 'name="relation"' in reporter.text


@pytest.mark.parametrize("harmless", ["Het was in 2026.", "Om 14.30 uur.", "Groep 8 en 12 mensen."])
def test_ordinary_text_is_not_noticed(demodam, harmless):
    reporter = Reporter()
    reporter.begins()
    reporter.answers("soort")
    reporter.answers("waarneming", observed_facts=harmless)
    assert 'name="relation"' in reporter.text


def test_not_knowing_what_contradicts_is_an_answer_and_nothing_is_not(demodam):
    reporter = Reporter()
    reporter.begins()
    for step in steps_for("worry")[:4]:
        reporter.answers(step)
    assert reporter.answers("tegenspraak", nothing_known="").status_code == 400
    assert 'name="period"' in reporter.answers("tegenspraak").content.decode()


def test_no_question_asks_who_it_is_about():
    names = {name for form in STEPS.values() for name in form.base_fields}
    assert not names & {"subject", "person", "person_name", "address", "birth_date", "bsn"}
    assert {"name", "contact", "organisation"} <= set(STEPS["over-u"].base_fields)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "nonsense"},
        {"kind": ""},
        {"kind": "worry\x00"},
        {"kind": "worry", "municipality": "polderveen"},
        {"kind": "worry", "__proto__": "x"},
        {"ga": "elders"},
        {"antwoorden": "AAAA"},
        {"antwoorden": "\x00"},
        {"antwoorden": ""},
        {"kind": "x" * 1_000_000},
    ],
)
def test_what_no_browser_sends_gets_a_kind_400_and_nothing_is_stored(demodam, change):
    reporter = Reporter()
    reporter.begins()
    page = reporter.answers("soort", **change)
    assert page.status_code == 400
    assert "<h1" in page.content.decode()
    assert not Report.objects.exists()


@pytest.mark.parametrize("text", ["a\x00b", "x" * 1_000_000, "x" * 8001])
def test_text_that_can_not_be_stored_is_refused_kindly(demodam, text):
    reporter = Reporter()
    reporter.begins()
    reporter.answers("soort")
    assert reporter.answers("waarneming", observed_facts=text).status_code == 400


def test_a_lone_surrogate_never_becomes_a_500(demodam):
    reporter = Reporter()
    reporter.begins()
    reporter.answers("soort")
    body = f"antwoorden={sealed_in(reporter.page)}&ga=verder&source=self&observed_facts=%ED%A0%80"
    page = reporter.client.post(
        "/meldpunt/melden/waarneming/", body, content_type="application/x-www-form-urlencoded"
    )
    assert page.status_code < 500


def test_ten_thousand_fields_are_refused(demodam):
    reporter = Reporter()
    reporter.begins()
    page = reporter.answers("soort", **{f"veld{number}": "x" for number in range(10_000)})
    assert page.status_code == 400


@pytest.mark.parametrize("step", ["-1", "bestaat-niet", "versturen", "0"])
def test_a_step_that_does_not_exist_is_404(demodam, step):
    assert Client().get(f"/meldpunt/melden/{step}/").status_code == 404


def test_a_step_without_a_visit_explains_and_asks_to_start(demodam):
    assert Client().get("/meldpunt/melden/over-u/").status_code == 200


def test_steps_can_not_be_skipped(demodam):
    reporter = Reporter()
    reporter.begins()
    sealed = sealed_in(reporter.page)
    page = reporter.client.post(
        "/meldpunt/melden/controle/", {"antwoorden": sealed, "ga": "verder"}
    )
    assert page.status_code == 400
    assert not Report.objects.exists()


def test_the_sealed_field_of_another_visitor_is_refused(demodam):
    somebody, other = Reporter(), Reporter()
    somebody.begins()
    other.begins()
    other.page = somebody.page
    assert other.answers("soort").status_code == 400


def test_a_visit_that_took_too_long_gives_the_typed_text_back(demodam):
    reporter = Reporter()
    with time_machine.travel("2026-11-24 10:00", tick=False):
        reporter.begins()
        reporter.answers("soort")
    with time_machine.travel("2026-11-24 14:00", tick=False):
        page = reporter.answers("waarneming", observed_facts="Dit had ik al getypt, heel lang.")
    assert page.status_code == 400
    assert "Dit had ik al getypt, heel lang." in reporter.text


def test_a_municipality_with_one_holder_has_no_form_and_shows_its_phone(demodam):
    demodam.meldpunt_phone = "088 000 00 10"
    demodam.save()
    from meldpunt.vault.models import KeyWrap

    KeyWrap.objects.filter(holder=demodam.holders[0]).delete()
    reporter = Reporter()
    assert 'value="demodam"' not in reporter.text
    assert "088 000 00 10" in reporter.text
    assert reporter.begins().status_code == 400


def test_when_the_desk_closes_while_typing_the_text_stays(demodam):
    reporter = Reporter()
    reporter.comes_to_the_end()
    from meldpunt.vault.models import KeyWrap

    KeyWrap.objects.filter(holder=demodam.holders[0]).delete()
    assert reporter.sends().status_code == 503
    assert "Ik zag ruzie op het plein." in reporter.text
    assert not Report.objects.exists()


def test_an_area_of_another_municipality_is_refused(demodam, polderveen):
    stranger = Area.objects.get(municipality=polderveen)
    reporter = Reporter()
    reporter.begins()
    for step in steps_for("worry")[:5]:
        reporter.answers(step)
    assert reporter.answers("waar-en-wanneer", area=str(stranger.pk)).status_code == 400


def test_the_name_of_the_reporter_is_not_among_the_answers(demodam):
    reporter = Reporter()
    reporter.comes_to_the_end(over_u={"name": "Noor Jansen", "contact": "06 12345678"})
    reporter.sends()
    from meldpunt.reports.services.reading import read_report
    from meldpunt.reports.workflow import ReadReason
    from tests.factories.meldpunt import work_on

    work, keys = work_on(Report.objects.get(), demodam.holders[0])
    opened = read_report(work, reason=ReadReason.HANDLING, keys=keys, by=demodam.holders[0])
    assert "Noor" not in str(opened)
    assert "Noor" not in str(opened.answers)
    assert opened.work.entry.has_identity


def test_without_a_csrf_token_nothing_is_sent(demodam):
    client = Client(enforce_csrf_checks=True)
    page = client.post("/meldpunt/melden/", {"gemeente": "demodam"})
    assert page.status_code == 403


def test_every_page_carries_the_headers_of_the_sealed_surface(demodam):
    reporter = Reporter()
    for page in (reporter.page, reporter.begins(), reporter.client.get("/meldpunt/niets/")):
        assert page["Cache-Control"] == "no-store"
        assert page["Referrer-Policy"] == "same-origin"
        assert page["X-Frame-Options"] == "DENY"
        assert page["Cross-Origin-Opener-Policy"] == "same-origin"
        assert page["Cross-Origin-Embedder-Policy"] == "require-corp"
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
        assert "trusted-types 'none'" in page["Content-Security-Policy"]
        assert "unsafe" not in page["Content-Security-Policy"]
    assert "X-Robots-Tag" not in reporter.client.get("/meldpunt/")
    assert reporter.client.get("/meldpunt/code/")["X-Robots-Tag"].startswith("noindex")


def test_quick_exit_goes_away_and_forgets(demodam):
    reporter = Reporter()
    reporter.begins()
    page = reporter.client.get("/meldpunt/snel-weg/")
    assert page.status_code == 303
    assert page["Clear-Site-Data"] == '"cache"'
    assert page["Location"].startswith("https://")
    assert not reporter.client.cookies["f"].value

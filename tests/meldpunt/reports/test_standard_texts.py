import pytest
from django.core.exceptions import PermissionDenied

from meldpunt.reports.models import Channel, IndexEntry, Kind, Language, StandardText, Urgency
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services import standard_texts
from meldpunt.reports.workflow import STEPS, ReportState, TextUse
from portal.audit.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.meldpunt import browser, report
from tests.meldpunt.reports.test_desk import MINIMISED, address

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
TEXTS = "/werkplek/meldingen/teksten/"


def fields(place, **changes):
    return {
        "municipality": place.pk,
        "use": "feedback",
        "language": "nl",
        "title": "Dank",
        "text": "Dank u wel.",
        **changes,
    }


@pytest.fixture
def client(demodam):
    return browser(demodam.holders[0], unlocked=True)


@pytest.mark.parametrize("language", Language)
def test_every_end_state_has_a_feedback_text_in_both_languages(demodam, language):
    texts = set()
    for start, to in STEPS:
        if to is not ReportState.CLOSED:
            continue
        entry = IndexEntry(
            kind=Kind.WORRY,
            urgency=Urgency.NORMAL,
            channel=Channel.WEB,
            language=language,
            received="2026-11-02",
            state=start,
        )
        found = standard_texts.choices_for(TextUse.FEEDBACK, entry, municipality=demodam)
        assert found, start
        texts.add(found[0].text)
    assert len(texts) == 5
    assert all(("Dank u wel" in text or "U hebt" in text) == (language == "nl") for text in texts)


def test_a_text_of_the_own_meldpunt_is_made_changed_and_deleted(demodam, client):
    assert client.post(TEXTS + "nieuw/", fields(demodam)).status_code == 302
    text = StandardText.objects.get()
    assert "Dank u wel." in client.get(TEXTS).content.decode()
    client.post(f"{TEXTS}{text.pk}/", fields(demodam, text="Hartelijk dank."))
    text.refresh_from_db()
    assert text.text == "Hartelijk dank."
    client.post(f"{TEXTS}{text.pk}/weg/")
    assert not StandardText.objects.exists()
    assert AuditEvent.objects.filter(action="report.standard_text_changed").count() == 3


def test_the_same_title_twice_is_said_at_the_field(demodam, client):
    client.post(TEXTS + "nieuw/", fields(demodam))
    page = client.post(TEXTS + "nieuw/", fields(demodam))
    assert page.status_code == 400
    assert "title" in page.context["form"].errors


@pytest.mark.parametrize("text", ["BSN 111222333", "Kijk op @iemand123", "Kenteken XX-123-X", ""])
def test_a_standard_text_is_never_about_a_person(demodam, client, text):
    assert client.post(TEXTS + "nieuw/", fields(demodam, text=text)).status_code == 400
    assert not StandardText.objects.exists()


def test_a_service_can_be_named_with_its_telephone_number(demodam, client):
    page = client.post(TEXTS + "nieuw/", fields(demodam, text="Bel het wijkteam: 020 123 45 67."))
    assert page.status_code == 302


def test_somebody_elsewhere_neither_sees_nor_changes_it(demodam, polderveen, client):
    client.post(TEXTS + "nieuw/", fields(demodam))
    text = StandardText.objects.get()
    theirs = browser(polderveen.holders[0], unlocked=True)
    assert "Dank u wel." not in theirs.get(TEXTS).content.decode()
    assert theirs.get(f"{TEXTS}{text.pk}/").status_code == 404
    assert theirs.post(f"{TEXTS}{text.pk}/", fields(demodam)).status_code == 404
    assert theirs.post(f"{TEXTS}{text.pk}/weg/").status_code == 404
    assert theirs.post(TEXTS + "nieuw/", fields(demodam)).status_code == 400
    with working_in([demodam.pk]), pytest.raises(PermissionDenied):
        standard_texts.save_text(text, by=polderveen.holders[0])
    assert browser(UserFactory(roles=["redacteur"])).get(TEXTS).status_code == 404


def test_a_chosen_text_lands_in_the_box_and_is_sent_only_when_the_handler_sends_it(demodam, client):
    made, code = report(demodam)
    client.post(address(made, "behandelen"))
    client.post(TEXTS + "nieuw/", fields(demodam, use="advice", text="Blijf in gesprek."))
    text = StandardText.objects.get()
    page = client.get(address(made, "stap", "advised"), {"tekst": str(text.pk)})
    assert page.context["form"]["advice"].value() == "Blijf in gesprek."
    page = client.get(address(made), {"tekst": "message-0"})
    assert "twee weken" in page.context["message_form"]["text"].value()
    assert page.context["opened"].messages == []
    page = client.get(address(made, "stap", "advised"), {"tekst": "feedback-0"})
    assert not page.context["form"]["advice"].value()
    page = client.post(address(made, "stap", "advised"), {"advice": "Eigen woorden.", **MINIMISED})
    assert page.status_code == 302

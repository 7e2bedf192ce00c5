"""Every kind has its own questions, and the form helps to write without people in it."""

import pytest

from meldpunt.reports.forms.personal_data import name_in, notices_in, opinions_in
from meldpunt.reports.forms.questionnaire import OWN, STEPS, steps_for
from meldpunt.reports.models import Kind, Report
from meldpunt.reports.services import reading
from meldpunt.reports.workflow import ReadReason
from tests.factories.meldpunt import browser, work_on
from tests.meldpunt.reports.test_form import ANSWERS, Reporter, sealed_in

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
FORBIDDEN = ("faith", "religion", "origin", "nationality", "geloof", "herkomst", "name_of", "url")


def answers_of(place):
    made = Report.objects.get()
    work, keys = work_on(made, place.holders[0])
    opened = reading.read_report(work, reason=ReadReason.HANDLING, keys=keys, by=place.holders[0])
    return work, opened.answers


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", ["", "/en"])
def test_every_kind_goes_from_first_page_to_code_with_its_own_questions(demodam, kind, language):
    reporter = Reporter(language)
    reporter.comes_to_the_end(soort={"kind": kind})
    assert reporter.sends().status_code == 200
    work, answers = answers_of(demodam)
    assert work.entry.kind is kind
    own = set(OWN[kind].base_fields)
    others = {name for form in OWN.values() for name in form.base_fields} - own
    assert own & set(answers)
    assert not others & set(answers)


@pytest.mark.parametrize("kind", Kind)
def test_no_own_question_asks_what_may_not_be_asked(kind):
    form = OWN[kind]
    for name, field in form.base_fields.items():
        assert not any(word in name for word in FORBIDDEN)
        assert not any(word in str(field.label).lower() for word in FORBIDDEN)


def test_who_asks_advice_gets_fewer_pages():
    assert "gedachten" not in steps_for("advice")
    assert len(steps_for("advice")) < len(steps_for("worry"))
    assert set().union(*(steps_for(kind) for kind in Kind)) == set(STEPS)


def test_a_page_of_another_kind_is_refused(demodam):
    reporter = Reporter()
    reporter.begins()
    reporter.answers("soort", kind="worry")
    reporter.answers("waarneming")
    page = reporter.client.post(
        "/meldpunt/melden/spanning/",
        {**ANSWERS["spanning"], "antwoorden": sealed_in(reporter.page), "ga": "verder"},
    )
    assert page.status_code == 400
    assert not Report.objects.exists()


def test_what_was_typed_for_another_kind_is_not_sent_along(demodam):
    reporter = Reporter()
    reporter.begins()
    reporter.answers("soort", kind="worry")
    reporter.answers("waarneming")
    reporter.answers("zorg", change="Hij komt niet meer.")
    reporter.answers("gedachten", go="terug")
    reporter.answers("zorg", go="terug", change="Hij komt niet meer.")
    reporter.answers("waarneming", go="terug")
    reporter.answers("soort", kind="incident")
    for step in steps_for("incident")[1:]:
        reporter.answers(step)
    reporter.sends()
    _work, answers = answers_of(demodam)
    assert "change" not in answers
    assert answers["ongoing"] == "over"


def test_staff_read_the_answers_beside_their_own_questions(demodam):
    reporter = Reporter()
    reporter.comes_to_the_end(soort={"kind": "online"})
    reporter.sends()
    client = browser(demodam.holders[0], unlocked=True)
    ref = Report.objects.get().ref
    page = client.post(f"/werkplek/meldingen/{ref}/", {"reason": "handling"}, follow=True)
    assert "Sociale media" in page.content.decode()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gisteren zag ik Jan Jansen op het plein.", "Jan Jansen"),
        ("Jan de Vries riep iets.", "Jan de Vries"),
        ("Zijn vriend heet Mohammed.", "Mohammed"),
        ("mevrouw Pietersen woont daar", "Pietersen"),
        ("I saw Emma Smith there.", "Emma Smith"),
        ("Fatima El Amrani was erbij.", "Fatima El Amrani"),
        ("Op het plein stond een groep. De Groep riep.", ""),
        ("In Demodam was het druk. Het Plein was vol.", ""),
        ("Sinds Maandag is het onrustig.", ""),
        ("een jongen van 16 uit mijn klas", ""),
        ("Het Nieuwe Havenkwartier is groot.", ""),
    ],
)
def test_what_looks_like_a_name_is_found(text, name):
    assert name_in(text, known={"Demodam", "Nieuwe Havenkwartier"}) == name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ik denk dat hij gevaarlijk is.", True),
        ("He is radicalising fast.", True),
        ("Volgens mij liegt hij.", True),
        ("Hij zei twee keer dat geweld mag.", False),
    ],
)
def test_a_thought_between_the_facts_is_noticed(text, found):
    assert bool(opinions_in(text)) is found


@pytest.mark.parametrize(
    "text",
    [
        "BSN 111222333",
        "06 12345678",
        "a@b.nl",
        "@iemand_x",
        "GB-002-X",
        "tiktok.com/@x",
        "Jan Smit",
    ],
)
def test_every_notice_says_what_to_write_instead(text):
    [notice, *_rest] = notices_in(text)
    assert str(notice.instead)


def test_a_name_is_noticed_with_a_suggestion_and_never_blocked(demodam):
    reporter = Reporter()
    reporter.begins()
    reporter.answers("soort")
    facts = {"observed_facts": "Jan Jansen riep op het plein."}
    reporter.answers("waarneming", **facts)
    assert "“Jan Jansen”" in reporter.text and "een buurman" in reporter.text
    reporter.answers("waarneming", go="toch", **facts)
    assert 'name="relation"' in reporter.text


def test_a_place_of_the_municipality_is_no_name(demodam):
    reporter = Reporter()
    reporter.begins()
    reporter.answers("soort")
    reporter.answers("waarneming", observed_facts="Bij het Havenkwartier Demodam was ruzie.")
    assert 'name="relation"' in reporter.text

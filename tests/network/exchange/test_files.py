"""Documents in groups: who sees them, which are taken, who takes them away, and what nobody hears."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, transaction

from network.exchange.models import Choices, Group, Question, SharedFile
from network.exchange.services.files import TooMany, remove, share
from network.exchange.services.posts import take_away
from network.exchange.services.rules import accept_rules
from network.exchange.workflow import Removal
from portal.files.documents import DocumentKind, NotTaken, document_kind
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.files import EICAR, pdf, photo
from tests.factories.regions import MunicipalityFactory
from tests.factories.scanner import Clamd

pytestmark = pytest.mark.django_db
SECRET = "Rooster van de winterploeg.pdf"


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def writer():
    return person()


@pytest.fixture
def question(writer):
    group = Group.objects.create(
        name="Winterploeg", slug="winterploeg", is_closed=True, municipality=MunicipalityFactory()
    )
    group.members.add(writer)
    return Question.objects.create(by=writer, title="Wie komt er?", text="Graag.", group=group)


def person(role="professional", **more):
    made = UserFactory(roles=[role], **more)
    accept_rules(by=made)
    return made


def sent(content=None, name="rooster.pdf"):
    return SimpleUploadedFile(name, pdf() if content is None else content)


def shared(question, by=None, name="rooster.pdf", **more):
    return share(sent(name=name), question, by=by or question.by, **more)


def bytes_of(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def archive(*names, **contents):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            entry = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
            made.writestr(entry, contents.get(name, "x"))
    return out.getvalue()


def test_a_member_adds_a_document_and_the_group_reads_it(client, question, settings):
    sign_in(client, question.by)
    address = f"/netwerk/vragen/{question.pk}/bestand/"
    assert client.get(address).status_code == 200

    assert client.post(address, {"file": sent()}).url == question.get_absolute_url()

    file = SharedFile.objects.get()
    assert (file.name, file.kind, file.size, file.by) == (
        "rooster.pdf",
        "pdf",
        len(pdf()),
        question.by,
    )
    assert "rooster.pdf" in client.get(question.get_absolute_url()).content.decode()
    answer = client.get(file.get_absolute_url())
    assert answer.getvalue() == pdf()
    assert answer["Content-Disposition"] == 'attachment; filename="rooster.pdf"'
    assert answer["Cache-Control"].startswith("private, no-store")
    assert "sandbox" in answer["Content-Security-Policy"]
    (lies,) = bytes_of(settings)
    assert "rooster" not in str(lies.relative_to(settings.MEDIA_ROOT))


def test_an_answer_gets_a_document_of_who_wrote_it_only(client, question):
    colleague = person()
    question.group.members.add(colleague)
    answered = question.answers.create(by=colleague, text="Ik.")
    address = f"/netwerk/vragen/antwoord/{answered.pk}/bestand/"
    sign_in(client, question.by)
    assert client.get(address).status_code == 404
    with pytest.raises(PermissionDenied):
        shared(question, answered=answered)

    sign_in(client, colleague)
    client.post(address, {"file": sent(name="lijst.pdf")})

    assert SharedFile.objects.get().answer == answered
    page = client.get(question.get_absolute_url())
    assert [one.name for one in page.context["answers"][0].shown_files] == ["lijst.pdf"]


@pytest.mark.parametrize("role", ["professional", "redacteur", "meldpuntmedewerker", None])
def test_who_is_not_in_a_closed_group_sees_no_trace_of_its_files(client, question, role):
    file = shared(question, name=SECRET)
    addresses = [
        file.get_absolute_url(),
        f"/netwerk/vragen/{question.pk}/bestand/",
        "/netwerk/vragen/groepen/winterploeg/",
        "/netwerk/vragen/groepen/winterploeg/bestanden/",
    ]
    if role:
        sign_in(client, person(role) if role != "redacteur" else UserFactory(roles=[role]))

    for address in addresses:
        assert client.get(address).status_code == (404 if role else 302), address
    taken = client.post(f"{file.get_absolute_url()}weg/")
    assert taken.status_code == (404 if role else 302)
    if role:
        assert "Winterploeg" not in client.get("/netwerk/vragen/groepen/").content.decode()
    assert SharedFile.objects.exists()


def test_no_public_address_leads_to_the_bytes(client, question, settings):
    file = shared(question)

    for address in (
        settings.MEDIA_URL + file.content.name,
        f"/documenten/{file.pk}/{file.name}",
        f"/bestanden/1/{Path(file.content.name).name}",
    ):
        assert client.get(address, follow=True).status_code == 404


def test_who_leaves_the_group_or_the_network_reads_nothing_any_more(client, question):
    file = shared(question)
    sign_in(client, question.by)
    answer = client.get(file.get_absolute_url())
    assert answer.getvalue() == pdf()

    client.post("/netwerk/vragen/groepen/winterploeg/lidmaatschap/")
    assert client.get(file.get_absolute_url()).status_code == 404

    question.group.members.add(question.by)
    question.by.memberships.update(ended_at="2020-01-01T00:00Z")
    assert client.get(file.get_absolute_url()).status_code == 404


def test_the_list_sorts_pages_and_costs_the_same_for_few_and_for_many(
    client, question, django_assert_num_queries, settings
):
    settings.EXCHANGE_FILE_LIMITS = {**settings.EXCHANGE_FILE_LIMITS, "question": 99, "day": 99}
    sign_in(client, question.by)
    address = "/netwerk/vragen/groepen/winterploeg/bestanden/"
    for number in (2, 1):
        shared(question, name=f"stuk {number}.pdf")
    client.get(address)

    with django_assert_num_queries(9):
        page = client.get(address + "?sorteer=naam")
    assert [one.name for one in page.context["page"]] == ["stuk 1.pdf", "stuk 2.pdf"]
    assert 'aria-sort="ascending"' in page.content.decode()
    assert client.get(address + "?sorteer=-naam").context["page"][0].name == "stuk 2.pdf"
    assert client.get(address).context["page"][0].name == "stuk 1.pdf"  # the newest
    for number in range(3, 31):
        shared(question, name=f"stuk {number}.pdf")
    with django_assert_num_queries(9):
        page = client.get(address + "?sorteer=naam")
    assert len(page.context["page"]) == 25
    assert client.get(address + "?sorteer=grootte&page=2").context["page"].number == 2


def test_a_question_costs_the_same_with_few_and_with_many_files(
    client, question, django_assert_num_queries
):
    sign_in(client, question.by)
    address = question.get_absolute_url()
    question.answers.create(by=question.by, text="Ja.")
    shared(question)
    client.get(address)

    with django_assert_num_queries(14):
        client.get(address)
    for number in range(9):
        shared(question, name=f"stuk {number}.pdf")
        question.answers.create(by=question.by, text="Ja.")
    with django_assert_num_queries(14):
        client.get(address)


def test_who_shared_a_document_takes_it_back_and_its_bytes_go(
    client, question, settings, django_capture_on_commit_callbacks
):
    file = shared(question)
    sign_in(client, question.by)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{file.get_absolute_url()}weg/")

    assert not SharedFile.objects.exists()
    assert bytes_of(settings) == []
    assert mail.outbox == []


def test_a_member_takes_away_nothing_of_somebody_else(client, question):
    file = shared(question)
    colleague = person()
    question.group.members.add(colleague)
    sign_in(client, colleague)

    assert client.post(f"{file.get_absolute_url()}weg/").status_code == 404
    assert client.get(f"/werkplek/netwerk/moderatie/bestand/{file.pk}/").status_code == 403
    with pytest.raises(PermissionDenied):
        remove(file, why=Removal.RULES, by=colleague)


def test_a_moderator_takes_a_document_away_with_a_reason_and_the_letter_says_nothing_of_it(
    client, question, settings, django_capture_on_commit_callbacks
):
    file = shared(question, name=SECRET)
    sign_in(client, UserFactory(roles=["netwerkregisseur"]))
    address = f"/werkplek/netwerk/moderatie/bestand/{file.pk}/"
    assert client.post(address, {"why": ""}).status_code == 422

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"why": "persoon"})

    (letter,) = mail.outbox
    words = letter.subject + letter.body
    assert letter.to == [question.by.email]
    assert "/meldpunt/" in words
    assert "/netwerk/vragen/huisregels/" in words
    assert not any(word in words for word in ("winterploeg", "Winterploeg", "Rooster", "Wie komt"))
    assert bytes_of(settings) == []


def test_what_a_moderator_takes_away_takes_its_files_along(
    question, settings, django_capture_on_commit_callbacks
):
    answered = question.answers.create(by=question.by, text="Ja.")
    shared(question)
    shared(question, answered=answered)
    coordinator = UserFactory(roles=["netwerkregisseur"])

    with django_capture_on_commit_callbacks(execute=True):
        take_away(answered, why=Removal.RULES, by=coordinator)
    assert SharedFile.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        take_away(question, why=Removal.RULES, by=coordinator)

    assert not SharedFile.objects.exists()
    assert bytes_of(settings) == []


@pytest.mark.parametrize(
    "name",
    [
        "Jan de Vries.pdf",
        "verslag_Fatima_El_Amrani.pdf",
        "Verslag-Jan-Jansen.pdf",
        "AB-12-CD.pdf",
        "bsn 111222333.pdf",
        "jan@voorbeeld.example.pdf",
    ],
)
def test_a_name_of_a_file_says_nothing_about_a_person(client, question, name):
    sign_in(client, question.by)

    response = client.post(f"/netwerk/vragen/{question.pk}/bestand/", {"file": sent(name=name)})

    assert response.status_code == 422
    assert "Dat hoort bij het meldpunt" in response.content.decode()
    assert not SharedFile.objects.exists()


def test_a_tick_says_that_it_is_no_name(client, question):
    sign_in(client, question.by)
    data = {"file": sent(name="Verslag Winteroverleg.pdf"), "is_no_person": "on"}

    assert client.post(f"/netwerk/vragen/{question.pk}/bestand/", data).status_code == 302


WORD = archive("[Content_Types].xml", "word/document.xml")
ODT = archive("mimetype", "content.xml", mimetype="application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", pdf()),
        ("a.docx", WORD),
        ("A.DOCX", WORD),
        ("a.xlsx", archive("[Content_Types].xml", "xl/workbook.xml")),
        ("a.pptx", archive("[Content_Types].xml", "ppt/presentation.xml")),
        ("a.odt", ODT),
        ("a.txt", "Één regel.".encode()),
        ("a.csv", b"a;b\r\n1;2\r\n"),
    ],
)
def test_a_document_is_what_its_name_and_its_bytes_say(name, content):
    assert document_kind(name, io.BytesIO(content)) == DocumentKind(name.lower().split(".")[-1])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", WORD),
        ("a.docx", pdf()),
        ("a.docx", archive("[Content_Types].xml", "xl/workbook.xml")),
        ("a.docx", archive("[Content_Types].xml", "word/document.xml", "xl/workbook.xml")),
        ("a.docx", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("a.docx", archive("word/document.xml")),
        ("a.docx", WORD[:40]),
        ("a.docx", b"PK\x03\x04" + bytes(60)),
        ("a.docx", archive()),
        ("a.odt", archive("content.xml", "mimetype")),
        ("a.odt", archive("mimetype", mimetype="application/vnd.oasis.opendocument.spreadsheet")),
        ("a.odt", archive("mimetype", "Basic/Standard/Module1.xml", mimetype=ODT)),
        ("a.txt", b"MZ\x90\x00"),
        ("a.txt", b""),
        ("a.jpg", photo()),
        ("a.pdf", photo()),
        ("a.exe", b"MZ"),
        ("a.svg", b"<svg/>"),
        ("a.html", b"<p>"),
        ("pdf", pdf()[:0]),
        ("a.docm", WORD),
    ],
)
def test_what_is_no_such_document_is_refused(client, question, name, content):
    with pytest.raises(NotTaken):
        document_kind(name, io.BytesIO(content))
    sign_in(client, question.by)
    address = f"/netwerk/vragen/{question.pk}/bestand/"

    assert client.post(address, {"file": sent(content, name)}).status_code == 422
    assert not SharedFile.objects.exists()


def test_a_file_that_is_too_large_is_refused(client, question, settings):
    settings.EXCHANGE_FILE_LIMITS = {**settings.EXCHANGE_FILE_LIMITS, "file": 100}
    sign_in(client, question.by)

    response = client.post(f"/netwerk/vragen/{question.pk}/bestand/", {"file": sent()})

    assert response.status_code == 422
    assert bytes_of(settings) == []


@pytest.mark.parametrize("limit", ["question", "day"])
def test_there_is_an_end_to_how_many_are_shared(client, question, settings, limit):
    settings.EXCHANGE_FILE_LIMITS = {**settings.EXCHANGE_FILE_LIMITS, limit: 1}
    shared(question)
    sign_in(client, question.by)

    with pytest.raises(TooMany):
        shared(question)
    response = client.post(f"/netwerk/vragen/{question.pk}/bestand/", {"file": sent()})
    assert response.status_code == 422
    assert SharedFile.objects.count() == 1


def test_a_question_to_the_whole_network_takes_no_files(client, writer):
    question = Question.objects.create(by=writer, title="Wie kent een les?", text="Graag.")
    sign_in(client, writer)

    assert client.get(f"/netwerk/vragen/{question.pk}/bestand/").status_code == 403
    with pytest.raises(PermissionDenied):
        shared(question)


def test_who_only_reads_shares_nothing(client, question):
    reader = UserFactory(roles=["redacteur"])
    question.group.members.add(reader)
    sign_in(client, reader)

    assert client.get(question.get_absolute_url()).status_code == 200
    assert client.post(f"/netwerk/vragen/{question.pk}/bestand/").status_code == 403


def test_the_house_rules_come_before_the_first_document(client, question):
    newcomer = UserFactory(roles=["professional"])
    question.group.members.add(newcomer)
    sign_in(client, newcomer)
    address = f"/netwerk/vragen/{question.pk}/bestand/"

    assert client.post(address, {"file": sent()}).status_code == 422
    assert client.post(address, {"file": sent(), "rules": "on"}).status_code == 302


def test_a_digest_says_nothing_of_files_and_groups(question, writer):
    shared(question, name=SECRET)
    other = person()
    question.group.members.add(other)
    Choices.objects.create(user=other, rhythm="dag", quiet_from="00:00", quiet_until="00:00")

    call_command("send_digests", execute=True)

    (letter,) = mail.outbox
    assert not any(word in letter.subject + letter.body for word in ("Rooster", "interploeg"))


def test_the_database_refuses_an_unknown_kind(question):
    file = shared(question)

    with pytest.raises(IntegrityError), transaction.atomic():
        SharedFile.objects.filter(pk=file.pk).update(kind="exe")


# --- The scanner ------------------------------------------------------------------------


def test_without_a_scanner_a_document_says_that_nobody_scanned_it(client, question):
    file = shared(question)
    sign_in(client, question.by)

    assert not file.is_scanned
    assert (
        "niet gecontroleerd op virussen" in client.get(question.get_absolute_url()).content.decode()
    )


def test_a_scanner_that_is_down_means_that_no_file_is_taken(client, question, settings, tmp_path):
    settings.PORTAL_CLAMAV_SOCKET = str(tmp_path / "none")
    sign_in(client, question.by)

    response = client.post(f"/netwerk/vragen/{question.pk}/bestand/", {"file": sent()})

    assert response.status_code == 422
    assert "Wij kunnen nu geen bestanden controleren" in response.content.decode()
    assert not SharedFile.objects.exists()
    assert bytes_of(settings) == []


@pytest.mark.clamav
def test_a_real_scanner_lets_a_document_pass_and_stops_a_harmful_one(
    client, question, settings, tmp_path
):
    sign_in(client, question.by)
    address = f"/netwerk/vragen/{question.pk}/bestand/"
    with Clamd(tmp_path) as running:
        settings.PORTAL_CLAMAV_SOCKET = running.socket
        assert client.post(address, {"file": sent()}).status_code == 302
        response = client.post(address, {"file": sent(EICAR, "a.txt")})

    assert response.status_code == 422
    assert "schadelijk" in response.content.decode()
    assert [(one.name, one.is_scanned) for one in SharedFile.objects.all()] == [
        ("rooster.pdf", True)
    ]
    assert len(bytes_of(settings)) == 1

"""A reporter sends files along; the desk sees safe copies, with a reason and a trace."""

import io
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from meldpunt.reports.forms.questionnaire import steps_for
from meldpunt.reports.models import FileChunk, Report, UploadSetting
from meldpunt.reports.services.destruction import destroy_report, shred_domain
from meldpunt.vault.services.domains import Domain
from portal.audit.models import AuditEvent
from tests.factories import files
from tests.factories.meldpunt import PASSPHRASE, browser
from tests.meldpunt.reports.test_form import Reporter, sealed_in

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.clamav]
CHECK, MESSAGE = "/meldpunt/melden/controle/", "/meldpunt/code/bericht/"


def at_the_end(language=""):
    reporter = Reporter(language)
    reporter.comes_to_the_end()
    return reporter


def send(reporter, *sent, **more):
    data = {"antwoorden": sealed_in(reporter.page), "ga": "verder", "bestanden": list(sent), **more}
    reporter.page = reporter.client.post(reporter.language + CHECK, data)
    return reporter.page


def report_with(*sent, **more):
    """A report that came in with these files, and who sent it."""
    reporter = at_the_end()
    assert send(reporter, *sent, **more).status_code == 200
    assert reporter.code
    return Report.objects.get(), reporter


def desk_of(place, made, who=0):
    """The browser of somebody of the desk who gave a reason and opened the report."""
    client = browser(place.holders[who], unlocked=True)
    assert (
        client.post(f"/werkplek/meldingen/{made.ref}/", {"reason": "handling"}).status_code == 302
    )
    return client


def shown(client, made):
    return client.get(f"/werkplek/meldingen/{made.ref}/")


def addresses(client, made):
    """Where the files of a report are, on its page."""
    text = shown(client, made).content.decode()
    return sorted(set(re.findall(rf"/werkplek/meldingen/{made.ref}/bijlagen/[0-9a-f-]+/", text)))


def large_text():
    return files.sent(b"a" * (9 * 1024 * 1024), "x.txt", "text/plain")


def trail(action):
    return AuditEvent.objects.filter(action=action).count()


def without_a_file(**data):
    """The form as a browser sends it when nobody chose a file: the field is there, and empty."""
    parts = [(name, "", value) for name, value in data.items()]
    parts.append(("bestanden", '; filename=""\r\nContent-Type: application/octet-stream', ""))
    body = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}\r\n'
        for name, more, value in parts
    )
    return {"data": f"{body}--x--\r\n", "content_type": "multipart/form-data; boundary=x"}


def test_who_chooses_no_file_sends_and_writes_as_before(takes_files):
    reporter = at_the_end()
    sent = without_a_file(antwoorden=sealed_in(reporter.page), ga="verder")
    reporter.page = reporter.client.post(CHECK, **sent)
    assert reporter.page.status_code == 200
    assert reporter.code

    back = Client()
    back.post("/meldpunt/code/", {"code": reporter.code})
    written = without_a_file(text="Er is meer.", message_id=uuid4())
    assert back.post(MESSAGE, **written).status_code == 302
    assert "Er is meer." in back.get("/meldpunt/code/").content.decode()


def test_a_photo_comes_in_as_a_safe_copy_without_its_name_and_place(takes_files):
    made, _reporter = report_with(
        files.sent(files.photo_with_place("Kanarie"), name="kanarienaam.jpg")
    )
    client = desk_of(takes_files, made)
    (address,) = addresses(client, made)

    page = client.get(address).content.decode()
    picture = client.get(f"{address}1/")

    assert "kanarienaam" not in page + shown(client, made).content.decode()
    assert picture["Content-Type"] == "image/jpeg"
    assert b"Kanarie" not in picture.content
    assert Image.open(io.BytesIO(picture.content)).size == (40, 30)
    assert "niets schadelijks gevonden" in shown(client, made).content.decode()
    assert trail("report.attachment_opened") == 1


def test_every_page_of_a_pdf_is_looked_at_by_itself(takes_files):
    made, _reporter = report_with(files.sent(files.pdf(pages=3), "brief.pdf", "application/pdf"))
    client = desk_of(takes_files, made)
    (address,) = addresses(client, made)

    assert "Pagina 2 van 3" in client.get(f"{address}?page=2").content.decode()
    assert client.get(f"{address}3/").status_code == 200
    assert client.get(f"{address}4/").status_code == 404
    assert client.get(f"{address}0/").status_code == 404


def test_a_text_is_shown_as_text(takes_files):
    evil = "<script>alert(1)</script> één"
    made, _reporter = report_with(files.sent(evil.encode(), "brief.txt", "text/plain"))
    client = desk_of(takes_files, made)
    (address,) = addresses(client, made)

    page = client.get(address).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt; één" in page
    assert trail("report.attachment_opened") == 1
    assert client.get(f"{address}1/").status_code == 404


def test_without_a_choice_only_the_copy_is_kept(takes_files):
    made, _reporter = report_with(files.sent(files.photo()))
    client = desk_of(takes_files, made)
    (address,) = addresses(client, made)

    assert "origineel" not in shown(client, made).content.decode()
    assert client.get(f"{address}origineel/").status_code == 404
    assert client.post(f"{address}origineel/", {"passphrase": PASSPHRASE}).status_code == 404


def test_an_original_is_saved_after_the_passphrase_and_shown_by_no_browser(takes_files):
    photo = files.photo_with_place()
    made, _reporter = report_with(files.sent(photo, "../<b>naam.jpg"), origineel="on")
    client = desk_of(takes_files, made)
    (address,) = addresses(client, made)

    assert client.get(f"{address}origineel/").status_code == 200
    assert client.post(f"{address}origineel/", {"passphrase": "verkeerd"}).status_code == 400
    assert trail("report.original_downloaded") == 0
    saved = client.post(f"{address}origineel/", {"passphrase": PASSPHRASE})

    assert saved.content == photo
    assert saved["Content-Type"] == "application/octet-stream"
    assert saved["Content-Disposition"] == 'attachment; filename="bijlage-1.bin"'
    assert saved["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in saved["Content-Security-Policy"]
    assert "script-src" not in saved["Content-Security-Policy"]
    assert saved["Cache-Control"] == "no-store"
    assert trail("report.original_downloaded") == 1


def test_an_original_stays_when_the_scanner_is_away(takes_files, settings, tmp_path):
    made, _reporter = report_with(files.sent(files.photo()), origineel="on")
    client = desk_of(takes_files, made)
    (address,) = addresses(client, made)
    settings.MELDPUNT_CLAMAV_SOCKET = str(tmp_path / "none")

    page = client.post(f"{address}origineel/", {"passphrase": PASSPHRASE})

    assert page.status_code == 503
    assert "De scanner geeft geen antwoord" in page.content.decode()


def test_a_municipality_that_keeps_no_originals_keeps_none(takes_files):
    UploadSetting.objects.update(keeps_originals=False)
    reporter = at_the_end()
    assert 'name="origineel"' not in reporter.text
    send(reporter, files.sent(files.photo()), origineel="on")
    made = Report.objects.get()
    client = desk_of(takes_files, made)

    assert "origineel" not in shown(client, made).content.decode()


def test_files_come_with_a_later_message_too_and_the_code_shows_none_of_them(takes_files):
    made, reporter = report_with()
    client = Client()
    client.post("/meldpunt/code/", {"code": reporter.code})
    data = {
        "text": "Hierbij.",
        "message_id": str(uuid4()),
        "bestanden": [files.sent(files.photo())],
    }
    assert client.post(MESSAGE, data).status_code == 302
    assert (
        client.post(MESSAGE, data | {"bestanden": [files.sent(files.photo())]}).status_code == 302
    )

    page = client.get("/meldpunt/code/").content.decode()
    assert "U stuurde 1 bestand mee" in page
    assert "bijlagen" not in page
    assert "<img" not in page
    desk = desk_of(takes_files, made)
    (address,) = addresses(desk, made)
    assert desk.get(f"{address}1/").status_code == 200
    assert "Bij een bericht" in shown(desk, made).content.decode()


def test_a_conversation_holds_no_more_than_its_bound(takes_files, settings):
    made, reporter = report_with()
    client = Client()
    client.post("/meldpunt/code/", {"code": reporter.code})
    photo = files.photo()
    limits = settings.MELDPUNT_UPLOAD_LIMITS
    settings.MELDPUNT_UPLOAD_LIMITS = limits | {"together": 2 * len(photo) - 1}

    def write():
        sent = [files.sent(photo)]
        data = {"text": "Nog een.", "message_id": str(uuid4()), "bestanden": sent}
        return client.post(MESSAGE, data)

    assert write().status_code == 302
    page = write()
    assert page.status_code == 400
    assert "samen" in page.content.decode()
    assert "Nog een." in page.content.decode()


def test_a_conversation_holds_no_more_files_than_its_bound(takes_files, settings):
    _made, reporter = report_with()
    client = Client()
    client.post("/meldpunt/code/", {"code": reporter.code})
    settings.MELDPUNT_UPLOAD_LIMITS = settings.MELDPUNT_UPLOAD_LIMITS | {"conversation": 1}
    pages = []
    for _turn in range(2):
        sent = [files.sent(files.photo())]
        data = {"text": "Nog een.", "message_id": str(uuid4()), "bestanden": sent}
        pages.append(client.post(MESSAGE, data))

    assert [page.status_code for page in pages] == [302, 400]
    assert "al veel bestanden" in pages[1].content.decode()


def test_when_a_message_is_warned_about_the_files_must_be_chosen_again(takes_files):
    _made, reporter = report_with()
    client = Client()
    client.post("/meldpunt/code/", {"code": reporter.code})
    data = {"text": "Bel 06-12345678.", "message_id": str(uuid4())}

    page = client.post(MESSAGE, data | {"bestanden": [files.sent(files.photo())]})

    assert "Kies uw bestanden opnieuw" in page.content.decode()
    assert not FileChunk.objects.exists()


def test_without_a_file_a_report_goes_as_before(takes_files):
    reporter = at_the_end()
    assert 'enctype="multipart/form-data"' in reporter.text
    reporter.sends()
    assert reporter.code
    assert not FileChunk.objects.exists()


def test_where_files_are_off_the_page_says_so_and_none_is_dropped_without_a_word(demodam):
    reporter = at_the_end()
    assert "U kunt hier geen bestanden sturen" in reporter.text
    assert "multipart" not in reporter.text

    page = send(reporter, files.sent(files.photo()))

    assert page.status_code == 400
    assert "Dit meldpunt neemt geen bestanden aan" in reporter.text
    assert not Report.objects.exists()
    reporter.sends()
    assert reporter.code


def test_a_colleague_on_the_telephone_sends_no_files(takes_files):
    desk = browser(takes_files.holders[0], unlocked=True)
    link = desk.post("/werkplek/meldingen/telefoon/", {"gemeente": takes_files.slug})["Location"]
    reporter = Reporter()
    reporter.page = reporter.client.post(link)
    for step in steps_for("worry"):
        reporter.answers(step)

    assert 'name="bestanden"' not in reporter.text
    assert send(reporter, files.sent(files.photo())).status_code == 400
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: [files.sent(files.EICAR, "x.txt", "text/plain")], "kan schadelijk zijn"),
        (lambda: [files.sent(b"", "x.txt", "text/plain")], "is leeg"),
        (lambda: [files.sent(files.photo()) for _count in range(6)], "hoogstens 5 bestanden"),
        (lambda: [files.sent(b"a" * (10 * 1024 * 1024 + 1), "x.txt", "text/plain")], "10 MB"),
        (lambda: [large_text() for _count in range(3)], "25 MB"),
        (lambda: [files.sent(b"MZ\0", "x.exe", "application/octet-stream")], "soort bestand"),
        (lambda: [files.sent(files.moving_webp(), "x.webp", "image/webp")], "bewegende"),
        (lambda: [files.sent(files.pdf(pages=51), "x.pdf", "application/pdf")], "50 pagina"),
        (lambda: [files.sent(files.photo()[:300])], "niet openen"),
        (lambda: [files.sent(files.png_of(12_000), "x.png", "image/png")], "te groot"),
        # one that is good does not save one that is not
        (lambda: [files.sent(files.photo()), files.sent(b"GIF89a", "a.gif")], "soort bestand"),
    ],
)
def test_a_refusal_is_said_at_the_field_and_nothing_is_lost(takes_files, make, told):
    reporter = at_the_end()

    page = send(reporter, *make())

    assert page.status_code == 400
    assert told in reporter.text
    assert 'aria-invalid="true"' in reporter.text
    assert "Ik zag ruzie op het plein." in reporter.text
    assert not Report.objects.exists()
    assert not FileChunk.objects.exists()
    reporter.sends()
    assert reporter.code
    assert not FileChunk.objects.exists()


def test_without_a_scanner_files_are_refused_and_the_text_still_goes(
    takes_files, settings, tmp_path
):
    settings.MELDPUNT_CLAMAV_SOCKET = str(tmp_path / "none")
    reporter = at_the_end()

    page = send(reporter, files.sent(files.photo()))

    assert page.status_code == 503
    assert "Wij kunnen bestanden nu niet controleren" in reporter.text
    assert not Report.objects.exists()
    reporter.sends()
    assert reporter.code
    assert not FileChunk.objects.exists()


def test_sending_twice_keeps_a_file_once(takes_files):
    reporter = at_the_end()
    check = reporter.page
    send(reporter, files.sent(files.photo()))
    before = FileChunk.objects.count()
    reporter.page = check
    send(reporter, files.sent(files.photo()))

    assert Report.objects.count() == 1
    assert FileChunk.objects.count() == before


def test_the_raw_text_takes_its_files_along_but_not_what_was_kept(takes_files):
    made, _reporter = report_with(files.sent(files.photo()), files.sent(files.photo()))
    client = desk_of(takes_files, made)
    first, second = addresses(client, made)
    assert client.post(f"{first}bewaren/").status_code == 404  # not the handler yet
    client.post(f"/werkplek/meldingen/{made.ref}/behandelen/")

    assert client.post(f"{first}bewaren/").status_code == 302
    assert client.post(f"{first}bewaren/").status_code == 404  # kept already
    assert trail("report.attachment_kept") == 1
    shred_domain(made, Domain.REPORT, rule="minimised")

    (left,) = addresses(client, made)
    assert left not in (first, second)
    assert client.get(f"{left}1/").status_code == 200
    assert client.get(f"{second}1/").status_code == 404
    assert not FileChunk.objects.filter(domain=Domain.REPORT).exists()


def test_a_destroyed_report_leaves_no_piece_of_a_file(takes_files):
    made, _reporter = report_with(files.sent(files.photo()), origineel="on")
    assert FileChunk.objects.exists()

    destroy_report(made, rule="retention term", by="system")

    assert not FileChunk.objects.exists()


def test_a_file_is_opened_only_with_a_reason(takes_files):
    made, _reporter = report_with(files.sent(files.photo()))
    (address,) = addresses(desk_of(takes_files, made), made)
    other = browser(takes_files.holders[1], unlocked=True)

    assert other.get(address).status_code == 302
    assert other.get(f"{address}1/").status_code == 404
    assert other.get(f"{address}origineel/").status_code == 302
    assert trail("report.attachment_opened") == 0


def test_nobody_else_opens_a_file(takes_files, polderveen):
    made, _reporter = report_with(files.sent(files.photo()), origineel="on")
    (address,) = addresses(desk_of(takes_files, made), made)
    strangers = [Client(), browser(polderveen.holders[0], unlocked=True)]
    made_up = re.sub(r"bijlagen/[^/]+", f"bijlagen/{uuid4()}", address)
    own = desk_of(takes_files, made)

    for client in strangers:
        for tail in ("", "1/", "origineel/"):
            assert client.get(address + tail).status_code in (302, 404)
            assert client.post(address + tail).status_code in (302, 403, 404, 405)
    for tail in ("", "1/", "origineel/"):
        assert own.get(made_up + tail).status_code == 404
    assert own.post(made_up + "bewaren/").status_code == 404
    locked = browser(takes_files.holders[0])
    assert "/kluis/" in locked.get(address).headers["Location"]


@pytest.mark.parametrize("deed", ["changed", "taken away", "moved"])
def test_a_piece_that_was_touched_does_not_open(takes_files, deed):
    made, _reporter = report_with(files.sent(files.photo()), files.sent(files.photo()))
    client = desk_of(takes_files, made)
    address = addresses(client, made)
    one, other = FileChunk.objects.order_by("pk")
    if deed == "changed":
        FileChunk.objects.update(content=bytes(one.content)[:-1] + b"x")
    elif deed == "taken away":
        FileChunk.objects.all().delete()
    else:
        FileChunk.objects.filter(pk=one.pk).update(content=other.content)
        FileChunk.objects.filter(pk=other.pk).update(content=one.content)

    for where in address:
        assert client.get(f"{where}1/").status_code == 500


def test_a_large_file_comes_back_out_of_its_pieces(takes_files):
    big = ("regel met woorden\n" * 50_000).encode()
    made, _reporter = report_with(files.sent(big, "groot.txt", "text/plain"), origineel="on")
    client = desk_of(takes_files, made)
    (address,) = addresses(client, made)

    assert client.post(f"{address}origineel/", {"passphrase": PASSPHRASE}).content == big


def test_opening_a_report_asks_as_much_with_one_file_as_with_five(
    takes_files,
):
    asked = []
    for number in (1, 5):
        reporter = at_the_end()
        before = set(Report.objects.values_list("pk", flat=True))
        send(reporter, *[files.sent(files.photo()) for _count in range(number)])
        made = Report.objects.exclude(pk__in=before).get()
        client = desk_of(takes_files, made)
        assert len(addresses(client, made)) == number  # the first time costs more
        with CaptureQueriesContext(connection) as seen:
            shown(client, made)
        asked.append(len(seen))
    assert asked[0] == asked[1]

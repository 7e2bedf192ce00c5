"""Abuse cases 7, 8, 9 and the files of 11 (meldpunt.md section 12), against a real scanner."""

import io
import logging
import os
import re
import resource
import signal
import tempfile
import time
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from PIL import Image

from meldpunt.reports.models import FileChunk, Report, SealedPart
from meldpunt.reports.safe_copies import renderer
from tests.factories import files
from tests.factories.meldpunt import PASSPHRASE
from tests.factories.scanner import Clamd
from tests.meldpunt.reports.test_canary import disguises, everything_written, unpacked
from tests.meldpunt.reports.test_files import (
    CHECK,
    MESSAGE,
    addresses,
    at_the_end,
    desk_of,
    report_with,
    send,
    shown,
)
from tests.meldpunt.reports.test_form import sealed_in

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.clamav]


def nothing_is_kept():
    return not Report.objects.exists() and not FileChunk.objects.exists()


# 7: bombs

BOMBS = {
    "900 million pixels": lambda: files.sent(files.png_of(30_000), "x.png", "image/png"),
    "144 million pixels": lambda: files.sent(files.png_of(12_000), "x.png", "image/png"),
    "a moving WebP": lambda: files.sent(files.moving_webp(), "x.webp", "image/webp"),
    "10,000 pages": lambda: files.sent(files.pdf(pages=10_000), "x.pdf", "application/pdf"),
    "a zip": lambda: files.sent(b"PK\x03\x04" + bytes(500), "x.docx", "application/zip"),
    "a zip as text": lambda: files.sent(b"PK\x03\x04" + bytes(500), "x.txt", "text/plain"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_abuse_07_a_bomb_is_refused_and_the_next_reporter_is_served(takes_files, bomb):
    reporter = at_the_end()

    page = send(reporter, BOMBS[bomb]())

    assert page.status_code == 400
    assert nothing_is_kept()
    reporter.sends()
    assert reporter.code


def test_abuse_07_drawing_without_end_stops_within_its_time(takes_files, settings):
    settings.MELDPUNT_UPLOAD_SECONDS = 3
    reporter = at_the_end()

    page = send(reporter, files.sent(files.heavy_pdf(), "x.pdf", "application/pdf"))

    assert page.status_code == 400
    assert nothing_is_kept()


def test_abuse_07_the_renderer_has_little_memory_and_time():
    assert renderer.MEMORY <= 512 * 1024 * 1024
    assert renderer.SECONDS <= 20
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert used < 2 * renderer.MEMORY


def test_abuse_07_a_thousand_parts_are_refused(takes_files):
    reporter = at_the_end()

    page = send(reporter, *[files.sent(b"a", "x.txt", "text/plain") for _count in range(1000)])

    assert page.status_code == 400
    assert nothing_is_kept()


@pytest.mark.parametrize("length", ["5", "200", "999999999999", "-1", "x"])
def test_abuse_07_a_wrong_length_keeps_nothing(takes_files, length):
    reporter = at_the_end()
    body = (
        b'--a\r\nContent-Disposition: form-data; name="bestanden"; filename="x.txt"\r\n'
        b"Content-Type: text/plain\r\n\r\n" + b"woord " * 1000 + b"\r\n--a--\r\n"
    )

    page = reporter.client.generic(
        "POST", CHECK, body, content_type="multipart/form-data; boundary=a", CONTENT_LENGTH=length
    )

    assert page.status_code in (400, 413)
    assert nothing_is_kept()


def test_abuse_07_nothing_of_a_file_lies_on_a_disk_in_the_clear(takes_files, tmp_path, monkeypatch):
    """Also not while it is being judged: the folder for temporary files is watched meanwhile."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    word = b"kanarieopdeschijf"
    seen = []

    def watched(pieces):
        for piece in pieces:
            seen.extend(bytes_of_open_files())
            yield piece

    from meldpunt.reports.services import uploads

    real = uploads.scan
    monkeypatch.setattr(uploads, "scan", lambda pieces: real(watched(pieces)))
    reporter = at_the_end()
    send(reporter, files.sent(word * 300_000, "x.txt", "text/plain"))

    assert len(seen) > 10
    assert max(map(len, seen)) > 3_000_000  # it did go to the disk
    assert not any(word in content for content in seen)
    assert not list(tmp_path.iterdir())


def bytes_of_open_files():
    """What lies in every file without a name that this process holds open."""
    for link in Path("/proc/self/fd").iterdir():
        try:
            if "(deleted)" in str(link.readlink()) and link.stat().st_size:
                yield os.pread(int(link.name), 8_000_000, 0)
        except OSError:
            continue


# 8: names

NAMES = [
    "../../x.jpg",
    "..\\..\\x.jpg",
    "C:\\x.jpg",
    "con.txt.jpg",
    "x" * 4096 + ".jpg",
    ".htaccess.jpg",
    "naam\u202egpj.exe.jpg",
    "nааm-met-cyrillisch.jpg",
    "<script>alert(1)</script>.jpg",
    "x.jpg;y=z.jpg",
]


@pytest.mark.parametrize("name", NAMES)
def test_abuse_08_the_name_of_a_file_is_nowhere(takes_files, name, tmp_path, settings, caplog):
    settings.MEDIA_ROOT = tmp_path
    caplog.set_level(logging.DEBUG)
    known = f"kanarie{uuid4().hex}"
    made, _reporter = report_with(files.sent(files.photo(), name.replace("x", known, 1)))
    client = desk_of(takes_files, made)
    (address,) = addresses(client, made)

    pages = [shown(client, made).content, client.get(address).content]

    assert not any(known.encode() in page for page in pages)
    assert not [
        place for place, blob in everything_written(caplog, tmp_path) if known.encode() in blob
    ]
    assert not list(tmp_path.rglob("*"))


@pytest.mark.parametrize("name", ["", ".", "..", "x.jpg\0.exe", "jpg", "x.jpg.exe"])
def test_abuse_08_a_name_without_a_kind_of_ours_keeps_nothing(takes_files, name):
    reporter = at_the_end()
    body = (
        f'--a\r\nContent-Disposition: form-data; name="antwoorden"\r\n\r\n{sealed_in(reporter.page)}'
        f'\r\n--a\r\nContent-Disposition: form-data; name="bestanden"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode() + files.photo()

    page = reporter.client.post(
        CHECK, body + b"\r\n--a--\r\n", content_type="multipart/form-data; boundary=a"
    )

    assert page.status_code < 500
    assert not FileChunk.objects.exists()


# 9: active content

ACTIVE = {
    "SVG": files.sent(b"<svg onload=alert(1)>", "x.svg", "image/svg+xml"),
    "SVG as PNG": files.sent(b"<svg onload=alert(1)>", "x.png", "image/png"),
    "HTML": files.sent(b"<html><script>1</script>", "x.html", "text/html"),
    "XHTML as JPEG": files.sent(b"<?xml version='1.0'?><html/>", "x.jpg", "image/jpeg"),
    "HTML as PDF": files.sent(b"<html>%PDF-1.7", "x.pdf", "application/pdf"),
    "a PNG called JPEG": files.sent(files.photo("PNG"), "x.jpg", "image/jpeg"),
    "a JPEG declared as HTML": files.sent(files.photo(), "x.jpg", "text/html"),
    "a document": files.sent(b"PK\x03\x04<svg/>", "x.docx", "application/octet-stream"),
    "a program": files.sent(b"MZ\x90", "x.jpg", "image/jpeg"),
    "a known virus": files.sent(files.EICAR, "x.txt", "text/plain"),
}


@pytest.mark.parametrize("what", ACTIVE)
def test_abuse_09_active_content_is_refused(takes_files, what):
    reporter = at_the_end()
    ACTIVE[what].seek(0)

    assert send(reporter, ACTIVE[what]).status_code == 400
    assert nothing_is_kept()


def test_abuse_09_of_an_active_pdf_and_a_polyglot_only_pixels_are_left(takes_files):
    polyglot = files.photo() + b"<html><script>alert(1)</script></html>"
    made, _reporter = report_with(
        files.sent(files.active_pdf(), "x.pdf", "application/pdf"), files.sent(polyglot)
    )
    client = desk_of(takes_files, made)

    for address in addresses(client, made):
        copy = client.get(f"{address}1/")
        assert copy["Content-Type"] == "image/jpeg"
        assert copy["X-Content-Type-Options"] == "nosniff"
        assert not re.search(rb"script|kwaad|JavaScript|Launch|calc", copy.content)
        assert Image.open(io.BytesIO(copy.content)).format == "JPEG"


def test_abuse_09_an_original_is_never_shown(takes_files):
    made, _reporter = report_with(files.sent(files.photo()), origineel="on")
    client = desk_of(takes_files, made)
    (address,) = addresses(client, made)

    saved = client.post(f"{address}origineel/", {"passphrase": PASSPHRASE})

    assert saved["Content-Disposition"].startswith("attachment")
    assert saved["Content-Type"] == "application/octet-stream"
    assert saved["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in saved["Content-Security-Policy"].split("; ")
    assert saved["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("deed", ["killed", "stopped"])
def test_abuse_09_a_scanner_that_goes_away_during_the_upload_keeps_nothing(
    takes_files, settings, tmp_path, monkeypatch, deed
):
    from meldpunt.reports.services import uploads

    settings.MELDPUNT_CLAMAV_SECONDS = 2
    reporter = at_the_end()
    real = uploads.scan
    with Clamd(tmp_path) as running:
        settings.MELDPUNT_CLAMAV_SOCKET = running.socket

        def meanwhile(pieces):
            for piece in pieces:
                yield piece
                number = signal.SIGKILL if deed == "killed" else signal.SIGSTOP
                os.kill(running.process.pid, number)
                time.sleep(0.1)

        monkeypatch.setattr(uploads, "scan", lambda pieces: real(meanwhile(pieces)))
        page = send(reporter, files.sent(files.photo(size=(300, 300))))
        if deed == "stopped":
            os.kill(running.process.pid, signal.SIGCONT)
    assert page.status_code == 503
    assert "Wij kunnen bestanden nu niet controleren" in reporter.text
    assert nothing_is_kept()


# 11: names of files in headers


@pytest.mark.parametrize(
    "name", ['x"; filename="y.jpg', "x.jpg\u2028X-Kwaad: 1.jpg", "=?utf-8?x.jpg"]
)
def test_abuse_11_the_name_of_a_file_reaches_no_header(takes_files, name):
    made, _reporter = report_with(files.sent(files.photo(), name), origineel="on")
    client = desk_of(takes_files, made)
    (address,) = addresses(client, made)

    saved = client.post(f"{address}origineel/", {"passphrase": PASSPHRASE})

    assert saved["Content-Disposition"] == 'attachment; filename="bijlage-1.bin"'
    assert not [name for name in saved.headers if "Kwaad" in name]


# and 15: nothing of it lies anywhere


def test_no_word_of_a_file_lies_anywhere(takes_files, caplog, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    words = [f"kanarie{part}geheim" for part in ("tekst", "maker", "naam", "bericht")]
    text, maker, name, message = words
    photo = files.photo_with_place(maker)
    caplog.set_level(logging.DEBUG)
    made, reporter = report_with(
        files.sent((text * 50).encode(), f"{name}.txt", "text/plain"),
        files.sent(photo, f"{name}.jpg"),
        origineel="on",
    )
    client = Client()
    client.post("/meldpunt/code/", {"code": reporter.code})
    data = {"text": message, "message_id": str(uuid4()), "origineel": "on"}
    sent = [files.sent((text * 9).encode(), f"{name}.txt", "text/plain")]
    assert client.post(MESSAGE, data | {"bestanden": sent}).status_code == 302
    desk = desk_of(takes_files, made)
    for address in addresses(desk, made):
        desk.get(address)
        desk.get(f"{address}1/")
        assert desk.post(f"{address}origineel/", {"passphrase": PASSPHRASE}).status_code == 200
    refused = at_the_end()
    send(refused, files.sent(b"MZ" + text.encode(), f"{name}.exe", "text/plain"))

    places = dict(everything_written(caplog, tmp_path))

    assert any("filechunk" in place for place in places)
    assert SealedPart.objects.exists()
    found = [
        (word, place)
        for word in words
        for disguise in disguises(word)
        for place, blob in places.items()
        for inner in unpacked(blob)
        if disguise in inner
    ]
    assert found == []

"""A copy shows what there was to see, and holds nothing of the file that it was made of."""

import io
import subprocess
import sys

import pytest
from PIL import Image

from meldpunt.reports.safe_copies import (
    FileKind,
    NoCopy,
    kind_claimed,
    kind_found,
    make_copy,
    renderer,
    sandbox,
    sandbox_works,
)
from meldpunt.reports.safe_copies.renderer import Exit
from tests.factories import files


def copies_of(kind, content, seconds=30):
    return list(make_copy(kind, [content], seconds=seconds))


def refusal(kind, content, seconds=30):
    with pytest.raises(NoCopy) as refused:
        copies_of(kind, content, seconds)
    return refused.value.why


@pytest.mark.parametrize(
    ("format", "kind"), [("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "webp"), ("HEIF", "heic")]
)
def test_a_picture_becomes_a_picture_of_the_same_size(format, kind):
    (copy,) = copies_of(FileKind(kind), files.photo(format, (120, 80)))

    with Image.open(io.BytesIO(copy)) as image:
        assert (image.format, image.size) == ("JPEG", (120, 80))


def test_place_maker_comment_profile_and_tail_of_a_photo_are_gone():
    original = files.photo_with_place("Kanarie")
    assert original.count(b"Kanarie") > 3

    (copy,) = copies_of(FileKind.JPEG, original)

    assert b"Kanarie" not in copy
    assert b"Exif" not in copy
    with Image.open(io.BytesIO(copy)) as image:
        assert not image.getexif()
        assert not set(image.info) & {"exif", "icc_profile", "comment"}


def test_a_photo_that_was_held_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    (copy,) = copies_of(FileKind.JPEG, files.photo(size=(40, 30), exif=exif))

    assert Image.open(io.BytesIO(copy)).size == (30, 40)


def test_what_is_transparent_becomes_white():
    made = io.BytesIO()
    Image.new("RGBA", (9, 9), (0, 0, 0, 0)).save(made, "PNG")

    (copy,) = copies_of(FileKind.PNG, made.getvalue())

    assert Image.open(io.BytesIO(copy)).getpixel((4, 4)) == (255, 255, 255)


def test_every_page_of_a_pdf_becomes_a_picture():
    copies = copies_of(FileKind.PDF, files.pdf(pages=3))

    assert len(copies) == 3
    for copy in copies:
        with Image.open(io.BytesIO(copy)) as image:
            assert image.format == "JPEG"
            assert image.convert("L").getextrema()[0] < 60  # the black square is there


def test_a_text_keeps_its_words_and_loses_what_turns_letters_around():
    (copy,) = copies_of(FileKind.TEXT, "\ufeffSchrijf \u202egpj.exe\u202c <b>één</b>\r\n".encode())

    assert copy.decode() == "Schrijf gpj.exe <b>één</b>\n"


@pytest.mark.parametrize(
    ("kind", "content", "why"),
    [
        ("png", lambda: files.png_of(30_000), Exit.TOO_LARGE),  # 900 million pixels in 110 KB
        ("png", lambda: files.png_of(12_000), Exit.TOO_LARGE),
        ("webp", files.moving_webp, Exit.MOVES),
        ("pdf", lambda: files.pdf(pages=10_000), Exit.TOO_MANY_PAGES),
        ("pdf", lambda: b"%PDF-1.7\n%%EOF", Exit.UNREADABLE),
        ("jpeg", lambda: files.photo()[:200], Exit.UNREADABLE),
        ("jpeg", lambda: files.photo("PNG"), Exit.UNREADABLE),  # only the decoder of its kind
        ("text", lambda: b"a\0b", Exit.UNREADABLE),
        ("text", lambda: b"\xff\xfe\xfd", Exit.UNREADABLE),
        ("text", lambda: b"a" * (1024 * 1024 + 1), Exit.TOO_LARGE),
    ],
)
def test_what_can_not_be_copied_safely_is_refused_by_name(kind, content, why):
    assert refusal(FileKind(kind), content()) is why


def test_a_pdf_with_a_password_is_refused_by_name():
    from fpdf import FPDF

    made = FPDF()
    made.add_page()
    made.set_encryption(owner_password="a", user_password="b")

    assert refusal(FileKind.PDF, bytes(made.output())) is Exit.LOCKED


def test_a_table_of_objects_that_points_at_itself_ends():
    start = files.pdf().rindex(b"xref\n0")

    assert len(copies_of(FileKind.PDF, files.pdf(trailer=b"/Prev %d " % start))) == 1


def test_who_takes_too_long_is_stopped():
    assert refusal(FileKind.PDF, files.heavy_pdf(), seconds=2) is Exit.TOO_LARGE


def test_a_renderer_that_writes_without_end_is_stopped(monkeypatch):
    monkeypatch.setattr(sandbox, "MOST_WRITTEN", 100)

    assert refusal(FileKind.JPEG, files.photo()) is Exit.TOO_LARGE


def test_when_it_looks_at_a_file_it_can_open_no_file_and_no_connection():
    script = (
        "import socket, renderer\n"
        "renderer.shut_every_door()\n"
        "for deed in (lambda: open('/etc/hostname'), socket.socket, lambda: open('/tmp/x', 'w')):\n"
        "    try: deed()\n"
        "    except OSError: print('shut')\n"
    )
    folder = sandbox.RENDERER.parent
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, capture_output=True, text=True
    )

    assert done.stdout.split() == ["shut"] * 3


def test_an_end_with_an_error_says_nothing_of_the_file():
    done = subprocess.run(
        [sys.executable, "-I", str(sandbox.RENDERER), "jpeg"],
        input=b"\xff\xd8\xffkanarie",
        capture_output=True,
    )

    assert (done.returncode, done.stdout, done.stderr) == (Exit.UNREADABLE, b"", b"")


def test_copies_of_every_kind_can_be_made_here():
    assert sandbox_works()
    assert set(renderer.MAKERS) == set(renderer.WARM_UP) == set(FileKind)


@pytest.mark.parametrize(
    ("name", "content_type", "kind"),
    [
        ("foto.JPG", "image/jpeg", FileKind.JPEG),
        ("a.b.pdf", "application/pdf", FileKind.PDF),
        ("brief.txt", "text/plain; charset=utf-8", FileKind.TEXT),
        ("foto.jpg", "application/octet-stream", FileKind.JPEG),
        ("foto.jpg", "text/html", None),
        ("foto.jpg", "image/png", None),
        ("jpg", "image/jpeg", None),
        ("x.svg", "image/svg+xml", None),
        ("x.html", "text/plain", None),
        ("x.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", None),
        ("gpj.exe", "image/jpeg", None),
        ("", "", None),
    ],
)
def test_name_and_declared_type_must_say_the_same(name, content_type, kind):
    assert kind_claimed(name, content_type) is kind


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (files.photo(), FileKind.JPEG),
        (files.photo("PNG"), FileKind.PNG),
        (files.photo("WEBP"), FileKind.WEBP),
        (files.photo("HEIF"), FileKind.HEIC),
        (b"\0\0\0\x18ftypisom", None),
        (files.pdf(), FileKind.PDF),
        ("één zin\n".encode(), FileKind.TEXT),
        (("é" * 5000).encode(), FileKind.TEXT),
        (b"a" + ("é" * 5000).encode(), FileKind.TEXT),
        (b"PK\x03\x04", None),
        (b"MZ\x90\x00", None),
        (b"abc\xff", None),
        (b"", None),
    ],
)
def test_the_first_bytes_say_what_it_is(start, kind):
    assert kind_found(start) is kind

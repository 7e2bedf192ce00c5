"""Files are found by what they say, by who may open them, and none of them stops anything."""

import io
import zipfile

import docx
import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.files.base import ContentFile
from django.core.management import call_command
from fpdf import FPDF
from wagtail.models import Collection, CollectionViewRestriction

from portal.accounts import audiences
from portal.pages.models import PortalDocument
from search import extraction, jobs
from search.engine import find
from search.extraction import Unreadable, text_of_file
from search.models import DocumentText, Kind
from tests.factories.accounts import UserFactory
from tests.factories.search import everything_shown, found

ANYBODY = AnonymousUser()
NAMES = 'xmlns:office="o" xmlns:text="t"'


def pdf(words):
    made = FPDF()
    made.add_page()
    made.set_font("Helvetica")
    made.cell(text=words)
    return bytes(made.output())


def word_file(words):
    made, written = docx.Document(), io.BytesIO()
    made.add_heading("Bijlage", 1)
    made.add_paragraph(words)
    made.save(written)
    return written.getvalue()


def packed(name, content):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, content)
    return written.getvalue()


def odt(words):
    return packed("content.xml", f"<office:d {NAMES}><text:p>{words}</text:p></office:d>")


MADE = {"pdf": pdf, "docx": word_file, "odt": odt}


def document(title, kind, content, collection=None):
    """A document as an editor uploads it, read as the worker does."""
    made = PortalDocument(title=title, collection=collection or Collection.get_first_root_node())
    made.file.save(f"bijlage.{kind}", ContentFile(content), save=False)
    made.save()
    jobs.read_document.func(made.pk)
    return made


@pytest.fixture(autouse=True)
def _files(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def shelf():
    """A collection for the network only."""
    made = Collection.get_first_root_node().add_child(name="Netwerk")
    restriction = CollectionViewRestriction.objects.create(
        collection=made, restriction_type=CollectionViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.get_or_create(name=audiences.NETWORK)[0])
    return made


@pytest.mark.parametrize("kind", MADE)
def test_a_document_is_found_by_an_inflected_word_of_its_text(engine, kind):
    made = document("Bijlage", kind, MADE[kind]("De afspraak over vergunningen geldt."))

    (hit,) = find("vergunning", user=ANYBODY).hits

    assert (hit.kind, hit.url) == (Kind.DOCUMENT, made.url)
    assert "<mark>vergunningen</mark>" in hit.passage


def test_a_document_behind_a_closed_collection_shows_in_nothing(engine, shelf):
    document("Open kanariegeel", "odt", odt("Zorg."))
    document("Dicht kanarierood", "odt", odt("Zorg kanarieblauw."), collection=shelf)
    reader = UserFactory(roles=["professional"])

    assert found("kanarieblauw", reader) == ["Dicht kanarierood"]
    for typed in ("zorg", "kanarieblau", "kanarieroo"):
        shown = everything_shown(typed, ANYBODY)
        assert "kanarierood" not in shown
        assert "kanarieblauw" not in shown


def test_closing_a_collection_hides_its_documents_and_opening_shows_them(engine, shelf):
    document("Dicht kanarierood", "odt", odt("Zorg."), collection=shelf)
    assert found("kanarierood", ANYBODY) == []

    shelf.view_restrictions.all().delete()
    assert found("kanarierood", ANYBODY) == ["Dicht kanarierood"]


def test_a_document_that_is_gone_or_has_another_file_is_found_no_more_by_the_old(engine):
    made = document("Bijlage", "odt", odt("kanariegeel"))
    made.file.save("nieuw.odt", ContentFile(odt("kanarierood")), save=False)
    made.file_hash = ""
    made.save()
    jobs.read_document.func(made.pk)
    assert (found("kanariegeel", ANYBODY), found("kanarierood", ANYBODY)) == ([], ["Bijlage"])

    made.delete()
    assert found("kanarierood", ANYBODY) == []


BOMB = packed("word/document.xml", b"<a>" + b" " * (extraction.MOST_XML + 10))
ENTITIES = packed("content.xml", '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><a>&c;</a>')


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("docx", BOMB),
        ("odt", ENTITIES),
        ("odt", packed("other.xml", "<a/>")),
        ("pdf", b"%PDF-1.7 and then nothing"),
        ("pdf", b""),
        ("docx", b"PK\x03\x04 broken"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_and_found_by_its_title(kind, content):
    made = document("Kwade bijlage", kind, content or b"\n")

    assert DocumentText.objects.get(document=made).state != DocumentText.State.READ
    assert found("kwaad bijlage", ANYBODY) == ["Kwade bijlage"]


@pytest.mark.parametrize(
    "harm", ["while True: pass", "a = 'x' * 10**10", "print('x', file=open('x', 'w'), flush=True)"]
)
def test_a_parser_that_loops_swells_or_writes_ends_alone(monkeypatch, tmp_path, harm):
    package = tmp_path / "search"
    package.mkdir()
    (package / "__init__.py").touch()
    own = "\n".join(
        f"resource.setrlimit(resource.{name}, ({value}, {value}))"
        for name, value in (("RLIMIT_CPU", 1), ("RLIMIT_AS", 300 << 20), ("RLIMIT_FSIZE", 0))
    )
    (package / "extraction.py").write_text(f"import resource\n{own}\n{harm}\n")
    monkeypatch.setattr(extraction, "ROOT", tmp_path)

    with pytest.raises(Unreadable):
        text_of_file(b"", "pdf")


def test_the_reading_process_gets_none_of_the_secrets(monkeypatch, tmp_path):
    package = tmp_path / "search"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "extraction.py").write_text("import os\nprint(sorted(os.environ))\n")
    monkeypatch.setattr(extraction, "ROOT", tmp_path)
    monkeypatch.setenv("SECRET_KEY", "kanarie")

    assert "SECRET" not in text_of_file(b"", "pdf")


def test_a_file_of_another_kind_is_found_by_its_title_only():
    made = document("Een tabel", "csv", b"kanariegeel")

    assert found("tabellen", ANYBODY) == ["Een tabel"]
    assert not DocumentText.objects.filter(document=made).exists()


def test_a_rebuild_keeps_documents_and_health_counts_them(capsys):
    document("Bijlage", "odt", odt("kanariegeel"))
    call_command("rebuild_search", verbosity=0)
    assert found("kanariegeel", ANYBODY) == ["Bijlage"]

    call_command("search_health")

    assert "1 published, 1 findable" in capsys.readouterr().out

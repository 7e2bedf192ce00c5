"""A unique word in every field, and then a search for it in everything that was written."""

import base64
import binascii
import contextlib
import gzip
import io
import logging
import re
from datetime import timedelta
from urllib.parse import quote
from uuid import uuid4

import pytest
import time_machine
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.utils import timezone
from django.utils.module_loading import import_string

from meldpunt.reports.forms.questionnaire import STEPS, steps_for
from meldpunt.reports.models import Kind, Report
from meldpunt.reports.workflow import STEPS as STEPS_OF
from tests.factories.meldpunt import browser, third_holder
from tests.meldpunt.reports.test_form import Reporter, sealed_in

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


DAYS = ("basis_until", "weighing_on", "confirmed_on")
LETTERS = str.maketrans("0123456789", "ghijklmnop")


class Canaries(dict):
    """One unique word for every place where somebody types."""

    def __missing__(self, place):
        letters = uuid4().hex[:12].translate(LETTERS)  # no digits: those look like a BSN
        self[place] = f"kanarie{letters}{place.replace('_', '').replace('-', '')}"
        return self[place]


def disguises(word):
    """The word as it could hide: raw, reversed bytes, base64 in three alignments, hex, gzip."""
    raw = word.encode()
    wide = word.encode("utf-16-le"), word.encode("utf-16-be")
    alignments = [base64.b64encode(b"x" * shift + raw)[4:-4] for shift in range(3)]
    plain = [raw, quote(word).encode(), binascii.hexlify(raw), binascii.hexlify(raw).upper()]
    return [*plain, *wide, *alignments]


def unpacked(blob):
    """The bytes, and what is inside when they are gzip."""
    yield blob
    with contextlib.suppress(OSError, EOFError):
        yield gzip.decompress(blob)


def as_bytes(value):
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    return str(value).encode("utf-8", "surrogatepass")


def every_stored_value():
    """Every column of every row of every table in both databases."""
    for alias in ("default", "keystore"):
        connection = connections[alias]
        for table in connection.introspection.table_names():
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
                names = [column[0] for column in cursor.description]
                for row in cursor.fetchall():
                    for name, value in zip(names, row, strict=True):
                        if value is not None:
                            yield f"{alias}.{table}.{name}", as_bytes(value)


def test_no_word_of_a_report_lies_anywhere(demodam, caplog, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    caplog.set_level(logging.DEBUG)
    words = Canaries()
    use_every_field(demodam, words)
    assert len(words) > 55
    places = dict(everything_written(caplog, tmp_path))
    assert any(place.startswith("default.meldpunt_reports_sealedpart") for place in places)
    found = [
        (name, place)
        for name, word in words.items()
        for disguise in disguises(word)
        for place, blob in places.items()
        for inner in unpacked(blob)
        if disguise in inner
    ]
    assert found == []


def everything_written(caplog, media):
    """Tables, cache, mail, log and files, by a name for the place."""
    for counted, (place, value) in enumerate(every_stored_value()):
        yield f"{place} {counted}", value
    yield "cache", as_bytes(getattr(cache, "_cache", {}))
    for number, letter in enumerate(mail.outbox):
        yield f"mail {number}", letter.message().as_bytes()
    for record in caplog.records:
        yield f"log {record.created}", as_bytes(f"{record.getMessage()} {record.args}")
    for path in media.rglob("*"):
        if path.is_file():
            yield str(path), path.read_bytes()


def use_every_field(place, words):
    """A reporter and the desk type a canary in every box there is."""
    for kind in list(Kind)[::-1]:
        if kind is not Kind.WORRY:
            tell(kind, words).sends()
    reporter = tell(Kind.WORRY, words)
    before = set(Report.objects.values_list("pk", flat=True))
    reporter.sends()
    code, made = reporter.code, Report.objects.exclude(pk__in=before).get()
    words["code"] = code
    reporter.page = reporter.client.post(
        "/meldpunt/melden/bewaard/", {"antwoorden": sealed_in(reporter.page), "last": words["last"]}
    )
    talk(code, words)
    handle(place, made, words)
    fail(words)


def tell(kind, words):
    """The whole form of one kind, with a canary in every box, up to the last page."""
    reporter = Reporter()
    reporter.begins()
    for step in steps_for(kind):
        texts = {
            name: words[f"{kind}_{name}"]
            for name, field in STEPS[step].base_fields.items()
            if hasattr(field, "max_length") and not hasattr(field, "choices")
        }
        chosen = {"kind": kind} if step == "soort" else {}
        reporter.answers(step, **texts, **chosen)
    return reporter


def talk(code, words):
    client = Client()
    client.post("/meldpunt/code/", {"code": code})
    data = {"text": words["message"], "message_id": str(uuid4())}
    assert client.post("/meldpunt/code/bericht/", data).status_code == 302


def handle(place, made, words):
    client, at = browser(place.holders[0], unlocked=True), f"/werkplek/meldingen/{made.ref}/"
    client.post(at + "behandelen/")
    client.post(at + "melder/")
    for box, prefix in (("bericht", "to_reporter"), ("notitie", "note")):
        data = {f"{box}-text": words[prefix], f"{box}-message_id": str(uuid4())}
        assert client.post(f"{at}{box}/", data).status_code == 302
    kept = {"belang-text": words["conflict"]}
    assert client.post(f"{at}belang/", kept).status_code == 302
    third = third_holder(place)
    away = {"uitsluiten-colleague": third.pk, "uitsluiten-why": words["excluded"]}
    assert client.post(f"{at}uitsluiten/", away).status_code == 302
    client.post(f"{at}vervanger/", {"vervanger-colleague": place.holders[1].pk})
    take_every_step(place, made, client, words)
    assert client.get(at).status_code == 200
    client.post("/werkplek/meldingen/", {"nummer": words["find"]})
    client.get("/werkplek/meldingen/", {"nummer": words["find"][:20]})


def take_every_step(place, made, client, words):
    """From a question to closing, with a canary in every box of the table."""
    at = f"/werkplek/meldingen/{made.ref}/"
    soon = timezone.localdate() + timedelta(days=3)
    days = {
        f"{name}_{part}": getattr(soon, part)
        for name in DAYS[:2]
        for part in ("day", "month", "year")
    }
    chosen = {"transfer_channel": "phone", "minimised_done": "on", **days}
    today = timezone.localdate()
    chosen |= {f"confirmed_on_{part}": getattr(today, part) for part in ("day", "month", "year")}
    other = browser(place.holders[1], unlocked=True)

    def step(state):
        needs = [
            name for (_start, to), one in STEPS_OF.items() if to == state for name in one.needs
        ]
        texts = {name: words[f"{state}_{name}"] for name in needs if name not in DAYS}
        page = client.post(f"{at}stap/{state}/", {**texts, **chosen})
        assert page.status_code == 302, (state, page.context["form"].errors)

    def second(deed, **typed):
        other.post(at, {"reason": "second"})
        assert other.post(f"{at}{deed}/", typed).status_code == 302

    step("awaiting_reporter")
    talk_once_more(words)
    client.get(at)
    step("for_weighing")
    second("afwijzen", text=words["declined"])
    step("for_weighing")
    second("akkoord")
    step("transferred")
    step("closed")
    page = client.post(f"{at}stap/in_triage/", {"new_facts": words["new_facts"]})
    assert page.status_code == 302
    with time_machine.travel(timezone.now() + timedelta(days=20), tick=False):
        late = browser(place.holders[1], unlocked=True)
        page = late.post(f"{at}behandelen/", {"why": words["taken_over"]})
        assert page.status_code == 302


def talk_once_more(words):
    client = Client()
    client.post("/meldpunt/code/", {"code": words["code"]})
    data = {"text": words["answer"], "message_id": str(uuid4())}
    assert client.post("/meldpunt/code/bericht/", data).status_code == 302


def fail(words):
    """Forms that are refused, an address that does not exist, and a code that is none."""
    client = Client(raise_request_exception=False)
    client.post("/meldpunt/melden/waarneming/", {"observed_facts": words["lost_step"]})
    client.post("/meldpunt/code/", {"code": words["no_code"]})
    client.post("/meldpunt/code/bericht/", {"text": words["lost_message"]})
    client.get("/meldpunt/melden/" + words["address"])
    client.post("/meldpunt/melden/", {"gemeente": words["municipality"]})


def test_an_exception_with_the_text_in_it_leaves_only_class_and_line(
    demodam, monkeypatch, settings
):
    from meldpunt.reports.services import intake

    word = f"kanarie{uuid4().hex}"

    def break_with(submission, *rest):
        raise ValueError(str(submission.answers))

    monkeypatch.setattr(intake, "_store", break_with)
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    formatter = settings.LOGGING["formatters"]["plain"]["()"]
    handler.setFormatter(import_string(formatter)())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        reporter = Reporter()
        reporter.client.raise_request_exception = False
        reporter.comes_to_the_end(waarneming={"observed_facts": word})
        assert reporter.sends().status_code == 500
    finally:
        logger.removeHandler(handler)
    assert "ValueError" in stream.getvalue()
    assert word not in stream.getvalue()
    assert word not in reporter.text


def test_the_search_would_find_a_word_that_does_lie_somewhere(demodam):
    demodam.meldpunt_hours = "kanariepiet"
    demodam.save()
    assert any(b"kanariepiet" in value for _place, value in every_stored_value())


def test_nothing_of_the_meldpunt_is_known_to_search_or_to_wagtail():
    sealed = [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("meldpunt.")
        for model in config.get_models()
    ]
    assert len(sealed) > 10
    for model in sealed:
        assert not hasattr(model, "search_fields")
        assert not re.search("wagtail|modelcluster", str(model.__mro__))

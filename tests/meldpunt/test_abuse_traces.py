"""Abuse cases 14, 18, 19 and 20: what stays behind, and where (meldpunt.md section 12)."""

import re
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client

from bench.server import Server
from meldpunt.reports.forms.questionnaire import STEPS
from tests.factories.meldpunt import browser, report
from tests.factories.pages import home_page
from tests.factories.proxy import Nginx
from tests.house.test_surfaces import SURFACES, addresses_of
from tests.meldpunt.reports.test_canary import Canaries, disguises, use_every_field
from tests.meldpunt.reports.test_form import Reporter
from tests.meldpunt.test_abuse import DESK
from tests.templates import FOLDER, template_key

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
ROOT = Path(__file__).parents[2]


# 18: what the database could log


@contextmanager
def every_statement():
    """Whatever a database is asked, with its values: all that its own log could ever show."""
    said = []

    def listen(execute, sql, params, many, context):
        said.append(repr((sql, params)).encode())
        said.extend(bytes(value) for value in flat(params) if isinstance(value, bytes | memoryview))
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for alias in ("default", "keystore"):
            stack.enter_context(connections[alias].execute_wrapper(listen))
        yield said


def flat(params):
    for value in params or ():
        if isinstance(value, list | tuple):
            yield from flat(value)
        else:
            yield value


def test_abuse_18_no_statement_that_a_database_could_log_holds_a_word(demodam):
    words = Canaries()
    with every_statement() as said:
        use_every_field(demodam, words)
    assert len(words) > 55
    assert len(said) > 500
    everything = b"\n".join(said)
    found = {name for name, word in words.items() for one in disguises(word) if one in everything}
    # An address that leads nowhere is looked for among the pages of editors; where reporters have
    # a process of their own, there are no such pages.
    assert found <= {"address"}


# 20: what a shared computer keeps


def pages_of(demodam):
    """Every kind of page with something of a report on it, by name."""
    made, code = report(demodam)
    reporter, desk = Client(), browser(demodam.holders[0], unlocked=True)
    reporter.post("/meldpunt/code/", {"code": code.formatted})
    desk.post(f"{DESK}{made.ref}/", {"reason": "handling"})
    writer = Reporter()
    steps = {"landing": writer.client.get("/meldpunt/"), "soort": writer.begins()}
    for step in list(STEPS)[:3]:
        steps[f"na {step}"] = writer.answers(step)
    yield from steps.items()
    yield "controle", Reporter().comes_to_the_end()
    yield "gesprek", reporter.get("/meldpunt/code/")
    yield "vraag om de code", Client().get("/meldpunt/code/")
    for address in (DESK, f"{DESK}kluis/", f"{DESK}{made.ref}/", f"{DESK}bewaren/"):
        yield address, desk.get(address)


def test_abuse_20_no_page_lets_a_browser_fetch_something_ahead_or_work_without_the_network(demodam):
    for name, page in pages_of(demodam):
        text = page.content.decode()
        assert not re.search(
            r'rel="[^"]*(prefetch|prerender|preconnect|dns-prefetch|modulepreload)', text
        ), name
        assert "speculationrules" not in text, name
        assert "data-sw" not in text, name


def test_abuse_20_no_field_is_filled_in_by_what_a_browser_remembers(demodam):
    """Each box that somebody types in says so, or its form does."""
    home_page()
    for name, page in pages_of(demodam):
        text = page.content.decode()
        for form in re.findall(r"<form\b.*?</form>", text, re.S):
            head = form.split(">", 1)[0]
            for box in re.findall(r"<(?:input|textarea)\b[^>]*>", form):
                if re.search(r'type="(hidden|checkbox|radio|file|submit)"', box):
                    continue
                off = 'autocomplete="off"' in box or 'autocomplete="off"' in head
                assert off or 'autocomplete="current-password"' in box, f"{name}: {box}"


def test_abuse_20_nothing_prints_by_itself_and_paper_has_no_title_of_a_report(demodam):
    """A print-out carries the title and the address of a page; scripts open no print dialogue."""
    for path in (ROOT / "meldpunt").rglob("*.js"):
        assert "print(" not in path.read_text(), path
    for name, page in pages_of(demodam):
        text = page.content.decode()
        title = re.search(r"<title>(.*?)</title>", text, re.S)[1]
        assert not re.search(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", title), name
        assert "onload" not in text, name


def test_abuse_20_an_answer_never_says_that_it_did_not_change(demodam):
    """No validator to probe with, and none is honoured."""
    _made, code = report(demodam)
    client = Client()
    client.post("/meldpunt/code/", {"code": code.formatted})
    probes = {
        "HTTP_IF_NONE_MATCH": '"x", *',
        "HTTP_IF_MODIFIED_SINCE": "Fri, 01 Jan 2100 00:00:00 GMT",
        "HTTP_RANGE": "bytes=0-10",
    }
    for address in ("/meldpunt/", "/meldpunt/code/", "/meldpunt/melden/"):
        page = client.get(address, **probes)
        assert page.status_code in (200, 302, 405)
        assert "ETag" not in page.headers
        assert "Last-Modified" not in page.headers


# 14: running processes, each with the addresses of its own surface only


PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("createcachetable", verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False)
"""


@pytest.fixture(scope="module")
def processes(django_db_setup, tmp_path_factory):
    """A way to start a process that serves some surfaces."""
    folder = tmp_path_factory.mktemp("served")
    for alias, file in (("default", "portal"), ("keystore", "keystore")):
        shutil.copyfile(FOLDER / template_key() / f"{alias}.sqlite3", folder / f"{file}.sqlite3")
    secrets = {f"MELDPUNT_{name}": "11" * 32 for name in ("WEB_PEPPER", "STAFF_PEPPER")}
    secrets |= {"MELDPUNT_RECEIPT_KEY": "33" * 32, "MELDPUNT_ROOT_KEY": "33" * 32}
    subprocess.run(
        [sys.executable, "-c", PREPARE],
        cwd=ROOT,
        env=Server(folder, **secrets).environment,
        capture_output=True,
        check=True,
    )
    return lambda surfaces: Server(folder, PORTAL_SURFACES=surfaces, **secrets)


class NoWayOn(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments):
        return None


def status_of(server, address):
    """What a process answers; a way elsewhere is an answer too."""
    opener = urllib.request.build_opener(NoWayOn)
    try:
        return opener.open(server.address + address, timeout=30).status
    except urllib.error.HTTPError as error:
        return error.code


OTHERS = {
    "melden": ["werkplek", "beheer", "publiek"],
    "werkplek": ["melden", "beheer", "publiek"],
    "publiek,beheer": ["melden", "werkplek"],
}


@pytest.mark.sqlite
@pytest.mark.parametrize("served", OTHERS)
def test_abuse_14_a_running_process_answers_404_to_every_address_of_another(processes, served):
    with processes(served) as server:
        for other in OTHERS[served]:
            strange = sorted(addresses_of(SURFACES[other]))
            asked = strange[:: max(len(strange) // 25, 1)]
            answers = {address: status_of(server, address) for address in asked}
            assert {one for one, status in answers.items() if status != 404} == set(), other
        if served != "publiek,beheer":
            for address in ("/documenten/1/x.pdf", "/images/1/", "/api/v2/pages/", "/sitemap.xml"):
                assert status_of(server, address) == 404, address
        own = {"melden": "/meldpunt/", "werkplek": "/werkplek/", "publiek,beheer": "/zoeken/"}
        assert status_of(server, own[served]) in (200, 302)


# 18 and 7: a running process of reporters


def by_hand(server, request):
    """Send bytes that no browser sends; what comes back."""
    answer = b""
    with (
        socket.create_connection(("127.0.0.1", server.port), timeout=30) as line,
        suppress(OSError),  # it may have heard enough
    ):
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        while more := line.recv(65536):
            answer += more
    return answer


@pytest.mark.sqlite
def test_abuse_18_a_running_process_writes_no_word_of_a_request_in_its_log(processes, capfd):
    words = Canaries()
    body = f"code={words['body']}&text={words['text']}".encode()
    head = f"Host: 127.0.0.1\r\nCookie: m={words['cookie']}\r\nReferer: http://x/{words['referer']}\r\n"
    form = "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n"
    with processes("melden") as server:
        for line in (
            f"GET /meldpunt/{words['path']}/?q={words['query']} HTTP/1.1",
            f"POST /meldpunt/code/?q={words['posted']} HTTP/1.1",
            f"GET /meldpunt/{words['odd version']} HTTP/9.9",
            f"{words['method']} /meldpunt/ HTTP/1.1",
            f"GET /meldpunt/%00{words['nul']} HTTP/1.1",
        ):
            length = f"Content-Length: {len(body)}\r\n" if line.startswith("POST") else ""
            sent = f"{line}\r\n{head}{form}{length}\r\n".encode()
            by_hand(server, sent + (body if length else b""))
        by_hand(server, f"GET / HTTP/1.1\r\n{head}{words['header']} : x\r\n\r\n".encode())
        by_hand(server, f"GET /{words['long'] * 800} HTTP/1.1\r\n{head}\r\n".encode())
        large = f"POST /meldpunt/code/ HTTP/1.1\r\n{head}{form}Content-Length: 40000000\r\n\r\n"
        by_hand(server, large.encode() + words["too large"].encode() * 200_000)
        assert b"200 OK" in by_hand(server, f"GET /meldpunt/ HTTP/1.1\r\n{head}{form}\r\n".encode())
    written = "".join(capfd.readouterr())
    assert [name for name, word in words.items() if word in written] == []
    assert "127.0.0.1" not in written


SLOW = (
    b"POST /meldpunt/code/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\ncode="
)


@pytest.mark.sqlite
def test_abuse_07_a_body_that_comes_slowly_keeps_the_next_reporter_waiting_for_nothing(processes):
    with (
        processes("melden") as server,
        socket.create_connection(("127.0.0.1", server.port), timeout=30) as slow,
    ):
        slow.sendall(SLOW)
        for _time in range(3):
            assert status_of(server, "/meldpunt/") == 200
            slow.sendall(b"x")


@pytest.mark.sqlite
@pytest.mark.nginx
def test_abuse_07_many_more_slow_bodies_than_workers_keep_nobody_waiting_behind_the_proxy(
    processes, tmp_path
):
    with processes("melden") as server, Nginx(tmp_path, server) as proxy, ExitStack() as stack:
        here = ("127.0.0.1", proxy.port)
        lines = [stack.enter_context(socket.create_connection(here)) for _number in range(40)]
        for line in lines:
            line.sendall(SLOW)
        for _time in range(3):
            assert status_of(proxy, "/meldpunt/") == 200
            for line in lines:
                line.sendall(b"x")


@pytest.mark.sqlite
@pytest.mark.nginx
def test_abuse_07_the_proxy_lets_large_bodies_in_at_two_addresses_and_keeps_no_word(
    processes, tmp_path
):
    words = Canaries()
    form = "Host: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"

    def send(address, mebibytes, word):
        body = b"text=" + word.encode() + b"x" * (mebibytes * 1024 * 1024)
        head = f"POST {address} HTTP/1.1\r\n{form}Content-Length: {len(body)}\r\n\r\n"
        return by_hand(proxy, head.encode() + body).split(b"\r\n")[0]

    with processes("melden") as server, Nginx(tmp_path, server) as proxy:
        for address in ("/meldpunt/melden/controle/", "/en/meldpunt/code/bericht/"):
            assert b" 413 " not in send(address, 25, words["large"])
            assert b" 413 " in send(address, 27, words["too large"])
        assert b" 413 " in send("/meldpunt/code/", 13, words["elsewhere"])
        by_hand(proxy, f"GET /{words['path']}\x01?{words['query']} HTTP/1.1\r\n{form}\r\n".encode())
        assert by_hand(proxy, b"GET / HTTP/1.1\r\nHost: elders.example\r\n\r\n") == b""
    written = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    assert [name for name, word in words.items() if word.encode() in written] == []

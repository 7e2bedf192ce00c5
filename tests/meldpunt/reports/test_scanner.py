"""A real scanner: what it finds is refused, and without its verdict nothing is kept."""

import os
import signal
import socket
import threading

import pytest

from meldpunt.reports.safe_copies import Infected, ScannerAway, scan, scanner_version
from tests.factories.files import EICAR, photo
from tests.factories.scanner import Clamd

CLAMAV = pytest.mark.clamav


@CLAMAV
def test_a_harmless_file_passes_and_the_scanner_says_who_it_is(scanner):
    scan([photo(), b"", b"more"])

    assert scanner_version().startswith("ClamAV 1.")


@CLAMAV
@pytest.mark.parametrize("pieces", [[EICAR], [EICAR[:20], EICAR[20:]]])
def test_a_harmful_file_is_found_also_in_pieces(scanner, pieces):
    with pytest.raises(Infected):
        scan(pieces)


@CLAMAV
def test_a_scanner_that_is_killed_half_way_gives_no_verdict(settings, tmp_path):
    with Clamd(tmp_path) as running:
        settings.MELDPUNT_CLAMAV_SOCKET = running.socket

        def pieces():
            yield b"a" * 1000
            running.process.kill()
            running.process.wait(timeout=20)
            yield b"b" * 1000

        with pytest.raises(ScannerAway):
            scan(pieces())


@CLAMAV
def test_a_scanner_that_takes_too_long_gives_no_verdict(settings, tmp_path):
    settings.MELDPUNT_CLAMAV_SECONDS = 1
    with Clamd(tmp_path) as running:
        settings.MELDPUNT_CLAMAV_SOCKET = running.socket
        os.kill(running.process.pid, signal.SIGSTOP)
        try:
            with pytest.raises(ScannerAway):
                scan([b"a"])
        finally:
            os.kill(running.process.pid, signal.SIGCONT)


def test_a_scanner_that_is_not_there_gives_no_verdict(settings, tmp_path):
    settings.MELDPUNT_CLAMAV_SOCKET = str(tmp_path / "none")

    for deed in (lambda: scan([b"a"]), scanner_version):
        with pytest.raises(ScannerAway):
            deed()


@pytest.mark.parametrize(
    "answer", [b"", b"stream: OK", b"INSTREAM size limit exceeded. ERROR\0", b"OK\0", b"a" * 9000]
)
def test_an_answer_that_is_no_verdict_is_none(settings, tmp_path, monkeypatch, answer):
    monkeypatch.chdir(tmp_path)  # the name of a socket takes 107 letters
    settings.MELDPUNT_CLAMAV_SOCKET = "door"
    with socket.socket(socket.AF_UNIX) as door:
        door.bind("door")
        door.listen()

        def serve():
            line, _who = door.accept()
            with line:
                line.recv(100)
                line.sendall(answer)

        server = threading.Thread(target=serve)
        server.start()
        try:
            with pytest.raises(ScannerAway):
                scan([b"a"])
        finally:
            server.join()

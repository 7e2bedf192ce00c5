"""Twenty reporters who each send a photo of 10 MiB at the same moment, and what that takes."""

import io
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

from PIL import Image

from bench.reporters import CODE, SEALED, TOKEN, Reporter
from bench.server import Server
from tests.factories.scanner import CLAMD, Clamd

REPORTERS, MIB = 20, 1024 * 1024
SWITCH_ON = (
    "from meldpunt.reports.models import UploadSetting\n"
    "from meldpunt.reports.querysets import working_in\n"
    "from portal.regions.models import Municipality\n"
    "place = Municipality.objects.get(slug='demodam')\n"
    "with working_in([place.pk]):\n"
    "    UploadSetting.objects.create(municipality=place, is_on=True)\n"
)


def photo() -> bytes:
    """A JPEG of 10 MiB, of twelve million points."""
    made = io.BytesIO()
    Image.effect_noise((4000, 3000), 40).convert("RGB").save(made, "JPEG", quality=85)
    return made.getvalue().ljust(10 * MIB, b"\0")[: 10 * MIB]


class Peak:
    """The highest memory of a server with all that it started; use it in a ``with``."""

    def __init__(self, server: Server) -> None:
        self.server, self.mebibytes = server, 0.0
        self._stop = threading.Event()
        self._watch = threading.Thread(target=self._look)

    def __enter__(self) -> "Peak":
        self._watch.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._stop.wait(0.05):
            self.mebibytes = max(self.mebibytes, self.server.memory(master=True, children=True))


def send(reporter: Reporter, content: bytes) -> bool:
    """Send the form with a file; whether the code came back."""
    fields = {
        "csrfmiddlewaretoken": reporter.found(TOKEN),
        "antwoorden": reporter.found(SEALED),
        "ga": "verder",
    }
    body = "".join(
        f'--grens\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    body += (
        '--grens\r\nContent-Disposition: form-data; name="bestanden"; filename="foto.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    )
    connection = HTTPConnection("127.0.0.1", reporter.server.port, timeout=180)
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in reporter.cookies.items())
    headers = {"Cookie": cookie, "Content-Type": "multipart/form-data; boundary=grens"}
    whole = body.encode() + content + b"\r\n--grens--\r\n"
    connection.request("POST", "/meldpunt/melden/controle/", body=whole, headers=headers)
    text = connection.getresponse().read().decode(errors="replace")
    connection.close()
    return bool(CODE.search(text))


def measured(folder: Path, **environment: str) -> Iterator[tuple[str, float, float | None]]:
    """Name, figure and budget of each row."""
    if CLAMD is None:
        yield "uploads: no clamd here", 0, None
        return
    content, place = photo(), tempfile.mkdtemp(prefix="portal-bench-clamd-")
    with (
        Clamd(place) as scanner,
        Server(
            folder,
            threads=REPORTERS // 2,
            MELDPUNT_CLAMAV_SOCKET=scanner.socket,
            **environment,
        ) as server,
    ):
        one = Reporter(server).fill_in()
        began = time.monotonic()
        send(one, content)
        yield "upload of 10 MiB (s)", time.monotonic() - began, None
        reporters = [Reporter(server).fill_in() for _count in range(REPORTERS)]
        yield "before the uploads (MiB)", server.memory(master=True), None
        began = time.monotonic()
        with Peak(server) as peak, ThreadPoolExecutor(REPORTERS) as pool:
            came_in = list(pool.map(lambda one: send(one, content), reporters))
        yield "20 uploads of 10 MiB (MiB)", peak.mebibytes, 1024
        yield "  seconds for all", time.monotonic() - began, None
        yield "  refused", came_in.count(False), 0
    shutil.rmtree(place, ignore_errors=True)

"""What a journey counts after a click is the whole of the next page."""

import http.server
import threading
import time

import pytest

FIRST = b"<!doctype html><html lang=nl><title>Weg</title><a href=/slow>Verder</a>"


class InTwoHalves(http.server.BaseHTTPRequestHandler):
    """A page of which the second half comes late, as from a machine that has much to do."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(FIRST)
        if self.path == "/slow":
            self.wfile.flush()
            time.sleep(0.5)
            self.wfile.write(b"<p>Aangekomen</p>")

    def log_message(self, *args):
        pass


@pytest.fixture
def slow_address():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), InTwoHalves) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("deed", [lambda it: it.click(), lambda it: it.press("Enter")])
def test_who_counts_after_a_click_or_a_key_counts_the_whole_page(chromium, slow_address, deed):
    page = chromium.new_page()
    page.goto(slow_address)
    deed(page.get_by_role("link"))
    assert page.get_by_text("Aangekomen").count() == 1
    page.close()

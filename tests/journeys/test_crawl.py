"""Every link that a page of the demo offers, leads to an answer."""

import re
from collections import deque
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

AT_MOST = 160
LINK = re.compile(r'<(?:a|link|form|img|script)\b[^>]*?\s(?:href|src|action)="([^"]+)"')
# Addresses that change something when they are asked for, or that only a browser fills in.
LEFT_ALONE = ("/meldpunt/snel-weg/", "/account/logout/", "/static/", "/beheer/sprite/")


@pytest.mark.parametrize(
    ("who", "start"),
    [(None, "/"), ("professional", "/werkplek/"), ("redacteur", "/beheer/")],
)
def test_no_link_leads_to_a_page_that_fails(who, start, visitor, demo):
    ask = visitor(who=who).request
    queue, seen, broken = deque([(start, "")]), {start}, []
    while queue and len(seen) < AT_MOST:
        address, found_on = queue.popleft()
        answer = ask.get(address, max_redirects=0)
        if answer.status not in (200, 301, 302, 303, 403, 405):
            broken.append(f"{answer.status} {address} on {found_on}")
        if answer.headers.get("content-type", "").startswith("text/html"):
            for link in links_of(answer.text(), demo.url + address):
                if link not in seen:
                    seen.add(link)
                    queue.append((link, address))

    assert not broken, "\n".join(broken)
    assert len(seen) > 40


def links_of(html, address):
    """The addresses of this portal that a page names, in order, without their anchors."""
    found = []
    for link in LINK.findall(html):
        whole = urlsplit(urldefrag(urljoin(address, link.replace("&amp;", "&"))).url)
        path = whole.path + (f"?{whole.query}" if whole.query else "")
        if whole.netloc == urlsplit(address).netloc and not path.startswith(LEFT_ALONE):
            found.append(path)
    return found

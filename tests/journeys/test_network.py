"""A netwerkregisseur keeps the network; somebody takes the call list along, and it obeys its people."""

import re
import time
from datetime import date

import networkx as nx
import pytest
from django.utils import translation

from network.map.workflow import LinkKind
from tests.journeys.conftest import sign_in

MAP = "/netwerk/kaart/"
CALLS = "/netwerk/organisaties/mijn-bellijst/"
QUIET = ["Basisschool De Regenboog", "Kerk aan de Haven", "Moskee Al Wasl (fictief)"]


def rows_of(page, caption):
    """The cells of a table of the map, row by row."""
    return (
        page.get_by_role("table", name=caption)
        .locator("tbody tr")
        .evaluate_all(
            "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))"
        )
    )


def test_a_coordinator_finds_who_is_quiet_and_where_nobody_is_and_adds_a_link(visitor):
    page = visitor(who="netwerkregisseur")
    page.goto("/werkplek/netwerk/contact/")
    quiet = page.get_by_role("table").locator("tbody th").all_inner_texts()
    assert sorted(quiet) == QUIET

    page.goto(f"{MAP}dekking/")
    spots = page.get_by_role("region", name="Witte vlekken")
    assert spots.get_by_text("Jongerenwerk in Oosterlinde", exact=True).is_visible()

    page.goto(MAP)
    before, lines = rows_of(page, "Wat ertussen is"), page.locator(".portal-network line").count()
    assert lines == len(before)
    nodes = page.get_by_role("table", name="Wat er op de kaart staat")
    nodes.get_by_role("link", name="Kerk aan de Haven").click()
    page.get_by_role("link", name="Verbinding toevoegen").click()
    page.get_by_label("Met welke organisatie").fill("Stichting De Brug")
    page.get_by_label("Soort verbinding").select_option("samenwerking")
    page.get_by_label("Spreken elkaar soms").check()
    for name, value in (("Dag", "3"), ("Maand", "2"), ("Jaar", str(date.today().year))):
        page.get_by_label(name, exact=True).fill(value)
    page.get_by_label("Hoe weten wij dit?").fill("Gesprek van 3 februari")
    page.get_by_role("button", name="Op de kaart zetten").click()

    page.goto(MAP)
    after = rows_of(page, "Wat ertussen is")
    new = [row for row in after if row not in before]
    assert [row[:3] for row in new] == [["Kerk aan de Haven", "Werken samen", "Stichting De Brug"]]
    assert new[0][-1] == "Gesprek van 3 februari"
    assert page.locator(".portal-network line").count() == lines + 1

    with page.expect_download() as download:
        page.get_by_role("link", name="Het netwerk voor andere programma’s").click()
    graph = nx.parse_graphml(download.value.path().read_text(), force_multigraph=True)
    names = nx.get_node_attributes(graph, "name")
    with translation.override("nl"):
        edges = [
            [names[a], str(LinkKind(data["kind"]).label), names[b], data["origin"]]
            for a, b, data in graph.edges(data=True)
        ]
    assert sorted(names.values()) == sorted(
        row[0] for row in rows_of(page, "Wat er op de kaart staat")
    )
    assert sorted(edges) == sorted([*row[:3], row[-1]] for row in after)


def test_the_map_is_walked_with_the_keyboard_and_says_no_more_than_its_tables(visitor):
    page = visitor(who="professional")
    page.goto(MAP)
    names = [row[0] for row in rows_of(page, "Wat er op de kaart staat")]

    page.get_by_role("region", name="Tekening van het netwerk").focus()
    walked = []
    for _name in names:
        page.keyboard.press("Tab")
        walked.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert [name.rsplit(", ", 1)[0] for name in walked] == names
    links = rows_of(page, "Wat ertussen is")
    assert page.locator(".portal-network line").count() == len(links)

    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/netwerk/kaart/\d+/$"))
    assert page.locator("h1").inner_text() == names[-1]


def test_the_call_list_works_without_internet_until_somebody_changes_their_mind(visitor):
    holder = visitor(who="professional.polderveen")
    holder.goto("/netwerk/mensen/mijn-profiel/")
    holder.get_by_label("Mobiel").fill("06 00 00 00 77")
    holder.get_by_role("button", name="Mijn profiel bewaren").click()
    holder.get_by_text("Iets toestaan").click()
    holder.get_by_label("Welk gegeven").select_option(label="Mobiel: 06 00 00 00 77")
    holder.get_by_label("Op een telefoon zonder internet").check()
    holder.get_by_label("Altijd").check()
    holder.get_by_role("button", name="Dit een jaar lang toestaan").click()

    page = visitor(width=390, who="professional")
    page.goto(CALLS)
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    wait_until_kept(page, "06 00 00 00 77")

    page.context.set_offline(True)
    page.goto(CALLS)
    assert page.get_by_text("06 00 00 00 77").is_visible()
    assert page.get_by_text("Dialoogteam").is_visible()

    holder.goto("/netwerk/mensen/mijn-profiel/")
    holder.get_by_role("button", name="Alles intrekken").click()
    page.goto(CALLS)
    assert page.get_by_text("06 00 00 00 77").is_visible()  # nobody could tell the telephone yet

    page.context.set_offline(False)
    page.goto("/privacy/")
    wait_until_kept(page, "06 00 00 00 77", gone=True)
    wait_until_kept(page, "Dialoogteam")
    page.context.set_offline(True)
    page.goto(CALLS)
    assert page.get_by_text("Dialoogteam").is_visible()
    assert not page.get_by_text("06 00 00 00 77").count()


def test_who_signs_out_leaves_no_call_list_on_the_telephone(visitor, demo):
    page = visitor(width=390)
    sign_in(page, demo, "ambassadeur")  # a web session of its own: it ends here
    page.goto(CALLS)
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    wait_until_kept(page)

    page.goto("/account/logout/")
    page.locator("main").get_by_role("button").first.click()
    page.goto("/privacy/")
    wait_until_kept(page, gone=True)

    page.context.set_offline(True)
    page.goto(CALLS)
    assert page.locator("h1").inner_text() == "U hebt nu geen internet"


def wait_until_kept(page, words="Mijn bellijst", *, gone=False):
    """Until the service worker keeps a page with these words, or none any more."""
    until = time.monotonic() + 30
    while is_kept(page, words) == gone:
        assert time.monotonic() < until, f"{words} {'stays' if gone else 'is not kept'}"
        page.wait_for_timeout(100)


def is_kept(page, words):
    """Whether a call list that the service worker keeps holds these words."""
    return page.evaluate(
        """async (words) => {
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const request of await cache.keys()) {
                    if (!request.url.includes("mijn-bellijst")) continue;
                    if ((await (await cache.match(request)).text()).includes(words)) return true;
                }
            }
            return false;
        }""",
        words,
    )


@pytest.mark.parametrize("who", ["professional", "netwerkregisseur"])
def test_the_picture_of_the_map_is_a_picture(visitor, who):
    page = visitor(who=who)
    page.goto(MAP)

    with page.expect_download() as download:
        page.get_by_role("link", name="De tekening als plaatje").click()

    assert download.value.path().read_bytes().startswith(b"\x89PNG")

"""What a page costs does not grow with the content."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts import audiences
from portal.pages import memory
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import (
    article,
    closed_library,
    flow,
    for_audience,
    help_card,
    help_index,
    intervention,
    library,
    module,
    runbook,
    step,
    text,
    theme,
    trainings,
    word,
)
from tests.factories.pages import close

pytestmark = pytest.mark.django_db


@pytest.fixture
def _as_in_production(monkeypatch):
    """Tests run in a transaction, in which nothing is remembered; here it is, and then forgotten."""
    monkeypatch.setattr(memory, "is_certain", lambda: True)
    monkeypatch.setattr(memory, "_values", type(memory._values)())


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def long_article(title, number):
    """An article with ``number`` of everything."""
    goals = [article(f"{title} doel {one}", below=library()) for one in range(number)]
    subject = theme(f"{title}thema")
    for one in range(number):
        close(closed_library_named(f"{title}-{one}"), audiences.of_municipality(f"plaats{one}"))
        word(f"{title}woord{one}")
    links = "".join(f'<a linktype="page" id="{goal.pk}">x</a>' for goal in goals)
    body = [
        block
        for one in range(number)
        for block in (
            ("heading", f"Kop {one}"),
            text(f"{links} {title}woord{one}"),
            for_audience("x"),
        )
    ]
    page = article(title, body=body, related=[("page", goal) for goal in goals[:6]])
    for same in [page, *goals]:
        same.themes.set([subject])
        same.save()
    return page


def closed_library_named(slug):
    part = closed_library()
    part.slug = part.title = slug
    part.save()
    return part


@pytest.mark.usefixtures("_as_in_production")
def test_an_article_for_somebody_signed_in_takes_at_most_twelve_queries(client):
    small, large = long_article("klein", 1), long_article("groot", 12)
    client.force_login(UserFactory(roles=["professional"]))

    counts = [queries(client, small.url), queries(client, large.url)]

    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_an_article_costs_the_same_with_one_and_with_twelve_of_everything(client):
    small, large = long_article("klein", 1), long_article("groot", 12)

    assert queries(client, small.url) == queries(client, large.url)


@pytest.mark.parametrize(
    ("make", "more", "address"),
    [
        (
            library,
            lambda: [article(f"a{n}") and intervention(f"i{n}") for n in range(15)],
            "/kennisbank/",
        ),
        (help_index, lambda: [help_card(f"k{n}") for n in range(15)], "/hulp/"),
        (trainings, lambda: [module(f"m{n}") for n in range(15)], "/training/"),
        (lambda: runbook("eerste"), lambda: [runbook(f"r{n}") for n in range(15)], "/draaiboeken/"),
        (lambda: flow(), lambda: [article(f"a{n}") for n in range(15)], "/kennisbank/mijn-zorg/"),
        (library, lambda: [word(f"w{n}") for n in range(40)], "/kennisbank/begrippen/"),
        (library, lambda: [intervention(f"i{n}") for n in range(15)], "/kennisbank/vergelijken/"),
    ],
)
def test_a_list_costs_the_same_when_it_grows(client, make, more, address):
    make()
    if "kennisbank" in address:
        article("een"), intervention("een")
    for made in ((help_card, "/hulp/"), (module, "/training/")):
        if address == made[1]:
            made[0]("een")
    before = queries(client, address)

    more()

    assert queries(client, address) == before


def test_a_runbook_costs_the_same_with_two_and_with_thirty_steps(client):
    goal = article("Doel")
    link = [text(f'<a linktype="page" id="{goal.pk}">Doel</a>')]
    small = runbook("Klein", steps=[step("Handeling", body=link)])
    large = runbook("Groot", steps=[step(f"Handeling {one}", body=link) for one in range(30)])

    assert queries(client, small.url) == queries(client, large.url)

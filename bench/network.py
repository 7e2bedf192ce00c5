"""A network of any size: cards of organisations, and links between them."""

import random
from datetime import time, timedelta

from django.db import transaction
from django.utils import timezone

from network.directory.models import (
    ContactFunction,
    Language,
    OpeningHours,
    Organisation,
    Sector,
)
from network.directory.workflow import OrganisationKind
from network.map.models import NetworkLink, NetworkNode
from network.map.services.analysis import work_out
from network.map.workflow import LinkKind, NodeKind, Strength
from portal.pages.models import Theme
from portal.regions.models import Area, Municipality

SEED = 20261125
WORDS = (
    "jongerenwerk", "ouders", "gezinnen", "school", "sport", "taal", "buurt", "moskee", "kerk",
    "dialoog", "advies", "opvang", "veiligheid", "vrijwilligers", "ontmoeting", "straatwerk",
)  # fmt: skip
SECTORS = ("jongerenwerk", "onderwijs", "zorg", "veiligheid", "gemeenschappen", "sport", "overheid")


@transaction.atomic
def fill(organisations: int, links: int) -> None:
    """So many cards with hours and functions, so many links, and where each is drawn."""
    draw = random.Random(SEED)
    cards = make_cards(draw, organisations)
    add_parts(draw, cards)
    nodes = NetworkNode.objects.bulk_create(
        NetworkNode(kind=NodeKind.ORGANISATION, organisation=card) for card in cards
    )
    make_links(draw, nodes, links)
    work_out()


def make_cards(draw: random.Random, number: int) -> list[Organisation]:
    """Cards in the municipalities of the region; a few work in all of it."""
    places = [*Municipality.objects.filter(areas__isnull=False).distinct(), None]
    weights = [*[20] * (len(places) - 1), 3]
    return Organisation.objects.bulk_create(
        [
            Organisation(
                name=f"{draw.choice(('Stichting', 'Team', 'Centrum', 'Huis'))} "
                f"{draw.choice(WORDS)} {count}",
                slug=f"organisatie-{count}",
                kind=draw.choice(OrganisationKind.values),
                summary=" ".join(draw.choices(WORDS, k=16)),
                municipality=draw.choices(places, weights)[0],
                confirmed_at=timezone.now(),
            )
            for count in range(number)
        ],
        batch_size=500,
    )


def add_parts(draw: random.Random, cards: list[Organisation]) -> None:
    """Sectors, areas, themes, languages, hours and functions of the cards."""
    for order, slug in enumerate(SECTORS):
        defaults = {"name": slug.capitalize(), "sort_order": order}
        Sector.objects.get_or_create(slug=slug, defaults=defaults)
    areas: dict[int | None, list[Area]] = {}
    for area in Area.objects.all():
        areas.setdefault(area.municipality_id, []).append(area)
    for name, rows, most in (
        ("sectors", list(Sector.objects.all()), 2),
        ("themes", list(Theme.objects.all()), 3),
        ("languages", list(Language.objects.all()), 3),
    ):
        through = getattr(Organisation, name).through
        key = f"{name.removesuffix('s')}_id"
        through.objects.bulk_create(
            (
                through(organisation_id=card.pk, **{key: one.pk})
                for card in cards
                for one in draw.sample(rows, min(len(rows), draw.randint(1, most)))
            ),
            batch_size=1000,
        )
    Organisation.areas.through.objects.bulk_create(
        Organisation.areas.through(organisation_id=card.pk, area_id=area.pk)
        for card in cards
        if card.municipality_id and draw.random() < 0.7
        for area in draw.sample(areas[card.municipality_id], 1)
    )
    OpeningHours.objects.bulk_create(
        (
            OpeningHours(organisation=card, weekday=day, opens=time(9), closes=time(17))
            for card in cards
            for day in "01234"
        ),
        batch_size=1000,
    )
    ContactFunction.objects.bulk_create(
        (
            ContactFunction(organisation=card, function="Balie", phone="088 000 00 00")
            for card in cards
        ),
        batch_size=1000,
    )


def make_links(draw: random.Random, nodes: list[NetworkNode], number: int) -> None:
    """Links between pairs that differ; a few nodes have very many, as in a real network."""
    today = timezone.localdate()
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < number:
        busy = int(len(nodes) * draw.random() ** 2)
        pair = nodes[busy].pk, draw.choice(nodes).pk
        if pair[0] != pair[1]:
            pairs.add(pair)
    NetworkLink.objects.bulk_create(
        (
            NetworkLink(
                source_id=source,
                target_id=target,
                kind=draw.choice([LinkKind.COOPERATION, LinkKind.CONSULTATION]),
                strength=draw.choice(Strength.values),
                since=today - timedelta(days=draw.randint(1, 2000)),
                origin="Gesprek met de organisatie",
            )
            for source, target in sorted(pairs)
        ),
        batch_size=1000,
    )

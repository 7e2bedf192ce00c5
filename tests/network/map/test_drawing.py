"""What the drawing weighs, and the drawing as a picture."""

from datetime import date
from io import BytesIO

import brotli
import pytest
from django.utils import timezone
from PIL import Image

from network.map.models import NetworkLink, NetworkNode
from network.map.views.drawing import MOST_LINKS, MOST_NODES
from network.map.views.picture import as_png
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.network import LinkFactory, NodeFactory, OrganisationFactory, node_of
from tests.factories.regions import MunicipalityFactory

pytestmark = pytest.mark.django_db
MAP = "/netwerk/kaart/"
KILOBYTE = 1000


def crowd(nodes, links):
    """So many consultations, and so many links of which no two are alike."""
    place = MunicipalityFactory()
    made = NetworkNode.objects.bulk_create(
        NetworkNode(
            kind="overleg",
            name=f"Overleg {number * 7919 % 10007} over wijk {number}",
            municipality=place,
            x=number * 37 % 1200,
            y=number * 91 % 760,
            degree=number % 40,
        )
        for number in range(nodes)
    )
    NetworkLink.objects.bulk_create(
        NetworkLink(
            source=made[number % nodes],
            target=made[(number * 7 + number // nodes + 1) % nodes],
            kind=("samenwerking", "overleg")[number % 2],
            strength="123"[number % 3],
            since=date(2015 + number % 11, 1 + number % 12, 1 + number % 28),
            until=date(2030, 1, 1 + number % 28),
            origin=f"Gesprek van {1 + number % 28} maart, verslag {number * 31 % 977}",
        )
        for number in range(links)
        if number % nodes != (number * 7 + number // nodes + 1) % nodes
    )


def test_a_map_of_300_nodes_weighs_at_most_150_kilobytes(client):
    crowd(MOST_NODES, MOST_LINKS)
    sign_in(client, UserFactory(roles=["professional"]))

    response = client.get(MAP)

    assert response.context["shown"] == MOST_NODES
    assert response.context["links"] > 0.99 * MOST_LINKS
    assert len(brotli.compress(response.content)) <= 150 * KILOBYTE


def test_more_nodes_than_fit_are_the_busiest_and_the_page_says_so(client):
    crowd(MOST_NODES + 20, 5)
    sign_in(client, UserFactory(roles=["professional"]))

    response = client.get(MAP)

    assert (response.context["shown"], response.context["total"]) == (300, 320)
    assert "U ziet de drukste" in response.content.decode()


def test_the_picture_shows_the_same_as_the_drawing(client):
    LinkFactory(source=node_of(OrganisationFactory(name="De Brug")))
    sign_in(client, UserFactory(roles=["professional"]))

    response = client.get(MAP + "netwerk.png")

    image = Image.open(BytesIO(response.content))
    assert image.format == "PNG"
    assert image.width == 2640
    assert response["Content-Disposition"] == 'attachment; filename="netwerk.png"'
    colours = {colour for _number, colour in image.getcolors(1 << 20)}
    assert {(0x0A, 0x5A, 0x7D), (0x2E, 0x7D, 0x4F)} <= colours  # a card and a consultation


def test_every_kind_of_node_and_link_is_in_the_picture():
    nodes = [
        NodeFactory(kind=kind, x=100.0 * number, y=100.0)
        for number, kind in enumerate(("overleg", "functie", "plek"), start=1)
    ]
    links = [
        LinkFactory(source=nodes[0], target=nodes[1], strength="3"),
        LinkFactory(source=nodes[1], target=nodes[2], strength="1"),
    ]

    empty = as_png([], [], timezone.localdate())
    without, whole = (as_png(nodes, some, timezone.localdate()) for some in ([], links))

    assert len({empty, without, whole}) == 3


def test_who_may_not_see_the_map_gets_no_picture(client):
    sign_in(client, UserFactory(roles=["online-ambassadeur"]))

    assert client.get(MAP + "netwerk.png").status_code == 403

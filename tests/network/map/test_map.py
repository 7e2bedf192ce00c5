"""The map: what stands on it, what it says, who keeps it, and that no person is ever on it."""

from datetime import date, timedelta

import networkx as nx
import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from network.directory.services.merging import merge_cards, part_cards
from network.map.graph import analyse, unreachable_without
from network.map.models import ContactMoment, NetworkLink, NetworkNode, WhiteSpotAction
from network.map.services.analysis import work_out
from network.map.workflow import LinkKind, NodeKind
from portal.accounts.models import User
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.network import (
    AreaFactory,
    LinkFactory,
    NodeFactory,
    OrganisationFactory,
    SectorFactory,
    node_of,
)
from tests.factories.regions import MunicipalityFactory

MAP = "/netwerk/kaart/"


@pytest.fixture
def coordinator(client):
    person = UserFactory(roles=["netwerkregisseur"])
    sign_in(client, person)
    return person


@pytest.fixture
def professional(client):
    person = UserFactory(roles=["professional"])
    sign_in(client, person)
    return person


@pytest.mark.django_db
@pytest.mark.parametrize("address", [MAP, MAP + "dekking/", MAP + "netwerk.graphml"])
def test_the_map_opens_for_who_may_see_it_and_for_nobody_else(client, address):
    assert client.get(address).status_code == 302
    sign_in(client, UserFactory(roles=["online-ambassadeur"]))
    assert client.get(address).status_code == 403
    sign_in(client, UserFactory(roles=["professional"]))
    assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_the_map_is_a_drawing_and_tables_that_say_the_same(client, professional):
    brug = OrganisationFactory(name="De Brug")
    LinkFactory(source=node_of(brug), target=NodeFactory(name="Vredesoverleg"), kind="deelname")

    text = client.get(MAP).content.decode()

    svg, tables = text[text.index('<svg class="portal-network"') :].split("</svg>", 1)
    for name in ("De Brug", "Vredesoverleg"):
        assert name in svg
        assert name in tables
    assert svg.count("<line") == 1
    assert "Gesprek van 3 maart" in tables
    assert "style=" not in svg


@pytest.mark.django_db
def test_a_name_on_the_map_is_never_markup(client, professional):
    OrganisationFactory(name="<script>alert(1)</script>", slug="x")

    assert b"<script>alert" not in client.get(MAP).content


@pytest.mark.django_db
def test_the_filters_stand_in_the_address(client, professional):
    area = AreaFactory()
    one = node_of(OrganisationFactory(name="Wijkhuis", areas=[area]))
    node_of(OrganisationFactory(name="Weiden", areas=[AreaFactory(name="De Weiden")]))
    node_of(OrganisationFactory(name="Polderhulp", elsewhere=True))
    far = NodeFactory(name="Vredesoverleg")
    LinkFactory(source=one, target=far, kind="deelname")

    def shown(query):
        text = client.get(f"{MAP}?{query}").content.decode()
        names = ("Wijkhuis", "Weiden", "Polderhulp", "Vredesoverleg")
        return {
            name
            for name in names
            if f'"row"><a class="nl-link" href="{MAP}' in text and f">{name}</a>" in text
        }

    assert shown("") == {"Wijkhuis", "Weiden", "Polderhulp", "Vredesoverleg"}
    assert shown("gemeente=polderveen") == {"Polderhulp"}
    assert shown(f"gebied={area.pk}") == {"Wijkhuis", "Vredesoverleg"}
    assert shown("soort=overleg") == {"Vredesoverleg"}
    assert shown(f"vanaf={far.pk}") == {"Wijkhuis", "Vredesoverleg"}


@pytest.mark.django_db
def test_the_slider_shows_the_links_of_then(client, professional):
    today = timezone.localdate()
    old = LinkFactory(since=today - timedelta(days=400), until=today - timedelta(days=100))
    LinkFactory(since=today - timedelta(days=10))

    def count(months):
        response = client.get(f"{MAP}?maand={months}")
        day = response.context["day"]
        assert response.context["links"] == NetworkLink.objects.there_on(day).count()
        return response.context["links"]

    assert count(0) == 1
    assert count(5) == 1
    assert count(40) == 0
    assert old in NetworkLink.objects.there_on(today - timedelta(days=200))


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["maand=-1", "maand=9999", "vanaf=999999", "soort=persoon"])
def test_odd_filters_never_break_the_map(client, professional, query):
    NodeFactory()

    assert client.get(f"{MAP}?{query}").status_code == 200


@pytest.mark.django_db
def test_the_map_costs_the_same_for_three_nodes_and_for_sixty(
    client, professional, django_assert_max_num_queries
):
    def cost():
        with django_assert_max_num_queries(40) as counted:
            client.get(MAP)
        return len(counted)

    LinkFactory.create_batch(2)
    few = cost()
    LinkFactory.create_batch(20)
    OrganisationFactory.create_batch(20)

    assert cost() == few


@pytest.mark.django_db
def test_cut_points_and_bridges_are_those_of_networkx():
    nodes = NodeFactory.create_batch(7)
    for a, b in [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5)]:
        LinkFactory(source=nodes[a], target=nodes[b])

    work_out()

    graph = nx.Graph(list(NetworkLink.objects.values_list("source_id", "target_id")))
    graph.add_node(nodes[6].pk)
    cut = set(NetworkNode.objects.filter(is_cut_point=True).values_list("pk", flat=True))
    assert cut == set(nx.articulation_points(graph))
    between = dict(NetworkNode.objects.values_list("pk", "betweenness"))
    assert between == pytest.approx(nx.betweenness_centrality(graph))
    assert NetworkNode.objects.get(pk=nodes[6].pk).component == 1
    lost = unreachable_without(graph.edges, nodes[3].pk)
    assert lost == [{nodes[4].pk, nodes[5].pk}]


def test_every_node_lies_inside_the_drawing_however_many_there_are():
    for total in (1, 2, 40, 600):
        places = analyse({key: key % 4 for key in range(total)}, [(0, key) for key in range(total)])
        assert len(places) == total
        assert all(0 <= place.x <= 1200 and 0 <= place.y <= 760 for place in places.values())


@pytest.mark.django_db
def test_networkx_reads_the_export_back_equal(client, professional):
    LinkFactory(source=node_of(OrganisationFactory(name='De "Brug" & <zo>', slug="b")))
    LinkFactory(until=None, origin="Jaarverslag; blz. 3\x0b")

    text = client.get(MAP + "netwerk.graphml").content.decode()

    graph = nx.parse_graphml(text, force_multigraph=True)
    assert graph.number_of_nodes() == NetworkNode.objects.count()
    assert {data["name"] for _key, data in graph.nodes(data=True)} >= {'De "Brug" & <zo>'}
    edges = {
        (a, b, data["kind"], data["strength"], data["since"])
        for a, b, data in graph.edges(data=True)
    }
    assert edges == {
        (f"n{link.source_id}", f"n{link.target_id}", link.kind, int(link.strength), "2026-01-01")
        for link in NetworkLink.objects.all()
    }


@pytest.mark.django_db
def test_a_coordinator_adds_a_link_with_a_source_and_map_and_table_change(
    client, coordinator, django_capture_on_commit_callbacks
):
    here = node_of(OrganisationFactory(name="De Brug"))
    node_of(OrganisationFactory(name="Jongerenhuis"))
    before = client.get(MAP).context["links"]

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"{MAP}{here.pk}/verbinden/", link("Jongerenhuis"))

    assert response.status_code == 302
    response = client.get(MAP)
    assert response.context["links"] == before + 1
    assert "Jaarverslag 2025" in response.content.decode()
    made = NetworkLink.objects.get()
    assert made.entered_by == coordinator
    assert NetworkNode.objects.get(pk=here.pk).degree == 1


def link(other, **changes):
    return {
        "other": other,
        "kind": "samenwerking",
        "direction": "out",
        "strength": "2",
        "since_day": "1",
        "since_month": "2",
        "since_year": "2026",
        "origin": "Jaarverslag 2025",
        **changes,
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"other": "Niemand"},
        {"origin": ""},
        {"origin": "bel 06 12345678"},
        {"since_year": "2999"},
        {"kind": "familie"},
        {"kind": "deelname"},
        {"strength": "9"},
    ],
)
def test_a_link_that_is_wrong_is_told_at_the_field_and_not_stored(client, coordinator, changes):
    here = node_of(OrganisationFactory(name="De Brug"))
    OrganisationFactory(name="Jongerenhuis")

    response = client.post(f"{MAP}{here.pk}/verbinden/", link("Jongerenhuis") | changes)

    assert response.status_code == 422
    assert not NetworkLink.objects.exists()


@pytest.mark.django_db
def test_an_organisation_links_its_own_card_and_no_other(client):
    keeper = UserFactory(roles=["instelling"])
    own = node_of(OrganisationFactory(name="Eigen", keepers=[keeper]))
    other = node_of(OrganisationFactory(name="Ander"))
    strange = LinkFactory()
    sign_in(client, keeper)

    assert client.post(f"{MAP}{own.pk}/verbinden/", link("Ander")).status_code == 302
    assert client.post(f"{MAP}{other.pk}/verbinden/", link("Eigen")).status_code == 403
    assert client.post(f"{MAP}verbinding/{strange.pk}/beeindigen/").status_code == 404
    assert client.get(f"{MAP}{own.pk}/").status_code == 200
    assert client.get(f"{MAP}{other.pk}/").status_code == 404
    assert NetworkLink.objects.count() == 2


@pytest.mark.django_db
def test_a_professional_changes_nothing_on_the_map(client, professional):
    found = LinkFactory()

    assert client.post(f"{MAP}{found.source_id}/verbinden/", link("x")).status_code == 403
    assert client.post(f"{MAP}verbinding/{found.pk}/beeindigen/").status_code == 403
    assert client.get("/werkplek/netwerk/kaart/toevoegen/").status_code == 403
    assert client.get("/werkplek/netwerk/contact/").status_code == 403
    assert client.get("/werkplek/netwerk/witte-vlek/").status_code == 403


@pytest.mark.django_db
def test_a_link_that_is_over_stays_on_the_map_of_before(client, coordinator):
    found = LinkFactory()

    client.post(f"{MAP}verbinding/{found.pk}/beeindigen/")

    today = timezone.localdate()
    assert not NetworkLink.objects.there_on(today).exists()
    assert NetworkLink.objects.there_on(today - timedelta(days=1)).exists()


@pytest.mark.django_db
def test_links_go_along_with_a_merge_and_come_back(coordinator):
    kept, double = OrganisationFactory(), OrganisationFactory()
    theirs = LinkFactory(source=node_of(double))
    between = LinkFactory(source=node_of(kept), target=node_of(double))

    merge = merge_cards(kept, merged=double, by=coordinator)

    theirs.refresh_from_db()
    between.refresh_from_db()
    assert theirs.source == node_of(kept)
    assert between.until is not None
    part_cards(merge, by=coordinator)
    theirs.refresh_from_db()
    between.refresh_from_db()
    assert theirs.source == node_of(double)
    assert between.until is None


# --- No person is a node (GR-04) --------------------------------------------------------


@pytest.mark.django_db
def test_the_database_refuses_a_person_as_a_node_and_a_link_to_oneself():
    node = NodeFactory()
    for kind in ("persoon", "person", "", "figuur"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE network_map_networknode SET kind = %s WHERE id = %s", [kind, node.pk]
            )
    with pytest.raises(IntegrityError), transaction.atomic():
        LinkFactory(source=node, target=node)
    with pytest.raises(IntegrityError), transaction.atomic():
        LinkFactory(kind="familie")


def test_no_end_of_a_link_can_be_an_account():
    for name in ("source", "target"):
        assert NetworkLink._meta.get_field(name).related_model is NetworkNode
    to_people = {
        field.name
        for field in NetworkNode._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is User
    }
    assert to_people == {"entered_by"}


ANY_KIND = st.sampled_from([*NodeKind.values, "persoon", "person", "user", "", "0"])
ANY_NAME = st.sampled_from(
    ["Ruben Visser", "ruben visser", " Ruben Visser ", "dhr. De Vries", "Imam Yusuf", "Wijkoverleg"]
)


class NobodyIsEverANode(TestCase):
    """No sequence of forms that somebody sends makes a person a node, or links two of them."""

    @settings(max_examples=12, deadline=None)
    @given(st.lists(st.tuples(ANY_KIND, ANY_NAME, st.sampled_from(LinkKind.values)), max_size=4))
    def test_whatever_is_sent(self, steps):
        coordinator = UserFactory(name="Ruben Visser", roles=["netwerkregisseur"])
        sign_in(self.client, coordinator)
        place = MunicipalityFactory()
        for kind, name, link_kind in steps:
            data = {"kind": kind, "name": name, "municipality": place.pk}
            self.client.post("/werkplek/netwerk/kaart/toevoegen/", data)
            for node in NetworkNode.objects.all():
                data = link(name, kind=link_kind)
                self.client.post(f"{MAP}{node.pk}/verbinden/", data)

        people = {name.casefold() for name in User.objects.values_list("name", flat=True)}
        for node in NetworkNode.objects.all():
            assert node.kind in NodeKind.values
            assert node.title.strip().casefold() not in people
            assert node.title == "Wijkoverleg"


# --- Coverage ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_white_spots_are_exactly_the_empty_cells(client, coordinator):
    youth, care = SectorFactory(), SectorFactory(name="Zorg")
    north, south = AreaFactory(), AreaFactory(name="De Weiden")
    OrganisationFactory(sectors=[youth], areas=[north])
    OrganisationFactory(sectors=[care])
    OrganisationFactory(sectors=[youth], elsewhere=True, ended_on="2026-01-01")

    response = client.get(MAP + "dekking/?gemeente=demodam")

    spots = [(s["cell"].sector.name, s["cell"].place.name) for s in response.context["spots"]]
    assert spots == [("Jongerenwerk", south.name)]
    assert "Jongerenwerk in De Weiden" in response.content.decode()
    single = {(cell.sector.name, cell.place.name) for cell in response.context["single"]}
    assert single == {
        ("Jongerenwerk", "Noorderbuurt"),
        ("Zorg", "Noorderbuurt"),
        ("Zorg", "De Weiden"),
    }


@pytest.mark.django_db
def test_a_cell_is_silent_until_somebody_speaks_with_one_of_it(client, coordinator):
    one = OrganisationFactory(sectors=[SectorFactory()])

    def state():
        rows = client.get(MAP + "dekking/").context["rows"]
        return next(row.cells[0].state for row in rows if row.name == "Demodam")

    assert state() == "silent"
    ContactMoment.objects.create(
        organisation=one, on=timezone.localdate(), subject="Kennis gemaakt", by=coordinator
    )
    assert state() == "single"


@pytest.mark.django_db
def test_a_white_spot_becomes_one_action(client, coordinator):
    SectorFactory()
    data = {"sector": "jongerenwerk", "municipality": "demodam", "text": "Bel het jongerenhuis"}
    MunicipalityFactory()

    assert client.post("/werkplek/netwerk/witte-vlek/", data).status_code == 302
    assert client.post("/werkplek/netwerk/witte-vlek/", data).status_code == 422
    action = WhiteSpotAction.objects.get()
    assert client.get(MAP + "dekking/").context["spots"][0]["is_planned"]
    client.post(f"/werkplek/netwerk/witte-vlek/{action.pk}/klaar/")
    action.refresh_from_db()
    assert action.done_at


@pytest.mark.django_db
def test_no_action_is_planned_for_the_municipality_next_door(client, coordinator):
    SectorFactory()
    MunicipalityFactory(name="Polderveen")
    data = {"sector": "jongerenwerk", "municipality": "polderveen", "text": "x"}

    assert client.post("/werkplek/netwerk/witte-vlek/", data).status_code == 422
    assert not WhiteSpotAction.objects.exists()


# --- Contact ----------------------------------------------------------------------------


def spoke(organisation, by, days, **more):
    day = timezone.localdate() - timedelta(days=days)
    return ContactMoment.objects.create(
        organisation=organisation, on=day, subject="Samenwerking", by=by, **more
    )


@pytest.mark.django_db
def test_a_coordinator_finds_with_whom_nobody_spoke_for_ninety_days(client, coordinator):
    never = OrganisationFactory(name="Nooit")
    spoke(OrganisationFactory(name="Lang geleden"), coordinator, 91)
    spoke(OrganisationFactory(name="Net nog"), coordinator, 90)
    OrganisationFactory(name="Elders", elsewhere=True)

    rows = client.get("/werkplek/netwerk/contact/").context["rows"]

    assert [(one.name, last) for one, last in rows] == [
        (never.name, None),
        ("Lang geleden", timezone.localdate() - timedelta(days=91)),
    ]


@pytest.mark.django_db
def test_a_confidential_contact_shows_to_nobody_else_not_even_as_a_day(client, coordinator):
    one = OrganisationFactory(name="De Brug")
    note = spoke(one, coordinator, 3, is_confidential=True)
    colleague = UserFactory(roles=["netwerkregisseur"])

    assert "Samenwerking" in client.get("/werkplek/netwerk/contact/de-brug/").content.decode()
    sign_in(client, colleague)
    assert "Samenwerking" not in client.get("/werkplek/netwerk/contact/de-brug/").content.decode()
    assert client.get("/werkplek/netwerk/contact/").context["rows"] == [(one, None)]
    note.shared_with.add(colleague)
    assert client.get("/werkplek/netwerk/contact/").context["rows"] == []


@pytest.mark.django_db
def test_a_contact_is_written_down_and_says_nothing_about_people(client, coordinator):
    OrganisationFactory(name="De Brug")
    day = timezone.localdate()
    data = {
        "on_day": day.day,
        "on_month": day.month,
        "on_year": day.year,
        "subject": "Jongerenavond",
        "follow_up": "Mail jan@voorbeeld.example",
    }

    assert client.post("/werkplek/netwerk/contact/de-brug/", data).status_code == 422
    data["follow_up"] = "Volgende maand weer"
    assert client.post("/werkplek/netwerk/contact/de-brug/", data).status_code == 302
    assert ContactMoment.objects.get().on == date(day.year, day.month, day.day)

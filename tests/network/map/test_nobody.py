"""Nobody is a node: whatever forms somebody sends, in whatever order (GR-04)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from network.directory.models import Import, Organisation
from network.map.models import NetworkLink, NetworkNode
from network.map.workflow import LinkKind, NodeKind
from portal.accounts.models import User
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.network import NodeFactory, OrganisationFactory, node_of
from tests.factories.regions import MunicipalityFactory

PEOPLE = ("Ruben Visser", "Noor el Amrani")
NAMES = st.sampled_from(
    [
        *PEOPLE,
        "ruben visser",
        "  RUBEN   Visser ",
        "Noor el\u00a0Amrani",
        "Wijkoverleg",
        "Buurthuis",
        "Stichting Brug",
    ]
)
KINDS = st.sampled_from([*NodeKind.values, "persoon", "person", "user", ""])
NUMBERS = st.integers(0, 5)


class Sending(RuleBasedStateMachine):
    """A coordinator who tries every form that can put something on the map."""

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.place = MunicipalityFactory()
        for name in PEOPLE:
            UserFactory(name=name, roles=["professional"])
        self.client = Client()
        sign_in(self.client, UserFactory(name="Regie", roles=["netwerkregisseur"]))

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def one(self, rows, number):
        found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    def send(self, address, data):
        assert self.client.post(address, data).status_code in (200, 302, 403, 404, 422), address

    def card(self, name, kind):
        return {
            "name": name,
            "kind": kind,
            "municipality": self.place.pk,
            "contact-TOTAL_FORMS": 0,
            "contact-INITIAL_FORMS": 0,
        }

    @rule(name=NAMES, kind=st.sampled_from(["zorg", "gemeenschap", "persoon"]))
    def add_a_card(self, name, kind):
        self.send("/werkplek/netwerk/organisatie-toevoegen/", self.card(name, kind))

    @rule(number=NUMBERS, name=NAMES)
    def call_a_card_otherwise(self, number, name):
        if card := self.one(Organisation.objects.current(), number):
            self.send(f"{card.get_absolute_url()}wijzigen/", self.card(name, "zorg"))

    @rule(number=NUMBERS, name=NAMES)
    def call_a_card_otherwise_in_the_editor(self, number, name):
        if card := self.one(Organisation.objects.current(), number):
            self.send(
                f"/beheer/network_directory/organisation/edit/{card.pk}/",
                {**self.card(name, "zorg"), "slug": card.slug},
            )

    @rule(names=st.lists(NAMES, min_size=1, max_size=3))
    def read_a_table(self, names):
        rows = "".join(f"{name};zorg;{self.place.slug}\n" for name in names)
        file = SimpleUploadedFile("kaarten.csv", f"naam;soort;gemeente\n{rows}".encode())
        self.send("/werkplek/netwerk/importeren/", {"file": file})
        if plan := self.one(Import.objects.filter(applied_at=None), 0):
            self.send(f"/werkplek/netwerk/importeren/{plan.pk}/uitvoeren/", {})

    @rule(name=NAMES, kind=KINDS)
    def add_a_node(self, name, kind):
        data = {"kind": kind, "name": name, "municipality": self.place.pk}
        self.send("/werkplek/netwerk/kaart/toevoegen/", data)

    @rule(number=NUMBERS, name=NAMES, kind=KINDS)
    def change_a_node(self, number, name, kind):
        if node := self.one(NetworkNode.objects, number):
            data = {"kind": kind, "name": name, "municipality": self.place.pk}
            self.send(f"/werkplek/netwerk/kaart/{node.pk}/wijzigen/", data)

    @rule(
        number=NUMBERS, other=NAMES, kind=st.sampled_from([*LinkKind.values, "familie", "vriend"])
    )
    def link(self, number, other, kind):
        if node := self.one(NetworkNode.objects, number):
            data = {
                "other": other,
                "kind": kind,
                "direction": "out",
                "strength": "2",
                "since_day": "1",
                "since_month": "2",
                "since_year": "2026",
                "origin": "Jaarverslag",
            }
            self.send(f"/netwerk/kaart/{node.pk}/verbinden/", data)

    @invariant()
    def no_node_is_a_person(self):
        people = {name.casefold() for name in User.objects.values_list("name", flat=True)}
        for node in NetworkNode.objects.select_related("organisation"):
            assert node.kind in NodeKind.values
            assert " ".join(node.title.split()).casefold() not in people

    @invariant()
    def every_link_is_between_nodes(self):
        known = set(NetworkNode.objects.values_list("pk", flat=True))
        for link in NetworkLink.objects.all():
            assert link.kind in LinkKind.values
            assert {link.source_id, link.target_id} <= known


@pytest.mark.django_db
def test_no_sequence_of_forms_makes_a_person_a_node_or_links_two():
    run_state_machine_as_test(Sending, settings=settings(max_examples=15, stateful_step_count=10))


@pytest.mark.django_db
def test_an_organisation_is_never_called_as_somebody_with_an_account(client):
    UserFactory(name="Ruben Visser")
    sign_in(client, UserFactory(roles=["netwerkregisseur"]))
    data = {"name": "ruben  visser", "kind": "zorg", "municipality": MunicipalityFactory().pk}
    forms = {"contact-TOTAL_FORMS": 0, "contact-INITIAL_FORMS": 0}

    response = client.post("/werkplek/netwerk/organisatie-toevoegen/", data | forms)

    assert response.status_code == 422
    assert "Dit is de naam van een persoon" in response.content.decode()
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_the_database_refuses_a_link_to_what_is_no_node():
    own, other = node_of(OrganisationFactory()), NodeFactory()
    person = UserFactory()
    nowhere = max(own.pk, other.pk, person.pk) + 1000
    sql = """INSERT INTO network_map_networklink
        (source_id, target_id, kind, strength, since, origin, entered_at)
        VALUES (%s, %s, 'samenwerking', '2', '2026-01-01', 'x', '2026-01-01')"""
    for ends in ((own.pk, nowhere), (nowhere, other.pk)):
        with pytest.raises(IntegrityError), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(sql, ends)
            connection.check_constraints()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE network_map_networknode SET kind = 'persoon', name = 'Ruben' WHERE id = %s",
            [other.pk],
        )

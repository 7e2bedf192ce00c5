"""Organisations and people of the tests, in Demodam unless told otherwise."""

from datetime import date, timedelta

import factory
from django.utils import timezone

from network.directory.models import (
    ContactFunction,
    Organisation,
    Profile,
    ProfileDetail,
    Sector,
)
from network.map.models import NetworkLink, NetworkNode
from portal.regions.models import Area
from tests.factories.accounts import UserFactory
from tests.factories.regions import MunicipalityFactory


class AreaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Area
        django_get_or_create = ["municipality", "slug"]

    municipality = factory.SubFactory(MunicipalityFactory)
    name = "Noorderbuurt"
    slug = factory.LazyAttribute(lambda area: area.name.lower().replace(" ", "-"))


class SectorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Sector
        django_get_or_create = ["slug"]

    name = "Jongerenwerk"
    slug = factory.LazyAttribute(lambda sector: sector.name.lower())


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A foundation in Demodam that confirmed its card last week."""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Stichting {number}")
    slug = factory.LazyAttribute(lambda one: one.name.lower().replace(" ", "-"))
    kind = "zorg"
    summary = "Helpt gezinnen in de wijk."
    municipality = factory.SubFactory(MunicipalityFactory)
    confirmed_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=7))

    class Params:
        elsewhere = factory.Trait(
            municipality=factory.SubFactory(MunicipalityFactory, name="Polderveen")
        )
        old = factory.Trait(
            confirmed_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=200))
        )

    @factory.post_generation
    def sectors(self, create, extracted, **kwargs):
        self.sectors.set(extracted or [])

    @factory.post_generation
    def areas(self, create, extracted, **kwargs):
        self.areas.set(extracted or [])

    @factory.post_generation
    def keepers(self, create, extracted, **kwargs):
        self.keepers.set(extracted or [])


class ContactFunctionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ContactFunction

    organisation = factory.SubFactory(OrganisationFactory)
    function = "Wachtdienst"
    phone = "088 000 11 11"


class ProfileFactory(factory.django.DjangoModelFactory):
    """Somebody who wants to be found, and allows nothing yet."""

    class Meta:
        model = Profile

    user = factory.SubFactory(UserFactory, roles=["professional"])
    function = "Wijkcoach"
    listed_at = factory.LazyFunction(timezone.now)


class DetailFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProfileDetail

    profile = factory.SubFactory(ProfileFactory)
    kind = "mobiel"
    value = "06 00 00 00 42"


class NodeFactory(factory.django.DjangoModelFactory):
    """A consultation in Demodam."""

    class Meta:
        model = NetworkNode

    kind = "overleg"
    name = factory.Sequence(lambda number: f"Overleg {number}")
    municipality = factory.SubFactory(MunicipalityFactory)


class LinkFactory(factory.django.DjangoModelFactory):
    """Two things that work together since New Year."""

    class Meta:
        model = NetworkLink

    source = factory.SubFactory(NodeFactory)
    target = factory.SubFactory(NodeFactory)
    kind = "samenwerking"
    strength = "2"
    since = date(2026, 1, 1)
    origin = "Gesprek van 3 maart"


def node_of(organisation):
    return NetworkNode.objects.get(organisation=organisation)

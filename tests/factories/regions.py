"""Places of the tests: always Demodam, and Polderveen as the municipality next door."""

import factory

from portal.regions.models import Municipality, Region


class RegionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ["slug"]

    name = "Lindekade"
    slug = "lindekade"


class MunicipalityFactory(factory.django.DjangoModelFactory):
    """Demodam, unless told otherwise."""

    class Meta:
        model = Municipality
        django_get_or_create = ["slug"]

    region = factory.SubFactory(RegionFactory)
    name = "Demodam"
    slug = factory.LazyAttribute(lambda place: place.name.lower())
    meldpunt_phone = "088 000 00 10"

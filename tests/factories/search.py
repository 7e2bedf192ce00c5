"""Words of the tests that stand in one place only, and where a visitor could meet them."""

import json

from django.core.cache import cache
from django.test import Client

from search.api import plain
from search.engine import find, suggestions


def found(text, user, **options):
    """The titles of the results, without mark-up."""
    return [plain(hit.title) for hit in find(text, user=user, **options).hits]


def everything_shown(text, user):
    """All that search says to a visitor who types ``text``: page, API, suggestions, as one text."""
    client = browser_of(user)
    results = find(text, user=user)
    addresses = [
        ("/zoeken/", {"q": text}),
        ("/zoeken/suggesties/", {"q": text}),
        ("/api/v1/zoeken/", {"q": text}),
        ("/api/v1/zoeken/suggesties", {"q": text}),
    ]
    answers = [client.get(address, asked).content.decode() for address, asked in addresses]
    facets = [[facet.name, *[choice.label for choice in facet.choices]] for facet in results.facets]
    said = [results.correction, results.count, facets, [vars(hit) for hit in results.hits]]
    return " ".join([*answers, json.dumps(said, default=str), *suggestions(text, user=user)])


def told_unasked(user):
    """What says new things by itself: the feed, the map of the site, the front page."""
    client = browser_of(user)
    addresses = ("/actueel/rss.xml", "/sitemap.xml", "/")
    return " ".join(client.get(address).content.decode() for address in addresses)


def browser_of(user):
    """A browser of this visitor, to which nothing kept is shown."""
    cache.clear()
    client = Client()
    if user.is_authenticated:
        client.force_login(user)
    return client

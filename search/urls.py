"""Addresses below ``/zoeken/``."""

from django.urls import URLPattern, URLResolver, path

from search.views import search, suggest

app_name = "search"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", search, name="search"),
    path("suggesties/", suggest, name="suggestions"),
]

"""Addresses of the network in the workspace."""

from django.urls import URLPattern, URLResolver

app_name = "network_werkplek"
urlpatterns: list[URLPattern | URLResolver] = []

"""Addresses of the network in the workspace."""

from django.urls import URLPattern, URLResolver, path

from network.directory.views import cards, desk

app_name = "network_werkplek"
urlpatterns: list[URLPattern | URLResolver] = [
    path("netwerk/", desk.desk, name="desk"),
    path("netwerk/bevestigen/", desk.to_confirm, name="to_confirm"),
    path("netwerk/organisatie-toevoegen/", cards.new_card, name="new_card"),
    path("netwerk/importeren/", desk.new_import, name="new_import"),
    path("netwerk/importeren/<uuid:pk>/", desk.planned_import, name="import"),
    path("netwerk/importeren/<uuid:pk>/uitvoeren/", desk.carry_out_import, name="carry_out_import"),
    path("netwerk/samenvoegen/<slug:slug>/", cards.merge, name="merge"),
    path("netwerk/samenvoegen/<int:pk>/ongedaan/", cards.part, name="part"),
]

"""Addresses of the network for whoever is signed in."""

from django.urls import URLPattern, URLResolver, path

from network.directory.views import call_list, cards, key_figures, organisations, people
from network.exchange.views import devices, groups, questions, rules
from network.map.views import coverage, keeping, mapping
from network.phenomena.views import phenomena

app_name = "network"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", organisations.landing, name="landing"),
    path("organisaties/", organisations.organisations, name="organisations"),
    path("organisaties/lijst.csv", organisations.as_csv, name="organisations_csv"),
    path("organisaties/wie-bellen/", organisations.whom_to_call, name="whom_to_call"),
    path("organisaties/mijn-bellijst/", call_list.call_list, name="call_list"),
    path("organisaties/<slug:slug>/", organisations.organisation, name="organisation"),
    path("organisaties/<slug:slug>/kaart.vcf", organisations.vcard, name="organisation_vcard"),
    path("organisaties/<slug:slug>/wijzigen/", cards.change_card, name="change_card"),
    path("organisaties/<slug:slug>/bevestigen/", cards.confirm, name="confirm_card"),
    path("kaart/", mapping.network_map, name="map"),
    path("kaart/netwerk.graphml", mapping.as_graphml_file, name="map_graphml"),
    path("kaart/netwerk.png", mapping.as_picture, name="map_png"),
    path("kaart/netwerk.csv", mapping.as_csv, name="map_csv"),
    path("kaart/dekking/", coverage.coverage, name="coverage"),
    path("organisaties/<slug:slug>/kaart/", mapping.of_organisation, name="organisation_on_map"),
    path("kaart/<int:pk>/", mapping.node, name="node"),
    path("kaart/<int:pk>/verbinden/", keeping.new_link, name="new_link"),
    path("kaart/verbinding/<int:pk>/beeindigen/", keeping.stop_link, name="stop_link"),
    path("vragen/", questions.questions, name="questions"),
    path("vragen/stellen/", questions.new_question, name="ask"),
    path("vragen/overzicht/", questions.own_choices, name="own_choices"),
    path("vragen/overzicht/apparaat/", devices.add_device, name="add_device"),
    path("vragen/overzicht/apparaat/<int:pk>/uit/", devices.remove_device, name="remove_device"),
    path("vragen/huisregels/", rules.house_rules, name="house_rules"),
    path("vragen/groepen/", groups.groups, name="groups"),
    path("vragen/groepen/<slug:slug>/", groups.group, name="group"),
    path("vragen/groepen/<slug:slug>/lidmaatschap/", groups.membership, name="membership"),
    path("vragen/groepen/<slug:slug>/bestanden/", groups.files, name="files"),
    path("vragen/bestand/<uuid:pk>/", groups.shared_file, name="shared_file"),
    path("vragen/bestand/<uuid:pk>/weg/", groups.take_back, name="take_back"),
    path("vragen/<uuid:pk>/bestand/", groups.add_file, name="add_file"),
    path("vragen/antwoord/<int:pk>/bestand/", groups.add_file_to_answer, name="add_file_to_answer"),
    path("vragen/<uuid:pk>/", questions.question, name="question"),
    path("vragen/<uuid:pk>/melden/", questions.flag_post, name="flag"),
    path("vragen/antwoord/<int:pk>/hielp/", questions.accept_answer, name="accept"),
    path("fenomenen/", phenomena.phenomena, name="phenomena"),
    path("fenomenen/mijn/", phenomena.own_observations, name="own_observations"),
    path("fenomenen/beschrijven/", phenomena.observe, name="observe"),
    path("fenomenen/beschrijven/<uuid:pk>/", phenomena.observe, name="observe_again"),
    path("fenomenen/<slug:slug>/", phenomena.phenomenon, name="phenomenon"),
    path("mensen/", people.people, name="people"),
    path("mensen/lijst.csv", people.as_csv, name="people_csv"),
    path("mensen/mijn-profiel/", people.own_profile, name="own_profile"),
    path("mensen/mijn-profiel/toestaan/", people.allow, name="allow"),
    path("mensen/mijn-profiel/intrekken/", people.withdraw, name="withdraw"),
    path("mensen/mijn-profiel/stoppen/", people.leave, name="leave"),
    path("mensen/mijn-profiel/bevestigen/", people.confirm, name="confirm_profile"),
    path("mensen/sleutelfiguur/", key_figures.own_page, name="key_figure"),
    path("mensen/sleutelfiguur/<int:pk>/antwoord/", key_figures.reply, name="reply"),
    path("mensen/sleutelfiguur/stoppen/", key_figures.stop, name="stop_key_figure"),
    path("mensen/<uuid:pk>/", people.person, name="person"),
]

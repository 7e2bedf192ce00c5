"""Addresses of the network in the workspace."""

from django.urls import URLPattern, URLResolver, path

from network.directory.views import allowances, cards, desk, key_figures, strategic
from network.exchange.views import moderating, rules
from network.map.views import contact, coverage, keeping
from network.phenomena.views import phenomena

app_name = "network_werkplek"
urlpatterns: list[URLPattern | URLResolver] = [
    path("netwerk/", desk.desk, name="desk"),
    path("netwerk/bevestigen/", desk.to_confirm, name="to_confirm"),
    path("netwerk/organisatie-toevoegen/", cards.new_card, name="new_card"),
    path("netwerk/importeren/", desk.new_import, name="new_import"),
    path("netwerk/importeren/<uuid:pk>/", desk.planned_import, name="import"),
    path("netwerk/importeren/<uuid:pk>/uitvoeren/", desk.carry_out_import, name="carry_out_import"),
    path("netwerk/contact/", contact.silence, name="silence"),
    path("netwerk/contact/<slug:slug>/", contact.contacts, name="contacts"),
    path("netwerk/kaart/toevoegen/", keeping.new_node, name="new_node"),
    path("netwerk/kaart/<int:pk>/wijzigen/", keeping.change_node, name="change_node"),
    path("netwerk/kaart/<int:pk>/stoppen/", keeping.stop_node, name="stop_node"),
    path("netwerk/witte-vlek/", coverage.new_action, name="new_action"),
    path("netwerk/witte-vlek/<int:pk>/klaar/", coverage.finished, name="action_done"),
    path("netwerk/sleutelfiguren/", key_figures.register, name="key_figures"),
    path("netwerk/sleutelfiguren/<int:pk>/", key_figures.key_figure, name="key_figure"),
    path("netwerk/sleutelfiguren/<int:pk>/stap/", key_figures.step, name="key_figure_step"),
    path("netwerk/sleutelfiguren/<int:pk>/afspraak/", allowances.agreement, name="agreement"),
    path("netwerk/sleutelfiguren/vergoeding/<int:pk>/", allowances.grant_claim, name="grant_claim"),
    path(
        "netwerk/sleutelfiguren/<slug:slug>/vragen/", key_figures.help_request, name="help_request"
    ),
    path("netwerk/strategisch/", strategic.overview, name="strategic"),
    path(
        "netwerk/strategisch/vergadering/<int:pk>/wijzigen/",
        strategic.change_meeting,
        name="change_meeting",
    ),
    path(
        "netwerk/strategisch/lid/<int:pk>/verlengen/", strategic.renew_member, name="renew_member"
    ),
    path("netwerk/strategisch/<slug:what>/", strategic.add, name="strategic_add"),
    path("netwerk/strategisch/<slug:what>/<int:pk>/", strategic.close, name="strategic_close"),
    path("netwerk/moderatie/", moderating.flagged, name="flagged"),
    path("netwerk/moderatie/<int:pk>/laten-staan/", moderating.leave_there, name="leave_there"),
    path("netwerk/moderatie/vraag/<uuid:pk>/", moderating.remove_question, name="remove_question"),
    path("netwerk/moderatie/antwoord/<int:pk>/", moderating.remove_answer, name="remove_answer"),
    path("netwerk/huisregels/", rules.write_rules, name="write_rules"),
    path("netwerk/moderatie/bestand/<uuid:pk>/", moderating.remove_file, name="remove_file"),
    path("netwerk/groepen/beginnen/", moderating.new_group, name="new_group"),
    path("netwerk/groepen/<slug:slug>/wijzigen/", moderating.change, name="change_group"),
    path("netwerk/groepen/<slug:slug>/beeindigen/", moderating.end, name="end_group"),
    path("netwerk/fenomenen/", phenomena.to_review, name="to_review"),
    path("netwerk/fenomenen/notitie/", phenomena.keep_phenomenon, name="new_phenomenon"),
    path(
        "netwerk/fenomenen/notitie/<slug:slug>/",
        phenomena.keep_phenomenon,
        name="change_phenomenon",
    ),
    path("netwerk/fenomenen/<uuid:pk>/", phenomena.reviewing, name="review"),
    path("netwerk/samenvoegen/<slug:slug>/", cards.merge, name="merge"),
    path("netwerk/samenvoegen/<int:pk>/ongedaan/", cards.part, name="part"),
]

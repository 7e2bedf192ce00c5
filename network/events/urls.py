from django.urls import URLPattern, URLResolver, path

from network.events.views import agenda, coming, dialogue, guests

app_name = "events"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", agenda.agenda, name="agenda"),
    path("agenda.ics", agenda.ics, name="feed"),
    path("mijn/", coming.mine, name="mine"),
    path("kaartje/<slug:code>/", coming.ticket, name="ticket"),
    path("evaluatie/<slug:code>/<slug:moment>/", coming.evaluate, name="evaluate"),
    path("overleg/", dialogue.all_series, name="all_series"),
    path("overleg/nieuw/", dialogue.new_series, name="new_series"),
    path("overleg/<int:pk>/", dialogue.series, name="series"),
    path("overleg/<int:pk>/deelnemer/", dialogue.add_member, name="add_member"),
    path("gast/<slug:code>/", guests.place, name="guest"),
    path("<slug:slug>/", agenda.detail, name="detail"),
    path("<slug:slug>/afspraak.ics", agenda.one_ics, name="one_ics"),
    path("<slug:slug>/aanmelden/", coming.register, name="register"),
    path("<slug:slug>/gast/", guests.ask, name="ask_guest"),
    path("<slug:slug>/gast/verstuurd/", guests.sent, name="guest_asked"),
    path("<slug:slug>/afmelden/", coming.sign_off, name="sign_off"),
    path("<slug:slug>/verslag/", dialogue.talk, name="talk"),
    path("<slug:slug>/verslag/akkoord/", dialogue.approve, name="approve"),
    path("<slug:slug>/verslag/afspraak/<int:pk>/", dialogue.keep, name="keep"),
    path("<slug:slug>/verslag/<slug:what>/", dialogue.write, name="write"),
]

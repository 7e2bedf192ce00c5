from django.urls import URLPattern, URLResolver, path

from network.events.views import planning

app_name = "events_werkplek"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", planning.events, name="events"),
    path("nieuw/", planning.edit, name="new"),
    path("kaartje/<slug:code>/", planning.scan, name="scan"),
    path("<int:pk>/", planning.event, name="event"),
    path("<int:pk>/wijzigen/", planning.edit, name="edit"),
    path("<int:pk>/publiceren/", planning.publish, name="publish"),
    path("<int:pk>/afgelasten/", planning.cancel, name="cancel"),
    path("<int:pk>/deur/", planning.door, name="door"),
    path("<int:pk>/sessie/", planning.session, name="new_session"),
    path("<int:pk>/sessie/<int:number>/", planning.session, name="session"),
    path("<int:pk>/aanmelding/<int:number>/", planning.mark, name="mark"),
]

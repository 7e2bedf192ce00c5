from django.urls import URLPattern, URLResolver, path

from knowledge.training.views import attending, coordinating, teams

app_name = "training_werkplek"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", coordinating.people, name="people"),
    path("register.csv", coordinating.as_csv, name="csv"),
    path("codeboek.csv", coordinating.codebook, name="codebook"),
    path("dekking/", coordinating.coverage, name="coverage"),
    path("teams/", teams.teams, name="teams"),
    path("teams.csv", teams.as_csv, name="teams_csv"),
    path("aanmelden/", coordinating.enrol, name="enrol"),
    path("inlezen/", coordinating.imports, name="imports"),
    path("inlezen/<int:pk>/", coordinating.one_import, name="import"),
    path("bijeenkomsten/", attending.events, name="events"),
    path("bijeenkomsten/<int:pk>/", attending.event, name="event"),
    path("terugkomdag/", coordinating.return_day, name="return_days"),
    path("terugkomdag/<int:pk>/", coordinating.return_day, name="return_day"),
    path("terugkomdag/<int:pk>/uitnodigen/", coordinating.invite, name="invite"),
]

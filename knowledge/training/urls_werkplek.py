from django.urls import URLPattern, URLResolver, path

from knowledge.training.views import coordinating

app_name = "training_werkplek"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", coordinating.people, name="people"),
    path("register.csv", coordinating.as_csv, name="csv"),
    path("codeboek.csv", coordinating.codebook, name="codebook"),
    path("dekking/", coordinating.coverage, name="coverage"),
    path("aanmelden/", coordinating.enrol, name="enrol"),
    path("inlezen/", coordinating.imports, name="imports"),
    path("inlezen/<int:pk>/", coordinating.one_import, name="import"),
    path("terugkomdag/", coordinating.return_day, name="return_days"),
    path("terugkomdag/<int:pk>/", coordinating.return_day, name="return_day"),
    path("terugkomdag/<int:pk>/uitnodigen/", coordinating.invite, name="invite"),
]

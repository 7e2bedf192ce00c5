from django.urls import URLPattern, URLResolver, include, path

app_name = "meldpunt_werkplek"
urlpatterns: list[URLPattern | URLResolver] = [
    path("meldingen/", include("meldpunt.reports.urls_werkplek")),
]

from django.urls import URLPattern, URLResolver, path

from knowledge.training.views import certificates, coordinating, own, reading, taking

app_name = "training"
urlpatterns: list[URLPattern | URLResolver] = [
    path("mijn/", own.mine, name="mine"),
    path("mijn/werk/", own.work, name="work"),
    path("mijn/gegevens/", own.export, name="export"),
    path("mijn/wissen/", own.delete, name="delete"),
    path("aanmelden/<str:token>/", coordinating.join, name="join"),
    path("les/<int:pk>/gelezen/", reading.read, name="read"),
    path("uitslag/<int:pk>/", taking.result, name="result"),
    path("certificaat/", certificates.check, name="check"),
    path("certificaat/<slug:code>/", certificates.certificate, name="certificate"),
    path("certificaat/<slug:code>/pdf/", certificates.pdf, name="pdf"),
    path("certificaat/<slug:code>/badge/", certificates.badge, name="badge"),
    path("uitgever/", certificates.issuer, name="issuer"),
    path("uitgever/sleutels.json", certificates.keys, name="keys"),
    path("uitgever/module/<int:pk>/", certificates.achievement, name="achievement"),
    path("<slug:slug>/toets/", taking.test, name="test"),
    path("<slug:slug>/toets/<int:number>/", taking.exercise, name="exercise"),
    path("<slug:slug>/toets/klaar/", taking.finish, name="finish"),
]

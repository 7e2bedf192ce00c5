from django.urls import path

from portal.accounts.views import invitations, overview

app_name = "accounts"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("mijn-gegevens/", overview.export, name="export"),
    path("uitnodiging/<str:token>/", invitations.accept, name="accept_invitation"),
]

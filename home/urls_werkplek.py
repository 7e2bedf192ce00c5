from django.urls import path

from home.views.dashboard import dashboard
from home.views.figures import figure, figure_csv

app_name = "home_werkplek"
urlpatterns = [
    path("", dashboard, name="dashboard"),
    path("cijfers/<slug:code>/", figure, name="figure"),
    path("cijfers/<slug:code>/tabel.csv", figure_csv, name="figure_csv"),
]

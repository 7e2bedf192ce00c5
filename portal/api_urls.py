"""The addresses of the API, so that ``portal.urls`` can name them as text."""

from portal.api import api

urlpatterns = api.urls[0]
app_name = api.urls[1]

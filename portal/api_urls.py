"""The addresses of the API, so that ``portal.urls`` can name them as text."""

from portal.api import api

urlpatterns = api.urls[0]
app_name = api.urls[2]  # the name under which the API looks up its own addresses

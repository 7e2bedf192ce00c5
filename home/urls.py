from django.urls import URLPattern, URLResolver, path

from home.views.feed import news_feed

app_name = "home"
urlpatterns: list[URLPattern | URLResolver] = [
    path("actueel/rss.xml", news_feed, name="news_feed"),
]

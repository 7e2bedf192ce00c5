"""Addresses that machines ask for; they have no language."""

from django.contrib.sitemaps.views import sitemap
from django.urls import URLPattern, URLResolver, path

from home.sitemaps import PublicPagesSitemap
from home.views import machines

urlpatterns: list[URLPattern | URLResolver] = [
    path(".well-known/security.txt", machines.security_txt, name="security_txt"),
    path("robots.txt", machines.robots_txt, name="robots_txt"),
    path(
        "sitemap.xml",
        sitemap,
        {"sitemaps": {"pages": PublicPagesSitemap}},
        name="sitemap",
    ),
]

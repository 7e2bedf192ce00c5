"""Every address of the portal, in one list."""

from collections.abc import Sequence

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal import health
from portal.accounts.views import gate
from portal.design import views as design
from portal.pages.routing import serve_page
from portal.pages.views import serve_rendition
from portal.regions.views import theme_css

Addresses = list[URLPattern | URLResolver]

everywhere: Addresses = [
    path("gezondheid/levend", health.alive, name="healthy_alive"),
    path("gezondheid/klaar", health.ready, name="healthy_ready"),
    path("thema/<int:pk>-<slug:version>.css", theme_css, name="theme_css"),
    path("thema/basis.css", design.neutral_css, name="theme_css_neutral"),
    path("componenten/", design.gallery, name="gallery"),
    # Asked for by browsers wherever a page names no icon of its own, such as a probe.
    path("favicon.ico", lambda request: HttpResponse(status=204), name="theme_css_icon"),
    path("sw.js", design.service_worker, name="service_worker"),
    path("offline/", design.offline, name="offline"),
    path("site.webmanifest", design.manifest, name="manifest"),
]
account: Addresses = [
    path("account/poort/", gate, name="account_gate"),
    path("account/", include("portal.accounts.urls")),
    path("account/", include("allauth.urls")),
]
public: Addresses = [
    path("zoeken/", include("search.urls")),
    path("netwerk/", include("network.urls")),
    path("agenda/", include("network.events.urls")),
    path("training/", include("knowledge.training.urls")),
    path("", include("knowledge.urls")),
    path("", include("home.urls")),
]
reporter: Addresses = [path("meldpunt/", include("meldpunt.urls"))]
workspace: Addresses = [
    path("werkplek/", include("meldpunt.urls_werkplek")),
    path("werkplek/agenda/", include("network.events.urls_werkplek")),
    path("werkplek/training/", include("knowledge.training.urls_werkplek")),
    path("werkplek/", include("network.urls_werkplek")),
    path("werkplek/", include("portal.accounts.urls_werkplek")),
    path("werkplek/", include("home.urls_werkplek")),
]
# Other sign-in screens would be side doors past the second factor (stack.md 0.4).
editors: Addresses = [
    path("beheer/login/", gate),
    path("beheer/", include(wagtailadmin_urls)),
]
pages: Addresses = [
    path("_util/login/", gate),
    re_path(wagtail_urls.serve_pattern, serve_page),
    path("", include(wagtail_urls)),
]


def addresses(surfaces: Sequence[str]) -> Addresses:
    """The addresses that a process with these surfaces serves (product.md 3)."""
    found: Addresses = [*everywhere]
    translated: Addresses = []
    if set(surfaces) - {"melden"}:
        translated += account
    if "melden" in surfaces:
        translated += reporter
    if "werkplek" in surfaces:
        translated += workspace
    if "beheer" in surfaces:
        found += editors
    if "publiek" in surfaces:
        found += [
            path("api/v1/", include("portal.api_urls")),
            path("documenten/", include(wagtaildocs_urls)),
            path("bestanden/<int:pk>/<str:name>", serve_rendition, name="serve_rendition"),
            path("", include("home.urls_root")),
        ]
        translated += [*public, *pages]
    return found + list(i18n_patterns(*translated, prefix_default_language=False))


urlpatterns = addresses(settings.PORTAL_SURFACES)
handler400 = "portal.design.views.bad_request"
handler403 = "portal.design.views.permission_denied"
handler404 = "portal.design.views.page_not_found"
handler500 = "portal.design.views.server_error"

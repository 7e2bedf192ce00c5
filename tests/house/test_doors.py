"""Every address says who may come in: a gate around its view, or a line in the table below.

So that nobody adds an address and forgets the question (meldpunt.md 11, test plan 3).
"""

import re

import pytest
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, path
from django.urls.resolvers import RegexPattern

from portal.urls import addresses
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.pages import home_page
from tests.house.test_surfaces import SURFACES, address_of

# What stands around a view, by the function that wraps it, and who passes.
GATES = {
    "user_passes_test.<locals>.decorator.<locals>._view_wrapper": "account",
    "require_admin_access.<locals>.decorated_view": "editor",
    "with_visit.<locals>.inner": "code",
}
# Who comes in where no gate stands, and why that is right:
#   everybody    it is public; pages and files ask for themselves whether they are closed
#   secret       who brings the secret: of a report, a certificate, an evaluation, an invitation
#   reporter     the form of the meldpunt
#   sign-in      the ways to an account; what is not open yet sends people on
#   own-account  classes of allauth that ask for the account themselves: tried below
TABLE = r"""
everybody    gezondheid/levend gezondheid/klaar thema/<int:pk>-<slug:version>.css thema/basis.css componenten/
everybody    favicon.ico sw.js offline/ site.webmanifest robots.txt sitemap.xml .well-known/security.txt
everybody    api/v1/openapi.json api/v1/zoeken/ api/v1/zoeken/suggesties api/v1/
everybody    zoeken/ zoeken/suggesties/ netwerk/ actueel/rss.xml kennisbank/begrippen/ kennisbank/vergelijken/
everybody    <path:where>/pdf/ <path:where>/mening/ <path:where>/mening/bedankt/
everybody    agenda/ agenda/agenda.ics agenda/<slug:slug>/ agenda/<slug:slug>/afspraak.ics
everybody    agenda/<slug:slug>/gast/ agenda/<slug:slug>/gast/verstuurd/
everybody    training/certificaat/ training/uitgever/ training/uitgever/sleutels.json
everybody    training/uitgever/module/<int:pk>/
everybody    ^((?:[\w\-]+/)*)$ documenten/^(\d+)/(.*)$ bestanden/<int:pk>/<str:name>
everybody    documenten/authenticate_with_password/<int:restriction_id>/
everybody    _util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/
everybody    beheer/sprite/ beheer/jsi18n/
secret       meldpunt/code/ meldpunt/melden/telefoon/<str:token>/ training/certificaat/<slug:code>/
secret       agenda/evaluatie/<slug:code>/<slug:moment>/ agenda/gast/<slug:code>/
secret       account/uitnodiging/<str:token>/
reporter     meldpunt/ meldpunt/snel-weg/ meldpunt/melden/ meldpunt/melden/controle/ meldpunt/melden/bewaard/
reporter     meldpunt/melden/code.txt meldpunt/melden/<slug:step>/ meldpunt/code/sluiten/
sign-in      account/login/ account/logout/ account/poort/ account/inactive/ account/signup/
sign-in      account/confirm-email/ account/^confirm-email/(?P<key>[-:\w]+)/$ account/password/reset/
sign-in      account/password/reset/done/ account/password/reset/key/done/
sign-in      account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$ account/login/code/confirm/
sign-in      account/2fa/authenticate/ account/2fa/webauthn/login/ _util/login/ beheer/login/
sign-in      beheer/password_reset/ beheer/password_reset/done/ beheer/password_reset/complete/
sign-in      beheer/password_reset/confirm/<uidb64>/<token>/
own-account  account/reauthenticate/ account/email/ account/password/change/ account/password/set/ account/2fa/
own-account  account/2fa/reauthenticate/ account/2fa/totp/activate/ account/2fa/totp/deactivate/
own-account  account/2fa/recovery-codes/ account/2fa/recovery-codes/generate/
own-account  account/2fa/recovery-codes/download/ account/2fa/webauthn/ account/2fa/webauthn/add/
own-account  account/2fa/webauthn/reauthenticate/ account/2fa/webauthn/keys/<int:pk>/remove/
own-account  account/2fa/webauthn/keys/<int:pk>/edit/ account/sessions/
"""
DECLARED = {
    route: who
    for who, *routes in (line.split() for line in TABLE.strip().splitlines())
    for route in routes
}
# What every account may open in the workplace, whatever its roles.
EVERY_ACCOUNT = ["werkplek/", "werkplek/meldingen/kluis/sluiten/"]
WAY_IN = ("/account/login/", "/account/poort/", "/beheer/login/", "/account/reauthenticate/")


def views(resolver, before=""):
    """Every route without the prefix of a language, and its view."""
    for entry in resolver.url_patterns:
        part = str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield before + part, entry.callback
        else:
            yield from views(entry, before + part)


def gate_of(view):
    """Who passes the gate around ``view``, or nothing when there is none."""
    while view is not None:
        code = getattr(view, "__code__", None)
        if code and code.co_qualname in GATES:
            return GATES[code.co_qualname]
        view = getattr(view, "__wrapped__", None)
    return None


def undeclared(entries):
    """The routes of which nobody said who may come in."""
    served = URLResolver(RegexPattern(r"^/"), entries)
    return [
        route for route, view in views(served) if gate_of(view) is None and route not in DECLARED
    ]


@pytest.mark.parametrize("surface", SURFACES)
def test_every_address_of_a_surface_says_who_may_come_in(surface):
    assert undeclared(addresses([surface])) == []


def test_an_address_that_says_nothing_is_noticed():
    def forgotten(request):
        return HttpResponse("everything")

    made_up = [path("werkplek/verzonnen/", forgotten), path("beheer/x/", login_required(forgotten))]
    assert undeclared(made_up) == ["werkplek/verzonnen/"]


def test_what_the_table_declares_is_there():
    served = URLResolver(RegexPattern(r"^/"), addresses(list(SURFACES)))
    routes = {route for route, _view in views(served)}
    assert set(DECLARED) - routes == set()
    assert set(EVERY_ACCOUNT) - routes == set()


@pytest.mark.parametrize("surface", ["werkplek", "beheer"])
def test_nothing_of_the_desks_is_declared_open(surface):
    """In the workplace everything has a gate; in the editor all but signing in and its drawings."""
    served = URLResolver(RegexPattern(r"^/"), addresses([surface]))
    open_ones = [
        route
        for route, view in views(served)
        if route.startswith(f"{surface}/") and gate_of(view) not in ("account", "editor")
    ]
    assert [one for one in open_ones if DECLARED[one] != "sign-in"] == (
        [] if surface == "werkplek" else ["beheer/sprite/", "beheer/jsi18n/"]
    )


def closed_routes():
    """Every route with a gate for people who signed in."""
    served = URLResolver(RegexPattern(r"^/"), addresses(list(SURFACES)))
    return {
        route
        for route, view in views(served)
        if gate_of(view) in ("account", "editor") or DECLARED.get(route) == "own-account"
    }


def is_refused(page):
    """A way to sign in, or no such page."""
    if page.status_code in (301, 302):
        return page.headers["Location"].startswith(WAY_IN)
    return page.status_code in (401, 403, 404, 405)


@pytest.mark.django_db(databases=["default", "keystore"])
def test_the_gates_let_no_stranger_in(vault_secrets):
    home_page()
    client, open_doors = Client(raise_request_exception=False), []
    for route in sorted(closed_routes()):
        if "^" in route or "(?P<" in route:  # a register of the editor: one gate for all of them
            continue
        for method in ("get", "post"):
            page = getattr(client, method)(address_of(route))
            if not is_refused(page):
                open_doors.append(f"{method} {route}: {page.status_code}")
    assert open_doors == []


@pytest.mark.django_db(databases=["default", "keystore"])
def test_an_account_without_a_role_gets_nothing_of_the_desks(vault_secrets, client):
    home_page()
    sign_in(client, UserFactory())
    client.raise_request_exception = False
    open_doors = []
    for route in sorted(closed_routes()):
        if (
            not re.match(r"werkplek/|beheer/", route)
            or re.search(r"\^|\(\?P<", route)
            or route in EVERY_ACCOUNT
        ):
            continue
        for method in ("get", "post"):
            page = getattr(client, method)(address_of(route))
            if not is_refused(page):
                way = page.headers.get("Location", "")
                open_doors.append(f"{method} {route}: {page.status_code} {way}")
    assert open_doors == []

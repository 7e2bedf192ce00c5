"""Who comes into the desk: signed in, staff of a meldpunt, and with the vault open."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from meldpunt.reports.querysets import working_in
from meldpunt.reports.services import circles
from meldpunt.reports.services.resealing import is_behind, reseal
from meldpunt.reports.services.worklist import (
    ChangedMeanwhile,
    Unreadable,
    Work,
    find_work,
    record_refusal,
)
from meldpunt.reports.services.writing import trace
from meldpunt.reports.workflow import StepNotAllowed
from meldpunt.vault.services import cookies, unlocking
from meldpunt.vault.services.codes import NotACode, parse_reference
from meldpunt.vault.services.domains import NoKeyForThis
from portal.accounts.http import SignedInRequest
from portal.accounts.roles import Permission
from portal.audit.sealing import SignerAway

View = Callable[..., HttpResponse]


def for_whom(permission: Permission) -> Callable[[View], View]:
    """404 for whoever has ``permission`` nowhere; within, only the municipalities where they do."""

    def decorate(view: View) -> View:
        @wraps(view)
        @login_required
        def inner(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            places = request.user.municipalities_where(permission)
            if not places:
                raise Http404
            with working_in(places):
                return view(request, *args, **kwargs)

        return inner

    return decorate


for_staff = for_whom(Permission.REPORTS_WORK)
for_guests = for_whom(Permission.REPORTS_COPIES)


def with_keys(view: View) -> View:
    """Give the view the unlocked keys, or ask for the passphrase first."""

    @wraps(view)
    @for_staff
    def inner(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            keys = unlocking.open_keys(
                request.user,
                cookie=cookies.read_cookie(request, cookies.KLUIS),
                session=request.session,
            )
        except unlocking.Locked:
            address = reverse("meldpunt_werkplek:unlock")
            wanted = request.path if request.method in ("GET", "HEAD") else ""
            return redirect(f"{address}?{urlencode({'next': wanted})}" if wanted else address)
        return view(request, keys, *args, **kwargs)

    return inner


def with_work(view: View) -> View:
    """Give the view the report of the address, or the same 404 for everything else.

    What the view may not do is a 404 as well, and what a colleague did first is said on a page.
    """

    @wraps(view)
    @with_keys
    def inner(
        request: SignedInRequest, keys: unlocking.UnlockedKeys, ref: str, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        work = work_or_404(request, keys, ref)
        if is_behind(work.report, keys=keys) and reseal(work.report, keys=keys):
            work = work_or_404(request, keys, ref)
        try:
            work, renewed = circles.tend(work, keys=keys, by=request.user)
            response = view(request, renewed, work, *args, **kwargs)
            return response if renewed is keys else with_new_keys(request, response, renewed)
        except PermissionDenied:
            trace("report.refused", work, request.user, outcome="refused")
            raise Http404 from None
        except (ChangedMeanwhile, StepNotAllowed, NoKeyForThis):  # the keys were renewed, too
            return changed_meanwhile(request, work)
        except SignerAway:
            return unavailable(request)

    return inner


def with_new_keys(
    request: SignedInRequest, response: HttpResponse, keys: unlocking.UnlockedKeys
) -> HttpResponse:
    """Keep keys that were made during this request in the open vault, and hand on its new cookie."""
    cookie = unlocking.keep_keys(request.user, keys=keys, session=request.session)
    cookies.set_cookie(response, cookies.KLUIS, cookie.text)
    return response


def unavailable(request: SignedInRequest) -> HttpResponse:
    """A part of the portal is missing: nothing is shown."""
    return render(request, "meldpunt/reports/desk/unavailable.html", status=503)


def changed_meanwhile(request: SignedInRequest, work: Work) -> HttpResponse:
    """A colleague was first."""
    context = around(request, work=work)
    return render(request, "meldpunt/reports/desk/changed.html", context, status=409)


def around(request: SignedInRequest, **context: Any) -> dict[str, Any]:
    """What every page of the desk shows besides: how long the vault stays open."""
    left = unlocking.seconds_left(request.session)
    return {"seconds_left": left, "now": timezone.localtime(), **context}


def work_or_404(request: SignedInRequest, keys: unlocking.UnlockedKeys, ref: str) -> Work:
    """The line of this reference. Raises ``Http404``, with a line in the trail."""
    try:
        work = find_work(parse_reference(ref), request.user, keys=keys)
    except (NotACode, Unreadable):
        work = None
    if work is None:
        record_refusal(request.user)
        raise Http404
    return work

"""What is kept and destroyed, for the desk and the FG; and supervision of who read what."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meldpunt.reports import policies
from meldpunt.reports.forms.keeping import AnswerForm, HoldForm, RequestForm
from meldpunt.reports.models import (
    Answer,
    HandOver,
    Hold,
    HoldReason,
    Right,
    RightsRequest,
    Tombstone,
)
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services import holding, overview, rights
from meldpunt.reports.services.certificates import check_certificate, check_hand_over
from meldpunt.reports.services.destruction import OnHold
from meldpunt.vault.services.holders import chain_of, zone_must_be_confirmed
from portal.accounts.http import SignedInRequest
from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.audit.services import broken_links
from portal.regions.models import Municipality

PER_PAGE = 25
View = Callable[..., HttpResponse]


def for_keepers(*permissions: Permission) -> Callable[[View], View]:
    """404 without one of ``permissions``; gives the view the municipality of the address."""

    def decorate(view: View) -> View:
        @wraps(view)
        @login_required
        def inner(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            places = frozenset().union(
                *(request.user.municipalities_where(permission) for permission in permissions)
            )
            known = list(Municipality.objects.filter(pk__in=places))
            if not known:
                raise Http404
            typed = request.POST.get("gemeente") or request.GET.get("gemeente") or known[0].slug
            place = next((one for one in known if one.slug == typed), None)
            if place is None:
                raise Http404
            request.places = known  # type: ignore[attr-defined]
            with working_in([place.pk]):
                return view(request, place, *args, **kwargs)

        return inner

    return decorate


desk_or_fg = for_keepers(Permission.REPORTS_WORK, Permission.REPORTS_SUPERVISE)
fg_only = for_keepers(Permission.REPORTS_SUPERVISE)


@require_safe
@desk_or_fg
def keeping(request: SignedInRequest, place: Municipality) -> HttpResponse:
    """What ends soon, what is held, which requests wait, and what is gone."""
    return shown(request, place)


def shown(
    request: SignedInRequest,
    place: Municipality,
    *,
    hold_form: HoldForm | None = None,
    request_form: RequestForm | None = None,
) -> HttpResponse:
    """The page, with the form that was filled in wrong."""
    wrong = next((form for form in (hold_form, request_form) if form and form.errors), None)
    holds = list(overview.running_holds(place))
    asked = list(overview.open_requests(place)[:50])
    supervises = policies.can_supervise(request.user, place.pk)
    return render(
        request,
        "meldpunt/reports/desk/keeping.html",
        {
            "place": place,
            "places": request.places,  # type: ignore[attr-defined]
            "overdue": overview.overdue(place),
            "soon": overview.ending_soon(place)[:50],
            "holds": [(hold, policies.can_confirm_hold(request.user, hold)) for hold in holds],
            "requests": [
                (one, one.proposed_by not in ("", request.user.reference)) for one in asked
            ],
            "held": {hold.report_id for hold in holds},
            "page": Paginator(overview.destroyed(place), PER_PAGE).get_page(
                request.GET.get("page")
            ),
            "supervises": supervises,
            "hold_form": (hold_form or HoldForm()) if supervises else None,
            "request_form": request_form or RequestForm(),
            "answer_form": AnswerForm(),
            "wrong": wrong,
        },
        status=400 if wrong else 200,
    )


@require_POST
@fg_only
def ask_hold(request: SignedInRequest, place: Municipality) -> HttpResponse:
    """Pause the destruction of a report; a second person confirms."""
    form = HoldForm(request.POST)
    if form.is_valid():
        report = overview.report_by_ref(form.cleaned_data["nummer"], place)
        if report is None:
            form.add_error("nummer", _("This reference is not of this municipality."))
        else:
            try:
                holding.ask_hold(
                    report,
                    reason=HoldReason(form.cleaned_data["reden"]),
                    until=form.cleaned_data["tot"],
                    by=request.user,
                )
            except holding.TooLong:
                form.add_error("tot", _("Choose a day from today on, within a year."))
            except holding.TooLate:
                form.add_error("nummer", _("This report is destroyed already."))
            except holding.HeldAlready:
                form.add_error("nummer", _("This report is held already."))
            else:
                messages.success(
                    request, _("Destruction is paused. A second person confirms it within a week.")
                )
                return back(place)
    return shown(request, place, hold_form=form)


@require_POST
@desk_or_fg
def confirm_hold(request: SignedInRequest, place: Municipality, pk: str) -> HttpResponse:
    """Be the second person of a hold."""
    hold = get_object_or_404(Hold, pk=pk, municipality=place)
    return attempt(place, lambda: holding.confirm_hold(hold, by=request.user))


@require_POST
@fg_only
def lift_hold(request: SignedInRequest, place: Municipality, pk: str) -> HttpResponse:
    """End a hold."""
    hold = get_object_or_404(Hold, pk=pk, municipality=place)
    return attempt(place, lambda: holding.lift_hold(hold, by=request.user))


@require_POST
@desk_or_fg
def register(request: SignedInRequest, place: Municipality) -> HttpResponse:
    """Put a request about own data in the register."""
    form = RequestForm(request.POST)
    if form.is_valid():
        ref = form.cleaned_data["verzoek_nummer"]
        report = overview.report_by_ref(ref, place) if ref else None
        if ref and report is None:
            form.add_error("verzoek_nummer", _("This reference is not of this municipality."))
        else:
            rights.register_request(
                place,
                right=Right(form.cleaned_data["recht"]),
                received_on=form.cleaned_data["ontvangen"],
                report=report,
                by=request.user,
            )
            return back(place)
    return shown(request, place, request_form=form)


@require_POST
@desk_or_fg
def extend(request: SignedInRequest, place: Municipality, pk: str) -> HttpResponse:
    """Take two months more for a request."""
    asked = get_object_or_404(RightsRequest, pk=pk, municipality=place)
    return attempt(place, lambda: rights.extend_request(asked, by=request.user))


@require_POST
@desk_or_fg
def propose(request: SignedInRequest, place: Municipality, pk: str) -> HttpResponse:
    """Say how a request should be answered."""
    asked = get_object_or_404(RightsRequest, pk=pk, municipality=place)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        rights.propose_answer(asked, answer=Answer(form.cleaned_data["antwoord"]), by=request.user)
    except rights.NothingToErase:
        messages.error(request, _("Erasing takes a reference: register the request again with it."))
    except (PermissionDenied, rights.AnsweredAlready):
        raise Http404 from None
    return back(place)


@require_POST
@desk_or_fg
def agree(request: SignedInRequest, place: Municipality, pk: str) -> HttpResponse:
    """Be the second person of an answer; what must be erased is erased now."""
    asked = get_object_or_404(RightsRequest, pk=pk, municipality=place)
    try:
        rights.agree_answer(asked, by=request.user)
    except OnHold:
        messages.error(request, _("The FG paused the destruction of this report."))
    except (PermissionDenied, rights.AnsweredAlready):
        raise Http404 from None
    return back(place)


@require_safe
@desk_or_fg
def certificate(request: SignedInRequest, place: Municipality, pk: str) -> HttpResponse:
    """The proof that one report is gone, checked while you wait; made to be printed."""
    rows = Tombstone.objects.exclude(destroyed_week="").select_related("report__municipality")
    tombstone = get_object_or_404(rows, pk=pk, municipality=place)
    return render(
        request,
        "meldpunt/reports/desk/certificate.html",
        {"tombstone": tombstone, "verdict": check_certificate(tombstone), "place": place},
    )


@require_safe
@desk_or_fg
def hand_overs(request: SignedInRequest, place: Municipality) -> HttpResponse:
    """What this meldpunt gave to others, the latest first."""
    rows = HandOver.objects.filter(municipality=place).select_related("to")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"place": place, "places": request.places, "page": page}  # type: ignore[attr-defined]
    return render(request, "meldpunt/reports/desk/hand_overs.html", context)


@require_safe
@desk_or_fg
def hand_over_proof(request: SignedInRequest, place: Municipality, pk: int) -> HttpResponse:
    """The proof that nobody here opens what was given away, checked while you wait."""
    rows = HandOver.objects.filter(municipality=place).exclude(certificate={})
    gone = get_object_or_404(rows.select_related("municipality", "to"), pk=pk)
    return render(
        request,
        "meldpunt/reports/desk/hand_over_proof.html",
        {"gone": gone, "verdict": check_hand_over(gone), "place": place},
    )


@fg_only
def supervision(request: SignedInRequest, place: Municipality) -> HttpResponse:
    """Who read what and why, hints, and the state of the trail; POST checks the chain now."""
    broken = None
    if request.method == "POST":
        broken = list(broken_links(chain_of(place)))[:1]
    page = Paginator(overview.reads(place), PER_PAGE).get_page(request.GET.get("page"))
    hints = overview.hints(place)
    return render(
        request,
        "meldpunt/reports/desk/supervision.html",
        {
            "place": place,
            "places": request.places,  # type: ignore[attr-defined]
            "state": overview.trail_state(place),
            "must_confirm": zone_must_be_confirmed(place),
            "broken": broken,
            "is_checked": broken is not None,
            "page": page,
            "hints": hints[:20],
            "names": names_of([*(event.actor for event in page), *(hint.actor for hint in hints)]),
        },
    )


def attempt(place: Municipality, deed: Callable[[], object]) -> HttpResponse:
    """Do it and go back, or the same 404 for whoever may not."""
    try:
        deed()
    except (PermissionDenied, rights.AnsweredAlready):
        raise Http404 from None
    return back(place)


def back(place: Municipality) -> HttpResponse:
    """To the page of this municipality."""
    return redirect(f"{reverse('meldpunt_werkplek:keeping')}?gemeente={place.slug}")


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Reference to name, for the people in these lines."""
    ids = {actor.removeprefix("user:") for actor in actors if actor.startswith("user:")}
    return {user.reference: str(user) for user in User.objects.filter(public_id__in=ids)}

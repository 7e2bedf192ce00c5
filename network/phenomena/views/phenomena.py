"""What goes on online: the notes with their trend, describing, and reviewing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from network.phenomena import policies
from network.phenomena.forms import ObservationForm, PhenomenonForm, ReviewForm
from network.phenomena.models import Observation, Phenomenon
from network.phenomena.services.observations import (
    describe,
    review,
    review_before,
    save_phenomenon,
)
from network.phenomena.services.trends import trend, trend_by_area
from network.phenomena.workflow import ObservationState, TransitionNotAllowed
from portal.accounts.http import SignedInRequest
from portal.regions.models import Municipality

PER_PAGE = 25


@never_cache
@login_required
@require_safe
def phenomena(request: SignedInRequest) -> HttpResponse:
    """The notes, with what we do not know beside what we see."""
    if not policies.can_see_trend(request.user):
        raise PermissionDenied
    page = Paginator(Phenomenon.objects.all(), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "network/phenomena/phenomena.html",
        {
            "page": page,
            "today": timezone.localdate(),
            "may_observe": policies.can_observe(request.user),
            "may_review": policies.can_review(request.user, None),
        },
    )


@never_cache
@login_required
@require_safe
def phenomenon(request: SignedInRequest, slug: str) -> HttpResponse:
    """One note with its trend; small numbers are hidden, whoever looks."""
    if not policies.can_see_trend(request.user):
        raise PermissionDenied
    found = get_object_or_404(Phenomenon, slug=slug)
    today = timezone.localdate()
    shown = trend(found, today=today)
    place = Municipality.objects.filter(slug=request.GET.get("gemeente", "")).first()
    return render(
        request,
        "network/phenomena/phenomenon.html",
        {
            "phenomenon": found,
            "trend": shown,
            "places": Municipality.objects.all(),
            "place": place,
            "by_area": trend_by_area(found, place, shown) if place else None,
            "is_expired": found.expires_on < today,
            "may_review": policies.can_review(request.user, None),
        },
    )


@never_cache
@login_required
@require_safe
def own_observations(request: SignedInRequest) -> HttpResponse:
    """What I described, and the feedback."""
    if not policies.can_observe(request.user):
        raise PermissionDenied
    rows = Observation.objects.visible_to(request.user).filter(by=request.user)
    page = Paginator(rows.select_related("phenomenon"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "network/phenomena/own.html", {"page": page})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def observe(request: SignedInRequest, pk: str | None = None) -> HttpResponse:
    """Describe something, now or anew; keep it as a draft or send it."""
    if not policies.can_observe(request.user):
        raise PermissionDenied
    own = Observation.objects.visible_to(request.user).filter(
        by=request.user, state__in=[ObservationState.DRAFT, ObservationState.RETURNED]
    )
    found = get_object_or_404(own, pk=pk) if pk else Observation()
    form = ObservationForm(request.POST or None, instance=found)
    if form.is_valid():
        stored = get_object_or_404(own, pk=pk) if pk else Observation()
        send = "send" in request.POST
        describe(stored, values=form.values(), send=send, by=request.user)
        text = _("Thank you. You hear from us within three working days.")
        messages.success(request, text if send else _("The draft is kept."))
        return redirect("network:own_observations")
    return render(
        request,
        "network/phenomena/observe.html",
        {"form": form, "feedback": found.feedback},
        status=422 if form.errors else 200,
    )


@never_cache
@login_required
@require_safe
def to_review(request: SignedInRequest) -> HttpResponse:
    """What waits, the oldest first, with the day on which it is due."""
    if not policies.can_review(request.user, None):
        raise PermissionDenied
    rows = Observation.objects.visible_to(request.user).waiting().exclude(by=request.user)
    page = Paginator(rows.select_related("municipality"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    today = timezone.localdate()
    waiting = [(one, review_before(one.submitted_at or one.made_at)) for one in page]
    return render(
        request,
        "network/phenomena/to_review.html",
        {"page": page, "waiting": waiting, "today": today},
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def reviewing(request: SignedInRequest, pk: str) -> HttpResponse:
    """Accept one or return it, with feedback."""
    rows = Observation.objects.visible_to(request.user).exclude(by=request.user)
    found = get_object_or_404(rows.select_related("municipality", "area"), pk=pk)
    if not policies.can_review(request.user, found.municipality_id):
        raise PermissionDenied
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            review(
                found,
                accepted=data["decision"] == "accept",
                feedback=data["feedback"],
                phenomenon=data["phenomenon"],
                by=request.user,
            )
        except TransitionNotAllowed:
            messages.warning(request, _("Somebody else looked at it already."))
        else:
            messages.success(request, _("Reviewed. Who wrote it hears from you."))
        return redirect("network_werkplek:to_review")
    return render(
        request,
        "network/phenomena/review.html",
        {"observation": found, "form": form},
        status=422 if form.errors else 200,
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def keep_phenomenon(request: SignedInRequest, slug: str | None = None) -> HttpResponse:
    """Write the note about a phenomenon."""
    if not policies.can_review(request.user, None):
        raise PermissionDenied
    found = get_object_or_404(Phenomenon, slug=slug) if slug else Phenomenon()
    form = PhenomenonForm(request.POST or None, instance=found)
    if form.is_valid():
        stored = get_object_or_404(Phenomenon, slug=slug) if slug else Phenomenon()
        saved = save_phenomenon(stored, values=form.cleaned_data, by=request.user)
        messages.success(request, _("The note is kept."))
        return redirect("network:phenomenon", slug=saved.slug)
    return render(
        request,
        "network/phenomena/phenomenon_form.html",
        {"form": form},
        status=422 if form.errors else 200,
    )

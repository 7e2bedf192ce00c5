"""Coming to an event: register, ticket, sign off, evaluate."""

import qrcode
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from qrcode.image.svg import SvgPathImage

from network.events import policies
from network.events.forms import EvaluationForm, RegisterForm
from network.events.models import Event, Registration
from network.events.models.evaluations import Moment
from network.events.services import aftercare, registering
from network.events.views.typed import typed
from network.events.workflow import COUNTS, Place
from portal.accounts.http import SignedInRequest

PER_PAGE = 25


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def register(request: SignedInRequest, slug: str) -> HttpResponse:
    """Register, or change what was chosen."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    if not policies.can_register(request.user, event):
        raise PermissionDenied
    found = event.registrations.filter(user=request.user, state__in=COUNTS).first()
    form = RegisterForm(
        typed(request), event=event, taken=taken_by(event, but=found), initial=kept(found)
    )
    is_closed = not event.takes_registrations
    if not is_closed and form.is_valid():
        try:
            registration = registering.register(event, by=request.user, **form.values())
        except registering.SessionFull as full:
            form.tell_full(full.session)
        except registering.Closed:
            is_closed = True
        else:
            seated = registration.state == Place.SEATED
            messages.success(
                request,
                _("You are registered. A letter with the calendar entry is on its way.")
                if seated
                else _("The event is full. You are on the waiting list; we write to you."),
            )
            return redirect(event)
    status = 409 if is_closed else 422 if form.errors else 200
    context = {"event": event, "form": form, "is_closed": is_closed, "registration": found}
    return render(request, "network/events/register.html", context, status=status)


def taken_by(event: Event, *, but: Registration | None) -> dict[int, int]:
    """Session to how many seats others have in it."""
    theirs = Q(registrations__state__in=COUNTS)
    if but is not None:
        theirs &= ~Q(registrations=but.pk)
    rows = event.sessions.annotate(taken=Count("registrations", filter=theirs))
    return {row.pk: row.taken for row in rows}


def kept(registration: Registration | None) -> dict[str, object]:
    """What was filled in before."""
    if registration is None:
        return {}
    return {
        "how": "online" if registration.is_online else "zaal",
        "sessions": list(registration.sessions.values_list("pk", flat=True)),
        "needs": registration.needs,
        "confidence": registration.confidence,
    }


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def sign_off(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask once more, then give the place back."""
    registration = get_object_or_404(
        Registration.objects.select_related("event"),
        policies.own_q(request.user),
        event__slug=slug,
        state__in=COUNTS,
    )
    if request.method == "POST":
        registering.sign_off(registration, by=request.user)
        messages.success(request, _("You are signed off."))
        return redirect(registration.event)
    return render(request, "network/events/sign_off.html", {"event": registration.event})


@never_cache
@login_required
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """Where I am registered."""
    rows = (
        Registration.objects.filter(policies.own_q(request.user), state__in=COUNTS)
        .select_related("event")
        .order_by("-event__starts_at", "pk")
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "network/events/mine.html", {"page": page})


@never_cache
@login_required
@require_safe
def ticket(request: SignedInRequest, code: str) -> HttpResponse:
    """The own ticket, with a code to scan at the door."""
    registration = get_object_or_404(
        Registration.objects.select_related("event").prefetch_related("sessions"),
        policies.own_q(request.user),
        ticket=code,
    )
    return render(
        request,
        "network/events/ticket.html",
        {"registration": registration, "event": registration.event, "picture": drawn(code)},
    )


def drawn(ticket: str) -> SafeString:
    """The QR code of a ticket as a drawing in the page."""
    address = f"{settings.PORTAL_URL}/werkplek/agenda/kaartje/{ticket}/"
    picture = qrcode.make(address, image_factory=SvgPathImage, box_size=14, border=2)
    svg = picture.to_string(encoding="unicode")
    return mark_safe(svg[svg.index("<svg") :])  # noqa: S308  (made of squares, not of text)


@never_cache
@require_http_methods(["GET", "POST"])
def evaluate(request: SignedInRequest, code: str, moment: str) -> HttpResponse:
    """Say what an event was worth; the ticket in the letter is enough."""
    if moment not in Moment.values:
        raise Http404
    registration = get_object_or_404(
        Registration.objects.select_related("event"), ticket=code, state=Place.SEATED
    )
    form = EvaluationForm(typed(request))
    is_done = moment in registration.answered
    if not is_done and form.is_valid():
        try:
            aftercare.evaluate(registration, moment=moment, **form.cleaned_data)
        except aftercare.AlreadyAnswered:
            is_done = True
        else:
            messages.success(request, _("Thank you. Your answer is kept without your name."))
            return redirect("events:evaluate", code, moment)
    context = {"event": registration.event, "form": form, "is_done": is_done, "moment": moment}
    status = 422 if form.errors and not is_done else 200
    return render(request, "network/events/evaluate.html", context, status=status)

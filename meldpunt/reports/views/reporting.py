"""The steps of the form. Answers travel in the page; the server keeps nothing (6.5)."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from meldpunt.reports.forms.questionnaire import STEPS
from meldpunt.reports.forms.steps import UrgencyForm
from meldpunt.reports.models import Channel
from meldpunt.reports.services.drafts import Draft, DraftLost, Typed
from meldpunt.reports.services.trust_person import has_trust_person
from meldpunt.reports.views.form_pages import (
    CHECK,
    FIRST,
    OUR_FIELDS,
    draft_of,
    form_of,
    order_of,
    refused,
    show_step,
)
from meldpunt.vault.services.codes import VisitCookie
from portal.regions.models import Municipality

LONGEST_TYPED = 40_000


def first_step(
    request: HttpRequest, place: Municipality, *, channel: Channel = Channel.WEB
) -> HttpResponse:
    """The first question, in a new visit."""
    draft = Draft(place.slug, channel=channel)
    return show_step(request, FIRST, draft, cookie=VisitCookie.new())


@sensitive_post_parameters()
def step(request: HttpRequest, step: str) -> HttpResponse:
    """One step: keep what was typed, and show the next, the previous or the same page."""
    if step not in STEPS:
        raise Http404
    if request.method != "POST":
        return render(request, "meldpunt/reports/start_here.html")
    try:
        draft = draft_of(request, step)
    except DraftLost:
        return lost(request, step)
    typed = typed_in(request, step)
    if typed is None:
        return refused(request)
    return follow(request, step, draft.with_typed(step, typed))


def follow(request: HttpRequest, step: str, draft: Draft) -> HttpResponse:
    """Go where the pressed button leads."""
    order = order_of(draft)
    if step not in order:  # a page of another kind: nobody's browser leads there
        return refused(request)
    match request.POST.get("ga", "verder"):
        case "blijf":
            return show_step(request, step, draft)
        case "terug":
            return show_step(request, order[max(order.index(step) - 1, 0)], draft)
        case "verder" | "toch" as wish:
            return next_step(request, step, draft, is_warned=wish == "toch")
    return refused(request)


def next_step(request: HttpRequest, step: str, draft: Draft, *, is_warned: bool) -> HttpResponse:
    """The following page, once the answers of this one are in order."""
    form = form_of(step, draft)
    if not form.is_valid():
        return show_step(request, step, draft, form=form, status=400)
    if (notices := form.notices()) and not is_warned:
        return show_step(request, step, draft, form=form, notices=notices)
    if isinstance(form, UrgencyForm) and form.must_call:
        return show_step(request, step, draft, template="call_112.html")
    if (
        step == FIRST
        and draft.is_about_staff
        and not (draft.place and has_trust_person(draft.place))
    ):
        return show_step(
            request,
            step,
            draft,
            template="no_trust_person.html",
            trust_phone=settings.MELDPUNT_TRUST_PERSON_PHONE,
        )
    following = CHECK if draft.to_check else following_step(step, draft)
    return show_step(request, following, draft.but(to_check=False))


def following_step(step: str, draft: Draft) -> str:
    """The page after this one."""
    order = order_of(draft)
    return order[order.index(step) + 1]


def lost(request: HttpRequest, step: str) -> HttpResponse:
    """The earlier answers can't be opened; what is typed on this page stays on it."""
    typed = typed_in(request, step)
    if typed is None:
        return refused(request)
    return render(
        request,
        "meldpunt/reports/lost.html",
        {
            "form": STEPS[step](typed, municipality=None),
            "texts": [
                value
                for name, value in typed.items()
                if name in STEPS[step].base_fields and len(value) > 20
            ],
        },
        status=400,
    )


def typed_in(request: HttpRequest, step: str) -> Typed | None:
    """The fields of this step as typed; ``None`` when there are others or far too much text."""
    allowed = set(STEPS[step].base_fields)
    if set(request.POST) - allowed - OUR_FIELDS:
        return None
    typed = {name: request.POST[name] for name in allowed if name in request.POST}
    if sum(map(len, typed.values())) > LONGEST_TYPED:
        return None
    return typed

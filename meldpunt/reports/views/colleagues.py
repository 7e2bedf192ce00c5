"""Who works on a report: each address one deed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from meldpunt.reports.forms.colleagues import (
    ConflictForm,
    DeputyForm,
    ExcludeForm,
    KeepForm,
    LetBackForm,
)
from meldpunt.reports.forms.desk import ReasonForm
from meldpunt.reports.services import assignment
from meldpunt.reports.services.worklist import Work
from meldpunt.reports.views import desk
from meldpunt.reports.views.handling import again, back_to
from meldpunt.reports.views.workspace import with_new_keys, with_work
from meldpunt.reports.workflow import ReadReason, ReportState
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.http import SignedInRequest
from portal.accounts.models import User


@require_POST
@sensitive_post_parameters()
@with_work
def assign(request: SignedInRequest, keys: UnlockedKeys, work: Work) -> HttpResponse:
    """Become the handler; that is a reason to read it, too."""
    form = desk.take_form(work, request.user, request.POST)
    if not form.is_valid():
        if desk.reason_for(request, work.ref) is None:
            return desk.ask_reason(request, work, ReasonForm(), take_form=form, status=400)
        return again(request, keys, work, take_form=form)
    assignment.assign_to_self(work, **form.cleaned_data, keys=keys, by=request.user)
    is_new = work.entry.state is ReportState.RECEIVED
    reason = ReadReason.HANDLING if is_new else ReadReason.DEPUTY
    desk.remember_reason(request, work.ref, reason)
    return back_to(work)


@require_POST
@with_work
def deputy(request: SignedInRequest, keys: UnlockedKeys, work: Work) -> HttpResponse:
    """Name a deputy, or nobody."""
    people = assignment.colleagues_for(work, request.user)
    form = DeputyForm(request.POST, people=people, prefix="vervanger")
    if not form.is_valid():
        return again(request, keys, work, deputy_form=form)
    chosen = form.cleaned_data["colleague"]
    assignment.name_deputy(work, deputy=chosen, keys=keys, by=request.user)
    return back_to(work)


@require_POST
@sensitive_post_parameters()
@with_work
def exclude(request: SignedInRequest, keys: UnlockedKeys, work: Work) -> HttpResponse:
    """Keep a colleague, or oneself, away."""
    people = assignment.able_to_open(work)
    form = ExcludeForm(request.POST, people=people, prefix="uitsluiten")
    if not form.is_valid():
        return again(request, keys, work, exclude_form=form)
    chosen, why = form.cleaned_data["colleague"], form.cleaned_data["why"]
    try:
        assignment.exclude(work, colleague=chosen, why=why, keys=keys, by=request.user)
    except assignment.TooFewLeft:
        form.add_error(
            "colleague",
            _("Then fewer than two people are left. Add a colleague to the keys first."),
        )
        return again(request, keys, work, exclude_form=form)
    if chosen == request.user:
        messages.success(request, _("You are kept away from this report from now on."))
        return redirect("meldpunt_werkplek:reports")
    return back_to(work)


@require_POST
@sensitive_post_parameters()
@with_work
def let_back(request: SignedInRequest, keys: UnlockedKeys, work: Work) -> HttpResponse:
    """Propose that a colleague who is kept away comes back."""
    people = User.objects.filter(pk__in=work.entry.excluded)
    form = LetBackForm(request.POST, people=people, prefix="terug")
    if not form.is_valid():
        return again(request, keys, work, let_back_form=form)
    assignment.let_back(work, **form.cleaned_data, keys=keys, by=request.user)
    return back_to(work)


@require_POST
@with_work
def agree_away(request: SignedInRequest, keys: UnlockedKeys, work: Work) -> HttpResponse:
    """Be the second person about a colleague; who stays gets new keys."""
    work, renewed = assignment.agree_about_colleague(work, keys=keys, by=request.user)
    return with_new_keys(request, back_to(work), renewed)


@require_POST
@with_work
def decline_away(request: SignedInRequest, keys: UnlockedKeys, work: Work) -> HttpResponse:
    """Be the second person who does not agree."""
    assignment.decline_about_colleague(work, keys=keys, by=request.user)
    return back_to(work)


@require_POST
@sensitive_post_parameters()
@with_work
def conflict(request: SignedInRequest, keys: UnlockedKeys, work: Work) -> HttpResponse:
    """Keep a note of one's own interest."""
    form = ConflictForm(request.POST, prefix="belang")
    if not form.is_valid():
        return again(request, keys, work, conflict_form=form)
    assignment.declare_no_conflict(work, **form.cleaned_data, keys=keys, by=request.user)
    return back_to(work)


@require_POST
@sensitive_post_parameters()
@with_work
def keep(request: SignedInRequest, keys: UnlockedKeys, work: Work) -> HttpResponse:
    """Go on with weighing after a withdrawal."""
    form = KeepForm(request.POST, prefix="doorgaan")
    if not form.is_valid():
        return again(request, keys, work, keep_form=form)
    assignment.keep_in_weighing(work, **form.cleaned_data, keys=keys, by=request.user)
    return back_to(work)

"""Another meldpunt gets a report: each address one deed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from meldpunt.reports.services import handing_over
from meldpunt.reports.services.guards import Refused
from meldpunt.reports.services.reading import OpenReport
from meldpunt.reports.services.worklist import Work
from meldpunt.reports.views import desk
from meldpunt.reports.views.exports import with_opened
from meldpunt.reports.views.handling import again, back_to
from meldpunt.reports.views.workspace import with_work
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.http import SignedInRequest


@require_POST
@sensitive_post_parameters()
@with_work
def propose(request: SignedInRequest, keys: UnlockedKeys, work: Work) -> HttpResponse:
    """Propose it to a colleague."""
    if not handing_over.may_propose(work, request.user):
        raise PermissionDenied
    form = desk.hand_over_form(work, request.POST)
    if not form.is_valid():
        return again(request, keys, work, hand_over_form=form)
    try:
        handing_over.propose_hand_over(work, **form.cleaned_data, keys=keys, by=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return again(request, keys, work, hand_over_form=form)
    return back_to(work)


@require_POST
@with_opened
def agree(request: SignedInRequest, keys: UnlockedKeys, opened: OpenReport) -> HttpResponse:
    """Be the second person; afterwards nobody here has it."""
    try:
        to = handing_over.agree_to_hand_over(
            opened.work, why=opened.hand_over_why, keys=keys, by=request.user
        )
    except Refused as refusal:
        return again(request, keys, opened.work, hand_over_refused=refusal.reason)
    told = _("Report %(ref)s is with the meldpunt of %(place)s now.")
    messages.success(request, told % {"ref": opened.work.report.shown_ref, "place": to})
    return redirect("meldpunt_werkplek:reports")


@require_POST
@with_work
def decline(request: SignedInRequest, keys: UnlockedKeys, work: Work) -> HttpResponse:
    """Do not agree, or take back one's own proposal."""
    handing_over.decline_hand_over(work, keys=keys, by=request.user)
    return back_to(work)

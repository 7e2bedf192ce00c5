"""A report as a file: ask, agree, and take it with the passphrase."""

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from meldpunt.reports.forms.exports import AskExportForm, TakeExportForm
from meldpunt.reports.services import exports
from meldpunt.reports.services.parts import AlreadyWritten
from meldpunt.reports.services.reading import OpenReport, read_report
from meldpunt.reports.services.worklist import Unreadable, Work
from meldpunt.reports.views import desk
from meldpunt.reports.views.handling import again, back_to
from meldpunt.reports.views.passphrases import opens_vault
from meldpunt.reports.views.typed import typed
from meldpunt.reports.views.workspace import View, around, with_work
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.http import SignedInRequest


def with_opened(view: View) -> View:
    """Give the view the report with its words, by the reason that was chosen; else ask for one."""

    @wraps(view)
    @with_work
    def inner(
        request: SignedInRequest, keys: UnlockedKeys, work: Work, **kwargs: Any
    ) -> HttpResponse:
        reason = desk.reason_for(request, work.ref)
        if reason is None:
            return back_to(work)
        try:
            opened = read_report(work, reason=reason, keys=keys, by=request.user)
        except Unreadable:
            return desk.unreadable(request)
        return view(request, keys, opened, **kwargs)

    return inner


@require_POST
@sensitive_post_parameters()
@with_opened
def ask(request: SignedInRequest, keys: UnlockedKeys, opened: OpenReport) -> HttpResponse:
    """Ask a colleague to agree to a file of this report."""
    form = AskExportForm(request.POST, prefix="uitdraai")
    if not form.is_valid():
        return again(request, keys, opened.work, export_form=form)
    exports.ask_export(opened, **form.cleaned_data, keys=keys, by=request.user)
    return back_to(opened.work)


@require_POST
@with_opened
def agree(request: SignedInRequest, keys: UnlockedKeys, opened: OpenReport) -> HttpResponse:
    """Be the second person."""
    exports.agree_to_export(opened, keys=keys, by=request.user)
    return back_to(opened.work)


@sensitive_post_parameters()
@with_opened
def take(request: SignedInRequest, keys: UnlockedKeys, opened: OpenReport) -> HttpResponse:
    """The file, after the passphrase; once."""
    if not exports.state_of(opened).is_ready_for(request.user):
        raise PermissionDenied
    form = TakeExportForm(typed(request))
    if request.method == "POST" and form.is_valid() and opens_vault(form, request.user):
        try:
            file = exports.take_export(opened, lines=lines_of(opened), keys=keys, by=request.user)
        except AlreadyWritten:
            raise PermissionDenied from None
        response = HttpResponse(file, content_type="application/octet-stream")
        response["Content-Disposition"] = 'attachment; filename="uitdraai.csv"'
        return response
    context = around(request, form=form, work=opened.work)
    status = 400 if form.errors else 200
    return render(request, "meldpunt/reports/desk/export.html", context, status=status)


def lines_of(opened: OpenReport) -> list[exports.Line]:
    """What leaves: the answers or the short version, and the conversation. No notes, no names."""
    lines = [
        (_("What was reported"), str(label), "", str(value))
        for label, value in desk.shown_answers(opened.answers or {})
    ]
    if opened.minimised:
        lines.append((_("The short version"), "", "", opened.minimised))
    for part in opened.messages:
        who = _("Reporter") if part["by"] == "reporter" else _("We")
        day = date_format(part["on"], "j F Y")
        lines.append((_("Conversation with the reporter"), who, day, part["text"]))
    return lines

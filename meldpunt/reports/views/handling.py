"""What staff do with a report: each address one deed."""

from contextlib import suppress
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from meldpunt.reports.forms.desk import DeclineForm, MessageForm, NoteForm, StepForm
from meldpunt.reports.services import handling as deeds
from meldpunt.reports.services.guards import Refused
from meldpunt.reports.services.parts import AlreadyWritten
from meldpunt.reports.services.standard_texts import Choice, choices_for
from meldpunt.reports.services.worklist import Work
from meldpunt.reports.views import desk
from meldpunt.reports.views.typed import typed
from meldpunt.reports.views.workspace import around, with_work
from meldpunt.reports.workflow import (
    ReportState,
    TextUse,
    needs_second_person,
)
from meldpunt.reports.workflow import step as table_step
from meldpunt.vault.services.domains import CannotSeal
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.http import SignedInRequest


@sensitive_post_parameters()
@with_work
def step(request: SignedInRequest, keys: UnlockedKeys, work: Work, state: str) -> HttpResponse:
    """Write down what the table asks for, and take the step."""
    to = wanted_state(work, state)
    if desk.reason_for(request, work.ref) is None:
        return back_to(work)
    needs = deeds.still_needed(work.entry, table_step(work.entry.state, to))
    use = next((TextUse(name) for name in needs if name in TextUse.values), None)
    texts = choices_for(use, work.entry, municipality=work.report.municipality) if use else []
    chosen = desk.text_of(request, texts)
    form = StepForm(typed(request), needs=needs, initial={use: chosen} if chosen else {})
    if request.method != "POST" or not form.is_valid():
        return show_step(request, work, to, form, texts)
    try:
        deeds.take_step(work, to=to, recorded=form.cleaned_data, keys=keys, by=request.user)
    except CannotSeal:
        form.add_error(None, _("This text can't be stored. Make it shorter, without odd signs."))
        return show_step(request, work, to, form, texts)
    except Refused as refusal:
        form.add_error(refusal.field, str(refusal.reason))
        return show_step(request, work, to, form, texts)
    return back_to(work)


@require_POST
@sensitive_post_parameters()
@with_work
def message(request: SignedInRequest, keys: UnlockedKeys, work: Work) -> HttpResponse:
    """Write to the reporter."""
    form = MessageForm(request.POST, prefix="bericht")
    if not form.is_valid():
        return again(request, keys, work, message_form=form)
    with suppress(AlreadyWritten):
        deeds.send_message(work, **form.cleaned_data, keys=keys, by=request.user)
    return back_to(work)


@require_POST
@sensitive_post_parameters()
@with_work
def note(request: SignedInRequest, keys: UnlockedKeys, work: Work) -> HttpResponse:
    """Keep a note for colleagues."""
    form = NoteForm(request.POST, prefix="notitie")
    if not form.is_valid():
        return again(request, keys, work, note_form=form)
    with suppress(AlreadyWritten):
        deeds.add_note(work, **form.cleaned_data, keys=keys, by=request.user)
    return back_to(work)


@require_POST
@with_work
def agree(request: SignedInRequest, keys: UnlockedKeys, work: Work) -> HttpResponse:
    """Be the second person."""
    try:
        deeds.agree(work, keys=keys, by=request.user)
    except Refused as refusal:
        return again(request, keys, work, refused=refusal.reason)
    return back_to(work)


@require_POST
@sensitive_post_parameters()
@with_work
def decline(request: SignedInRequest, keys: UnlockedKeys, work: Work) -> HttpResponse:
    """Be the second person who does not agree."""
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return again(request, keys, work, decline_form=form)
    deeds.decline(work, note=form.cleaned_data["text"], keys=keys, by=request.user)
    return back_to(work)


def wanted_state(work: Work, state: str) -> ReportState:
    """The state of the address, when the table leads there. Raises ``Http404``."""
    try:
        to = ReportState(state.replace("-", "_"))
    except ValueError:
        raise Http404 from None
    if to not in desk.steps_for(work, is_handler=True):
        raise Http404
    return to


def show_step(
    request: SignedInRequest, work: Work, to: ReportState, form: StepForm, texts: list[Choice]
) -> HttpResponse:
    """The page on which a step is written down."""
    context = around(
        request,
        form=form,
        work=work,
        to=to,
        texts=texts,
        waits=needs_second_person(work.entry.state, to),
        shreds="minimised" in form.fields,
    )
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "meldpunt/reports/desk/step.html", context, status=status)


def again(request: SignedInRequest, keys: UnlockedKeys, work: Work, **forms: Any) -> HttpResponse:
    """The report once more, with what is wrong at the field."""
    reason = desk.reason_for(request, work.ref)
    if reason is None:
        return back_to(work)
    return desk.show(request, keys, work, reason, status=400, **forms)


def back_to(work: Work) -> HttpResponse:
    """The report itself."""
    return redirect("meldpunt_werkplek:report", ref=work.ref)

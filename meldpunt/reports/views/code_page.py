"""The code page: what the reporter reads and does with the code."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from meldpunt.reports.forms.code_page import CodeForm, MessageForm, SureForm
from meldpunt.reports.forms.files import FilesForm
from meldpunt.reports.forms.personal_data import Notice
from meldpunt.reports.services import budgets, conversation
from meldpunt.reports.services.parts import AlreadyWritten
from meldpunt.reports.services.upload_settings import setting_of
from meldpunt.reports.services.uploads import FileRefused
from meldpunt.reports.views.exits import forget
from meldpunt.reports.views.puzzles import brings_proof, puzzle_for, visit_of
from meldpunt.reports.views.typed import typed
from meldpunt.reports.workflow import ReporterStatus
from meldpunt.vault import process_secrets
from meldpunt.vault.services import cookies
from meldpunt.vault.services.domains import CannotSeal

View = Callable[..., HttpResponse]
QUIET = budgets.Load(0)
IN_WORDS = {
    ReporterStatus.RECEIVED: gettext_lazy(
        "We have it. A colleague reads it within two working days."
    ),
    ReporterStatus.LOOKED_AT: gettext_lazy(
        "A colleague works on it. Within ten working days you read here what we do."
    ),
    ReporterStatus.QUESTION: gettext_lazy(
        "We need your answer. Do you not answer within two weeks? Then we go on with what we know."
    ),
    ReporterStatus.CLOSED: gettext_lazy(
        "We are done. Below you read what we did, and what you can do yourself."
    ),
    "withdrawn": gettext_lazy("You took it back. We stop, and destroy it within some weeks."),
}


def with_visit(view: View) -> View:
    """Give the view the open visit, or the page that asks for the code."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            visit = conversation.find_visit(cookies.read_cookie(request, cookies.CONVERSATION))
        except conversation.VisitEnded:
            return ask_for_code(request, ended=request.method == "POST")
        return view(request, visit, *args, **kwargs)

    return inner


@sensitive_post_parameters()
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code, or show the conversation it opened."""
    if not process_secrets.are_present():
        return render(request, "meldpunt/reports/unavailable.html", status=503)
    if request.method != "POST":
        return show(request)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return ask_for_code(request, form=form, status=400)
    load = budgets.load_of_codes(cookies.read_cookie(request, cookies.FORM))
    if load.is_over and not brings_proof(request):
        return ask_for_code(request, form=form, status=429, load=load)
    try:
        cookie = conversation.open_conversation(form.cleaned_data["code"])
    except conversation.CodeUnknown:
        budgets.count_wrong_code()
        form.add_error("code", _("We can't open anything with this code."))
        return ask_for_code(request, form=form, status=400)
    conversation.end_visit(cookies.read_cookie(request, cookies.CONVERSATION))
    response = redirect("meldpunt:code")
    cookies.set_cookie(response, cookies.CONVERSATION, cookie.text)
    return response


@with_visit
def show(
    request: HttpRequest,
    visit: conversation.Visit,
    form: MessageForm | None = None,
    status: int = 200,
    notices: list[Notice] | None = None,
    files_form: FilesForm | None = None,
) -> HttpResponse:
    """Status, messages, and what can be done."""
    talk = conversation.read_conversation(visit)
    if talk.must_replace_code:
        return redirect("meldpunt:new_code")
    context = {
        "talk": talk,
        "proof": conversation.proof_of(visit),
        "in_words": IN_WORDS["withdrawn" if talk.is_withdrawn else talk.status],
        "report": visit.report,
        "form": form or MessageForm(initial={"message_id": uuid4()}),
        "is_sent": "verstuurd" in request.GET,
        "notices": notices,
        "files_form": files_form or FilesForm(setting=setting_of(visit.report.municipality)),
        "choose_again": bool(request.FILES),
    }
    return render(request, "meldpunt/reports/conversation.html", context, status=status)


def ask_for_code(
    request: HttpRequest,
    form: CodeForm | None = None,
    *,
    ended: bool = False,
    status: int = 200,
    load: budgets.Load = QUIET,
) -> HttpResponse:
    """The page where the code is typed; the same for every code that opens nothing."""
    visit = visit_of(request)
    context = {
        "form": form or CodeForm(),
        "ended": ended,
        "typed": request.POST.get("text", ""),
        "puzzle": puzzle_for(request, load, visit),
    }
    response = render(request, "meldpunt/reports/code.html", context, status=status)
    cookies.set_cookie(response, cookies.FORM, visit.text)
    return response


@require_POST
@sensitive_post_parameters()
@with_visit
def message(request: HttpRequest, visit: conversation.Visit) -> HttpResponse:
    """Add a message."""
    form = MessageForm(request.POST)
    files_form = FilesForm(
        request.POST,
        request.FILES,
        setting=setting_of(visit.report.municipality),
        before=[part["size"] for part in conversation.read_conversation(visit).files],
    )
    if not (form.is_valid() and files_form.is_valid()):
        return show(request, form=form, files_form=files_form, status=400)
    if (notices := form.notices()) and request.POST.get("ga") != "toch":
        return show(request, form=form, notices=notices)
    try:
        with files_form.cleared() as files:
            conversation.write_message(visit, **form.cleaned_data, files=files)
    except AlreadyWritten:
        pass
    except FileRefused as refused:
        status = 503 if refused.is_for_now else 400
        return show(request, form=form, files_form=files_form, status=status)
    except CannotSeal:
        form.add_error("text", _("This text can't be stored. Type it again, without odd signs."))
        return show(request, form=form, status=400)
    except conversation.ReportClosed:
        form.add_error(None, _("You can't add anything any more."))
        return show(request, form=form, status=400)
    except conversation.AnswerFirst:
        form.add_error("text", _("You sent many messages. Please wait until we answer them."))
        return show(request, form=form, status=429)
    return redirect(reverse("meldpunt:code") + "?verstuurd")


@with_visit
def take_back(request: HttpRequest, visit: conversation.Visit) -> HttpResponse:
    """Withdraw the report."""
    form = SureForm(typed(request), initial={"message_id": uuid4()})
    if request.method != "POST" or not form.is_valid():
        return sure(request, form, "withdraw")
    with suppress(AlreadyWritten, conversation.ReportClosed):
        conversation.withdraw(visit, message_id=form.cleaned_data["message_id"] or uuid4())
    return redirect("meldpunt:code")


@with_visit
def new_code(request: HttpRequest, visit: conversation.Visit) -> HttpResponse:
    """Replace the code; the new one is shown once."""
    form = SureForm(typed(request))
    if request.method != "POST" or not form.is_valid():
        talk = conversation.read_conversation(visit)
        return sure(request, form, "new_code", must=talk.must_replace_code)
    fresh = conversation.replace_code(visit)
    return render(request, "meldpunt/reports/new_code.html", {"code": fresh.formatted})


@with_visit
def stop(request: HttpRequest, visit: conversation.Visit) -> HttpResponse:
    """End contact for good."""
    form = SureForm(typed(request))
    if request.method != "POST" or not form.is_valid():
        return sure(request, form, "end_contact")
    conversation.end_contact(visit)
    return forget(request, render(request, "meldpunt/reports/contact_ended.html"))


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the page; the code still works."""
    return forget(request, redirect("meldpunt:landing"))


def sure(request: HttpRequest, form: SureForm, deed: str, *, must: bool = False) -> HttpResponse:
    """Explain what can't be undone, and ask."""
    context = {"form": form, "deed": deed, "must": must}
    return render(
        request,
        "meldpunt/reports/sure.html",
        context,
        status=400 if form.is_bound and not form.is_valid() else 200,
    )

"""The last page before sending, and the code after it (meldpunt.md 6.5)."""

import time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from meldpunt.reports.forms.code_page import LastFourForm
from meldpunt.reports.forms.questionnaire import IDENTITY
from meldpunt.reports.forms.steps import (
    PRIVACY_TEXT,
    QUESTIONNAIRE,
    UNKNOWN,
    StepForm,
)
from meldpunt.reports.models import Channel, Kind, Language, Urgency
from meldpunt.reports.services.drafts import Draft, DraftLost
from meldpunt.reports.services.intake import DeskClosed, ProofOfReceipt, Submission, receive_report
from meldpunt.reports.services.uploads import Cleared, FileRefused
from meldpunt.reports.views import form_pages
from meldpunt.reports.views.puzzles import PROOF_FIELDS, brings_proof, load_of_draft
from meldpunt.reports.views.sealed_uploads import FILE_FIELDS
from meldpunt.vault.services import cookies, pages
from meldpunt.vault.services.codes import NotACode, ReceiptCode, VisitCookie
from meldpunt.vault.services.domains import CannotSeal
from meldpunt.vault.services.trust import NoTrustedKey

SHOWN = "bewijs"
INDEXED = ("kind", "urgency", "area", "called", "about_staff")  # not among the answers


@sensitive_post_parameters()
def check(request: HttpRequest) -> HttpResponse:
    """Change an answer, or send all of it."""
    if request.method != "POST":
        return render(request, "meldpunt/reports/start_here.html")
    if set(request.POST) - form_pages.OUR_FIELDS - PROOF_FIELDS - FILE_FIELDS:
        return form_pages.refused(request)
    try:
        draft = form_pages.draft_of(request, form_pages.CHECK)
    except DraftLost:
        return render(request, "meldpunt/reports/lost.html", status=400)
    wish = request.POST.get("ga", "verder")
    if wish == "terug":
        return form_pages.show_step(request, form_pages.order_of(draft)[-2], draft)
    if wish == "blijf":
        return form_pages.show_check(request, draft)
    if wish.removeprefix("wijzig:") in form_pages.order_of(draft)[:-1] and wish.startswith(
        "wijzig:"
    ):
        step = wish.removeprefix("wijzig:")
        return form_pages.show_step(request, step, draft.but(to_check=True))
    return send(request, draft) if wish == "verder" else form_pages.refused(request)


def send(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Check every answer once more, store the report, and show its code."""
    forms = form_pages.checked(draft)
    if wrong := next((slug for slug, form in forms.items() if not form.is_valid()), None):
        return form_pages.show_step(request, wrong, draft, form=forms[wrong], status=400)
    files_form = form_pages.files_form_of(draft, request)
    if not files_form.is_valid():
        return form_pages.show_check(request, draft, files_form=files_form, status=400)
    if load_of_draft(draft).is_over and not brings_proof(request, what=draft.report):
        return form_pages.show_check(request, draft, status=429)
    try:
        code = ReceiptCode.parse(draft.code)
        with files_form.cleared() as files:
            receipt = receive_report(
                submission_of(draft, forms, files), report_id=UUID(draft.report), code=code
            )
    except FileRefused as refused:
        return form_pages.show_check(
            request, draft, files_form=files_form, status=503 if refused.is_for_now else 400
        )
    except CannotSeal:
        return form_pages.refused(request)
    except (DeskClosed, NoTrustedKey, pages.SecretsMissing):
        return form_pages.show_check(request, draft, unavailable=True, status=503)
    if not receipt.may_show_code:
        return render(request, "meldpunt/reports/sent_before.html", {"ref": receipt.ref})
    return show_receipt(request, code, receipt)


def show_receipt(
    request: HttpRequest,
    code: ReceiptCode,
    receipt: ProofOfReceipt,
    *,
    form: LastFourForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The code, once, with what proves the receipt."""
    visit = VisitCookie.from_text(cookies.read_cookie(request, cookies.FORM))
    kept = {"code": code.formatted, "ref": receipt.ref, "proof": receipt.proof}
    sealed = pages.seal(
        kept, cookie=visit, questionnaire=QUESTIONNAIRE, step=SHOWN, at=int(time.time())
    )
    context = {**kept, "sealed": sealed, "form": form or LastFourForm(code=code)}
    return render(request, "meldpunt/reports/receipt.html", context, status=status)


@require_POST
@sensitive_post_parameters()
def confirm(request: HttpRequest) -> HttpResponse:
    """The reporter repeats the last four symbols; then the code is shown no more."""
    try:
        kept = shown_before(request)
    except DraftLost:
        return render(request, "meldpunt/reports/sent_before.html", status=400)
    code = ReceiptCode.parse(kept["code"])
    form = LastFourForm(request.POST, code=code)
    if not form.is_valid():
        receipt = ProofOfReceipt(kept["ref"], kept["proof"], is_new=False, may_show_code=True)
        return show_receipt(request, code, receipt, form=form, status=400)
    response = render(request, "meldpunt/reports/done.html", {"ref": kept["ref"]})
    cookies.drop_cookie(response, cookies.FORM)
    return response


@require_POST
@sensitive_post_parameters()
def as_text(request: HttpRequest) -> HttpResponse:
    """The code as a small file, with a name that says nothing."""
    try:
        kept = shown_before(request)
    except DraftLost:
        return render(request, "meldpunt/reports/sent_before.html", status=400)
    named = [(_("Receipt code"), "code"), (_("Reference"), "ref"), (_("Proof of receipt"), "proof")]
    text = "".join(f"{label}: {kept[name]}\r\n" for label, name in named)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="code.txt"'
    return response


def shown_before(request: HttpRequest) -> dict[str, Any]:
    """Code and proof out of the sealed field. Raises ``DraftLost`` after ten minutes."""
    try:
        return pages.open_(
            request.POST.get("antwoorden", ""),
            cookie=VisitCookie.from_text(cookies.read_cookie(request, cookies.FORM)),
            questionnaire=QUESTIONNAIRE,
            step=SHOWN,
            at=int(time.time()),
            max_age=settings.MELDPUNT_RECEIPT_AGAIN,
        )
    except (ValueError, NotACode, pages.CannotOpen):
        raise DraftLost from None


def submission_of(draft: Draft, forms: dict[str, StepForm], files: list[Cleared]) -> Submission:
    """What the vault takes in: the entry's words, the answers, and apart from them who wrote."""
    data = {name: value for form in forms.values() for name, value in form.cleaned_data.items()}
    identity = {name: data[name] for name in IDENTITY if data.get(name)}
    answers = {
        name: value for name, value in data.items() if name not in IDENTITY and name not in INDEXED
    }
    place = draft.place
    if place is None:
        raise DeskClosed
    return Submission(
        municipality=place,
        kind=Kind(data["kind"]),
        urgency=Urgency(data["urgency"]),
        language=Language(translation.get_language() or "nl"),
        area=None if data["area"] == UNKNOWN else int(data["area"]),
        answers={**answers, "questionnaire": QUESTIONNAIRE, "privacy_text": PRIVACY_TEXT},
        identity=identity,
        channel=Channel(draft.channel),
        about_staff=bool(data.get("about_staff")),
        files=files,
    )

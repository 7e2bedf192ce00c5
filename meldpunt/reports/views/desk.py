"""The list of reports, and one of them on the screen."""

import time
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import uuid4

from django.forms import DateField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from meldpunt.reports import policies
from meldpunt.reports.forms.colleagues import (
    ConflictForm,
    DeputyForm,
    ExcludeForm,
    KeepForm,
    LetBackForm,
    TakeForm,
)
from meldpunt.reports.forms.desk import (
    DeclineForm,
    MessageForm,
    NoteForm,
    ReasonForm,
    recorded_fields,
)
from meldpunt.reports.forms.exports import AskExportForm
from meldpunt.reports.forms.guests import AgreeGuestForm, AskGuestForm
from meldpunt.reports.forms.handing_over import HandOverForm
from meldpunt.reports.forms.questionnaire import STEPS as QUESTIONS
from meldpunt.reports.services import assignment, exports, guests, handing_over, reading
from meldpunt.reports.services.deadlines import is_late, must_escalate
from meldpunt.reports.services.standard_texts import Choice, choices_for
from meldpunt.reports.services.worklist import Unreadable, Work
from meldpunt.reports.views.workspace import around, with_work
from meldpunt.reports.workflow import ReadReason, ReportState, TextUse, Who, next_states
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.http import SignedInRequest
from portal.accounts.models import User
from portal.regions.models import Area, Municipality

PER_PAGE = 25
REASONS = "meldpunt_redenen"
REASON_HOLDS = 15 * 60
TITLES = {
    "declined": _("Not agreed"),
    "taken_over": _("Taken over"),
    "excluded": _("Proposed to keep away:"),
    "let_back": _("Proposed to let back:"),
    "agreed": _("Agreed about:"),
    "not_agreed": _("Not agreed about:"),
    "conflict": _("Own interest"),
    "kept": _("Weighing goes on"),
    "export_asked": _("Asked for a file"),
    "export_agreed": _("Agreed to a file"),
    "exported": _("Saved a file, with the mark"),
    "hand_over_asked": _("Proposed for another meldpunt"),
    "not_handed_over": _("It stays here"),
    "handed_in": _("Came from another meldpunt"),
    "guest_asked": _("Asked for a copy for the guest"),
    "guest_agreed": _("Agreed to a copy for the guest"),
    "guest_declined": _("No copy for the guest"),
    "guest_ended": _("Ended the copy for the guest"),
}


def line_of(work: Work, areas: dict[int, str], names: dict[int, str]) -> dict[str, Any]:
    """One row of the table."""
    today = timezone.localdate()
    entry = work.entry
    return {
        "work": work,
        "entry": entry,
        "area": areas.get(entry.area or 0, ""),
        "handler": names.get(entry.assignee or 0, ""),
        "is_late": is_late(entry, on=today),
        "must_escalate": must_escalate(entry, on=today),
    }


@with_work
def report(request: SignedInRequest, keys: UnlockedKeys, work: Work) -> HttpResponse:
    """The reason first; then the words."""
    if request.method == "POST":
        form = ReasonForm(request.POST)
        if form.is_valid():
            remember_reason(request, work.ref, form.cleaned_data["reason"])
            return redirect("meldpunt_werkplek:report", ref=work.ref)
        return ask_reason(request, work, form, status=400)
    reason = reason_for(request, work.ref)
    if reason is None:
        return ask_reason(request, work, ReasonForm())
    return show(request, keys, work, reason)


def show(
    request: SignedInRequest,
    keys: UnlockedKeys,
    work: Work,
    reason: ReadReason,
    *,
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    """A report on the screen, traced; with what this person may do next."""
    try:
        opened = reading.read_report(work, reason=reason, keys=keys, by=request.user)
    except Unreadable:
        return unreadable(request)
    work = opened.work
    entry = work.entry
    people = [
        entry.assignee,
        entry.deputy,
        entry.second,
        entry.away,
        entry.away_by,
        entry.hand_by,
        *entry.excluded,
        *(part.get("by") for part in opened.history),
        *(part.get("whom") for part in opened.history),
    ]
    names = names_of(pk for pk in people if isinstance(pk, int))
    is_handler = policies.can_handle(request.user, work.report, entry)
    texts = choices_for(TextUse.MESSAGE, entry, municipality=work.report.municipality)
    context = around(
        request,
        opened=opened,
        work=work,
        entry=entry,
        facts=line_of(work, area_names(entry.area), names),
        answers=shown_answers(opened.answers or {}),
        history=history_of(opened, names),
        proposal=proposal_of(opened),
        is_handler=is_handler,
        may_agree=policies.can_be_second(request.user, work.report, entry),
        steps=steps_for(work, is_handler=is_handler),
        message_form=MessageForm(
            initial={"message_id": uuid4(), "text": text_of(request, texts)}, prefix="bericht"
        ),
        texts=texts,
        note_form=NoteForm(initial={"message_id": uuid4()}, prefix="notitie"),
        decline_form=DeclineForm(),
        **colleague_forms(work, request.user, is_handler=is_handler),
        **export_of(opened, request.user, is_handler=is_handler),
        **hand_over_of(work, request.user),
        **guests_of(opened, request.user, names, is_handler=is_handler),
        kept_away=[names.get(pk, "") for pk in entry.excluded],
        hand_over_by=names.get(entry.hand_by or 0, ""),
        away=names.get(entry.away or 0, ""),
        away_by=names.get(entry.away_by or 0, ""),
        away_until=policies.last_day_to_agree(entry.away_on) if entry.away_on else None,
        waits_about_colleague=policies.waits_about_colleague(entry),
        may_agree_away=policies.can_agree_about_colleague(request.user, work.report, entry),
        deputy=names.get(entry.deputy or 0, ""),
    )
    return render(request, "meldpunt/reports/desk/report.html", {**context, **extra}, status=status)


def export_of(opened: reading.OpenReport, user: User, *, is_handler: bool) -> dict[str, Any]:
    """How far a file of this report came, and what this person can do about it."""
    state = exports.state_of(opened)
    return {
        "export": state,
        "export_waits_for_me": state.waits_for(user),
        "export_is_mine": is_handler and state.is_ready_for(user),
        "export_form": AskExportForm(prefix="uitdraai") if is_handler and not state.asked else None,
    }


def hand_over_of(work: Work, user: User) -> dict[str, Any]:
    """Whether another meldpunt may get it, how far that came, and what this person can do."""
    entry = work.entry
    return {
        "hand_over_form": hand_over_form(work) if handing_over.may_propose(work, user) else None,
        "hand_over_to": Municipality.objects.filter(pk=entry.hand_to or 0).first(),
        "may_agree_hand_over": policies.can_agree_to_hand_over(user, work.report, entry),
    }


def hand_over_form(work: Work, typed: Any = None) -> HandOverForm:
    """The meldpunten that are open, and the question about the name where there is one."""
    desks, has_name = handing_over.desks_for(work), work.entry.has_identity
    return HandOverForm(typed, desks=desks, has_name=has_name, prefix="doorgeven")


def guests_of(
    opened: reading.OpenReport, user: User, names: dict[int, str], *, is_handler: bool
) -> dict[str, Any]:
    """Copies for guests of the casusoverleg, and what this person can do about them."""
    state = guests.state_of(opened)
    asks = is_handler and not state.asked
    return {
        "guests": state,
        "guest_copies": [(copy, names.get(copy.whom, "")) for copy in state.copies],
        "guest_asked": names.get(state.asked["whom"], "") if state.asked else "",
        "guest_form": ask_guest_form(opened) if asks else None,
        "guest_agree_form": AgreeGuestForm(prefix="gast")
        if state.asked and state.asked["by"] != user.pk
        else None,
    }


def ask_guest_form(opened: reading.OpenReport, typed: Any = None) -> AskGuestForm:
    """To whom a copy can go; the short version is where its text begins."""
    people = guests.possible_guests(opened.work)
    marks = {pk: key.fingerprint for pk, key in guests.keys_of_guests(people).items()}
    initial = {"text": opened.minimised}
    return AskGuestForm(typed, people=people, marks=marks, prefix="gast", initial=initial)


def text_of(request: SignedInRequest, texts: list[Choice]) -> str:
    """The standard text that the address names, or nothing."""
    key = request.GET.get("tekst", "")
    return next((one.text for one in texts if one.key == key), "")


def colleague_forms(work: Work, user: User, *, is_handler: bool) -> dict[str, Any]:
    """The forms about who works on it, as far as this person may use them."""
    able = assignment.able_to_open(work)
    entry = work.entry
    forms: dict[str, Any] = {
        "exclude_form": ExcludeForm(people=able, prefix="uitsluiten"),
        "let_back_form": let_back_form(work),
        "conflict_form": ConflictForm(prefix="belang"),
        "take_form": take_form(work, user) if assignment.may_take(work, user) else None,
    }
    if is_handler:
        others = [person for person in able if person != user]
        forms["deputy_form"] = DeputyForm(
            people=others, prefix="vervanger", initial={"colleague": entry.deputy}
        )
        if entry.state is ReportState.FOR_WEIGHING and entry.withdrawal_asked:
            forms["keep_form"] = KeepForm(prefix="doorgaan")
    return forms


def let_back_form(work: Work) -> LetBackForm | None:
    """Only where somebody is kept away."""
    if not work.entry.excluded:
        return None
    return LetBackForm(people=User.objects.filter(pk__in=work.entry.excluded), prefix="terug")


def take_form(work: Work, user: User, typed: Any = None) -> TakeForm:
    """What must be said before becoming the handler."""
    return TakeForm(
        typed,
        asks_urgency=work.entry.state is ReportState.RECEIVED,
        asks_why=assignment.must_say_why(work, user),
        initial={"urgency": work.entry.urgency},
    )


@require_POST
@with_work
def identity(request: SignedInRequest, keys: UnlockedKeys, work: Work) -> HttpResponse:
    """Who reported, for a custodian; traced apart."""
    reason = reason_for(request, work.ref)
    if reason is None:
        return redirect("meldpunt_werkplek:report", ref=work.ref)
    try:
        found = reading.read_identity(work, reason=reason, keys=keys, by=request.user)
    except reading.NoIdentity:
        return show(request, keys, work, reason, identity_closed=True)
    return show(request, keys, work, reason, identity=found)


def ask_reason(
    request: SignedInRequest, work: Work, form: ReasonForm, status: int = 200, **extra: Any
) -> HttpResponse:
    """What the list shows of a report, and the question why."""
    facts = line_of(work, area_names(work.entry.area), names_of([work.entry.assignee]))
    if "take_form" not in extra and assignment.may_take(work, request.user):
        extra["take_form"] = take_form(work, request.user)
    context = around(request, form=form, work=work, entry=work.entry, facts=facts, **extra)
    return render(request, "meldpunt/reports/desk/reason.html", context, status=status)


def unreadable(request: SignedInRequest) -> HttpResponse:
    """A sealed row does not open: never guess, never show half."""
    return render(request, "meldpunt/reports/desk/unreadable.html", around(request), status=500)


def remember_reason(request: SignedInRequest, ref: str, reason: str) -> None:
    """Keep the chosen reason for a quarter of an hour."""
    kept = request.session.get(REASONS, {})
    request.session[REASONS] = {**kept, ref: [reason, int(time.time()) + REASON_HOLDS]}


def reason_for(request: SignedInRequest, ref: str) -> ReadReason | None:
    """The reason chosen for this report, if it still counts."""
    reason, until = request.session.get(REASONS, {}).get(ref, ("", 0))
    return ReadReason(reason) if until > time.time() else None


def shown_answers(answers: dict[str, Any]) -> list[tuple[Any, str]]:
    """The answers beside the questions as the reporter saw them."""
    shown = []
    for form in QUESTIONS.values():
        for name, field in form.base_fields.items():
            value = answers.get(name)
            if value in (None, "", False):
                continue
            if hasattr(field, "choices"):
                value = dict(field.choices).get(value, value)
            shown.append((field.label, value if value is not True else "✓"))
    return shown


def steps_for(work: Work, *, is_handler: bool) -> list[ReportState]:
    """The states that this person may bring the report to now."""
    if work.entry.pending is not None:
        return []
    if work.entry.state is ReportState.CLOSED:
        return next_states(work.entry.state, by=Who.STAFF)
    return next_states(work.entry.state, by=Who.HANDLER) if is_handler else []


def proposal_of(opened: reading.OpenReport) -> dict[str, Any] | None:
    """The step that waits for a second person, in words."""
    proposal = opened.proposal
    if proposal is None:
        return None
    return {
        "to": ReportState(proposal["to"]).label,
        "lines": recorded_lines(proposal["recorded"]),
    }


def history_of(opened: reading.OpenReport, names: dict[int, str]) -> list[dict[str, Any]]:
    """Steps and notes with the words for the screen."""
    return [
        {
            **part,
            "who": names.get(part.get("by") or 0, ""),
            "whom_name": names.get(part.get("whom") or 0, ""),
            "title": TITLES.get(part["kind"], ""),
            "to_label": str(ReportState(part["to"]).label) if part.get("to") else "",
            "lines": recorded_lines(part.get("recorded") or {}),
        }
        for part in opened.history
    ]


def recorded_lines(recorded: dict[str, Any]) -> list[tuple[Any, str]]:
    """What was written down with a step, beside the questions of its form."""
    lines: list[tuple[Any, str]] = []
    if signal := recorded.get("signal"):
        lines.append((_("Signal code"), signal))
    for name, field in recorded_fields().items():
        value = recorded.get(name)
        if not value or value is True:
            continue
        choices = dict(getattr(field, "choices", ()))
        if isinstance(field, DateField):
            value = date_format(date.fromisoformat(value), "j F Y")
        lines.append((field.label, str(choices.get(value, value))))
    return lines


def names_of(people: Iterable[int | None]) -> dict[int, str]:
    """Account number to name."""
    wanted = {pk for pk in people if pk}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=wanted)}


def area_names(area: int | None) -> dict[int, str]:
    """The name of one area."""
    return dict(Area.objects.filter(pk__in=[area or 0]).values_list("pk", "name"))

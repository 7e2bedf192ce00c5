"""The states of a report and the steps between them: domain.md 7.1 as one table."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReportState(TextChoices):
    """Where a report stands. Lives in the sealed index only (meldpunt.md 6.8)."""

    RECEIVED = "received", _("Received")
    IN_TRIAGE = "in_triage", _("In assessment")
    AWAITING_REPORTER = "awaiting_reporter", _("Waiting for the reporter")
    ADVISED = "advised", _("Advice given")
    REFERRED = "referred", _("Referred")
    FOR_WEIGHING = "for_weighing", _("For weighing")
    TRANSFERRED = "transferred", _("Transferred")
    NO_FOLLOW_UP = "no_follow_up", _("No follow-up")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CLOSED = "closed", _("Closed")
    DESTROYED = "destroyed", _("Destroyed")


class Phase(TextChoices):
    """All that stands in the clear about where a report is."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    DESTROYED = "destroyed", _("Destroyed")


class NoFollowUpReason(TextChoices):
    """Why nothing more happens."""

    NO_CONCERN = "no_concern", _("No concern")
    NOT_COMPETENT = "not_competent", _("Not for us")
    TOO_FEW_FACTS = "too_few_facts", _("Too few facts")
    DUPLICATE = "duplicate", _("Reported before")
    MISUSE = "misuse", _("Misuse")


class ReferralChannel(TextChoices):
    """How a reporter comes to another service."""

    SELF = "self", _("The reporter goes there")
    PHONE = "phone", _("We called the service")
    POLICE = "police", _("Police by telephone (112)")


class TextUse(TextChoices):
    """Where a standard text can be used."""

    QUESTION = "question", _("Question to the reporter")
    ADVICE = "advice", _("Advice")
    FEEDBACK = "feedback", _("Feedback at closing")
    MESSAGE = "message", _("Message in between")


class ReporterStatus(TextChoices):
    """The four words that the reporter sees (meldpunt.md 6.5)."""

    RECEIVED = "received", _("Received")
    LOOKED_AT = "looked_at", _("Being looked at")
    QUESTION = "question", _("There is a question for you")
    CLOSED = "closed", _("Finished")


class ReadReason(TextChoices):
    """Why somebody opens a report (GR-09); chosen each time, and kept in the trail."""

    HANDLING = "handling", _("I handle this report")
    DEPUTY = "deputy", _("I stand in for a colleague")
    SECOND = "second", _("I am the second person")
    TELEPHONE = "telephone", _("The reporter is on the telephone")
    ASSIGNING = "assigning", _("I decide who will handle it")


class Who(StrEnum):
    """Who takes a step."""

    STAFF = "staff"  # anybody of this meldpunt
    HANDLER = "handler"  # the one to whom it is assigned
    REPORTER = "reporter"
    SYSTEM = "system"


@dataclass(frozen=True)
class Step:
    """One allowed step: by whom, with what written down, and whether a second person agrees."""

    who: Who
    needs: tuple[str, ...] = ()
    second_person: bool = False
    shreds_the_answers: bool = False


S = ReportState
_ANSWERED = ("minimised", "minimised_done")
_TRIAGE_OUTCOMES = (S.ADVISED, S.REFERRED, S.TRANSFERRED, S.NO_FOLLOW_UP, S.WITHDRAWN)
_OPEN = (
    S.RECEIVED,
    S.IN_TRIAGE,
    S.AWAITING_REPORTER,
    S.ADVISED,
    S.REFERRED,
    S.NO_FOLLOW_UP,
)
STEPS: dict[tuple[ReportState, ReportState], Step] = {
    (S.RECEIVED, S.IN_TRIAGE): Step(Who.STAFF),
    (S.IN_TRIAGE, S.AWAITING_REPORTER): Step(Who.HANDLER, ("question",)),
    (S.AWAITING_REPORTER, S.IN_TRIAGE): Step(Who.SYSTEM),
    (S.IN_TRIAGE, S.ADVISED): Step(Who.HANDLER, ("advice", *_ANSWERED), shreds_the_answers=True),
    (S.IN_TRIAGE, S.REFERRED): Step(
        Who.HANDLER,
        ("service", "referral_channel", "contact_consent", "advice", *_ANSWERED),
        shreds_the_answers=True,
    ),
    (S.IN_TRIAGE, S.FOR_WEIGHING): Step(
        Who.HANDLER,
        (
            "counter_indications",
            "proportionality",
            "legal_basis",
            "basis_until",
            "weighing_on",
            *_ANSWERED,
        ),
        second_person=True,
        shreds_the_answers=True,
    ),
    (S.IN_TRIAGE, S.NO_FOLLOW_UP): Step(
        Who.HANDLER, ("reason", *_ANSWERED), shreds_the_answers=True
    ),
    (S.FOR_WEIGHING, S.TRANSFERRED): Step(
        Who.HANDLER, ("recipient", "transfer_channel", "confirmed_on")
    ),
    (S.FOR_WEIGHING, S.NO_FOLLOW_UP): Step(Who.HANDLER, ("reason",)),
    (S.FOR_WEIGHING, S.ADVISED): Step(Who.HANDLER, ("advice",)),
    (S.CLOSED, S.IN_TRIAGE): Step(Who.STAFF, ("new_facts",)),
    (S.CLOSED, S.DESTROYED): Step(Who.SYSTEM),
    (S.FOR_WEIGHING, S.WITHDRAWN): Step(Who.HANDLER, ("note",)),
    **{(state, S.WITHDRAWN): Step(Who.REPORTER) for state in _OPEN},
    **{(state, S.CLOSED): Step(Who.HANDLER, ("feedback",)) for state in _TRIAGE_OUTCOMES},
}
PHASES = {
    state: Phase.CLOSED
    if state is S.CLOSED
    else Phase.DESTROYED
    if state is S.DESTROYED
    else Phase.OPEN
    for state in ReportState
}


class StepNotAllowed(Exception):
    """The table does not hold this step, or somebody else took it first."""


def step(from_: ReportState, to: ReportState) -> Step:
    """The step of the table. Raises ``StepNotAllowed``."""
    try:
        return STEPS[from_, to]
    except KeyError:
        raise StepNotAllowed(f"{from_} to {to}") from None


def needs_second_person(from_: ReportState, to: ReportState, reason: str = "") -> bool:
    """For weighing always; no follow-up only when the reason is misuse."""
    return step(from_, to).second_person or reason == NoFollowUpReason.MISUSE


def next_states(from_: ReportState, *, by: Who) -> list[ReportState]:
    """The states that somebody may bring a report to, in the order of the table."""
    return [to for (start, to), step_ in STEPS.items() if start is from_ and step_.who is by]

"""Texts to begin with: those of the portal for every outcome, and those of the own meldpunt.

A text is chosen in the address and lands in the box, where the handler changes it; nothing is sent
as it is. Every end state has one, so that nobody closes without feedback (GR-27).
"""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meldpunt.reports import policies
from meldpunt.reports.models import IndexEntry, StandardText
from meldpunt.reports.workflow import ReportState, TextUse
from meldpunt.vault.services.holders import chain_of
from portal.accounts.models import User
from portal.audit.services import record
from portal.regions.models import Municipality

S = ReportState
_STILL_WORRIED = _(
    "Does your worry stay, or does something new happen? Then you can always write again. In "
    "danger, call 112."
)
FEEDBACK: dict[ReportState, Promise] = {
    S.ADVISED: _(
        "Thank you for your report. We thought along with you and gave you advice. We do nothing "
        "more ourselves. We destroy your report after some months."
    ),
    S.REFERRED: _(
        "Thank you for your report. We have shown you the way to a service that can help. We did "
        "not pass on your name. We do nothing more ourselves."
    ),
    S.TRANSFERRED: _(
        "Thank you for your report. Together with others we look at what helps. We can't tell you "
        "more about it, because it concerns somebody's private life."
    ),
    S.NO_FOLLOW_UP: _(
        "Thank you for your report. We looked at it with care, and we do nothing more with it. "
        "That does not mean that you should not have written to us."
    ),
    S.WITHDRAWN: _(
        "You withdrew your report. We do nothing with it, and we destroy it within some weeks."
    ),
}
OTHERS: dict[TextUse, list[tuple[Promise, Promise]]] = {
    TextUse.QUESTION: [
        (
            _("Ask for facts"),
            _("What did you see or hear yourself? When was it? Please do not write any names."),
        ),
        (
            _("Ask what speaks against it"),
            _("Is there something that contradicts your worry? What goes well?"),
        ),
    ],
    TextUse.MESSAGE: [
        (
            _("Interim message"),
            _(
                "We are still working on your report. It takes longer than we hoped. We write to "
                "you again within two weeks."
            ),
        )
    ],
    TextUse.ADVICE: [
        (
            _("Stay in touch"),
            _(
                "Stay in touch with the person you worry about. Ask how things are, and listen "
                "without judging. You do not have to solve it alone."
            ),
        )
    ],
}


@dataclass(frozen=True)
class Choice:
    """One text to choose: ``key`` goes into the address."""

    key: str
    title: str
    text: str


class TitleTaken(Exception):
    """There is a text with this title for the same use and language."""


def choices_for(use: TextUse, entry: IndexEntry, *, municipality: Municipality) -> list[Choice]:
    """The texts for one box, in the language of the reporter; those of the meldpunt first."""
    own = StandardText.objects.filter(municipality=municipality, use=use, language=entry.language)
    found = [Choice(str(one.pk), one.title, one.text) for one in own]
    with translation.override(entry.language):
        written = [(str(title), str(text)) for title, text in OTHERS.get(use, ())]
        closing = FEEDBACK.get(entry.state) if use is TextUse.FEEDBACK else None
        feedback = f"{closing} {_STILL_WORRIED}" if closing else ""
    if feedback:
        written.append((str(entry.state.label), feedback))
    shared = [Choice(f"{use}-{at}", title, text) for at, (title, text) in enumerate(written)]
    return [*found, *shared]


def texts_of(municipalities: set[int]) -> QuerySet[StandardText]:
    """The own texts of these municipalities."""
    found: QuerySet[StandardText] = StandardText.objects.filter(
        municipality__in=municipalities
    ).select_related("municipality")
    return found


@transaction.atomic
def save_text(text: StandardText, *, by: User) -> None:
    """Add or change one.

    Raises:
        PermissionDenied: ``by`` does not work at that meldpunt.
        TitleTaken: the title is used.
    """
    _require(text, by)
    same = StandardText.objects.filter(
        municipality=text.municipality_id,
        use=text.use,
        language=text.language,
        title=text.title,
    )
    if same.exclude(pk=text.pk).exists():
        raise TitleTaken
    text.save()
    _trace(text, by)


@transaction.atomic
def drop_text(number: UUID, *, by: User) -> None:
    """Delete one. Raises ``PermissionDenied``, also when it does not exist."""
    text = StandardText.objects.filter(pk=number).first()
    if text is None:
        raise PermissionDenied
    _require(text, by)
    _trace(text, by)
    text.delete()


def _require(text: StandardText, by: User) -> None:
    if not policies.can_write_texts(by, text.municipality_id):
        raise PermissionDenied


def _trace(text: StandardText, by: User) -> None:
    record(
        "report.standard_text_changed",
        by=by.reference,
        subject=f"standard_text:{text.pk}",
        chain=chain_of(text.municipality),
    )

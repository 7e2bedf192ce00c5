"""Describing what goes on, reviewing it within three days, and letting it go after ninety."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from network.phenomena import policies
from network.phenomena.models import MonthlyCount, Observation, Phenomenon
from network.phenomena.retention import OBSERVATION_KEPT, REVIEW_WITHIN_WORKING_DAYS
from network.phenomena.workflow import ObservationState, check_transition
from portal.accounts.models import User
from portal.audit.services import record
from portal.regions.working_days import working_days_after


class FeedbackMissing(Exception):
    """Who described something hears what we think of it: feedback is no choice."""


@transaction.atomic
def describe(
    observation: Observation, *, values: Mapping[str, Any], send: bool, by: User
) -> Observation:
    """Keep what somebody saw going on, and send it to the reviewer when they are ready.

    Raises:
        PermissionDenied: ``by`` is no online ambassador, or it is somebody else's.
        TransitionNotAllowed: It was sent before and not returned.
    """
    if not policies.can_observe(by) or (observation.by_id and observation.by_id != by.pk):
        raise PermissionDenied
    old = ObservationState(observation.state)
    check_transition(old, ObservationState.SUBMITTED)
    observation.by = by
    for name, value in values.items():
        setattr(observation, name, value)
    if send:
        observation.state = ObservationState.SUBMITTED
        observation.submitted_at = timezone.now()
    observation.save()
    if send:
        note_step(observation, old, by)
    return observation


@transaction.atomic
def review(
    observation: Observation,
    *,
    accepted: bool,
    feedback: str,
    phenomenon: Phenomenon | None = None,
    by: User,
) -> Observation:
    """Accept an observation, as part of a phenomenon or not, or return it; always with feedback.

    Raises:
        PermissionDenied: ``by`` does not review there, or wrote it.
        FeedbackMissing: The writer would hear nothing.
        TransitionNotAllowed: It does not wait for a review.
    """
    if observation.by_id == by.pk or not policies.can_review(by, observation.municipality_id):
        raise PermissionDenied
    if not feedback.strip():
        raise FeedbackMissing
    observation = Observation.objects.select_for_update().get(pk=observation.pk)
    old = ObservationState(observation.state)
    new = ObservationState.ACCEPTED if accepted else ObservationState.RETURNED
    check_transition(old, new)
    observation.feedback, observation.reviewed_by, observation.state = feedback, by, new
    observation.save()
    note_step(observation, old, by)
    if accepted and phenomenon:
        cluster(observation, phenomenon, by=by)
    writer = observation.by
    transaction.on_commit(lambda: tell(writer))
    return observation


@transaction.atomic
def cluster(observation: Observation, phenomenon: Phenomenon, *, by: User) -> None:
    """Count an accepted observation with a phenomenon; the count stays when the text is gone.

    Raises:
        PermissionDenied: ``by`` does not review there.
        TransitionNotAllowed: It is not accepted, or was counted before.
    """
    if not policies.can_review(by, observation.municipality_id):
        raise PermissionDenied
    check_transition(ObservationState(observation.state), ObservationState.CLUSTERED)
    observation.state = ObservationState.CLUSTERED
    observation.phenomenon = phenomenon
    observation.save(update_fields=["state", "phenomenon"])
    count, _made = MonthlyCount.objects.get_or_create(
        phenomenon=phenomenon,
        month=observation.seen_from.replace(day=1),
        municipality=observation.municipality,
        area=observation.area,
    )
    MonthlyCount.objects.filter(pk=count.pk).update(number=F("number") + 1)
    note_step(observation, ObservationState.ACCEPTED, by)


def note_step(observation: Observation, old: ObservationState, by: User) -> None:
    """Write the step in the audit trail, without a word of what was seen."""
    record(
        "observation.state_changed",
        by=by.reference,
        subject=f"observation:{observation.pk}",
        details={"from": old, "to": observation.state},
    )


def tell(person: User) -> None:
    """Say that there is feedback, and not which."""
    with translation.override(settings.LANGUAGE_CODE):
        send_mail(
            _("There is feedback for you"),
            _("Somebody looked at what you described. Read it here:\n\n%(address)s\n")
            % {"address": settings.WAGTAILADMIN_BASE_URL + "/netwerk/fenomenen/mijn/"},
            None,
            [person.email],
        )


@transaction.atomic
def save_phenomenon(phenomenon: Phenomenon, *, values: Mapping[str, Any], by: User) -> Phenomenon:
    """Keep the note about a phenomenon: what we see, what we do not know, and until when it counts.

    Raises:
        PermissionDenied: ``by`` reviews nowhere.
    """
    if not policies.can_review(by, None):
        raise PermissionDenied
    for name, value in values.items():
        setattr(phenomenon, name, value)
    phenomenon.slug = phenomenon.slug or slugify(phenomenon.name)[:110] or "fenomeen"
    phenomenon.by = by
    phenomenon.save()
    record("phenomenon.changed", by=by.reference, subject=f"phenomenon:{phenomenon.pk}")
    return phenomenon


def review_before(moment: datetime) -> date:
    """The day on which a review is due: three working days later, in the Netherlands."""
    return working_days_after(timezone.localtime(moment).date(), REVIEW_WITHIN_WORKING_DAYS)


@transaction.atomic
def let_go(now: datetime) -> int:
    """Destroy every observation of ninety days ago, whatever its state; gives how many."""
    number, _kinds = Observation.objects.filter(made_at__lt=now - OBSERVATION_KEPT).delete()
    if number:
        record("observations.destroyed", by="system", details={"number": number})
    return number

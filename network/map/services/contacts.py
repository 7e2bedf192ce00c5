"""Keeping in touch, and doing something about white spots."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from network.directory.models import Organisation, Sector
from network.directory.policies import can_work
from network.map import policies
from network.map.models import ContactMoment, WhiteSpotAction
from portal.accounts.models import User
from portal.audit.services import record
from portal.regions.models import Area, Municipality


class HasAnAction(Exception):
    """Somebody works on this white spot already."""


@transaction.atomic
def log_contact(
    organisation: Organisation,
    *,
    on: date,
    subject: str,
    follow_up: str = "",
    follow_up_on: date | None = None,
    is_confidential: bool = False,
    shared_with: Iterable[User] = (),
    by: User,
) -> ContactMoment:
    """Write down that somebody spoke with an organisation.

    Raises:
        PermissionDenied: ``by`` does not keep the network there.
    """
    if not policies.can_log_contact(by, organisation.municipality_id):
        raise PermissionDenied
    contact = ContactMoment.objects.create(
        organisation=organisation,
        on=on,
        subject=subject,
        follow_up=follow_up,
        follow_up_on=follow_up_on,
        is_confidential=is_confidential,
        by=by,
    )
    contact.shared_with.set(shared_with)
    record("map.contact_logged", by=by.reference, subject=organisation.reference)
    return contact


@transaction.atomic
def plan_action(
    sector: Sector,
    *,
    municipality: Municipality,
    area: Area | None,
    text: str,
    due_on: date | None,
    by: User,
) -> WhiteSpotAction:
    """Say what is done about a place where the network has nobody.

    Raises:
        PermissionDenied: ``by`` does not keep the network there.
        HasAnAction: Somebody works on it already.
    """
    if not can_work(by, municipality.pk):
        raise PermissionDenied
    try:
        with transaction.atomic():
            action: WhiteSpotAction = WhiteSpotAction.objects.create(
                sector=sector,
                municipality=municipality,
                area=area,
                text=text,
                due_on=due_on,
                by=by,
            )
    except IntegrityError as error:
        raise HasAnAction from error
    record("map.action_planned", by=by.reference, subject=f"action:{action.pk}")
    return action


@transaction.atomic
def finish_action(action: WhiteSpotAction, *, by: User) -> None:
    """Say that it is done.

    Raises:
        PermissionDenied: ``by`` does not keep the network there.
    """
    if not can_work(by, action.municipality_id):
        raise PermissionDenied
    if action.done_at is None:
        action.done_at = timezone.now()
        action.save(update_fields=["done_at"])

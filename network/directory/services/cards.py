"""Keeping the card of an organisation."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from network.directory import policies
from network.directory.models import (
    ContactFunction,
    OpeningHours,
    Organisation,
    is_name_of_somebody,
)
from portal.accounts.models import User
from portal.audit.services import record

MANY = ("areas", "sectors", "themes", "languages")
Hours = Sequence[tuple[str, Any, Any]]


class IsAPerson(Exception):
    """The name is that of somebody with an account: people are never on the map (GR-04)."""


@transaction.atomic
def save_card(
    organisation: Organisation,
    *,
    values: Mapping[str, Any],
    hours: Hours,
    contacts: Sequence[Mapping[str, Any]],
    by: User,
) -> Organisation:
    """Store what a card says; who keeps it says with that that it is right.

    Args:
        values: The fields of the card, checked by a form.
        hours: Day, begin and end of every stretch in which somebody answers.
        contacts: The functions that can be called, in their order.

    Raises:
        PermissionDenied: ``by`` keeps neither this card nor this municipality's network.
        IsAPerson: It is called as somebody with an account.
    """
    place = values.get("municipality", organisation.municipality)
    allowed = (
        policies.can_change(by, organisation)
        if organisation.pk
        else policies.can_work(by, place.pk if place else None)
    )
    if not allowed:
        raise PermissionDenied
    if is_name_of_somebody(values.get("name", organisation.name)):
        raise IsAPerson
    for name, value in values.items():
        if name not in MANY:
            setattr(organisation, name, value)
    organisation.slug = organisation.slug or free_slug(organisation.name)
    organisation.confirmed_at = timezone.now()
    organisation.save()
    for name in MANY:
        if name in values:
            getattr(organisation, name).set(values[name])
    organisation.hours.all().delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(organisation=organisation, weekday=day, opens=opens, closes=closes)
        for day, opens, closes in hours
    )
    organisation.contacts.all().delete()
    ContactFunction.objects.bulk_create(
        ContactFunction(organisation=organisation, sort_order=order, **contact)
        for order, contact in enumerate(contacts)
    )
    # After the lists that belong to it, so that whoever follows a saved card sees them.
    organisation.save(update_fields=["confirmed_at"])
    record("organisation.changed", by=by.reference, subject=organisation.reference)
    return organisation


def free_slug(name: str) -> str:
    """An address that no card has yet, out of the name."""
    start = slugify(name)[:120] or "organisatie"
    slug, number = start, 1
    while Organisation.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{start}-{number}"
    return slug


@transaction.atomic
def confirm_card(organisation: Organisation, *, by: User) -> None:
    """Say that the card is still right.

    Raises:
        PermissionDenied: ``by`` may not change it either.
    """
    if not policies.can_change(by, organisation):
        raise PermissionDenied
    organisation.confirmed_at = timezone.now()
    organisation.asked_at = None
    organisation.save(update_fields=["confirmed_at", "asked_at"])
    record("organisation.confirmed", by=by.reference, subject=organisation.reference)

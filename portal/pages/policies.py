"""Who may edit and approve which page, by the roles of today (decision 0010).

Wagtail's groups open the sections of the tree; these rules close them again for pages of
another municipality and for roles that have no work in a section.
"""

from typing import Any

from django.db.models import F, Q

from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.pages.memory import remembered
from portal.pages.visibility import OneOfMany, Visitor, visible_pages_q
from portal.regions.models import Municipality


def can_edit(user: User, page: Any) -> bool:
    """The role must give work on this kind of page, in the municipality of the page.

    A page of the whole region is edited by the editors of every municipality.
    """
    return bool(user.is_superuser) or user.may(
        permission_for(page, "edit"), at=municipality_of(page)
    )


def can_approve(user: User, page: Any) -> bool:
    """An editor in chief of this kind of page, in the municipality of the page."""
    return bool(user.is_superuser) or user.may(
        permission_for(page, "approve"), at=municipality_of(page)
    )


EDITING = (Permission.PUBLIC_EDIT, Permission.RUNBOOKS_EDIT, Permission.TRAINING_WORK)


def places_of_work(user: User) -> frozenset[int | None]:
    """The municipalities where a role lets this person edit; ``None`` is the whole region."""
    return frozenset[int | None]().union(*map(user.places_where, EDITING))


def has_work_everywhere(user: User) -> bool:
    """Whether this person edits in the whole region, or in each municipality: no page is foreign then."""
    places = places_of_work(user)
    return None in places or (len(places) > 1 and places >= every_municipality())


def every_municipality() -> frozenset[int]:
    """Their primary keys."""
    return remembered(
        "every_municipality", lambda: frozenset(Municipality.objects.values_list("pk", flat=True))
    )


def foreign_pages_q(user: User, field: str) -> Q:
    """Pages that belong to a municipality where ``user`` edits nothing.

    Args:
        field: The name of the municipality's field of the model asked about.
    """
    if has_work_everywhere(user):
        return Q(pk__in=[])
    places = OneOfMany(F(f"{field}_id"), sorted(place for place in places_of_work(user) if place))
    return Q(**{f"{field}__isnull": False}) & ~Q(places)


def choosable_pages_q(user: Visitor) -> Q:
    """The published pages that an editor may link to: those the editor may read."""
    return visible_pages_q(user)


def permission_for(page: Any, deed: str) -> Permission:
    """What a role must grant for a deed on this kind of page."""
    edit, approve = getattr(page, "editing", (Permission.PUBLIC_EDIT, Permission.PUBLIC_APPROVE))
    return edit if deed == "edit" else approve


def municipality_of(page: Any) -> int | None:
    """The municipality that a page belongs to; ``None`` for the whole region."""
    return getattr(page, "municipality_id", None)

"""Keeping a filter of the list, and dropping it again."""

from django.db import transaction

from meldpunt.reports.models import SavedView
from portal.accounts.models import User

MOST = 12


class TooManyViews(Exception):
    """Somebody keeps as many views as fit on the screen."""


def views_of(user: User) -> list[SavedView]:
    """The kept filters of ``user``, the oldest first."""
    return list(SavedView.objects.filter(owner=user))


@transaction.atomic
def keep_view(*, query: str, by: User) -> SavedView:
    """Keep one filter; the same one twice is kept once. Raises ``TooManyViews``."""
    known = SavedView.objects.filter(owner=by, query=query).first()
    if known is not None:
        return known
    if SavedView.objects.filter(owner=by).count() >= MOST:
        raise TooManyViews
    return SavedView.objects.create(owner=by, query=query)


def drop_view(number: int, *, by: User) -> None:
    """Forget one; nothing happens when it is somebody else's or gone."""
    SavedView.objects.filter(owner=by, pk=number).delete()

"""A new connection learns at once for whom it works; a guest without the role has no copies."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.signals import connection_created
from django.db.models.signals import post_save
from django.dispatch import receiver

from meldpunt.reports import row_security
from meldpunt.reports.querysets import municipalities_or_none
from portal.accounts.models import Membership, User


@receiver(connection_created)
def tell_new_connection(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Within ``working_in`` a connection may be made, or lost and made again."""
    if connection.alias == DEFAULT_DB_ALIAS:
        row_security.allow(municipalities_or_none())


@receiver(post_save, sender=Membership)
def follow_end_of_role(sender: Any, instance: Membership, **kwargs: Any) -> None:
    """What was shared with somebody ends with the role (meldpunt.md 6.6)."""
    if instance.ended_at is not None:
        from meldpunt.reports.services.guests import end_copies_without_role  # keeps start-up light

        end_copies_without_role(User.objects.get(pk=instance.user_id))

"""Every card has its node."""

from typing import Any

from django.db.models.signals import post_save

from network.directory.models import Organisation
from network.map.models import NetworkNode
from network.map.workflow import NodeKind


def connect() -> None:
    """Follow cards."""
    post_save.connect(card_saved, sender=Organisation, dispatch_uid="network_map.card")


def card_saved(sender: Any, instance: Organisation, raw: bool = False, **kwargs: Any) -> None:
    """Let a new card stand on the map."""
    if not raw:
        NetworkNode.objects.get_or_create(
            organisation=instance, defaults={"kind": NodeKind.ORGANISATION}
        )

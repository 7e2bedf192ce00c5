"""A push that says that something is new, and nothing else, to who switched it on and does not rest."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from network.exchange import policies
from network.exchange.models import Choices, Device
from portal.accounts.models import User
from portal.push.door import NoAnswer, Refused, endpoint_of
from portal.push.messages import BadKeys, DeviceGone, is_on, keys_of, send

MOST_DEVICES = 10


class TooManyDevices(Exception):
    """Somebody switched it on in as many browsers as there may be."""


@transaction.atomic
def switch_on(*, name: str, endpoint: str, public_key: str, secret: str, by: User) -> Device:
    """Send pushes to one more browser of ``by``.

    Raises:
        PermissionDenied: This portal sends none, or ``by`` is not in the network.
        Refused: The address is of no push service that the portal calls.
        BadKeys: Nothing could be sent so that only this browser reads it.
        TooManyDevices: First another one has to be switched off.
    """
    if not is_on() or not policies.can_read(by):
        raise PermissionDenied
    endpoint_of(endpoint)
    keys_of(public_key, secret)
    others = Device.objects.filter(user=by).exclude(endpoint=endpoint)
    if others.count() >= MOST_DEVICES:
        raise TooManyDevices
    values = {"user": by, "name": name, "public_key": public_key, "secret": secret}
    return Device.objects.update_or_create(endpoint=endpoint, defaults=values)[0]


def switch_off(device: Device, *, by: User) -> None:
    """Send nothing to this browser any more.

    Raises:
        PermissionDenied: It is somebody else's.
    """
    if device.user_id != by.pk:
        raise PermissionDenied
    device.delete()


def push(person: User, now: datetime) -> int:
    """Tell every browser of somebody that something is new; gives how many took it.

    What is no longer there is forgotten. Whoever rests, or has left the network, hears nothing.
    """
    if not is_on() or not policies.can_read(person):
        return 0
    choices = Choices.objects.filter(user=person).first() or Choices()
    if choices.is_quiet_at(timezone.localtime(now).time()):
        return 0
    with translation.override(settings.LANGUAGE_CODE):
        text = _("Something is new in the portal")
    return sum(push_to(device, text) for device in Device.objects.filter(user=person))


def push_to(device: Device, text: str) -> bool:
    """Tell one browser; whether its service took it."""
    try:
        keys = keys_of(device.public_key, device.secret)
        return send(text, to=endpoint_of(device.endpoint), keys=keys)
    except (DeviceGone, Refused, BadKeys):
        device.delete()
    except NoAnswer:
        pass  # next time there is something
    return False

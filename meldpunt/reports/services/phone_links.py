"""A link with which a colleague types in what somebody says on the telephone (meldpunt.md 6.5).

It works once and for ten minutes, and carries nothing but the municipality. The form itself stays
the public one: what is typed is sealed like every report, and the colleague does not keep it.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import PermissionDenied

from meldpunt.reports import policies
from meldpunt.vault.services.holders import chain_of
from portal.accounts.models import User
from portal.audit.services import record
from portal.regions.models import Municipality

SALT = "meldpunt.telefoon"
NONCE_BYTES = 9


class LinkRefused(Exception):
    """The link was used, is too old, or nobody of the desk made it."""


def make_link(municipality: Municipality, *, by: User) -> str:
    """The part of the address that proves that somebody of the desk asked for it.

    Raises:
        PermissionDenied: ``by`` does not work at that meldpunt.
    """
    if not policies.can_take_calls(by, municipality.pk):
        raise PermissionDenied
    record(
        "report.phone_link_made",
        by=by.reference,
        chain=chain_of(municipality),
        precision="hour",
    )
    value = [municipality.slug, secrets.token_urlsafe(NONCE_BYTES)]
    return signing.dumps(value, salt=SALT)


def read_link(token: str) -> Municipality:
    """The municipality of a link that still works. Raises ``LinkRefused``."""
    slug, nonce = _opened(token)
    place = Municipality.objects.filter(slug=slug).first()
    if place is None or cache.get(_used(nonce)) is not None:
        raise LinkRefused
    return place


def use_link(token: str) -> Municipality:
    """The same, and from now on it works no more. Raises ``LinkRefused``."""
    place = read_link(token)
    _slug, nonce = _opened(token)
    if not cache.add(_used(nonce), 1, settings.MELDPUNT_PHONE_LINK + 60):
        raise LinkRefused
    return place


def _opened(token: str) -> tuple[str, str]:
    try:
        slug, nonce = signing.loads(token, salt=SALT, max_age=settings.MELDPUNT_PHONE_LINK)
    except (signing.BadSignature, ValueError, TypeError):
        raise LinkRefused from None
    return slug, nonce


def _used(nonce: str) -> str:
    return f"telefoonlink:{nonce}"

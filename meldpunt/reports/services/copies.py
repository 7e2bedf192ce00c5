"""A guest reads a copy: with the own passphrase, each time, and under a mark in the trail."""

import secrets
from dataclasses import dataclass, field

from django.db import transaction

from meldpunt.reports.models import GuestCopy
from meldpunt.reports.services.guests import end_changed_sign_in
from meldpunt.reports.services.parts import place_of_copy
from meldpunt.vault.services.codes import reference_of
from meldpunt.vault.services.domains import (
    CannotOpen,
    KeyGone,
    Keystore,
    Surface,
    open_domain,
    unwrap_secret,
)
from meldpunt.vault.services.holders import chain_of
from meldpunt.vault.services.staff_keys import fingerprint_of
from meldpunt.vault.services.unlocking import SignInChanged, private_key_of
from portal.accounts.models import User
from portal.audit.sealing import require_signer
from portal.audit.services import record


class CopyGone(Exception):
    """It ended meanwhile, or it is not for this person."""


class AnotherKey(Exception):
    """The key of this person does not open it. It is never sealed anew without two people."""


@dataclass(frozen=True)
class OpenCopy:
    """The text for the screen, once, and the mark under which the trail knows this reading."""

    text: str = field(repr=False)
    mark: str


def read_copy(copy: GuestCopy, *, passphrase: str, by: User) -> OpenCopy:
    """The text of a copy. No key of it is kept after this.

    Raises:
        WrongPassphrase, TooManyTries, TooBusy.
        SignInChanged: ``by`` signs in another way since it was made; so it ended.
        CopyGone: it ended, or it is not for ``by``.
        AnotherKey: it was sealed to another key than that of ``by``, or was changed.
        SignerAway: the trail is not sealed any more (meldpunt.md 9.1).
    """
    private = private_key_of(by, passphrase=passphrase)
    found = GuestCopy.objects.visible_to(by).select_related("municipality", "report")
    try:
        copy = found.get(pk=copy.pk)
    except GuestCopy.DoesNotExist:
        raise CopyGone from None
    if bytes(copy.login_fingerprint) != fingerprint_of(by):
        end_changed_sign_in(copy)
        raise SignInChanged
    place = place_of_copy(copy.pk, copy.municipality_id)
    try:
        secret = unwrap_secret(bytes(copy.wrap), by=private, place=place)
    except CannotOpen:
        raise AnotherKey from None
    mark = secrets.token_hex(4)
    with transaction.atomic():
        require_signer(chain_of(copy.municipality))
        record(
            "report.guest_read",
            by=by.reference,
            subject=f"report:{reference_of(copy.report_id)}",
            details={"mark": mark},
            chain=chain_of(copy.municipality),
            precision="hour",
        )
    try:
        domain = open_domain(place, secret, keystore=Keystore(Surface.WORKSPACE))
        text = domain.open(bytes(copy.envelope), row=copy.pk, seq=copy.ends_on.toordinal())
    except KeyGone:
        raise CopyGone from None
    except CannotOpen:
        raise AnotherKey from None
    return OpenCopy(text, mark)

"""Inviting people, and turning an accepted invitation into an account with a role."""

from contextlib import suppress

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.accounts import policies
from portal.accounts.models import Invitation, User
from portal.accounts.services.memberships import RolesExclude, grant_role
from portal.audit.services import record
from portal.regions.models import Municipality

SALT = "portal.accounts.invitation"


class InvitationClosed(Exception):
    """The link is forged, too old, used, or taken back."""


@transaction.atomic
def invite(
    email: str, *, name: str, role: str, municipality: Municipality | None, by: User
) -> Invitation:
    """Send somebody a link with which they can make an account.

    The letter says nothing of the role, nor of what the portal is about (GR-18).

    Raises:
        PermissionDenied: ``by`` may not give this role here.
    """
    if not policies.can_grant(by, role, municipality):
        raise PermissionDenied
    invitation = Invitation.objects.create(
        email=email.lower(),
        name=name,
        role=role,
        municipality=municipality,
        invited_by=by,
    )
    record("account.invited", by=by.reference, subject=f"invitation:{invitation.pk}")
    transaction.on_commit(lambda: send(invitation))
    return invitation


def send(invitation: Invitation) -> None:
    """The letter, in Dutch."""
    path = reverse("accounts:accept_invitation", args=[token(invitation)])
    with translation.override("nl"):
        send_mail(
            _("Invitation"),
            _(
                "Hello,\n\nYou are invited to make an account. This link works until %(day)s:\n"
                "%(link)s\n\nDid you not expect this? Then you need not do anything."
            )
            % {
                "day": timezone.localdate(invitation.expires_at).strftime("%d-%m-%Y"),
                "link": f"{settings.PORTAL_URL}{path}",
            },
            None,
            [invitation.email],
        )


def token(invitation: Invitation) -> str:
    """What the link carries: the number, signed."""
    return signing.dumps(invitation.pk, salt=SALT)


def open_invitation(text: str) -> Invitation:
    """The invitation of a link.

    Raises:
        InvitationClosed: the link is forged, too old, used, or taken back.
    """
    try:
        invitation = Invitation.objects.get(pk=signing.loads(text, salt=SALT))
    except (
        signing.BadSignature,
        Invitation.DoesNotExist,
        ValueError,
        TypeError,
    ) as error:
        raise InvitationClosed from error
    if not invitation.is_open:
        raise InvitationClosed
    return invitation


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: User) -> None:
    """Give the new account its name and its role.

    Raises:
        InvitationClosed: somebody used the link a moment ago.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not invitation.is_open:
        raise InvitationClosed
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    by.name = invitation.name
    by.save(update_fields=["name"])
    record("account.joined", by=by.reference, subject=f"invitation:{invitation.pk}")
    # Who invited may have lost the right since; the account then simply has no role yet.
    with suppress(PermissionDenied, RolesExclude):
        grant_role(
            by,
            role=invitation.role,
            municipality=invitation.municipality,
            by=invitation.invited_by,
        )


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    """Take an invitation back; its link stops working.

    Raises:
        PermissionDenied: ``by`` may not give this role here.
    """
    if not policies.can_grant(by, invitation.role, invitation.municipality):
        raise PermissionDenied
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])

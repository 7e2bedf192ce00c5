"""What follows from signing in and from a new second factor."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.signals import user_signed_up
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest

from portal.accounts.adapters import INVITATION, INVITED_EMAIL
from portal.accounts.models import Invitation, Membership, User
from portal.accounts.services.groups import sync_groups
from portal.accounts.services.invitations import accept_invitation
from portal.audit.services import record


@receiver(authenticator_added)
def a_new_factor_counts_as_given(
    sender: Any,
    request: HttpRequest,
    user: User,
    authenticator: Authenticator,
    **kwargs: Any,
) -> None:
    """Whoever just proved a factor by setting it up is not asked for it again."""
    record(
        "account.second_factor_added",
        by=user.reference,
        subject=str(authenticator.type),
    )
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(
            request, user, method="mfa", id=authenticator.pk, type=authenticator.type
        )


@receiver(authenticator_removed)
def a_removed_factor_is_written_down(
    sender: Any, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """A removed factor is the start of many a break-in."""
    record(
        "account.second_factor_removed",
        by=user.reference,
        subject=str(authenticator.type),
    )


@receiver(user_signed_up)
def a_new_account_gets_what_it_was_invited_for(
    sender: Any, request: HttpRequest, user: User, **kwargs: Any
) -> None:
    """The invitation of this web session is used up."""
    invitation = Invitation.objects.filter(pk=request.session.pop(INVITATION, None)).first()
    request.session.pop(INVITED_EMAIL, None)
    if invitation:
        accept_invitation(invitation, by=user)


@receiver(user_logged_in)
def groups_follow_roles(sender: Any, user: User, **kwargs: Any) -> None:
    """The copy that Wagtail's admin reads is fresh at every sign-in."""
    sync_groups(user)
    record("account.signed_in", by=user.reference)


@receiver(post_save, sender=Membership)
def groups_follow_a_changed_role(sender: Any, instance: Membership, **kwargs: Any) -> None:
    """A granted, approved or ended role shows in Wagtail's admin at once."""
    if not kwargs.get("raw"):
        sync_groups(instance.user)


@receiver(post_save, sender=User)
def an_account_has_a_verified_address(sender: Any, instance: User, **kwargs: Any) -> None:
    """Accounts made by a command or in the editor can sign in through allauth too."""
    if kwargs.get("raw") or not instance.email or getattr(instance, "is_signing_up", False):
        return
    if not EmailAddress.objects.filter(user=instance, primary=True).exists():
        EmailAddress.objects.create(
            user=instance, email=instance.email.lower(), primary=True, verified=True
        )

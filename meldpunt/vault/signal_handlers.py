"""What changes about a person elsewhere, and their keys must follow."""

from typing import Any

from allauth.account.signals import password_changed, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest

from meldpunt.vault.models import KeyWrap
from meldpunt.vault.services.cookies import KLUIS, read_cookie
from meldpunt.vault.services.leaving import follow_membership
from meldpunt.vault.services.staff_keys import fingerprint_of
from meldpunt.vault.services.unlocking import Locked, open_keys
from portal.accounts.models import Membership, User


@receiver([password_changed, password_set, authenticator_added, authenticator_removed])
def follow_own_change(sender: Any, request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """Take the new fingerprint over, only inside the holder's own unlocked web session."""
    if request is None or request.user.pk != user.pk:
        return
    try:
        open_keys(user, cookie=read_cookie(request, KLUIS), session=request.session)
    except Locked:
        return
    KeyWrap.objects.filter(holder=user).update(login_fingerprint=fingerprint_of(user))


@receiver(post_save, sender=Membership)
def follow_end_of_role(sender: Any, instance: Membership, **kwargs: Any) -> None:
    """Whoever has no role any more keeps no key (meldpunt.md 6.6, "Leaver")."""
    follow_membership(instance)

"""Signing in for tests, with the second factor that editing asks for."""

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.services.groups import sync_groups


def sign_in(client, user):
    """Sign in as somebody would, up to and including the second factor."""
    sync_groups(user)
    client.force_login(User.objects.get(pk=user.pk))
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "mfa", "at": timezone.now().timestamp(), "type": "totp"}
    ]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()

"""The door that an invitation opens."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.accounts.adapters import INVITATION, INVITED_EMAIL
from portal.accounts.services.invitations import InvitationClosed, open_invitation


@never_cache
@require_safe
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Remember the invitation in this web session and go to sign-up.

    The address counts as verified: whoever holds the letter reads its mail.
    """
    try:
        invitation = open_invitation(token)
    except InvitationClosed:
        return render(request, "accounts/invitation_closed.html", status=410)
    if request.user.is_authenticated:
        return redirect("accounts:overview")
    request.session[INVITED_EMAIL] = invitation.email
    request.session[INVITATION] = invitation.pk
    get_adapter().stash_verified_email(request, invitation.email)
    return redirect("account_signup")

"""The request of somebody who is signed in."""

from django.http import HttpRequest

from portal.accounts.models import User


class SignedInRequest(HttpRequest):
    """A request behind ``login_required``: its user is a person with an account."""

    user: User

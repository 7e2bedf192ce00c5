from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks

from portal.accounts.models import User


@hooks.register("before_delete_user")
def an_account_is_not_deleted_here(request: HttpRequest, user: User) -> HttpResponse:
    """The editor does not see what hangs on an account elsewhere, keys of a meldpunt first."""
    messages.error(
        request,
        _("An account is not deleted here. End its roles: then it opens nothing any more."),
    )
    return redirect("wagtailusers_users:index")


@hooks.register("before_bulk_action")
def nor_are_many(
    request: HttpRequest, action_type: str, objects: Any, action: Any
) -> HttpResponse | None:
    """The same for a whole selection."""
    if action_type == "delete" and User in action.models:
        return an_account_is_not_deleted_here(request, request.user)
    return None

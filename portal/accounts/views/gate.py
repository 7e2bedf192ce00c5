"""Where Wagtail sends whoever may not come in."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache


@never_cache
def gate(request: HttpRequest) -> HttpResponse:
    """To sign-in, or 403 for who is signed in already: never back and forth (stack.md 0.3)."""
    if request.user.is_authenticated:
        raise PermissionDenied
    wanted = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        wanted = "/"
    return redirect(f"/account/login/?{urlencode({'next': wanted})}")

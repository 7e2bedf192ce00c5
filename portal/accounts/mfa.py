"""Which people need a second factor, and whether this web session has had it."""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

OPEN_VIEWS = ("mfa_", "account_", "service_worker", "offline", "theme_css", "healthy_")


class RequireSecondFactorMiddleware:
    """Send whoever edits or handles to their second factor before anything else.

    It looks at the web session's own sign-in records, not only at whether the person has a
    factor: a session that came in by a side door has none (stack.md 0.4).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; the work is in ``process_view``."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """A redirect to set up or to give the second factor, or nothing when all is well."""
        user = request.user
        name = request.resolver_match.url_name or "" if request.resolver_match else ""
        if not user.is_authenticated or name.startswith(OPEN_VIEWS) or has_second_factor(request):
            return None
        if not user.needs_second_factor:
            return None
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"error": "second_factor_required"}, status=403)
        enrolled = Authenticator.objects.filter(user=user).exclude(
            type=Authenticator.Type.RECOVERY_CODES
        )
        address = reverse("mfa_reauthenticate" if enrolled.exists() else "mfa_activate_totp")
        return redirect(f"{address}?{urlencode({'next': request.get_full_path()})}")


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this web session was opened with a second factor."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)

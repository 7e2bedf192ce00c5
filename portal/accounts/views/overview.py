"""What a person sees of the own account."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.accounts.http import SignedInRequest
from portal.accounts.mfa import has_second_factor
from portal.accounts.services.export import own_data


@never_cache
@login_required
@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """Name, roles with their last day, and the ways to sign in."""
    memberships = request.user.memberships.filter(ended_at=None).select_related("municipality")
    return render(
        request,
        "accounts/overview.html",
        {"memberships": memberships, "second_factor_given": has_second_factor(request)},
    )


@never_cache
@login_required
@require_safe
def export(request: SignedInRequest) -> JsonResponse:
    """All that the portal keeps of this person's account, to download (GR-21)."""
    response = JsonResponse(own_data(request.user), json_dumps_params={"indent": 2})
    response["Content-Disposition"] = 'attachment; filename="mijn-gegevens.json"'
    return response

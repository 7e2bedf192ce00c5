"""Certificates: to check by anybody with the code, to download by their owner."""

import re

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from knowledge.training import policies
from knowledge.training.models import Certificate, ModulePage
from knowledge.training.services import badges
from portal.accounts.http import SignedInRequest


@never_cache
@require_safe
def check(request: SignedInRequest) -> HttpResponse:
    """A field for the code; whoever holds a certificate may check it."""
    code = re.sub(r"[^A-Z0-9]", "", request.GET.get("code", "").upper())[:40]
    if code:
        return redirect("training:certificate", code)
    return render(request, "knowledge/training/check.html")


@never_cache
@require_safe
def certificate(request: SignedInRequest, code: str) -> HttpResponse:
    """Whether a certificate is real and valid: name, module and dates, nothing more."""
    found = Certificate.objects.filter(code=code).first()
    is_own = found is not None and found.user_id == request.user.pk
    response = render(
        request,
        "knowledge/training/certificate.html",
        {"certificate": found, "is_own": is_own, "code": code},
        status=200 if found else 404,
    )
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@login_required
@require_safe
def pdf(request: SignedInRequest, code: str) -> HttpResponse:
    """The own certificate on paper."""
    # What draws paper takes 22 MB of memory: only in the process that was asked for paper.
    from knowledge.training.services.paper import certificate_pdf

    found = own_certificate(request, code)
    address = badges.address("certificate", found.code)
    response = HttpResponse(certificate_pdf(found, address=address), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="certificaat-{found.code}.pdf"'
    return response


@never_cache
@login_required
@require_safe
def badge(request: SignedInRequest, code: str) -> HttpResponse:
    """The own certificate as a signed badge, to put in a wallet."""
    found = own_certificate(request, code)
    module = ModulePage.objects.filter(pk=found.module_id).first()
    response = HttpResponse(badges.signed(found, module), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="badge-{found.code}.jwt"'
    return response


def own_certificate(request: SignedInRequest, code: str) -> Certificate:
    """The certificate with this code, of this person.

    Raises:
        Http404: there is none, it is somebody else's, or it was withdrawn.
    """
    own = Certificate.objects.filter(policies.own_q(request.user), withdrawn_at=None)
    return get_object_or_404(own.select_related("attempt"), code=code)


@require_safe
def issuer(request: SignedInRequest) -> HttpResponse:
    """Who issues badges here."""
    return JsonResponse(
        {
            "@context": badges.CONTEXT,
            "id": badges.address("issuer"),
            "type": ["Profile"],
            "name": settings.PORTAL_NAME,
            "url": settings.PORTAL_URL,
        }
    )


@require_safe
def keys(request: SignedInRequest) -> HttpResponse:
    """The public keys that badges are checked with."""
    return JsonResponse(badges.key_set())


@require_safe
def achievement(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a badge is for: the module's own page, for who may read it."""
    module = ModulePage.objects.visible_to(request.user).filter(id=pk).first()
    if module is None:
        raise Http404
    return redirect(module.get_url(request) or "/")

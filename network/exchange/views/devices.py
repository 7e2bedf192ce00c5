"""Switching pushes on and off, for each browser."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network.exchange import policies
from network.exchange.forms import DeviceForm
from network.exchange.models import Device
from network.exchange.services.pushing import TooManyDevices, switch_off, switch_on
from portal.accounts.http import SignedInRequest
from portal.push.door import Refused
from portal.push.messages import BadKeys, is_on


@login_required
@require_POST
def add_device(request: SignedInRequest) -> HttpResponse:
    """Switch pushes on in this browser."""
    if not is_on():
        raise Http404
    if not policies.can_read(request.user):
        raise PermissionDenied
    form = DeviceForm(request.POST)
    if not form.is_valid():
        messages.error(
            request, _("This browser did not say how to reach it. Nothing is switched on.")
        )
        return redirect("network:own_choices")
    try:
        switch_on(**form.cleaned_data, by=request.user)
    except (Refused, BadKeys):
        messages.error(request, _("The portal does not send to the push service of this browser."))
    except TooManyDevices:
        messages.error(request, _("First switch it off on another device."))
    else:
        messages.success(request, _("This browser tells you when something is new."))
    return redirect("network:own_choices")


@login_required
@require_POST
def remove_device(request: SignedInRequest, pk: int) -> HttpResponse:
    """Switch pushes off in one browser."""
    found = get_object_or_404(Device, pk=pk, user=request.user)
    switch_off(found, by=request.user)
    messages.success(request, _("Switched off. Nothing is sent there any more."))
    return redirect("network:own_choices")

"""The house rules: reading, accepting, and writing a new version."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from network.exchange import policies
from network.exchange.forms import RulesTextForm
from network.exchange.models import HouseRules
from network.exchange.services.rules import (
    NothingChanged,
    accept_rules,
    current_rules,
    has_accepted,
    publish_rules,
)
from portal.accounts.http import SignedInRequest

PER_PAGE = 10


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def house_rules(request: SignedInRequest) -> HttpResponse:
    """The rules that count, with the versions before; who writes here accepts them."""
    if not policies.can_read(request.user):
        raise PermissionDenied
    may_accept = policies.can_write(request.user) and not has_accepted(request.user)
    if request.method == "POST":
        if not policies.can_write(request.user):
            raise PermissionDenied
        accept_rules(by=request.user)
        messages.success(request, _("Thank you. You can write in the network now."))
        return redirect("network:questions")
    rules = current_rules()
    before = HouseRules.objects.exclude(pk=rules.pk)
    return render(
        request,
        "network/exchange/rules.html",
        {
            "rules": rules,
            "page": Paginator(before, PER_PAGE).get_page(request.GET.get("page")),
            "may_accept": may_accept,
            "has_accepted": policies.can_write(request.user) and not may_accept,
            "may_write_rules": policies.can_write_rules(request.user),
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def write_rules(request: SignedInRequest) -> HttpResponse:
    """Publish a new version; everybody is asked to accept it."""
    if not policies.can_write_rules(request.user):
        raise PermissionDenied
    rules = current_rules()
    form = RulesTextForm(
        request.POST or None, initial={"text": rules.text, "text_en": rules.text_en}
    )
    if form.is_valid():
        try:
            publish_rules(**form.cleaned_data, by=request.user)
        except NothingChanged:
            form.add_error("text", _("The house rules say this already."))
        else:
            messages.success(request, _("The new house rules count from now on."))
            return redirect("network:house_rules")
    return render(
        request,
        "network/exchange/rules_form.html",
        {"form": form, "rules": rules},
        status=422 if form.errors else 200,
    )

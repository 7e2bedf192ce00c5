"""Staying in touch: with whom nobody spoke, and what was agreed."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from network.directory.models import Organisation
from network.directory.policies import workable_q
from network.directory.querysets import OrganisationQuerySet
from network.directory.views.desk import only_coordinators
from network.map.forms import ContactForm, SilenceForm
from network.map.models import ContactMoment
from network.map.services.contacts import log_contact
from portal.accounts.http import SignedInRequest
from portal.accounts.models import User
from portal.accounts.roles import Permission

PER_PAGE = 25


def silent(user: User, days: int) -> OrganisationQuerySet:
    """The organisations ``user`` keeps with whom nobody spoke for so many days."""
    recent = ContactMoment.objects.visible_to(user).filter(
        organisation=OuterRef("pk"), on__gte=timezone.localdate() - timedelta(days=days)
    )
    rows: OrganisationQuerySet = (
        Organisation.objects.current().filter(workable_q(user)).filter(~Exists(recent))
    )
    return rows


@never_cache
@login_required
@require_safe
def silence(request: SignedInRequest) -> HttpResponse:
    """With whom nobody spoke for 90 days, those longest silent first."""
    only_coordinators(request)
    form = SilenceForm(request.GET or None)
    form.is_valid()
    days = int(getattr(form, "cleaned_data", {}).get("dagen") or 90)
    spoken = ContactMoment.objects.visible_to(request.user).filter(organisation=OuterRef("pk"))
    last = spoken.order_by("-on").values("on")[:1]
    rows = silent(request.user, days).select_related("municipality").annotate(last=Subquery(last))
    page = Paginator(
        rows.order_by(F("last").asc(nulls_first=True), "name", "pk"), PER_PAGE
    ).get_page(request.GET.get("page"))
    return render(
        request,
        "network/map/silence.html",
        {
            "form": form,
            "page": page,
            "days": days,
            "rows": [(one, one.last) for one in page],
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def contacts(request: SignedInRequest, slug: str) -> HttpResponse:
    """The log of one organisation, and writing in it."""
    only_coordinators(request)
    organisation = get_object_or_404(
        Organisation.objects.current().filter(workable_q(request.user)), slug=slug
    )
    colleagues = coordinators_of(organisation).exclude(pk=request.user.pk)
    form = ContactForm(request.POST or None, colleagues=colleagues)
    if form.is_valid():
        log_contact(organisation, **form.cleaned_data, by=request.user)
        messages.success(request, _("The contact is written down."))
        return redirect("network_werkplek:contacts", slug=slug)
    rows = ContactMoment.objects.visible_to(request.user).filter(organisation=organisation)
    return render(
        request,
        "network/map/contacts.html",
        {
            "organisation": organisation,
            "form": form,
            "page": Paginator(rows.select_related("by"), PER_PAGE).get_page(
                request.GET.get("page")
            ),
        },
        status=422 if form.errors else 200,
    )


def coordinators_of(organisation: Organisation) -> QuerySet[User]:
    """Who keeps the network there."""
    if organisation.municipality_id:
        return User.objects.who_may(Permission.NETWORK_WORK, at=organisation.municipality_id)
    return User.objects.none()

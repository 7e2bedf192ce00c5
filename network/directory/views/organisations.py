"""Finding an organisation, and whom to call now."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from network.directory import policies
from network.directory.forms.filters import CallForm, OrganisationFilterForm
from network.directory.models import Organisation
from network.directory.querysets import OrganisationQuerySet
from network.directory.services.exports import organisation_as_vcard, organisations_as_table
from network.directory.views.listing import SHOWN, cards_of
from portal.accounts.http import SignedInRequest
from portal.accounts.roles import Permission

PER_PAGE = 25
MOST_IN_A_FILE = 10_000


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What the network is, for everybody; the doors into it for who may enter."""
    user = request.user
    context = {
        "may_read": policies.can_read(user),
        "may_see_people": policies.can_see_people(user),
        "may_see_map": user.is_authenticated and user.may(Permission.MAP_READ),
        "may_see_phenomena": user.is_authenticated
        and any(
            user.may(one)
            for one in (
                Permission.OBSERVATIONS_READ,
                Permission.OBSERVATIONS_TOTALS,
                Permission.OBSERVATIONS_OWN,
            )
        ),
        "own_cards": list(Organisation.objects.current().filter(keepers=user)[:10])
        if user.is_authenticated
        else [],
    }
    return render(request, "network/directory/landing.html", context)


@never_cache
@login_required
@require_safe
def organisations(request: SignedInRequest) -> HttpResponse:
    """The cards this person may read, filtered by the address."""
    rows, form = chosen_organisations(request)
    page = Paginator(
        rows.order_by("name", "pk").values_list(*SHOWN, named=True), PER_PAGE
    ).get_page(request.GET.get("page"))
    return render(
        request,
        "network/directory/organisations.html",
        {
            "form": form,
            "page": page,
            "cards": cards_of(list(page.object_list)),
            "query": request.GET.urlencode(),
            "may_add": policies.can_export_people(request.user),
        },
    )


def chosen_organisations(
    request: SignedInRequest,
) -> tuple[OrganisationQuerySet, OrganisationFilterForm]:
    """The cards that fit the filters."""
    if not policies.can_read(request.user):
        raise PermissionDenied
    form = OrganisationFilterForm(request.GET or None)
    form.is_valid()
    rows = filtered(
        Organisation.objects.visible_to(request.user).current(), getattr(form, "cleaned_data", {})
    )
    return rows, form


def with_parts(rows: OrganisationQuerySet) -> OrganisationQuerySet:
    """The rows with all that a list or file shows of them, in a fixed number of queries."""
    return (
        rows.select_related("municipality")
        .prefetch_related(
            "areas__municipality", "sectors", "themes", "languages", "hours", "contacts"
        )
        .order_by("name", "pk")
    )


def filtered(rows: OrganisationQuerySet, chosen: dict[str, Any]) -> OrganisationQuerySet:
    """Keep what the filters ask for."""
    if text := chosen.get("q"):
        rows = rows.matching(text)
    if kind := chosen.get("soort"):
        rows = rows.filter(kind=kind)
    if sector := chosen.get("sector"):
        rows = rows.filter(sectors=sector)
    if place := chosen.get("gemeente"):
        rows = rows.working_in(place)
    if area := chosen.get("gebied"):
        rows = rows.covering(area)
    if theme := chosen.get("thema"):
        rows = rows.filter(themes=theme)
    if language := chosen.get("taal"):
        rows = rows.filter(languages=language)
    if chosen.get("nu"):
        rows = rows.open_at(timezone.now())
    return rows


@never_cache
@login_required
@require_safe
def organisation(request: SignedInRequest, slug: str) -> HttpResponse:
    """One card; a card that was merged leads to the one that stayed."""
    found = get_object_or_404(
        with_parts(Organisation.objects.visible_to(request.user)).distinct(), slug=slug
    )
    now = timezone.now()
    return render(
        request,
        "network/directory/organisation.html",
        {
            "organisation": found,
            "is_open": found.is_open_at(now),
            "may_change": policies.can_change(request.user, found),
            "may_see_map": request.user.may(Permission.MAP_READ)
            or found.keepers.filter(pk=request.user.pk).exists(),
            "may_merge": policies.can_work(request.user, found.municipality_id),
            "breadcrumbs": crumbs(found.name, found.get_absolute_url()),
        },
    )


def crumbs(title: str, url: str) -> list[dict[str, str]]:
    """The way to a page below the list of organisations."""
    return [
        {"title": _("Network"), "url": reverse("network:landing")},
        {"title": _("Organisations"), "url": reverse("network:organisations")},
        {"title": title, "url": url},
    ]


@never_cache
@login_required
@require_safe
def vcard(request: SignedInRequest, slug: str) -> HttpResponse:
    """The card for a telephone."""
    found = get_object_or_404(
        Organisation.objects.visible_to(request.user).distinct().prefetch_related("contacts"),
        slug=slug,
    )
    return download(organisation_as_vcard(found), "text/vcard", f"{found.slug}.vcf")


@never_cache
@login_required
@require_safe
def as_csv(request: SignedInRequest) -> HttpResponse:
    """The chosen cards as a table."""
    rows, _form = chosen_organisations(request)
    return download(
        organisations_as_table(with_parts(rows)[:MOST_IN_A_FILE]), "text/csv", "organisaties.csv"
    )


def download(text: str, kind: str, name: str) -> HttpResponse:
    """A file for the browser to keep."""
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
@login_required
@require_safe
def whom_to_call(request: SignedInRequest) -> HttpResponse:
    """Functions that can be called, by area, theme, language, and whether they answer now."""
    if not policies.can_read(request.user):
        raise PermissionDenied
    form = CallForm(request.GET or None)
    form.is_valid()
    chosen = getattr(form, "cleaned_data", {})
    rows = Organisation.objects.visible_to(request.user).current().filter(contacts__isnull=False)
    page = Paginator(with_parts(filtered(rows.distinct(), chosen)), PER_PAGE).get_page(
        request.GET.get("page")
    )
    now = timezone.now()
    return render(
        request,
        "network/directory/whom_to_call.html",
        {"form": form, "page": page, "open_now": {one.pk for one in page if one.is_open_at(now)}},
    )

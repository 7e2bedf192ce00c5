"""People who want to be found, and what they allow."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.directory import policies
from network.directory.forms.filters import PeopleFilterForm
from network.directory.forms.people import ConsentForm, ProfileForm
from network.directory.models import (
    Consent,
    CurrentPhase,
    Export,
    Profile,
    ProfileDetail,
)
from network.directory.querysets import ProfileQuerySet, is_tense
from network.directory.services.exports import export_people
from network.directory.services.people import (
    confirm_profile,
    give_consent,
    leave_directory,
    save_profile,
    withdraw_consents,
)
from network.directory.views.organisations import download
from network.directory.workflow import Channel, ConsentPhase, Purpose
from portal.accounts.http import SignedInRequest
from portal.accounts.models import User

PER_PAGE = 25
MOST_IN_A_FILE = 5_000


@never_cache
@login_required
@require_safe
def people(request: SignedInRequest) -> HttpResponse:
    """Who wants to be found, filtered by the address."""
    rows, form = chosen_people(request)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    ways = shown_details([one.pk for one in page], request.user)
    return render(
        request,
        "network/directory/people.html",
        {
            "form": form,
            "page": page,
            "cards": [{"profile": one, "details": ways.get(one.pk, [])} for one in page],
            "query": request.GET.urlencode(),
            "may_export": policies.can_export_people(request.user),
        },
    )


def chosen_people(request: SignedInRequest) -> tuple[ProfileQuerySet, PeopleFilterForm]:
    """The people who fit the filters, with everything a row shows."""
    if not policies.can_see_people(request.user):
        raise PermissionDenied
    form = PeopleFilterForm(request.GET or None)
    form.is_valid()
    chosen: dict[str, Any] = getattr(form, "cleaned_data", {})
    rows = Profile.objects.visible_to(request.user).listed()
    if text := chosen.get("q"):
        rows = rows.matching(text)
    if place := chosen.get("gemeente"):
        in_place = Profile.areas.through.objects.filter(area__municipality=place)
        rows = rows.filter(pk__in=in_place.values("profile_id"))
    if area := chosen.get("gebied"):
        rows = rows.filter(areas=area)
    if theme := chosen.get("thema"):
        rows = rows.filter(themes=theme)
    if language := chosen.get("taal"):
        rows = rows.filter(languages=language)
    rows = rows.select_related("user", "organisation").prefetch_related(
        "themes", "languages", "areas__municipality"
    )
    return rows.order_by("user__name", "pk"), form


def shown_details(profiles: list[int], viewer: User) -> dict[int, list[ProfileDetail]]:
    """What the holders allow on the screen now, by profile."""
    return allowed_details(viewer, Channel.SCREEN, profile__in=profiles)


def allowed_details(
    viewer: User, channel: Channel, **filters: Any
) -> dict[int, list[ProfileDetail]]:
    """What holders allow in this place now, by profile.

    It is tense for a viewer when it is so in a municipality where they hold a role.
    """
    slugs = viewer.municipality_slugs
    phases = CurrentPhase.objects.filter(municipality__slug__in=slugs)
    tense = any(is_tense(phase) for phase in phases.values_list("phase", flat=True))
    found: dict[int, list[ProfileDetail]] = {}
    purposes = [Purpose.COLLEAGUES, *([Purpose.DEPLOYMENT] if tense else [])]
    seen = set()
    for purpose in purposes:
        rows = ProfileDetail.objects.usable(channel=channel, purpose=purpose, tense=tense)
        for detail in rows.filter(**filters):
            if detail.pk not in seen:
                seen.add(detail.pk)
                found.setdefault(detail.profile_id, []).append(detail)
    return found


@never_cache
@login_required
@require_safe
def person(request: SignedInRequest, pk: str) -> HttpResponse:
    """One person, as they introduce themselves."""
    rows = Profile.objects.visible_to(request.user).select_related("user", "organisation")
    profile = get_object_or_404(
        rows.prefetch_related("themes", "languages", "areas__municipality"), user__public_id=pk
    )
    return render(
        request,
        "network/directory/person.html",
        {
            "profile": profile,
            "details": shown_details([profile.pk], request.user).get(profile.pk, []),
            "is_own": profile.user_id == request.user.pk,
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def own_profile(request: SignedInRequest) -> HttpResponse:
    """What I say about myself, what I allow, and who took my details out of the portal."""
    if not policies.can_have_profile(request.user):
        raise PermissionDenied
    profile = Profile.objects.filter(user=request.user).first()
    form = ProfileForm(request.POST or None, instance=profile or Profile(user=request.user))
    if form.is_valid():
        save_profile(
            form.values(),
            is_listed=form.cleaned_data["is_listed"],
            details=form.details(),
            by=request.user,
        )
        messages.success(request, _("Your profile is saved."))
        return redirect("network:own_profile")
    return render(
        request,
        "network/directory/own_profile.html",
        {"form": form, **own_consents(profile)},
        status=422 if form.errors else 200,
    )


def own_consents(profile: Profile | None, form: ConsentForm | None = None) -> dict[str, Any]:
    """The part of the screen about what I allow."""
    if profile is None:
        return {"profile": None}
    given = Consent.objects.valid().filter(detail__profile=profile).select_related("detail")
    details = profile.details.all()
    return {
        "profile": profile,
        "consents": given.order_by("detail__kind", "purpose", "channel"),
        "consent_form": form or (ConsentForm(profile=profile) if details else None),
        "exports": Export.objects.filter(details__profile=profile)
        .select_related("by")
        .distinct()[:20],
    }


def mine(request: SignedInRequest) -> Profile:
    """The own profile, or nothing at this address."""
    return get_object_or_404(Profile, user=request.user)


@login_required
@require_POST
def allow(request: SignedInRequest) -> HttpResponse:
    """Give a permission."""
    profile = mine(request)
    form = ConsentForm(request.POST, profile=profile)
    if not form.is_valid():
        context = {"form": ProfileForm(instance=profile), **own_consents(profile, form)}
        return render(request, "network/directory/own_profile.html", context, status=422)
    for channel in form.cleaned_data["channels"]:
        give_consent(
            form.cleaned_data["detail"],
            purpose=Purpose(form.cleaned_data["purpose"]),
            channel=Channel(channel),
            phase=ConsentPhase(form.cleaned_data["phase"]),
            by=request.user,
        )
    messages.success(request, _("Your permission is kept. You can withdraw it at any time."))
    return redirect("network:own_profile")


@login_required
@require_POST
def withdraw(request: SignedInRequest) -> HttpResponse:
    """Take one permission back (``consent``), those of a detail (``detail``), or all."""
    profile = mine(request)
    rows = Consent.objects.valid().filter(detail__profile=profile)
    for name, field in (("consent", "pk"), ("detail", "detail")):
        if value := request.POST.get(name):
            is_number = value.isascii() and value.isdecimal()
            rows = rows.filter(Q(**{field: int(value)})) if is_number else rows.none()
    withdraw_consents(list(rows.select_related("detail__profile")), by=request.user)
    messages.success(request, _("Withdrawn. From now on nobody sees it any more."))
    return redirect("network:own_profile")


@login_required
@require_POST
def leave(request: SignedInRequest) -> HttpResponse:
    """Be found no longer."""
    leave_directory(mine(request), by=request.user)
    messages.success(request, _("You are no longer in the list, and every permission ended."))
    return redirect("network:own_profile")


@login_required
@require_POST
def confirm(request: SignedInRequest) -> HttpResponse:
    """Yes, my profile is still right."""
    confirm_profile(mine(request), by=request.user)
    messages.success(request, _("Thank you. Your profile is confirmed."))
    return redirect("network:own_profile")


@never_cache
@login_required
@require_POST
def as_csv(request: SignedInRequest) -> HttpResponse:
    """The chosen people as a table, with what they allow in one; it is written down who took it."""
    if not policies.can_export_people(request.user):
        raise PermissionDenied
    request.GET = request.POST  # the filters come with the button
    rows, _form = chosen_people(request)
    return download(export_people(rows[:MOST_IN_A_FILE], by=request.user), "text/csv", "mensen.csv")

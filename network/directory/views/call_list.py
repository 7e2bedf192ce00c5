"""The list of whom to call that somebody takes along on a telephone, for when there is no internet."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from network.directory import policies
from network.directory.models import Organisation, Profile, ProfileDetail
from network.directory.querysets import OrganisationQuerySet
from network.directory.views.organisations import with_parts
from network.directory.views.people import allowed_details
from network.directory.workflow import Channel
from portal.accounts.http import SignedInRequest
from portal.accounts.models import User
from portal.accounts.roles import Permission

KEPT_FOR = timedelta(hours=72)
MOST_PLACES, MOST_PEOPLE = 200, 60


@never_cache
@login_required
@require_safe
def call_list(request: SignedInRequest) -> HttpResponse:
    """Functions and people to call where this person works.

    The service worker keeps the answer until the hour in the header, asks for it again at every
    contact, and throws it away when it is refused (portal/design/templates/sw.js).
    """
    if not policies.can_read(request.user):
        raise PermissionDenied
    until = timezone.now() + KEPT_FOR
    response = render(
        request,
        "network/directory/call_list.html",
        {
            "organisations": with_parts(places_for(request.user))[:MOST_PLACES],
            "people": people_for(request.user),
            "until": until,
        },
    )
    response["X-Offline"] = "ja"
    response["X-Offline-Until"] = str(int(until.timestamp()))
    return response


def places_for(user: User) -> OrganisationQuerySet:
    """What can be called in the municipalities where ``user`` works, and in the whole region."""
    places = user.municipalities_where(Permission.NETWORK_READ) | user.municipalities_where(
        Permission.MAP_READ
    )
    rows: OrganisationQuerySet = (
        Organisation.objects.visible_to(user)
        .current()
        .filter(Q(municipality__in=places) | Q(municipality=None), contacts__isnull=False)
        .distinct()
    )
    return rows


def people_for(user: User) -> list[tuple[Profile, list[ProfileDetail]]]:
    """Who allows to be called from a telephone without internet, and how."""
    if not policies.can_see_people(user):
        return []
    ways = allowed_details(user, Channel.OFFLINE)
    rows = Profile.objects.visible_to(user).listed().filter(pk__in=ways)
    rows = rows.select_related("user", "organisation").order_by("user__name", "pk")
    return [(one, ways[one.pk]) for one in rows[:MOST_PEOPLE]]

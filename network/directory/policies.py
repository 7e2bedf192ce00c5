"""Who sees, keeps and corrects what stands in the directory."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from portal.accounts.roles import Permission

if TYPE_CHECKING:
    from network.directory.models import KeyFigure, Organisation, Profile
    from portal.accounts.models import User

NOTHING = Q(pk__in=[])


def can_read(user: "User | AnonymousUser") -> bool:
    """Whether the directory opens: to whoever is in the network or may see its map (Z1)."""
    return user.is_authenticated and (
        user.may(Permission.NETWORK_READ) or user.may(Permission.MAP_READ)
    )


def can_view(user: "User | AnonymousUser", organisation: "Organisation") -> bool:
    """The network reads every card; who keeps a card reads that one (domain.md 5.2)."""
    if not user.is_authenticated:
        return False
    return can_read(user) or organisation.keepers.filter(pk=user.pk).exists()


def visible_q(user: "User | AnonymousUser") -> Q:
    """The same rule as ``can_view``, for lists."""
    if not user.is_authenticated:
        return NOTHING
    return Q() if can_read(user) else Q(keepers=user)


def can_change(user: "User | AnonymousUser", organisation: "Organisation") -> bool:
    """The network coordinator of its municipality, and the organisation itself."""
    if not user.is_authenticated:
        return False
    if can_work(user, organisation.municipality_id):
        return True
    return organisation.keepers.filter(pk=user.pk).exists() and user.grants != []


def can_work(user: "User | AnonymousUser", municipality: int | None) -> bool:
    """Whoever keeps the network of a municipality; what spans the region, whoever keeps any."""
    return user.is_authenticated and user.may(Permission.NETWORK_WORK, at=municipality)


def workable_q(user: "User | AnonymousUser") -> Q:
    """The same rule as ``can_work``, for lists of organisations."""
    if not user.is_authenticated or not user.may(Permission.NETWORK_WORK):
        return NOTHING
    places = user.municipalities_where(Permission.NETWORK_WORK)
    return Q(municipality__in=places) | Q(municipality=None)


def can_see_people(user: "User | AnonymousUser") -> bool:
    """Whether the list of people opens: only inside the network."""
    return user.is_authenticated and user.may(Permission.NETWORK_READ)


def can_view_profile(user: "User | AnonymousUser", profile: "Profile") -> bool:
    """The network sees who wants to be seen; everybody sees the own profile."""
    if not user.is_authenticated:
        return False
    return profile.user_id == user.pk or (
        can_see_people(user) and profile.listed_at is not None and profile.user.is_active
    )


def visible_profiles_q(user: "User | AnonymousUser") -> Q:
    """The same rule as ``can_view_profile``, for lists."""
    if not user.is_authenticated:
        return NOTHING
    own = Q(user=user)
    return own | Q(listed_at__isnull=False, user__is_active=True) if can_see_people(user) else own


def can_have_profile(user: "User | AnonymousUser") -> bool:
    """Whoever takes part in the network, or reads in it, may introduce themselves."""
    return can_see_people(user)


def can_export_people(user: "User | AnonymousUser") -> bool:
    """Contact details of people leave the portal with a network coordinator only."""
    return user.is_authenticated and user.may(Permission.NETWORK_WORK)


def can_work_with_key_figures(user: "User | AnonymousUser", municipality: int | None) -> bool:
    """The network coordinator of that municipality, and nobody else (domain.md 1.8)."""
    return user.is_authenticated and user.may(Permission.KEY_FIGURES_WORK, at=municipality)


def can_view_key_figure(user: "User | AnonymousUser", figure: "KeyFigure") -> bool:
    """Who works with them there, who supervises, and the person."""
    if not user.is_authenticated:
        return False
    return figure.user_id == user.pk or user.may(
        Permission.KEY_FIGURES_READ, at=figure.municipality_id
    )


def visible_key_figures_q(user: "User | AnonymousUser") -> Q:
    """The same rule as ``can_view_key_figure``, for lists."""
    if not user.is_authenticated:
        return NOTHING
    places = user.municipalities_where(Permission.KEY_FIGURES_READ)
    return Q(user=user) | Q(municipality__in=places)


def can_see_totals(user: "User | AnonymousUser") -> bool:
    """Whoever sees the register, or only how many there are."""
    return user.is_authenticated and (
        user.may(Permission.KEY_FIGURES_READ) or user.may(Permission.KEY_FIGURES_TOTALS)
    )


def visible_deployments_q(user: "User | AnonymousUser") -> Q:
    """A request to help shows to who may see the key figure."""
    if not user.is_authenticated:
        return NOTHING
    places = user.municipalities_where(Permission.KEY_FIGURES_READ)
    return Q(key_figure__user=user) | Q(key_figure__municipality__in=places)


def can_keep_strategic_network(user: "User | AnonymousUser") -> bool:
    """The network coordinators and the region."""
    return user.is_authenticated and user.may(Permission.NETWORK_WORK)

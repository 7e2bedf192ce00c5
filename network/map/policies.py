"""Who sees the map, and who puts something on it."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from network.directory.policies import NOTHING, can_work
from portal.accounts.roles import Permission

if TYPE_CHECKING:
    from network.map.models import ContactMoment, NetworkLink, NetworkNode
    from portal.accounts.models import User


def can_see_map(user: "User | AnonymousUser") -> bool:
    """Whoever the matrix of domain.md 5.2 lets read the map."""
    return user.is_authenticated and user.may(Permission.MAP_READ)


def visible_nodes_q(user: "User | AnonymousUser") -> Q:
    """The map shows every node to who sees it; an organisation sees its own."""
    if can_see_map(user):
        return Q()
    return Q(organisation__keepers=user) if user.is_authenticated else NOTHING


def visible_links_q(user: "User | AnonymousUser") -> Q:
    """The same for links; an organisation also sees the links of its own card."""
    if can_see_map(user):
        return Q()
    if not user.is_authenticated:
        return NOTHING
    return Q(source__organisation__keepers=user) | Q(target__organisation__keepers=user)


def can_keep_node(user: "User | AnonymousUser", municipality: int | None) -> bool:
    """Whoever keeps the network of that municipality adds consultations, functions and places."""
    return can_work(user, municipality) and can_see_map(user)


def can_link(user: "User | AnonymousUser", *ends: "NetworkNode") -> bool:
    """Who keeps the network at either end, or the organisation that stands there itself."""
    if not user.is_authenticated:
        return False
    if any(can_keep_node(user, node.municipality_at) for node in ends):
        return True
    return bool(user.grants) and any(
        node.organisation is not None and node.organisation.keepers.filter(pk=user.pk).exists()
        for node in ends
    )


def can_end(user: "User | AnonymousUser", link: "NetworkLink") -> bool:
    """Whoever may make a link between the two may say that it is over."""
    return can_link(user, link.source, link.target)


def can_log_contact(user: "User | AnonymousUser", municipality: int | None) -> bool:
    """The coordinator of the municipality writes down that somebody spoke with an organisation."""
    return can_work(user, municipality)


def can_view_contact(user: "User | AnonymousUser", contact: "ContactMoment") -> bool:
    """Who wrote it, who was named, and when it is not confidential the other coordinators there."""
    if not user.is_authenticated or not user.may(Permission.NETWORK_WORK):
        return False
    if contact.by_id == user.pk or contact.shared_with.filter(pk=user.pk).exists():
        return True
    return not contact.is_confidential and can_work(user, contact.organisation.municipality_id)


def visible_contacts_q(user: "User | AnonymousUser") -> Q:
    """The same rule as ``can_view_contact``, for lists."""
    if not user.is_authenticated or not user.may(Permission.NETWORK_WORK):
        return NOTHING
    places = user.municipalities_where(Permission.NETWORK_WORK)
    of_place = Q(organisation__municipality__in=places) | Q(organisation__municipality=None)
    return Q(by=user) | Q(shared_with=user) | (Q(is_confidential=False) & of_place)

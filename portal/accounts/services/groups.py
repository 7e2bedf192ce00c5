"""Groups: the copy of roles that Wagtail's own admin reads."""

from django.contrib.auth.models import Group
from django.db import transaction

from portal.accounts import audiences
from portal.accounts.models import User
from portal.accounts.roles import Permission

EDITORS = {"redacteur", "oov-medewerker", "netwerkregisseur", "regiobeheerder"}
MANAGED_PREFIXES = ("doelgroep: ", "gemeente: ", "redactie: ", "eindredactie", "beheer")


def wanted_groups(user: User) -> set[str]:
    """The names of the groups that the roles of ``user`` stand for now."""
    names = set(audiences.names_for(user))
    for place, slug, code in user.valid_memberships:
        if code in EDITORS:
            names.add(f"redactie: {slug}" if place else "redactie: regio")
        if code == "eindredacteur":
            names.add("eindredactie")
    if user.may(Permission.TRAINING_WORK):
        names.add("redactie: training")
    if user.may(Permission.REGION_MANAGE):
        names.add("beheer")
    return names


@transaction.atomic
def sync_groups(user: User) -> None:
    """Make the groups of ``user`` say what the memberships say, and touch no other group."""
    user = User.objects.get(pk=user.pk)
    wanted = wanted_groups(user)
    have = {
        group.name: group for group in user.groups.all() if group.name.startswith(MANAGED_PREFIXES)
    }
    user.groups.remove(*(group for name, group in have.items() if name not in wanted))
    for name in wanted - have.keys():
        user.groups.add(Group.objects.get_or_create(name=name)[0])

"""A person who can sign in."""

from collections.abc import Iterable
from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.accounts.managers import PeopleManager
from portal.accounts.roles import ROLES, Permission, Role
from portal.regions.models import Municipality

Grant = tuple[int | None, Role]
EDITING = (
    Permission.PUBLIC_EDIT,
    Permission.PUBLIC_APPROVE,
    Permission.TRAINING_WORK,
    Permission.RUNBOOKS_EDIT,
    Permission.REGION_MANAGE,
)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can sign in, by e-mail address. What they may do is in their memberships."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = False  # Django's admin is not installed
    joined_at = models.DateTimeField(_("joined at"), auto_now_add=True)

    objects: ClassVar[PeopleManager] = PeopleManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_has_an_address_of_their_own"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def reference(self) -> str:
        """How the audit trail names this person."""
        return f"user:{self.public_id}"

    @property
    def first_name(self) -> str:
        """The first word of the name, which Wagtail greets people with."""
        return self.name.split(" ")[0]

    @property
    def last_name(self) -> str:
        """The rest of the name."""
        return " ".join(self.name.split(" ")[1:])

    def get_full_name(self) -> str:
        """The whole name, as Wagtail asks for it."""
        return self.name

    def may(self, permission: Permission, *, at: int | None = None) -> bool:
        """Whether a role of this person grants ``permission`` today.

        Args:
            at: The municipality asked about; ``None`` asks whether it is granted anywhere.
        """
        places = self.places_where(permission)
        return bool(places) if at is None else None in places or at in places

    def places_where(self, permission: Permission) -> frozenset[int | None]:
        """Where a role of this person grants ``permission`` today; ``None`` is the whole region."""
        return self.valid_memberships.places_where(permission) if self.is_active else frozenset()

    def municipalities_where(self, permission: Permission) -> frozenset[int]:
        """The municipalities where this person may do ``permission`` today."""
        places = self.places_where(permission)
        if None in places:
            return frozenset(Municipality.objects.values_list("pk", flat=True))
        return frozenset(place for place in places if place is not None)

    def holds(self, *codes: str, at: int | None = None) -> bool:
        """Whether this person holds one of the roles today, at ``at`` or anywhere."""
        return any(
            role.code in codes and (at is None or place is None or place == at)
            for place, role in self.grants
        )

    @property
    def may_edit(self) -> bool:
        """Whether a role of this person has work in the editor today."""
        return any(self.may(permission) for permission in EDITING)

    @property
    def needs_second_factor(self) -> bool:
        """Whether a role of this person edits, handles or reads what is sealed."""
        return self.is_superuser or any(role.second_factor for _place, role in self.grants)

    @property
    def grants(self) -> list[Grant]:
        """Municipality (``None``: the whole region) and role, for each membership valid now."""
        if not self.is_active:
            return []
        return [
            (place, ROLES[code]) for place, _slug, code in self.valid_memberships if code in ROLES
        ]

    @property
    def municipality_slugs(self) -> frozenset[str]:
        """The municipalities in which this person holds any role today."""
        return (
            frozenset(slug for _place, slug, _code in self.valid_memberships if slug)
            if self.is_active
            else frozenset()
        )

    @cached_property
    def valid_memberships(self) -> "Memberships":
        """Municipality, its slug and the role's code, of each membership valid now. One query."""
        return Memberships(
            self.memberships.valid().values_list("municipality_id", "municipality__slug", "role")
        )


class Memberships(list[tuple[int | None, str | None, str]]):
    """Memberships of one person, and where they grant each permission that was asked for so far."""

    def __init__(self, rows: Iterable[tuple[int | None, str | None, str]] = ()) -> None:
        super().__init__(rows)
        self.known: dict[Permission, frozenset[int | None]] = {}

    def places_where(self, permission: Permission) -> frozenset[int | None]:
        """The municipalities; ``None`` is the whole region."""
        if permission not in self.known:
            codes = {code for *_place, code in self if code in ROLES}
            granting = {code for code in codes if ROLES[code].grants(permission)}
            self.known[permission] = frozenset(
                place for place, _slug, code in self if code in granting
            )
        return self.known[permission]

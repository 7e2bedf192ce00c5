"""Forms about people and roles; they check and hand back domain values."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts import policies
from portal.accounts.models import User
from portal.accounts.roles import ROLES
from portal.accounts.services.memberships import A_YEAR
from portal.regions.models import Municipality


class MemberFilterForm(forms.Form):
    """Which roles the list shows; kept in the address."""

    q = forms.CharField(label=_("Name or e-mail address"), max_length=80, required=False)
    role = forms.ChoiceField(label=_("Role"), required=False)
    municipality = forms.ModelChoiceField(
        Municipality.objects.all(),
        label=_("Municipality"),
        required=False,
        to_field_name="slug",
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("Valid now")),
            ("waiting", _("Waits for a second person")),
            ("ending", _("Ends within 30 days")),
            ("ended", _("Ended")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.code, role.label) for role in ROLES.values()]
        self.fields["role"].choices = [("", _("All roles")), *roles]  # type: ignore[attr-defined]


class RoleFields(forms.Form):
    """A role somewhere, that ``by`` may give."""

    role = forms.ChoiceField(label=_("Role"))
    municipality = forms.ModelChoiceField(
        Municipality.objects.all(),
        label=_("Municipality"),
        required=False,
        empty_label=_("The whole region"),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        places = [None, *Municipality.objects.all()]
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.code, role.label)
            for role in ROLES.values()
            if any(policies.can_grant(by, role.code, place) for place in places)
        ]

    def clean(self) -> dict[str, Any]:
        """Name the field that keeps the two from going together."""
        data = super().clean() or {}
        role, place = data.get("role"), data.get("municipality")
        if role and not policies.can_grant(self.by, role, place):
            if ROLES[role].scope == "municipality" and place is None:
                self.add_error("municipality", _("Choose the municipality of this role."))
            else:
                self.add_error("municipality", _("You may not give this role here."))
        return data


class InviteForm(RoleFields):
    """Somebody new."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    field_order = ["name", "email", "role", "municipality"]

    def clean_email(self) -> str:
        """An address without an account; who has one gets a role instead."""
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("This address has an account. Give it a role instead."))
        return email


class GrantForm(RoleFields):
    """A role for somebody with an account."""

    email = forms.EmailField(label=_("E-mail address of the account"), max_length=254)
    valid_until = forms.DateField(
        label=_("Valid until"), widget=forms.DateInput(attrs={"type": "date"})
    )
    field_order = ["email", "role", "municipality", "valid_until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_until"].initial = timezone.localdate() + A_YEAR

    def clean_email(self) -> str:
        """The address of an account that exists."""
        self.user = User.objects.filter(email__iexact=self.cleaned_data["email"]).first()
        if self.user is None:
            raise forms.ValidationError(_("No account has this address. Invite the person."))
        return self.user.email

    def clean_valid_until(self) -> Any:
        """A day to come, a year away at most (domain.md 5.2)."""
        day = self.cleaned_data["valid_until"]
        today = timezone.localdate()
        if not today < day <= today + A_YEAR:
            raise forms.ValidationError(_("Choose a day within a year from now."))
        return day

"""The profile of an account holder, and what they consent to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.directory.forms.cards import callable_number
from network.directory.models import (
    Organisation,
    Profile,
    ProfileDetail,
)
from network.directory.workflow import (
    Channel,
    ConsentPhase,
    DetailKind,
    Purpose,
)
from portal.pages.personal_data import without_people


class ProfileForm(forms.ModelForm):
    """What somebody says about themselves."""

    class Meta:
        model = Profile
        fields = (
            "function",
            "organisation",
            "about",
            "availability",
            "themes",
            "areas",
            "languages",
        )
        widgets = {
            "about": forms.Textarea(attrs={"rows": 4, "maxlength": 600}),
            "themes": forms.CheckboxSelectMultiple,
            "areas": forms.CheckboxSelectMultiple,
            "languages": forms.CheckboxSelectMultiple,
        }

    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    mobile = forms.CharField(label=_("Mobile"), max_length=30, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    is_listed = forms.BooleanField(
        label=_("Colleagues in the network may find me"),
        required=False,
        help_text=_("Without this nobody sees your profile. You can stop at any time."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.current()  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["is_listed"].initial = self.instance.listed_at is not None
            for detail in self.instance.details.all():
                self.fields[self.field_of(detail.kind)].initial = detail.value

    @staticmethod
    def field_of(kind: str) -> str:
        """The field that asks for a kind of detail."""
        return {DetailKind.PHONE: "phone", DetailKind.MOBILE: "mobile"}.get(
            DetailKind(kind), "email"
        )

    def clean_about(self) -> str:
        """About your work, not about other people (GR-05)."""
        return without_people(self.cleaned_data["about"])

    def clean_phone(self) -> str:
        """A number that can be called."""
        return callable_number(self.cleaned_data["phone"])

    def clean_mobile(self) -> str:
        """A number that can be called."""
        return callable_number(self.cleaned_data["mobile"])

    def values(self) -> dict[str, Any]:
        """The fields of the profile itself."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def details(self) -> dict[str, str]:
        """Number or address by kind."""
        return {kind: self.cleaned_data[self.field_of(kind)] for kind in DetailKind.values}


class ConsentForm(forms.Form):
    """One permission for one detail."""

    detail = forms.ModelChoiceField(
        ProfileDetail.objects.none(), label=_("Which detail"), empty_label=None
    )
    purpose = forms.ChoiceField(label=_("What for"), choices=Purpose.choices)
    channels = forms.MultipleChoiceField(
        label=_("Where it may stand"),
        choices=Channel.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    phase = forms.ChoiceField(
        label=_("When"), choices=ConsentPhase.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["detail"]
        field.queryset = profile.details.all()
        field.label_from_instance = lambda one: f"{one.get_kind_display()}: {one.value}"

"""What key figures claim and are granted."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _


class ClaimForm(forms.Form):
    """What an activity cost, or what was agreed for it."""

    euros = forms.DecimalField(
        label=_("Amount in euros"),
        min_value=Decimal("0.01"),
        max_value=Decimal(500),
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        localize=True,
        help_text=_("As it was agreed with you, such as travel costs. 500 euros at most."),
    )


class GrantForm(forms.Form):
    """Who grants money says first to have no interest in it (GR-28)."""

    no_interest = forms.BooleanField(
        label=_("I have no interest of my own in this, and neither has anybody close to me")
    )

"""Which cards a list shows; kept in the address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from network.directory.forms.drawn_once import QuickChoiceField, QuickTick
from network.directory.models import (
    Language,
    Sector,
)
from network.directory.workflow import (
    OrganisationKind,
)
from portal.pages.memory import remembered
from portal.pages.models import Theme
from portal.regions.models import Area, Municipality


class RegisterField(QuickChoiceField):
    """One row of a register that many lists filter by; kept by each process until it changes.

    Args:
        model: The register; whoever declares it here also watches it (``apps``).
        key: The field of a row that stands in the address.
        empty: The words for no choice.
    """

    def __init__(self, model: Any, *, key: str, empty: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.model, self.key, self.empty = model, key, empty
        self.choices = self.offered

    def rows(self) -> dict[str, Any]:
        """Every row by its key."""
        return remembered(
            f"register:{self.model._meta.label}:{self.key}",
            lambda: {str(getattr(one, self.key)): one for one in self.model.objects.all()},
        )

    def offered(self) -> list[tuple[str, Any]]:
        """No choice, and every row."""
        return [("", self.empty), *((key, str(one)) for key, one in self.rows().items())]

    def to_python(self, value: Any) -> Any:
        """The row, or nothing when none is asked for.

        Raises:
            ValidationError: There is no such row.
        """
        if value in self.empty_values:
            return None
        if found := self.rows().get(str(value)):
            return found
        raise ValidationError(
            self.error_messages["invalid_choice"], "invalid_choice", {"value": value}
        )

    def valid_value(self, value: Any) -> bool:
        """What ``to_python`` found is a row."""
        return value is None or isinstance(value, self.model)


class AreaField(RegisterField):
    """An area of a municipality, which its name tells as well."""

    def rows(self) -> dict[str, Any]:
        """Every area by its key."""
        rows = self.model.objects.select_related("municipality")
        return remembered("register:areas", lambda: {str(one.pk): one for one in rows})


class FilterFields(forms.Form):
    """Where, about what, and in which language; kept in the address."""

    gemeente = RegisterField(
        Municipality, label=_("Municipality"), key="slug", empty=_("All municipalities")
    )
    gebied = AreaField(Area, label=_("Area"), key="pk", empty=_("All areas"))
    thema = RegisterField(Theme, label=_("Theme"), key="slug", empty=_("All themes"))
    taal = RegisterField(Language, label=_("Language"), key="code", empty=_("All languages"))


class OrganisationFilterForm(FilterFields):
    """Which organisations the list shows."""

    q = forms.CharField(label=_("Name or what it does"), max_length=100, required=False)
    soort = QuickChoiceField(
        label=_("Kind"),
        choices=[("", _("All kinds")), *OrganisationKind.choices],
    )
    sector = RegisterField(Sector, label=_("Sector"), key="slug", empty=_("All sectors"))
    nu = QuickTick(label=_("Can be reached now"), required=False)
    field_order = ["q", "soort", "sector", "gemeente", "gebied", "thema", "taal", "nu"]


class CallForm(FilterFields):
    """Whom can I call? Four questions, all of which may stay open."""

    nu = QuickTick(label=_("Can be reached now"), required=False)
    field_order = ["gemeente", "gebied", "thema", "taal", "nu"]


class PeopleFilterForm(FilterFields):
    """Which people the list shows."""

    q = forms.CharField(label=_("Name, function or subject"), max_length=100, required=False)
    field_order = ["q", "gemeente", "gebied", "thema", "taal"]

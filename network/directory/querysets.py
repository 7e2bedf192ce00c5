"""Questions to the directory in plain words."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from network.directory import policies
from network.directory.workflow import TENSE, Channel, ConsentPhase, KeyFigureState, Purpose

if TYPE_CHECKING:
    from portal.accounts.models import User
    from portal.regions.models import Area, Municipality


def hours_q(moment: datetime, prefix: str = "") -> Q:
    """Opening hours that hold ``moment``."""
    local = timezone.localtime(moment)
    return Q(
        **{
            f"{prefix}weekday": str(local.weekday()),
            f"{prefix}opens__lte": local.time(),
            f"{prefix}closes__gt": local.time(),
        }
    )


class OrganisationQuerySet(QuerySet[Any, Any]):
    """What a list of organisations can be asked."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep the cards ``user`` may read."""
        return self.filter(policies.visible_q(user))

    def current(self) -> Self:
        """Keep what still exists and is not merged into another card."""
        return self.filter(ended_on=None, merged_into=None)

    def matching(self, text: str) -> Self:
        """Keep what has every word of ``text`` in its name or in what it does."""
        rows = self
        for word in text.split()[:8]:
            rows = rows.filter(Q(name__icontains=word) | Q(summary__icontains=word))
        return rows

    def working_in(self, municipality: "Municipality") -> Self:
        """Keep what works in the municipality, or in the whole region."""
        return self.filter(Q(municipality=municipality) | Q(municipality=None))

    def covering(self, area: "Area") -> Self:
        """Keep what works in the area: named, or as part of all it covers."""
        named = self.model.areas.through.objects.filter(organisation=OuterRef("pk"))
        whole = Q(municipality=area.municipality_id) | Q(municipality=None)
        return self.filter(
            Q(Exists(named.filter(area=area))) | (whole & ~Q(Exists(named))),
        )

    def open_at(self, moment: datetime) -> Self:
        """Keep where somebody answers at ``moment``, by its hours or day and night."""
        return self.filter(hours_q(moment, "hours__") | Q(contacts__is_always_open=True)).distinct()


class ProfileQuerySet(QuerySet[Any, Any]):
    """What a list of people can be asked."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep whom ``user`` may see."""
        return self.filter(policies.visible_profiles_q(user))

    def listed(self) -> Self:
        """Keep who wants to be seen."""
        return self.filter(listed_at__isnull=False, user__is_active=True)

    def matching(self, text: str) -> Self:
        """Keep who has every word in the name, the function or the subjects: never in a number."""
        rows = self
        for word in text.split()[:8]:
            rows = rows.filter(
                Q(user__name__icontains=word)
                | Q(function__icontains=word)
                | Q(about__icontains=word)
            )
        return rows


class ConsentQuerySet(QuerySet[Any, Any]):
    """What a list of consents can be asked."""

    def valid(self) -> Self:
        """Keep what counts today: not withdrawn, and before its last day."""
        return self.filter(withdrawn_at=None, valid_until__gte=timezone.localdate())


class DetailQuerySet(QuerySet[Any, Any]):
    """What a list of contact details can be asked."""

    def usable(self, *, channel: Channel, purpose: Purpose, tense: bool) -> Self:
        """Keep what its holder allows now, in this place and for this purpose.

        Args:
            tense: Whether it is tense where it will be used; some allow it only then.
        """
        from_model = self.model.consents.rel.related_model.objects
        consents = from_model.valid().filter(
            detail=OuterRef("pk"), channel=channel, purpose=purpose
        )
        if not tense:
            consents = consents.filter(phase=ConsentPhase.ALWAYS)
        return self.filter(Exists(consents), profile__listed_at__isnull=False).order_by(
            F("profile_id"), "kind"
        )


def is_tense(phase: str | None) -> bool:
    """Whether a phase is one in which more people may be called."""
    return phase in TENSE


class KeyFigureQuerySet(QuerySet[Any, Any]):
    """What a list of key figures can be asked."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep whom ``user`` may see."""
        return self.filter(policies.visible_key_figures_q(user))

    def can_be_asked(self) -> Self:
        """Keep who is active with a training that counts today: the call list."""
        return self.filter(state=KeyFigureState.ACTIVE, trained_until__gte=timezone.localdate())


class DeploymentQuerySet(QuerySet[Any, Any]):
    """What a list of requests to help can be asked."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep what ``user`` may see."""
        return self.filter(policies.visible_deployments_q(user))

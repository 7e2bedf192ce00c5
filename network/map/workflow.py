"""What can stand on the map, and what can be between two things: never a person (GR-04)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NodeKind(TextChoices):
    """What can be a node. There is no kind for a person, on purpose (GR-04)."""

    ORGANISATION = "organisatie", _("Organisation")
    CONSULTATION = "overleg", _("Consultation")
    FUNCTION = "functie", _("Function")
    PLACE = "plek", _("Meeting place")


class LinkKind(TextChoices):
    """What is between two nodes."""

    CONSULTATION = "overleg", _("Meet in consultation")
    COOPERATION = "samenwerking", _("Work together")
    SUBSIDY = "subsidie", _("Gives a subsidy to")
    REFERRAL = "doorverwijzing", _("Refers people to")
    TAKES_PART = "deelname", _("Takes part in")
    USES = "gebruik", _("Is present at")


class Strength(TextChoices):
    """How strong those concerned say that a link is; stored as one digit."""

    WEAK = "1", _("Know each other")
    NORMAL = "2", _("Speak now and then")
    STRONG = "3", _("Speak every month")


NOT_A_PERSON = frozenset(NodeKind)
# Which kinds of node may stand at the beginning and at the end of a link.
ALLOWED: dict[LinkKind, tuple[frozenset[NodeKind], frozenset[NodeKind]]] = {
    LinkKind.CONSULTATION: (NOT_A_PERSON, NOT_A_PERSON),
    LinkKind.COOPERATION: (NOT_A_PERSON, NOT_A_PERSON),
    LinkKind.SUBSIDY: (
        frozenset({NodeKind.ORGANISATION}),
        frozenset({NodeKind.ORGANISATION, NodeKind.PLACE}),
    ),
    LinkKind.REFERRAL: (
        frozenset({NodeKind.ORGANISATION, NodeKind.FUNCTION, NodeKind.CONSULTATION}),
        frozenset({NodeKind.ORGANISATION, NodeKind.FUNCTION, NodeKind.CONSULTATION}),
    ),
    LinkKind.TAKES_PART: (
        frozenset({NodeKind.ORGANISATION, NodeKind.FUNCTION}),
        frozenset({NodeKind.CONSULTATION}),
    ),
    LinkKind.USES: (
        frozenset({NodeKind.ORGANISATION, NodeKind.FUNCTION}),
        frozenset({NodeKind.PLACE}),
    ),
}


def fits(kind: LinkKind, source: NodeKind, target: NodeKind) -> bool:
    """Whether a link of this kind can lead from ``source`` to ``target``."""
    begins, ends = ALLOWED[kind]
    return source in begins and target in ends

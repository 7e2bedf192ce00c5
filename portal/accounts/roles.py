"""What every role may do, and why it exists: the matrix of domain.md 5.2 as data.

A mark says how far a role goes with a thing: ``L`` read, ``E`` create and own, ``W`` handle,
``A`` approve, ``D`` decide while it runs, ``T`` totals only, ``M`` metadata only, ``P`` the public
part, ``S`` settings, ``I`` invite, ``O`` only what is one's own, ``G`` what was brought to weighing,
``C`` a copy that somebody shared, ``R`` read with a reason and a second person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """What code asks for: a thing of the matrix and a mark."""

    PUBLIC_EDIT = "public:W"
    PUBLIC_APPROVE = "public:A"
    NETWORK_READ = "network:L"
    NETWORK_CREATE = "network:E"
    NETWORK_WORK = "network:W"
    TRAINING_READ = "training:L"
    TRAINING_FOLLOW = "training:E"
    TRAINING_WORK = "training:W"
    TRAINING_APPROVE = "training:A"
    TRAINING_TOTALS = "training:T"
    EVENTS_READ = "events:L"
    EVENTS_WORK = "events:W"
    MAP_READ = "map:L"
    KEY_FIGURES_WORK = "key_figures:W"
    KEY_FIGURES_READ = "key_figures:L"
    KEY_FIGURES_TOTALS = "key_figures:T"
    OBSERVATIONS_WORK = "observations:W"
    OBSERVATIONS_READ = "observations:L"
    OBSERVATIONS_OWN = "observations:O"
    OBSERVATIONS_TOTALS = "observations:T"
    FIGURES_READ = "figures:L"
    FIGURES_TOTALS = "figures:T"
    RUNBOOKS_PUBLIC = "runbooks:P"
    RUNBOOKS_READ = "runbooks:L"
    RUNBOOKS_EDIT = "runbooks:W"
    RUNBOOKS_APPROVE = "runbooks:A"
    SELFASSESSMENT_WORK = "selfassessment:W"
    REPORTS_INTAKE = "intake:W"
    REPORTS_WORK = "reports:W"
    REPORTS_WEIGHING = "reports:G"
    REPORTS_COPIES = "reports:C"
    REPORTS_SUPERVISE = "reports:R"
    REPORTS_TOTALS = "reports:T"
    REPORTS_SETTINGS = "reports:S"
    CASES_WORK = "cases:W"
    USERS_INVITE = "users:I"
    USERS_MANAGE = "users:W"
    USERS_READ = "users:L"
    AUDIT_READ = "audit:L"
    AUDIT_METADATA = "audit:M"
    REGION_MANAGE = "region:W"


# A mark that includes a lesser one: who may handle may also read.
INCLUDES = {
    "A": "AWELP",
    "W": "WELP",
    "E": "ELP",
    "L": "LP",
    "G": "GC",
    "R": "RC",
}


@dataclass(frozen=True)
class Role:
    """A named bundle of marks, with the reason it exists.

    Args:
        code: How it is stored, a lower-case word.
        label: What people see.
        reason: Why the role exists, for whoever grants it.
        marks: Thing to marks, a row of the matrix.
        scope: ``municipality`` for the roles with a star, else ``region``.
        sealed: Whether it opens zone Z2 or Z3; granting it takes two people (GR-11).
        second_factor: Whether it edits, handles, or reads what is sealed.
    """

    code: str
    label: Promise
    reason: Promise
    marks: Mapping[str, str]
    scope: str = "region"
    sealed: bool = False
    second_factor: bool = True

    def grants(self, permission: Permission) -> bool:
        """Whether this role's row holds ``permission``."""
        thing, mark = permission.split(":")
        held = self.marks.get(thing, "")
        return any(mark in INCLUDES.get(one, one) for one in held)


def _row(**marks: str) -> dict[str, str]:
    return {"public": "L", **marks}


_ALL = [
    Role(
        "instelling",
        _("Institution"),
        _("Applies for a security subsidy and keeps its own card."),
        _row(
            events="E",
            map="O",
            intake="E",
            reports="O",
            grants="O",
            selfassessment="P",
            figures="P",
        ),
        second_factor=False,
    ),
    Role(
        "professional",
        _("Professional"),
        _("First-line worker: reads guidance, follows training, asks colleagues."),
        _row(
            network="LE",
            training="E",
            events="E",
            map="L",
            intake="E",
            reports="O",
            runbooks="P",
            selfassessment="P",
            figures="P",
        ),
        scope="municipality",
        second_factor=False,
    ),
    Role(
        "sleutelfiguur",
        _("Key figure"),
        _("Connects and calms in the own community; has no special reporting route (GR-17)."),
        _row(
            network="LE",
            training="E",
            events="E",
            map="L",
            key_figures="O",
            intake="E",
            reports="O",
            runbooks="P",
            selfassessment="P",
            figures="P",
        ),
        scope="municipality",
        second_factor=False,
    ),
    Role(
        "ambassadeur",
        _("Ambassador"),
        _("Speaks for the strategic network; has no special reporting route (GR-17)."),
        _row(
            network="LE",
            training="E",
            events="E",
            map="L",
            intake="E",
            reports="O",
            runbooks="L",
            selfassessment="P",
            figures="P",
        ),
        second_factor=False,
    ),
    Role(
        "online-ambassadeur",
        _("Online ambassador"),
        _("Describes phenomena online, never persons (GR-16)."),
        _row(
            network="LE",
            training="E",
            events="E",
            observations="O",
            intake="E",
            reports="O",
            selfassessment="P",
            figures="P",
        ),
        second_factor=False,
    ),
    Role(
        "trainingscoordinator",
        _("Training coordinator"),
        _("Plans training and keeps the register of who is trained."),
        _row(network="L", training="W", events="W", intake="E", figures="T"),
    ),
    Role(
        "netwerkregisseur",
        _("Network coordinator"),
        _("Keeps the network complete, moderates it and invites people to it."),
        _row(
            network="W",
            training="T",
            events="W",
            map="W",
            key_figures="W",
            observations="W",
            intake="E",
            runbooks="W",
            selfassessment="L",
            figures="W",
            users="I",
        ),
        scope="municipality",
    ),
    Role(
        "redacteur",
        _("Editor"),
        _("Writes pages, news and guidance; somebody else approves them."),
        _row(
            public="EW",
            network="L",
            training="W",
            events="W",
            intake="E",
            runbooks="W",
            figures="W",
        ),
        scope="municipality",
    ),
    Role(
        "eindredacteur",
        _("Editor in chief"),
        _("Approves what editors wrote, never the own page."),
        _row(
            public="A",
            network="L",
            training="A",
            events="A",
            intake="E",
            runbooks="A",
            figures="A",
        ),
    ),
    Role(
        "meldpuntmedewerker",
        _("Meldpunt staff"),
        _("Answers people who share a worry, in one municipality."),
        _row(
            network="L",
            training="L",
            events="L",
            map="L",
            observations="L",
            intake="W",
            reports="W",
            cases="M",
            runbooks="L",
            figures="T",
        ),
        scope="municipality",
        sealed=True,
    ),
    Role(
        "casusregisseur",
        _("Case manager"),
        _("Keeps a case process moving, under a mandate of the mayor (GR-12)."),
        _row(
            network="L",
            training="L",
            events="L",
            map="L",
            intake="E",
            reports="G",
            cases="W",
            runbooks="L",
            figures="T",
        ),
        scope="municipality",
        sealed=True,
    ),
    Role(
        "deelnemer-weging",
        _("Participant in weighing"),
        _("Weighs a signal together with other organisations (GR-10)."),
        _row(intake="E", reports="C", cases="M"),
        sealed=True,
    ),
    Role(
        "expert",
        _("Municipal expert on radicalisation"),
        _("Advises on a weighing when invited."),
        _row(
            network="L",
            training="L",
            events="L",
            map="L",
            observations="L",
            intake="E",
            reports="G",
            cases="L",
            runbooks="L",
            figures="T",
        ),
        sealed=True,
    ),
    Role(
        "oov-medewerker",
        _("Public order staff"),
        _("Runs a draaiboek and the self-assessment of the municipality."),
        _row(
            network="L",
            training="L",
            events="L",
            map="L",
            observations="L",
            intake="E",
            runbooks="W",
            selfassessment="W",
            figures="W",
        ),
        scope="municipality",
    ),
    Role(
        "subsidiebeoordelaar",
        _("Grant assessor"),
        _("Weighs applications for security subsidy, with a second assessor."),
        _row(map="L", intake="E", grants="W", figures="T"),
        scope="municipality",
    ),
    Role(
        "portefeuillehouder",
        _("Portfolio holder"),
        _("Decides for the municipality; sees totals, never a report."),
        _row(
            network="L",
            training="L",
            events="L",
            map="L",
            key_figures="T",
            observations="T",
            intake="E",
            reports="T",
            cases="A",
            runbooks="LD",
            grants="A",
            selfassessment="A",
            figures="A",
        ),
        scope="municipality",
        sealed=True,
    ),
    Role(
        "regiobeheerder",
        _("Region manager"),
        _("Keeps the region's network and figures; sees suppressed totals only."),
        _row(
            network="W",
            training="T",
            events="W",
            map="W",
            key_figures="T",
            observations="T",
            intake="E",
            reports="T",
            cases="T",
            runbooks="W",
            selfassessment="L",
            figures="W",
            users="I",
            region="W",
        ),
    ),
    Role(
        "fg",
        _("Data protection officer"),
        _("Supervises: reads with a reason and a second person, and never handles."),
        _row(
            network="L",
            events="L",
            map="L",
            key_figures="L",
            observations="L",
            intake="E",
            reports="R",
            cases="M",
            runbooks="L",
            grants="M",
            figures="L",
            users="L",
            audit="L",
        ),
        sealed=True,
    ),
    Role(
        "archivaris",
        _("Archivist"),
        _("Sees what was destroyed when, and by which rule."),
        _row(reports="M", cases="M", runbooks="M", grants="M", figures="L"),
    ),
    Role(
        "functioneel-beheerder",
        _("Functional manager"),
        _("Settings and accounts; never holds a role in a sealed zone."),
        _row(
            network="L",
            training="L",
            events="L",
            map="L",
            reports="S",
            cases="S",
            runbooks="S",
            grants="S",
            selfassessment="S",
            users="W",
            region="W",
        ),
    ),
    Role(
        "technisch-beheerder",
        _("Technical manager"),
        _("Keeps the machines running; content is ciphertext to this role."),
        _row(audit="M"),
    ),
]
ROLES: dict[str, Role] = {role.code: role for role in _ALL}
MANAGERS = frozenset({"functioneel-beheerder", "technisch-beheerder"})
HANDLERS = frozenset({"meldpuntmedewerker", "casusregisseur", "deelnemer-weging", "expert"})


def excludes(held: str, wanted: str) -> bool:
    """Whether the two roles may never be one person's (separation rules of domain.md 5.2)."""
    pair = {held, wanted}
    if pair & MANAGERS and any(ROLES[code].sealed for code in pair - MANAGERS):
        return True
    return "fg" in pair and bool(pair & HANDLERS)

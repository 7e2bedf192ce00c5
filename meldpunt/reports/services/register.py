"""The register of processings that the AVG asks (article 30), as far as the portal knows it.

One line for each activity and municipality. The ids are those of the log of processings; terms are
the settings of today, so that a register never tells another term than the one that is applied.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meldpunt.reports.retention import days_of
from meldpunt.reports.workflow import ReportState
from portal.regions.models import Zone, ZoneSwitch

COLUMNS = [
    gettext_lazy("Activity"),
    gettext_lazy("Controller"),
    gettext_lazy("Process owner"),
    gettext_lazy("DPIA"),
    gettext_lazy("What it is for"),
    gettext_lazy("Legal basis"),
    gettext_lazy("Whose data"),
    gettext_lazy("Which data"),
    gettext_lazy("Recipients"),
    gettext_lazy("Outside the EEA"),
    gettext_lazy("Kept how long"),
    gettext_lazy("Security"),
]
CONTENT = ("no_follow_up", "withdrawn", "advised", "referred", "transferred")
DESK = gettext_lazy("staff of the meldpunt who hold a key")
STORY = gettext_lazy(
    "what was seen or heard, period, kind of place, urgency; no field for a name or number of the "
    "person concerned, and free text is shortened at assessment"
)
BOTH = gettext_lazy("reporters; people whom a report is about, without their name")


@dataclass(frozen=True)
class Processing:
    """One activity: what the portal does, for which purpose, with which data and for how long."""

    activity: str
    purpose: str | Promise
    whose: str | Promise
    data: str | Promise
    recipients: str | Promise
    rules: tuple[str, ...]


REGISTER = [
    Processing(
        "melding-ontvangen",
        gettext_lazy("to take in a worry or a request for advice"),
        BOTH,
        STORY,
        DESK,
        CONTENT,
    ),
    Processing(
        "melding-behandelen",
        gettext_lazy("to assess, advise and refer, and to answer the reporter"),
        BOTH,
        STORY,
        DESK,
        CONTENT,
    ),
    Processing(
        "melder-kennen",
        gettext_lazy("to reach a reporter who gave a name"),
        gettext_lazy("reporters who gave a name"),
        gettext_lazy("name, how to reach, organisation"),
        gettext_lazy("custodians of names"),
        ("identity",),
    ),
    Processing(
        "melding-inkorten",
        gettext_lazy("to keep no more than is needed"),
        BOTH,
        STORY,
        DESK,
        CONTENT,
    ),
    Processing(
        "melding-verstrekken",
        gettext_lazy("to hand over one report to who may have it, with two people"),
        BOTH,
        gettext_lazy("a report and its conversation; never notes, nor the name of the reporter"),
        gettext_lazy("who the two people wrote down"),
        CONTENT,
    ),
    Processing(
        "melding-doorgeven",
        gettext_lazy("to bring a report to the meldpunt where it belongs, with two people"),
        BOTH,
        gettext_lazy("a report and its conversation, never notes; the name if the reporter agrees"),
        gettext_lazy("the meldpunt of another municipality"),
        CONTENT,
    ),
    Processing(
        "melding-vernietigen",
        gettext_lazy("to destroy what is over its term, and to prove it"),
        BOTH,
        gettext_lazy("number, kind, month, outcome"),
        DESK,
        CONTENT,
    ),
    Processing(
        "verzoek-beantwoorden",
        gettext_lazy("to answer requests about own data"),
        gettext_lazy("people who ask about their data"),
        gettext_lazy("right, number of the report, dates and decision; no name"),
        gettext_lazy("staff of the meldpunt and the data protection officer"),
        CONTENT,
    ),
]


def lines() -> Iterator[list[str]]:
    """The lines of every municipality whose meldpunt is switched on, by name."""
    switched_on = ZoneSwitch.objects.filter(zone=Zone.MELDPUNT, is_on=True)
    for zone in switched_on.select_related("municipality").order_by("municipality__name"):
        for one in REGISTER:
            yield [
                one.activity,
                zone.municipality.name,
                zone.process_owner,
                zone.dpia_reference,
                str(one.purpose),
                _("AVG 6.1 e, public task; the municipality names the task in its DPIA"),
                str(one.whose),
                str(one.data),
                str(one.recipients),
                _("none"),
                terms(one.rules, place=zone.municipality.slug),
                _("sealed for each municipality with keys of its own people, role, reason, trail"),
            ]


def terms(rules: tuple[str, ...], *, place: str) -> str:
    """How long after closing, by outcome."""
    told = []
    for rule in rules:
        days = days_of(rule, place=place)
        kept = ngettext("{days} day", "{days} days", days).format(days=days)
        told.append(kept if rule == "identity" else f"{ReportState(rule).label}: {kept}")
    return _("after closing: {terms}").format(terms=", ".join(told))

"""Which pages a reporter gets: the common ones, and those of the chosen kind.

The server decides; an answer to a page that does not belong to the kind is never stored.
"""

from meldpunt.reports.forms.kinds import (
    AdviceForm,
    IncidentForm,
    OnlineForm,
    OwnForm,
    TensionForm,
    WorryForm,
)
from meldpunt.reports.forms.steps import (
    ContradictionForm,
    FactsForm,
    KindForm,
    PlaceForm,
    ReporterForm,
    StepForm,
    ThoughtsForm,
    UrgencyForm,
)
from meldpunt.reports.models import Kind

OWN: dict[str, type[OwnForm]] = {
    form.kind_of: form for form in (AdviceForm, WorryForm, TensionForm, OnlineForm, IncidentForm)
}
PAGES: tuple[type[StepForm], ...] = (
    KindForm,
    FactsForm,
    *OWN.values(),
    ThoughtsForm,
    ContradictionForm,
    PlaceForm,
    UrgencyForm,
    ReporterForm,
)
STEPS = {form.slug: form for form in PAGES}
NOT_FOR = {Kind.ADVICE: (ThoughtsForm,)}  # who asks advice has put the thoughts in the question
IDENTITY = ("name", "contact", "organisation")


def steps_for(kind: str) -> list[str]:
    """The pages of one kind, in order; those of a worry while nothing is chosen yet."""
    chosen = kind if kind in OWN else Kind.WORRY
    left_out = NOT_FOR.get(Kind(chosen), ())
    return [
        slug
        for slug, form in STEPS.items()
        if form not in left_out and (form is OWN[chosen] or form not in OWN.values())
    ]

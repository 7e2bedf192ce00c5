"""What a page offers, and takes back, when it is too busy."""

import secrets

from django.http import HttpRequest

from meldpunt.reports.services.budgets import Load, load_of
from meldpunt.reports.services.drafts import Draft
from meldpunt.reports.services.puzzles import Proof, Puzzle, is_proved, new_puzzle
from meldpunt.vault.services import cookies
from meldpunt.vault.services.codes import VisitCookie

SOLUTION, NOTE = "oplossing", "wachtkaart"
PROOF_FIELDS = {SOLUTION, NOTE}


def visit_of(request: HttpRequest) -> VisitCookie:
    """The cookie of this visit; a new one when the browser brought none."""
    try:
        return VisitCookie.from_text(cookies.read_cookie(request, cookies.FORM))
    except ValueError:
        return VisitCookie.new()


def puzzle_for(request: HttpRequest, load: Load, visit: VisitCookie) -> Puzzle | None:
    """What the next page offers while it is too busy; a wait that began earlier goes on."""
    if not load.is_over:
        return None
    return new_puzzle(visit, wait=load.wait, note=request.POST.get(NOTE, ""))


def brings_proof(request: HttpRequest, *, what: str = "") -> bool:
    """Whether the form came with work or a wait. ``what``: the one thing it may be sent twice for."""
    proof = Proof(request.POST.get(SOLUTION, ""), request.POST.get(NOTE, ""))
    return is_proved(proof, cookie=visit_of(request), what=what or secrets.token_hex(16))


def load_of_draft(draft: Draft) -> Load:
    """How busy the form is; a colleague on the telephone never waits."""
    return Load(0) if draft.is_by_phone or draft.place is None else load_of(draft.place)

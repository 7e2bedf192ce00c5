"""A copy for a guest of the casusoverleg: ask, agree or not, and end it."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from meldpunt.reports.forms.guests import AgreeGuestForm
from meldpunt.reports.services import guests
from meldpunt.reports.services.parts import AlreadyWritten
from meldpunt.reports.services.reading import OpenReport
from meldpunt.reports.views import desk
from meldpunt.reports.views.exports import with_opened
from meldpunt.reports.views.handling import again, back_to
from meldpunt.reports.workflow import StepNotAllowed
from meldpunt.vault.services.domains import CannotSeal
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.http import SignedInRequest


@require_POST
@sensitive_post_parameters()
@with_opened
def ask(request: SignedInRequest, keys: UnlockedKeys, opened: OpenReport) -> HttpResponse:
    """Ask a colleague to agree to a copy."""
    form = desk.ask_guest_form(opened, request.POST)
    if form.is_valid():
        typed = dict(form.cleaned_data)
        guest = typed.pop("colleague")
        try:
            guests.ask_guest(opened, guest=guest, **typed, keys=keys, by=request.user)
        except guests.NotThatLong:
            last = date_format(guests.last_day(), "j F Y")
            form.add_error("until", _("Choose a day from today to %(day)s.") % {"day": last})
        except CannotSeal:
            form.add_error("text", _("This text can't be stored. Make it shorter."))
        else:
            return back_to(opened.work)
    return again(request, keys, opened.work, guest_form=form)


@require_POST
@with_opened
def agree(request: SignedInRequest, keys: UnlockedKeys, opened: OpenReport) -> HttpResponse:
    """Be the second person, who called the guest; the copy is made."""
    form = AgreeGuestForm(request.POST, prefix="gast")
    if form.is_valid():
        try:
            guests.agree_to_guest(opened, keys=keys, by=request.user)
        except guests.KeyChanged:
            form.add_error(
                "compared",
                _("This guest has another key since it was asked, or may read no copies any more."),
            )
        except AlreadyWritten:
            raise StepNotAllowed from None
        else:
            return back_to(opened.work)
    return again(request, keys, opened.work, guest_agree_form=form)


@require_POST
@with_opened
def decline(request: SignedInRequest, keys: UnlockedKeys, opened: OpenReport) -> HttpResponse:
    """Do not agree, or take it back."""
    guests.decline_guest(opened, keys=keys, by=request.user)
    return back_to(opened.work)


@require_POST
@with_opened
def end(request: SignedInRequest, keys: UnlockedKeys, opened: OpenReport, pk: UUID) -> HttpResponse:
    """Let the guest read no longer."""
    guests.end_guest(opened, copy=pk, keys=keys, by=request.user)
    return back_to(opened.work)

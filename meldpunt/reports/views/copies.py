"""What a guest of the casusoverleg may read: the list of copies, and one of them, once each time."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from meldpunt.reports.forms.guests import ReadCopyForm
from meldpunt.reports.models import GuestCopy
from meldpunt.reports.services.copies import AnotherKey, CopyGone, OpenCopy, read_copy
from meldpunt.reports.views.kluis import first_time
from meldpunt.reports.views.passphrases import told_at
from meldpunt.reports.views.typed import typed
from meldpunt.reports.views.workspace import for_guests, unavailable
from meldpunt.vault import process_secrets
from meldpunt.vault.models import StaffKeyPair
from meldpunt.vault.services.unlocking import SignInChanged, private_key_of
from portal.accounts.http import SignedInRequest
from portal.audit.sealing import SignerAway

PER_PAGE = 25


@sensitive_post_parameters()
@for_guests
def copies(request: SignedInRequest) -> HttpResponse:
    """The running copies; at the first visit a passphrase is chosen. With it, the mark of the key.

    The mark comes from the private half: what the database says of a key is not to be believed.
    """
    if not process_secrets.are_present():
        return unavailable(request)
    if not StaffKeyPair.objects.filter(user=request.user).exists():
        return first_time(request, is_guest=True)
    form, mark = ReadCopyForm(typed(request)), ""
    if form.is_valid():
        with told_at(form):
            private = private_key_of(request.user, passphrase=form.cleaned_data["passphrase"])
            mark = private.public().fingerprint
    rows = GuestCopy.objects.visible_to(request.user).select_related("municipality")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "meldpunt/reports/desk/copies.html",
        {"page": page, "form": form, "mark": mark},
        status=400 if form.errors else 200,
    )


@sensitive_post_parameters()
@for_guests
def copy(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The passphrase first, each time; then the text, under a mark. Else a 404 for everybody."""
    if not process_secrets.are_present():
        return unavailable(request)
    rows = GuestCopy.objects.visible_to(request.user).select_related("municipality")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    form, opened = ReadCopyForm(typed(request)), None
    if form.is_valid():
        try:
            opened = opened_with(request, form, found)
        except SignerAway:
            return unavailable(request)
    context = {"copy": found, "form": form, "opened": opened, "now": timezone.localtime()}
    status = 400 if form.errors else 200
    return render(request, "meldpunt/reports/desk/copy.html", context, status=status)


def opened_with(request: SignedInRequest, form: ReadCopyForm, found: GuestCopy) -> OpenCopy | None:
    """The text, or nothing with the reason at the form. Raises ``Http404`` when it just ended."""
    passphrase = form.cleaned_data["passphrase"]
    with told_at(form):
        try:
            return read_copy(found, passphrase=passphrase, by=request.user)
        except CopyGone:
            raise Http404 from None
        except SignInChanged:
            form.add_error(
                None,
                _("Your password or second factor was changed. Ask the desk for a new copy."),
            )
        except AnotherKey:
            form.add_error(
                None,
                _("This copy was made for another key than yours. Ask the desk for a new one."),
            )
    return None

"""Files of a report on the screen of the desk: pictures of our own making, and nothing else."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from meldpunt.reports.forms.files import OriginalForm
from meldpunt.reports.safe_copies import Infected, ScannerAway
from meldpunt.reports.services import attachments as deeds
from meldpunt.reports.services.worklist import Unreadable, Work
from meldpunt.reports.views import desk
from meldpunt.reports.views.handling import back_to
from meldpunt.reports.views.passphrases import opens_vault
from meldpunt.reports.views.typed import typed
from meldpunt.reports.views.workspace import around, with_work
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.http import SignedInRequest


@require_safe
@with_work
def attachment(request: SignedInRequest, keys: UnlockedKeys, work: Work, pk: UUID) -> HttpResponse:
    """One page of a file at a time; for a text the text."""
    reason = desk.reason_for(request, work.ref)
    if reason is None:
        return back_to(work)
    file = found(work, pk, keys)
    words = ""
    if file.is_text:
        try:
            content = deeds.open_copy(work, file, 1, reason=reason, keys=keys, by=request.user)
        except Unreadable:
            return desk.unreadable(request)
        words = content.decode()
    page = Paginator(file.copies, 1).get_page(request.GET.get("page"))
    context = around(request, work=work, file=file, page=page, words=words)
    return render(request, "meldpunt/reports/desk/attachment.html", context)


@require_safe
@with_work
def picture(
    request: SignedInRequest, keys: UnlockedKeys, work: Work, pk: UUID, number: int
) -> HttpResponse:
    """One picture. Traced each time: here it leaves the vault."""
    reason = desk.reason_for(request, work.ref)
    file = found(work, pk, keys)
    if reason is None or file.is_text:
        raise Http404
    try:
        content = deeds.open_copy(work, file, number, reason=reason, keys=keys, by=request.user)
    except deeds.NoSuchFile:
        raise Http404 from None
    except Unreadable:
        return desk.unreadable(request)
    return HttpResponse(content, content_type="image/jpeg")


@require_POST
@with_work
def keep(request: SignedInRequest, keys: UnlockedKeys, work: Work, pk: UUID) -> HttpResponse:
    """Keep a file beside the short version."""
    try:
        deeds.keep_attachment(work, found(work, pk, keys), keys=keys, by=request.user)
    except deeds.NoSuchFile:
        raise Http404 from None
    except Unreadable:
        return desk.unreadable(request)
    return back_to(work)


@sensitive_post_parameters()
@with_work
def original(request: SignedInRequest, keys: UnlockedKeys, work: Work, pk: UUID) -> HttpResponse:
    """The file as it was sent, after the passphrase once more; never shown, only saved."""
    reason = desk.reason_for(request, work.ref)
    file = found(work, pk, keys)
    if reason is None:
        return back_to(work)
    if not file.has_original:
        raise Http404
    form, status = OriginalForm(typed(request)), 200
    if request.method == "POST" and form.is_valid() and opens_vault(form, request.user):
        try:
            content = deeds.open_original(work, file, reason=reason, keys=keys, by=request.user)
        except Infected:
            form.add_error(None, _("The scanner finds something harmful in it now. It stays here."))
        except ScannerAway:
            status = 503
            form.add_error(None, _("The scanner does not answer. Try again later."))
        except Unreadable:
            return desk.unreadable(request)
        else:
            return download(content, file)
    if form.errors and status == 200:
        status = 400
    context = around(request, form=form, work=work, file=file)
    return render(request, "meldpunt/reports/desk/original.html", context, status=status)


def download(content: bytes, file: deeds.Attachment) -> HttpResponse:
    """A file that no browser shows, under a name that says nothing."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="bijlage-{file.number}.bin"'
    return response


def found(work: Work, pk: UUID, keys: UnlockedKeys) -> deeds.Attachment:
    """The file of the address. Raises ``Http404``."""
    try:
        return deeds.find_attachment(work, pk, keys=keys)
    except (deeds.NoSuchFile, Unreadable):
        raise Http404 from None

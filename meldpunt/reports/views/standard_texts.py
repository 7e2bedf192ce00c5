"""The standard texts of the own meldpunt."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meldpunt.reports.forms.standard_texts import StandardTextForm
from meldpunt.reports.models import StandardText
from meldpunt.reports.services import standard_texts
from meldpunt.reports.views.typed import typed
from meldpunt.reports.views.workspace import around, with_keys
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.http import SignedInRequest
from portal.regions.models import Municipality

PER_PAGE = 25


@require_safe
@with_keys
def texts(request: SignedInRequest, keys: UnlockedKeys) -> HttpResponse:
    """All of them, by use."""
    found = standard_texts.texts_of(places_of(keys))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "meldpunt/reports/desk/texts.html", around(request, page=page))


@with_keys
def text(request: SignedInRequest, keys: UnlockedKeys, pk: UUID | None = None) -> HttpResponse:
    """Add one, or change one."""
    instance = StandardText()
    if pk is not None:
        known = standard_texts.texts_of(places_of(keys)).filter(pk=pk).first()
        if known is None:
            raise Http404
        instance = known
    places = Municipality.objects.filter(pk__in=places_of(keys))
    form = StandardTextForm(typed(request), instance=instance, places=places)
    if request.method == "POST" and form.is_valid():
        try:
            standard_texts.save_text(form.save(commit=False), by=request.user)
        except PermissionDenied:
            raise Http404 from None
        except standard_texts.TitleTaken:
            form.add_error("title", _("There is a text with this title already."))
        else:
            return redirect("meldpunt_werkplek:texts")
    status = 400 if form.is_bound and form.errors else 200
    context = around(request, form=form, is_new=pk is None)
    return render(request, "meldpunt/reports/desk/text.html", context, status=status)


@require_POST
@with_keys
def drop(request: SignedInRequest, keys: UnlockedKeys, pk: UUID) -> HttpResponse:
    """Delete one."""
    try:
        standard_texts.drop_text(pk, by=request.user)
    except PermissionDenied:
        raise Http404 from None
    return redirect("meldpunt_werkplek:texts")


def places_of(keys: UnlockedKeys) -> set[int]:
    """The municipalities whose reports can be opened."""
    return {index.municipality for index in keys.indexes}

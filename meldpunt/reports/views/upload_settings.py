"""Switching files on and off for a municipality."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meldpunt.reports import policies
from meldpunt.reports.forms.files import UploadSettingForm
from meldpunt.reports.services import upload_settings as deeds
from meldpunt.reports.views.keeping import for_keepers
from meldpunt.reports.views.typed import typed
from portal.accounts.http import SignedInRequest
from portal.accounts.roles import Permission
from portal.regions.models import Municipality


@for_keepers(Permission.REPORTS_WORK, Permission.REPORTS_SETTINGS)
def files(request: SignedInRequest, place: Municipality) -> HttpResponse:
    """What is set, whether files can be checked now, and the form for who may change it."""
    setting = deeds.setting_of(place)
    form = UploadSettingForm(
        typed(request), initial={"aan": setting.is_on, "originelen": setting.keeps_originals}
    )
    if request.method == "POST" and form.is_valid():
        try:
            deeds.set_uploads(
                place,
                is_on=form.cleaned_data["aan"],
                keeps_originals=form.cleaned_data["originelen"],
                by=request.user,
            )
        except PermissionDenied:
            raise Http404 from None
        except deeds.NotReady:
            form.add_error(
                "aan", _("Files can't be checked on this machine now, so they stay off.")
            )
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{reverse('meldpunt_werkplek:files')}?gemeente={place.slug}")
    return render(
        request,
        "meldpunt/reports/desk/files.html",
        {
            "place": place,
            "places": request.places,  # type: ignore[attr-defined]
            "setting": setting,
            "scanner": deeds.can_check_files(),
            "form": form,
            "may_change": policies.can_set_uploads(request.user, place.pk),
        },
        status=400 if form.errors else 200,
    )

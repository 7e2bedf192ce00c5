"""Who holds the keys here, and adding a colleague by two people."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from meldpunt.reports.views.desk import around
from meldpunt.reports.views.workspace import with_keys
from meldpunt.vault.models import HolderAdmission, StaffKeyPair
from meldpunt.vault.services import holders as deeds
from meldpunt.vault.services.unlocking import UnlockedKeys
from portal.accounts.http import SignedInRequest
from portal.accounts.models import User
from portal.accounts.roles import Permission
from portal.regions.models import Municipality


class AskForm(forms.Form):
    """A colleague with a key pair, to become holder in one municipality."""

    use_required_attribute = False
    wie = forms.ChoiceField(label=_("Colleague"))

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})
        self.fields["wie"].choices = colleagues  # type: ignore[attr-defined]


@require_safe
@with_keys
def holders(request: SignedInRequest, keys: UnlockedKeys) -> HttpResponse:
    """Holders, waiting admissions, and colleagues without a key, per municipality."""
    places = [
        {
            "place": place,
            "holders": deeds.active_holders(place),
            "at_risk": deeds.keys_are_at_risk(place),
            "waiting": HolderAdmission.objects.filter(
                municipality=place, approved_by=None
            ).select_related("candidate", "asked_by"),
            "form": AskForm(colleagues=colleagues_of(place)),
            "has_colleagues": bool(colleagues_of(place)),
        }
        for place in unlocked_places(keys)
    ]
    return render(request, "meldpunt/reports/desk/holders.html", around(request, places=places))


@require_POST
@with_keys
def ask(request: SignedInRequest, keys: UnlockedKeys) -> HttpResponse:
    """Propose a colleague; another holder decides."""
    place = next(
        (one for one in unlocked_places(keys) if one.slug == request.POST.get("gemeente")), None
    )
    if place is None:
        raise Http404
    form = AskForm(request.POST, colleagues=colleagues_of(place))
    if not form.is_valid():
        raise Http404
    try:
        candidate = User.objects.get(public_id=form.cleaned_data["wie"])
        deeds.ask_admission(candidate, municipality=place, by=request.user)
    except (PermissionDenied, deeds.NoKeyPair):
        raise Http404 from None
    return redirect("meldpunt_werkplek:holders")


@require_POST
@with_keys
def approve(request: SignedInRequest, keys: UnlockedKeys, pk: int) -> HttpResponse:
    """Be the second holder; the keys are wrapped to the colleague at once."""
    places = unlocked_places(keys)
    admission = get_object_or_404(HolderAdmission, pk=pk, approved_by=None, municipality__in=places)
    try:
        deeds.approve_admission(admission, keys=keys, by=request.user)
    except (PermissionDenied, deeds.NotUnlocked):
        raise Http404 from None
    return redirect("meldpunt_werkplek:holders")


def unlocked_places(keys: UnlockedKeys) -> list[Municipality]:
    """The municipalities whose keys are open."""
    return list(Municipality.objects.filter(pk__in={index.municipality for index in keys.indexes}))


def colleagues_of(place: Municipality) -> list[tuple[str, str]]:
    """Staff of this meldpunt with a key pair, who hold no key here yet."""
    able = User.objects.who_may(Permission.REPORTS_WORK, at=place.pk)
    with_pair = able.filter(pk__in=StaffKeyPair.objects.values("user"))
    without_key = with_pair.exclude(pk__in=deeds.active_holders(place).values("pk"))
    return [(str(user.public_id), str(user)) for user in without_key]

"""Who holds the keys here; adding and removing a colleague by two people, and new keys."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from meldpunt.reports.services.resealing import catch_up, how_many_behind
from meldpunt.reports.views.workspace import around, with_keys, with_new_keys
from meldpunt.vault.models import HolderAdmission, HolderWithdrawal, StaffKeyPair
from meldpunt.vault.services import holders as deeds
from meldpunt.vault.services import leaving, rotation
from meldpunt.vault.services.key_state import key_state
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
    """Holders, what waits for a second person, and the state of the keys, per municipality."""
    places = [
        {
            "place": place,
            "state": key_state(place),
            "behind": how_many_behind(place),
            "holders": deeds.active_holders(place),
            "may_withdraw": leaving.may_lose_one(place),
            "waiting": with_fingerprints(
                HolderAdmission.objects.filter(municipality=place, approved_by=None).select_related(
                    "candidate", "asked_by"
                )
            ),
            "leaving": HolderWithdrawal.objects.filter(
                municipality=place, approved_by=None
            ).select_related("leaver", "asked_by"),
            "form": AskForm(colleagues=colleagues_of(place)),
            "has_colleagues": bool(colleagues_of(place)),
        }
        for place in unlocked_places(keys)
    ]
    own = StaffKeyPair.objects.get(user=request.user).public_key.fingerprint
    return render(
        request,
        "meldpunt/reports/desk/holders.html",
        around(request, places=places, own_fingerprint=own),
    )


@require_POST
@with_keys
def ask(request: SignedInRequest, keys: UnlockedKeys) -> HttpResponse:
    """Propose a colleague; another holder decides."""
    place = named_place(request, keys)
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


@require_POST
@with_keys
def ask_to_leave(request: SignedInRequest, keys: UnlockedKeys) -> HttpResponse:
    """Propose that somebody, or oneself, holds the keys no longer."""
    place = named_place(request, keys)
    leaver = next(
        (
            person
            for person in deeds.active_holders(place)
            if str(person.public_id) == request.POST.get("wie")
        ),
        None,
    )
    if leaver is None:
        raise Http404
    try:
        leaving.ask_withdrawal(leaver, municipality=place, by=request.user)
    except leaving.TooFewLeft:
        messages.error(request, _("Two holders must be left. Add a colleague first."))
    except PermissionDenied:
        raise Http404 from None
    return redirect("meldpunt_werkplek:holders")


@require_POST
@with_keys
def agree_to_leave(request: SignedInRequest, keys: UnlockedKeys, pk: int) -> HttpResponse:
    """Be the second holder; the leaver's keys go at once and new ones are made."""
    withdrawal = get_object_or_404(
        HolderWithdrawal, pk=pk, approved_by=None, municipality__in=unlocked_places(keys)
    )
    try:
        renewed = leaving.approve_withdrawal(withdrawal, keys=keys, by=request.user)
    except leaving.TooFewLeft:
        messages.error(request, _("Two holders must be left. Add a colleague first."))
        return redirect("meldpunt_werkplek:holders")
    except (PermissionDenied, rotation.NotASigner):
        raise Http404 from None
    return kept(request, renewed)


@require_POST
@with_keys
def renew(request: SignedInRequest, keys: UnlockedKeys) -> HttpResponse:
    """Make new keys now, without waiting for the next quarter."""
    place = named_place(request, keys)
    try:
        renewed = rotation.rotate_keys(place, keys=keys, by=request.user)
    except rotation.NotASigner:
        raise Http404 from None
    return kept(request, renewed)


def kept(request: SignedInRequest, keys: UnlockedKeys) -> HttpResponse:
    """Back to the page, with the new keys in the open vault and a new cookie for it."""
    catch_up(keys=keys)
    messages.success(request, _("There are new keys. Everybody who holds keys has them too."))
    return with_new_keys(request, redirect("meldpunt_werkplek:holders"), keys)


def with_fingerprints(admissions: QuerySet[HolderAdmission]) -> list[HolderAdmission]:
    """Each with what two people read to each other before the second one agrees."""
    rows = list(admissions)
    pairs = StaffKeyPair.objects.filter(user__in=[row.candidate_id for row in rows])
    known = {pair.user_id: pair.public_key.fingerprint for pair in pairs}
    for row in rows:
        row.fingerprint = known.get(row.candidate_id, "")  # type: ignore[attr-defined]
    return rows


def named_place(request: SignedInRequest, keys: UnlockedKeys) -> Municipality:
    """The municipality that the form names, if its keys are open. Raises ``Http404``."""
    for place in unlocked_places(keys):
        if place.slug == request.POST.get("gemeente"):
            return place
    raise Http404


def unlocked_places(keys: UnlockedKeys) -> list[Municipality]:
    """The municipalities whose keys are open."""
    return list(Municipality.objects.filter(pk__in={index.municipality for index in keys.indexes}))


def colleagues_of(place: Municipality) -> list[tuple[str, str]]:
    """Staff of this meldpunt with a key pair, who hold no key here yet."""
    able = User.objects.who_may(Permission.REPORTS_WORK, at=place.pk)
    with_pair = able.filter(pk__in=StaffKeyPair.objects.values("user"))
    without_key = with_pair.exclude(pk__in=deeds.active_holders(place).values("pk"))
    return [(str(user.public_id), str(user)) for user in without_key]

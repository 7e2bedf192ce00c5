"""Opening and closing the vault ("kluis openen")."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from meldpunt.reports.forms.desk import NewPassphraseForm, UnlockForm
from meldpunt.reports.services.resealing import catch_up
from meldpunt.reports.views.typed import typed
from meldpunt.reports.views.workspace import for_staff, unavailable
from meldpunt.vault import process_secrets
from meldpunt.vault.models import StaffKeyPair
from meldpunt.vault.services import cookies, unlocking
from meldpunt.vault.services.domains import CannotOpen
from meldpunt.vault.services.key_state import KeyState, key_state
from meldpunt.vault.services.staff_keys import (
    PassphraseTooWeak,
    TooBusy,
    WrongPassphrase,
    make_staff_key,
    new_passphrase,
)
from portal.accounts.http import SignedInRequest
from portal.accounts.roles import Permission
from portal.regions.models import Municipality

HOME = "meldpunt_werkplek:reports"


@sensitive_post_parameters()
@for_staff
def unlock(request: SignedInRequest) -> HttpResponse:
    """Ask for the passphrase, or have one chosen at the first visit."""
    if not process_secrets.are_present():
        return unavailable(request)
    if not StaffKeyPair.objects.filter(user=request.user).exists():
        return first_time(request)
    form = UnlockForm(typed(request))
    if request.method == "POST" and form.is_valid():
        if error := open_with(request, form.cleaned_data["passphrase"]):
            form.add_error("passphrase", error)
        else:
            return opened(request)
    return render(
        request,
        "meldpunt/reports/desk/unlock.html",
        {"form": form, "next": wanted(request), "states": states_of(request)},
        status=400 if form.errors else 200,
    )


def states_of(request: SignedInRequest) -> list[KeyState]:
    """How the keys are doing where this person works; seen before the vault is open."""
    places = request.user.municipalities_where(Permission.REPORTS_WORK)
    return [key_state(place) for place in Municipality.objects.filter(pk__in=places)]


def open_with(request: SignedInRequest, passphrase: str) -> str:
    """Open the vault; what went wrong as a sentence, or nothing."""
    try:
        request.kluis = unlocking.unlock(  # type: ignore[attr-defined]
            request.user, passphrase=passphrase, session=request.session
        )
    except WrongPassphrase:
        return _("This passphrase does not open the vault.")
    except unlocking.TooManyTries:
        return _("Too many tries. Wait a quarter of an hour.")
    except CannotOpen:
        return _("Somebody else changed your key. Call your technical manager at once.")
    except TooBusy:
        return _("Many people open the vault now. Try again in a few seconds.")
    except unlocking.NoKeysYet:
        return _("You hold no keys yet. Ask a colleague to add you on the page “Keys”.")
    except unlocking.SignInChanged:
        return _("Your password or second factor was changed. A colleague must add you again.")
    return ""


def opened(request: SignedInRequest) -> HttpResponse:
    """On to where this person wanted to go; what lies under older keys follows the new ones."""
    cookie = request.kluis  # type: ignore[attr-defined]
    catch_up(keys=unlocking.open_keys(request.user, cookie=cookie.text, session=request.session))
    response = redirect(wanted(request))
    cookies.set_cookie(response, cookies.KLUIS, cookie.text)
    return response


def first_time(request: SignedInRequest, *, is_guest: bool = False) -> HttpResponse:
    """Choose a passphrase; keys come from a colleague, or from the ceremony. A guest gets none."""
    form = NewPassphraseForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            pair = make_staff_key(request.user, passphrase=form.cleaned_data["passphrase"])
        except PassphraseTooWeak:
            form.add_error(
                "passphrase", _("This is too easy to guess. Use the suggestion, or more words.")
            )
        else:
            made = {"mark": pair.public_key.fingerprint, "is_guest": is_guest}
            return render(request, "meldpunt/reports/desk/key_made.html", made)
    return render(
        request,
        "meldpunt/reports/desk/first_time.html",
        {"form": form, "suggestion": new_passphrase(), "is_guest": is_guest},
        status=400 if form.errors else 200,
    )


@require_POST
@for_staff
def lock(request: SignedInRequest) -> HttpResponse:
    """Close the vault."""
    unlocking.lock(request.user, session=request.session)
    request.session.pop("meldpunt_redenen", None)
    response = redirect("meldpunt_werkplek:unlock")
    cookies.drop_cookie(response, cookies.KLUIS)
    return response


def wanted(request: SignedInRequest) -> str:
    """An address below the desk, else the list."""
    address: str = request.POST.get("next") or request.GET.get("next") or ""
    home = reverse(HOME)
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours and address.startswith(home) else home

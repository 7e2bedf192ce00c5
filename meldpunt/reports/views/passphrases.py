"""The passphrase once more, before something leaves the vault."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.utils.translation import gettext as _

from meldpunt.vault.services import unlocking
from meldpunt.vault.services.domains import CannotOpen
from meldpunt.vault.services.staff_keys import TooBusy, WrongPassphrase
from portal.accounts.models import User


def opens_vault(form: forms.Form, user: User) -> bool:
    """Whether the passphrase in a valid form is the one of ``user``; else the form says why not."""
    with told_at(form):
        unlocking.keys_of(user, passphrase=form.cleaned_data["passphrase"])
    return form.is_valid()


@contextmanager
def told_at(form: forms.Form) -> Iterator[None]:
    """Whatever keeps a passphrase from opening something is said at its field."""
    try:
        yield
    except WrongPassphrase:
        form.add_error("passphrase", _("This passphrase is not the right one."))
    except unlocking.TooManyTries:
        form.add_error("passphrase", _("Too many tries. Wait a quarter of an hour."))
    except (unlocking.SignInChanged, unlocking.NoKeysYet):
        form.add_error(
            "passphrase",
            _("Your password or second factor was changed. A colleague must add you again."),
        )
    except CannotOpen:
        form.add_error(
            "passphrase",
            _("Somebody else changed your key. Call your technical manager at once."),
        )
    except TooBusy:
        form.add_error(
            "passphrase", _("Many people open the vault now. Try again in a few seconds.")
        )

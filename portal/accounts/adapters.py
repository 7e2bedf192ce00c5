"""What allauth asks us: who may join, how secrets are stored, when a password is asked again."""

import base64
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

INVITED_EMAIL = "invited_email"
INVITATION = "invitation"
FRESH_SECONDS = 300


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from an invitation, and from nothing else."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Only for whoever opened a valid invitation in this web session."""
        return bool(request.session.get(INVITED_EMAIL))

    def new_user(self, request: HttpRequest) -> Any:
        """An account whose e-mail address allauth writes down by itself."""
        user = super().new_user(request)
        user.is_signing_up = True
        return user

    def clean_email(self, email: str) -> str:
        """The address, which at sign-up has to be the invited one."""
        email = super().clean_email(email)
        invited = self.request.session.get(INVITED_EMAIL) if self.request else None
        if invited and not self.request.user.is_authenticated and email.lower() != invited.lower():
            raise ValidationError(_("Use the e-mail address that was invited."))
        return email

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Don't ask the password twice in a row when a first factor is set up (stack.md 2)."""
        request = self.request
        if app == "allauth.mfa" and request is not None and request.user.is_authenticated:
            records = get_authentication_records(request, request.user)
            fresh = bool(records) and time.time() - records[-1]["at"] < FRESH_SECONDS
            if fresh and not Authenticator.objects.filter(user=request.user).exists():
                return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are stored encrypted; the last factor stays where it is due."""

    def encrypt(self, text: str) -> str:
        """``text`` sealed with a key derived from the secret key."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What ``encrypt`` sealed."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """No: when a role asks for a second factor and this is the last one."""
        if not authenticator.user.needs_second_factor:
            return True
        others = Authenticator.objects.filter(user=authenticator.user).exclude(
            type=Authenticator.Type.RECOVERY_CODES
        )
        if authenticator.type == Authenticator.Type.RECOVERY_CODES:
            return True
        return others.exclude(pk=authenticator.pk).exists()


def _cipher() -> Fernet:
    key = HKDF(SHA256(), 32, salt=None, info=b"portal/second-factor/v1").derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(key))

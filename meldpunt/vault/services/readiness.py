"""Whether the vault can do its work, for probes and for the door of the form (meldpunt.md 5.2)."""

from uuid import uuid4

from django.conf import settings

from meldpunt.vault import process_secrets
from meldpunt.vault.encryption import (
    ContentPlace,
    Domain,
    DomainPlace,
    DomainSecret,
    KeyRole,
    RetentionKey,
    WrapPrivateKey,
    derive_content_key,
    open_text,
    seal_text,
    unwrap_secret,
    wrap_secret,
)
from meldpunt.vault.keystore import KeyGone, Keystore, Surface
from meldpunt.vault.models import PublicKeyRecord
from meldpunt.vault.services.trust import NoTrustedKey, verified


def vault_is_ready() -> bool:
    """Secrets loaded, every current key verified, the keystore there, and sealing works.

    A portal where no municipality has keys yet has nothing that could fail.
    """
    current = PublicKeyRecord.objects.filter(is_current=True).exclude(role=KeyRole.SIGNING)
    if not current.exists():
        return True
    return (
        process_secrets.are_present()
        and _keystore_answers()
        and _seals_and_opens()
        and all(_holds(row) for row in current.select_related("municipality"))
    )


def _holds(row: PublicKeyRecord) -> bool:
    try:
        verified(row)
    except NoTrustedKey:
        return False
    return True


def _keystore_answers() -> bool:
    served = {"melden", "werkplek"} & set(settings.PORTAL_SURFACES)
    keystore = Keystore(Surface(min(served)))
    try:
        keystore.get(b"\x00" * 32)
    except KeyGone:
        return not keystore.has_risen()
    return False


def _seals_and_opens() -> bool:
    place = DomainPlace(report=uuid4(), domain=Domain.REPORT, municipality=0)
    private, retention = WrapPrivateKey.new(), RetentionKey.new()
    wrapped = wrap_secret(DomainSecret.new(), to=private.public(), place=place)
    secret = unwrap_secret(wrapped, by=private, place=place)
    key = derive_content_key(secret, retention, place=place)
    where = ContentPlace(place, table="self-test", object_id=uuid4())
    return open_text(seal_text("klaar", key=key, place=where), key=key, place=where) == "klaar"

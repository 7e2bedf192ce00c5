"""What must be right before a process with the meldpunt starts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError

from meldpunt.vault import process_secrets
from meldpunt.vault.encryption import Suite, best_suite


@register(Tags.security)
def secrets_belong_here(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """A demo file outside the demo stops the process."""
    try:
        process_secrets.is_demo()
    except process_secrets.DemoSecretsRefused:
        return [
            Error(
                "The secrets file is a demo's; no real report may lean on it.", id="meldpunt.E001"
            )
        ]
    if best_suite() is Suite.HPKE_X25519:
        return [
            Warning(
                "This OpenSSL has no ML-KEM-768: new keys get suite 0x01 (X25519).",
                id="meldpunt.W001",
            )
        ]
    return []


@register(Tags.database)
def secrets_fit_the_database(
    app_configs: Any, databases: Any = None, **options: Any
) -> list[CheckMessage]:
    """Keys in the database and no secrets for them: never make new peppers over old data."""
    from meldpunt.vault.models import PublicKeyRecord

    if not {"melden", "werkplek"} & set(settings.PORTAL_SURFACES) or not databases:
        return []
    try:
        has_keys = PublicKeyRecord.objects.exists()
    except DatabaseError:  # before the first migration
        return []
    if has_keys and not process_secrets.are_present():
        return [
            Error(
                "The database holds keys of a meldpunt, and this process has no secrets for them.",
                hint="Restore the secrets file or the settings MELDPUNT_*; new ones open nothing.",
                id="meldpunt.E002",
            )
        ]
    return []

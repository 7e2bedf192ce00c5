"""A municipality switches files on or off."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from meldpunt.reports import policies
from meldpunt.reports.models import UploadSetting
from meldpunt.reports.querysets import working_in
from meldpunt.reports.safe_copies import ScannerAway, sandbox_works, scanner_version
from meldpunt.vault.services.holders import chain_of
from portal.accounts.models import User
from portal.audit.services import record
from portal.regions.models import Municipality


class NotReady(Exception):
    """Files can't be switched on where they can't be scanned and copied (R7)."""


def setting_of(municipality: Municipality) -> UploadSetting:
    """What is set; off when nothing is."""
    with working_in([municipality.pk]):
        found: UploadSetting | None = UploadSetting.objects.filter(
            municipality=municipality
        ).first()
    return found or UploadSetting(municipality=municipality)


def can_check_files() -> str:
    """The scanner's own words about itself, or nothing when files can't be taken here and now."""
    try:
        version = scanner_version()
    except ScannerAway:
        return ""
    return version if sandbox_works() else ""


@transaction.atomic
def set_uploads(
    municipality: Municipality, *, is_on: bool, keeps_originals: bool, by: User
) -> UploadSetting:
    """Switch files on or off. What lies there stays until its report is destroyed.

    Raises:
        PermissionDenied: ``by`` does not keep the settings of this municipality.
        NotReady: no scanner answers, or no safe copy can be made.
    """
    if not policies.can_set_uploads(by, municipality.pk):
        raise PermissionDenied
    if is_on and not can_check_files():
        raise NotReady
    with working_in([municipality.pk]):
        setting, _is_new = UploadSetting.objects.update_or_create(
            municipality=municipality,
            defaults={"is_on": is_on, "keeps_originals": is_on and keeps_originals},
        )
    record(
        "report.uploads_changed",
        by=by.reference,
        subject=f"municipality:{municipality.slug}",
        details={"on": setting.is_on, "originals": setting.keeps_originals},
        chain=chain_of(municipality),
    )
    return setting

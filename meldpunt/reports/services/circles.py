"""New keys for one report, for those who stay, when somebody is kept away from it (meldpunt.md 6.6).

Whoever is kept away holds the municipality's key, and may have saved rows that it opens. So the
report gets new secrets, new retention keys and a key of its own, which is wrapped to the others.
The old retention keys are destroyed: a saved row opens no longer, with whatever key.
"""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from meldpunt.reports.models import Report, SecretWrap
from meldpunt.reports.services.destruction import destroy_older_keys
from meldpunt.reports.services.rekeying import make_anew, open_domains, seal_over
from meldpunt.reports.services.worklist import Work, save_entry
from meldpunt.vault.models import KeyWrap, PublicKeyRecord
from meldpunt.vault.services.circles import make_circle_key, people_for_circle, share_circle_key
from meldpunt.vault.services.domains import Domain, NoKeyForThis
from meldpunt.vault.services.holders import chain_of
from meldpunt.vault.services.retiring import retire_key
from meldpunt.vault.services.trust import KeyRole
from meldpunt.vault.services.unlocking import UnlockedKeys
from meldpunt.vault.services.vouching import signing_key_of
from portal.accounts.models import User
from portal.audit.services import record

# The name of the reporter has other holders, who may be away; so it is renewed apart.
WHOLE = (Domain.INTERNAL, Domain.DIALOGUE, Domain.REPORT)
GROUPS = ((WHOLE, KeyRole.REPORT), ((Domain.IDENTITY,), KeyRole.IDENTITY))


def tend(work: Work, *, keys: UnlockedKeys, by: User) -> tuple[Work, UnlockedKeys]:
    """Bring the keys of a report in line with who is kept away; nothing happens if they are.

    Whoever opens it does this, as far as their keys reach. A report for the trust person of the
    region stays as it is: its holders can't sign keys, so there the rule alone keeps people away.

    Returns:
        The report with its new version, and the unlocked keys with the new ones.
    """
    report, away = work.report, work.entry.excluded
    if not away and not report.generation and not report.identity_generation:
        return work, keys
    if signing_key_of(keys, report.municipality_id) is None:
        return work, keys
    return _tend(work, keys=keys, by=by)


@transaction.atomic
def _tend(work: Work, *, keys: UnlockedKeys, by: User) -> tuple[Work, UnlockedKeys]:
    report, away = work.report, work.entry.excluded
    for domains, role in GROUPS:
        if _is_open_to_others(report, domains[0], away):
            work, keys = _renew(work, domains, role, keys=keys, by=by)
        for row in _circles_of(work.report, domains):
            held = keys.find(row.key_id)
            if held is not None:
                share_circle_key(held, people_for_circle(report.municipality, role, but=away))
    return work, keys


def _renew(
    work: Work, domains: Sequence[Domain], role: KeyRole, *, keys: UnlockedKeys, by: User
) -> tuple[Work, UnlockedKeys]:
    """New secrets, new retention keys and a new circle for ``domains`` of one report."""
    # What the reporter writes meanwhile waits, and is told.
    report: Report = Report.objects.get_queryset().locked(work.report)
    people = people_for_circle(report.municipality, role, but=work.entry.excluded)
    if by not in people or not _is_open_to_others(report, domains[0], work.entry.excluded):
        return work, keys  # a colleague was first, or nobody else holds these keys
    try:
        old = open_domains(report, domains, keys)
    except NoKeyForThis:
        return work, keys
    circle, public = make_circle_key(report.municipality, people=people, keys=keys)
    keys = UnlockedKeys((*keys.held, circle), keys.indexes)
    older = list(_circles_of(report, domains))
    new = make_anew(report, old)
    for domain, fresh in new.items():
        seal_over(report, old[domain], fresh)
        SecretWrap.objects.filter(report=report, domain=domain).delete()
        SecretWrap.objects.create(
            report=report,
            municipality=report.municipality,
            domain=domain,
            key_id=circle.key_id,
            envelope=fresh.wrapped_to(public),
        )
    report.save(update_fields=["generation", "identity_generation"])
    renewed = Work(report, work.entry, work.seq)
    if Domain.INTERNAL in new:
        renewed = save_entry(renewed, work.entry, keys=keys)
    for row in older:
        retire_key(row)
    record(
        "report.rekeyed",
        by=by.reference,
        subject=f"report:{report.ref}",
        details={
            "keys": {domain: fresh.commitment.hex() for domain, fresh in new.items()},
            "holders": len(people),
        },
        chain=chain_of(report.municipality),
        precision="hour",
    )
    if settings.MELDPUNT_REAPER == "direct":
        municipality = report.municipality
        transaction.on_commit(lambda: destroy_older_keys(municipality))
    return renewed, keys


def _is_open_to_others(report: Report, domain: Domain, away: tuple[int, ...]) -> bool:
    """Whether somebody who is kept away, or who left the circle, can open this domain."""
    names = _key_ids(report, (domain,))
    held = KeyWrap.objects.filter(
        key__municipality=report.municipality_id, key__key_id__in=names, holder__in=away
    )
    return held.exists() or _circles_of(report, (domain,)).filter(was_withdrawn=True).exists()


def _circles_of(report: Report, domains: Sequence[Domain]) -> QuerySet[PublicKeyRecord]:
    return PublicKeyRecord.objects.filter(
        municipality=report.municipality_id,
        role=KeyRole.CIRCLE,
        key_id__in=_key_ids(report, domains),
    ).select_related("municipality")


def _key_ids(report: Report, domains: Sequence[Domain]) -> list[int]:
    wraps = SecretWrap.objects.filter(report=report, domain__in=domains)
    return list(wraps.values_list("key_id", flat=True).distinct())

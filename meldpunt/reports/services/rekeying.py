"""Content of a report under other keys: for who stays, or for another meldpunt (meldpunt.md 6.4)."""

from collections.abc import Sequence

from meldpunt.reports.models import FileChunk, Report, SecretWrap
from meldpunt.reports.services import files
from meldpunt.reports.services.parts import place_of, rows_of
from meldpunt.reports.services.worklist import domain_of
from meldpunt.vault.services.domains import (
    Domain,
    KeyAlreadyThere,
    KeyGone,
    Keystore,
    OpenDomain,
    Surface,
    make_domain,
)
from meldpunt.vault.services.unlocking import UnlockedKeys


def open_domains(
    report: Report, domains: Sequence[Domain], keys: UnlockedKeys
) -> dict[Domain, OpenDomain]:
    """The domains that are still there; what was destroyed stays so. Raises ``NoKeyForThis``."""
    found = {}
    there = set(
        SecretWrap.objects.filter(report=report, domain__in=domains).values_list(
            "domain", flat=True
        )
    )
    for domain in domains:
        if domain in there:
            try:
                found[domain] = domain_of(report, domain, keys=keys)
            except KeyGone:
                continue
    return found


def make_anew(report: Report, old: dict[Domain, OpenDomain]) -> dict[Domain, OpenDomain]:
    """A new generation of keys; the next one when an interrupted attempt left keys behind.

    The conversation keeps its secret, which the reporter's code opens, and gets a new retention
    key: the other half, without which the secret opens nothing.
    """
    keystore = Keystore(Surface.WORKSPACE)
    while True:
        if Domain.IDENTITY in old:
            report.identity_generation += 1
        else:
            report.generation += 1
        try:
            return {
                domain: make_domain(
                    place_of(report, domain),
                    keystore=keystore,
                    secret=opened.secret if domain is Domain.DIALOGUE else None,
                )
                for domain, opened in old.items()
            }
        except KeyAlreadyThere:
            continue


def seal_over(report: Report, old: OpenDomain, new: OpenDomain) -> None:
    """Everything of one domain, sealed anew where it lies."""
    domain = new.place.domain
    for part in rows_of(report, domain):
        text = old.open(bytes(part.envelope), row=part.pk, seq=part.seq)
        part.envelope = new.seal(text, row=part.pk, seq=part.seq)
        part.save(update_fields=["envelope"])
    chunks = FileChunk.objects.filter(report=report, domain=domain).order_by()
    for file in set(chunks.values_list("file", flat=True)):
        files.seal_over(report, file, source=old, into=new)

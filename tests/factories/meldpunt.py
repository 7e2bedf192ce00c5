"""The meldpunt of the tests: keys, holders and passphrases of a municipality."""

import secrets
from datetime import date, timedelta
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from meldpunt.reports.models import (
    Channel,
    CodeWrap,
    IndexBlob,
    IndexEntry,
    Kind,
    Language,
    Report,
    Urgency,
)
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services.assignment import assign_to_self
from meldpunt.reports.services.deadlines import due_on
from meldpunt.reports.services.intake import Submission, receive_report
from meldpunt.reports.services.parts import place_of, week_of
from meldpunt.reports.services.worklist import find_work
from meldpunt.vault.encryption import KeyRole, SigningKey
from meldpunt.vault.keystore import KeystoreKey
from meldpunt.vault.services import unlocking
from meldpunt.vault.services.ceremonies import make_municipality_keys
from meldpunt.vault.services.codes import ReceiptCode, keys_of
from meldpunt.vault.services.domains import Domain, index_domain
from meldpunt.vault.services.holders import wrap_to
from meldpunt.vault.services.staff_keys import make_staff_key
from portal.regions.models import Area, Zone, ZoneSwitch
from tests.factories.accounts import UserFactory

ROOT = SigningKey(bytes(range(32)))
PASSPHRASE = "lantaarn fluit zwaluw kompas gember"


def staff(municipality, *, has_key=True):
    """Somebody of the meldpunt of ``municipality``, with a key pair."""
    person = UserFactory(roles=["meldpuntmedewerker"], roles__at=municipality)
    if has_key:
        make_staff_key(person, passphrase=PASSPHRASE)
    return person


def open_zone(municipality):
    """The zone is on, with the fields of GR-22, and there is an area to choose."""
    ZoneSwitch.objects.create(
        municipality=municipality,
        zone=Zone.MELDPUNT,
        is_on=True,
        dpia_reference="DPIA (fictief)",
        dpo_advice_on=date(2026, 1, 1),
        process_owner="Teamleider (fictief)",
        confirmed_on=date(2026, 1, 2),
    )
    return Area.objects.get_or_create(
        municipality=municipality, slug="haven", defaults={"name": "Havenkwartier"}
    )[0]


def open_desk(municipality):
    """A meldpunt with keys and two holders. Returns the two."""
    open_zone(municipality)
    holders = [staff(municipality), staff(municipality)]
    make_municipality_keys(
        municipality, root=ROOT, holders=holders, custodians=holders, by="system"
    )
    return holders


def third_holder(municipality):
    """One more colleague who can open every report of ``municipality``."""
    first = municipality.holders[0]
    person = staff(municipality)
    for held in unlocking.keys_of(first, passphrase=PASSPHRASE).held:
        wrap_to(person, held)
    municipality.holders.append(person)
    return person


def submission(municipality, **fields):
    """What a reporter sends: a worry, without a name."""
    answers = {
        "observed_facts": "Ik zag op het plein een groep ruzie maken.",
        "interpretation": "Ik denk dat er spanning is.",
        "counter_indications": "Het kan ook om voetbal gaan.",
    }
    return Submission(
        municipality=municipality,
        kind=fields.pop("kind", Kind.WORRY),
        urgency=fields.pop("urgency", Urgency.NORMAL),
        language=Language.NL,
        answers=fields.pop("answers", answers),
        **fields,
    )


def report(municipality, **fields):
    """A report that just came in, and the code its reporter wrote down."""
    code = ReceiptCode.new()
    receive_report(submission(municipality, **fields), report_id=uuid4(), code=code)
    with working_in([municipality.pk]):
        wrap = CodeWrap.codes.find(lookup=keys_of(code).lookup)
        return Report.objects.get(pk=wrap.report_id), code


def many_open(municipality, keys, count):
    """Rows of open reports as they are after the first opening, made in bulk."""
    epoch = max(key.epoch for key in keys.held if key.role is KeyRole.REPORT)
    reports, blobs, halves = [], [], []
    for number in range(count):
        made = Report(id=uuid4(), municipality=municipality, week=week_of(None), epoch=epoch)
        where, half = place_of(made, Domain.INTERNAL), secrets.token_bytes(32)
        entry = IndexEntry(
            kind=Kind.WORRY,
            urgency=Urgency.NORMAL,
            channel=Channel.WEB,
            language=Language.NL,
            received=timezone.localdate() - timedelta(days=number % 40),
        )
        blob = entry.but(due=due_on(entry)).to_bytes()
        sealed = index_domain(where, half, keys=keys).seal(blob, seq=0)
        reports.append(made)
        blobs.append(IndexBlob(report=made, municipality=municipality, seq=0, envelope=sealed))
        halves.append(KeystoreKey(id=where.keystore_id.hex(), domain=Domain.INTERNAL, key=half))
    Report.objects.bulk_create(reports, 500)
    IndexBlob.objects.bulk_create(blobs, 500)
    KeystoreKey.objects.using("keystore").bulk_create(halves, 500)
    return reports


def work_on(report, person):
    """The line of ``report`` as ``person`` has it, and their opened keys."""
    person.__dict__.pop("valid_memberships", None)
    keys = unlocking.keys_of(person, passphrase=PASSPHRASE)
    return find_work(report.ref, person, keys=keys), keys


def handled(report, person):
    """The same, assigned to ``person``."""
    work, keys = work_on(report, person)
    return assign_to_self(work, keys=keys, by=person), keys


def browser(person, *, unlocked=False):
    """A browser in which ``person`` signed in with a second factor, and maybe opened the vault."""
    client = Client()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods_user"] = str(person.pk)
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
    session.save()
    if unlocked:
        page = client.post("/werkplek/meldingen/kluis/", {"passphrase": PASSPHRASE})
        if page.headers.get("Location") != "/werkplek/meldingen/":
            raise ValueError("The vault stayed closed.")
    return client

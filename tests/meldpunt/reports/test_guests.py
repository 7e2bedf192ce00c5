"""A guest of a casusoverleg reads one text until a day, and nothing else, ever (abuse case 24)."""

import re
import tempfile
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from meldpunt.reports.models import GuestCopy, HandOver, SecretWrap
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services import assignment, guests, handing_over
from meldpunt.reports.services.certificates import check_certificate, check_hand_over
from meldpunt.reports.services.destruction import destroy_report
from meldpunt.reports.services.parts import AlreadyWritten, place_of, place_of_copy
from meldpunt.reports.services.reading import read_report
from meldpunt.reports.services.reaping import reap
from meldpunt.reports.workflow import ReadReason, StepNotAllowed
from meldpunt.vault.encryption import RetentionKey, derive_content_key
from meldpunt.vault.keystore import KeystoreKey
from meldpunt.vault.models import StaffKeyPair
from meldpunt.vault.services import unlocking
from meldpunt.vault.services.domains import (
    CannotOpen,
    Domain,
    Keystore,
    Surface,
    open_domain,
    unwrap_secret,
)
from meldpunt.vault.services.holders import chain_of
from meldpunt.vault.services.staff_keys import make_staff_key
from portal.accounts.models import Membership, User
from portal.accounts.services import end_role
from portal.audit import sealing
from portal.audit.models import AuditEvent
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.meldpunt import PASSPHRASE, browser, report, third_holder, work_on
from tests.meldpunt.reports.test_canary import as_bytes, disguises, every_stored_value

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
DESK = "/werkplek/meldingen/"
COPIES = f"{DESK}casusoverleg/"
WHY = "Voor het overleg van donderdag."
TEXT = "Twee groepen jongeren zoeken elkaar op bij het plein."


def guest_of(*, name="Gijs Gast", at=None, has_key=True, role="deelnemer-weging"):
    """Somebody of another organisation, with a passphrase of their own."""
    person = UserFactory(name=name, roles=[role], roles__at=at)
    if has_key:
        make_staff_key(person, passphrase=PASSPHRASE)
    return person


def guest_typed(guest, days=14, **changes):
    """What the handler types in the form for a guest."""
    last = timezone.localdate() + timedelta(days=days)
    typed = {
        "colleague": guest.pk,
        "until_day": last.day,
        "until_month": last.month,
        "until_year": last.year,
        "why": WHY,
        "text": TEXT,
    }
    return {f"gast-{name}": value for name, value in (typed | changes).items()}


class Desk:
    """A report with its handler and a colleague, both with the page of it open; and a guest."""

    def __init__(self, place, came_in=None):
        self.place = place
        self.report, self.code = came_in or report(place)
        self.at = f"{DESK}{self.report.ref}/"
        self.handler, self.colleague = (browser(one, unlocked=True) for one in place.holders[:2])
        self.handler.post(f"{self.at}behandelen/")
        self.colleague.post(self.at, {"reason": "second"})
        self.guest = guest_of()

    def asks(self, guest=None, client=None, **changes):
        typed = guest_typed(guest or self.guest, **changes)
        return (client or self.handler).post(f"{self.at}gast/vragen/", typed)

    def agrees(self, client=None):
        return (client or self.colleague).post(f"{self.at}gast/akkoord/", {"gast-compared": "on"})

    def shares(self, guest=None, **typed):
        """The copy to which the two agreed."""
        assert self.asks(guest, **typed).status_code == 302
        assert self.agrees().status_code == 302
        guest = guest or self.guest
        return GuestCopy.objects.get(report=self.report, guest=guest.reference, was_ended=False)


@pytest.fixture
def desk(demodam):
    return Desk(demodam)


def reads(copy, client, passphrase=PASSPHRASE):
    return client.post(f"{COPIES}{copy.pk}/", {"passphrase": passphrase})


def opened(copy, client, passphrase=PASSPHRASE):
    """The text on the page, or nothing."""
    page = reads(copy, client, passphrase)
    return TEXT if page.status_code == 200 and TEXT in page.content.decode() else None


def trail(action):
    return AuditEvent.objects.filter(action=f"report.guest_{action}")


def days_later(days):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def test_a_guest_reads_exactly_the_text_to_which_two_agreed(desk):
    copy = desk.shares()
    guest = browser(desk.guest)
    assert str(copy.pk) in guest.get(COPIES).content.decode()
    asked = guest.get(f"{COPIES}{copy.pk}/")
    assert asked.status_code == 200
    assert TEXT not in asked.content.decode()
    page = reads(copy, guest)
    assert page.status_code == 200
    assert TEXT in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.headers["X-Robots-Tag"]
    for other in (desk.report.ref, desk.report.shown_ref, "ruzie", WHY):
        assert other not in page.content.decode()


def test_both_sides_see_the_guest_and_the_last_day(desk):
    desk.asks()
    waits = desk.colleague.get(desk.at).content.decode()
    assert all(text in waits for text in ("Gijs Gast", TEXT, WHY))
    desk.agrees()
    runs = desk.handler.get(desk.at).content.decode()
    assert "Kan lezen" in runs
    assert GuestCopy.objects.get().shown_number in runs
    assert "De kopie voor Gijs Gast beëindigen" in runs


def test_abuse_24_one_person_alone_shares_nothing_with_a_guest(desk):
    desk.asks()
    assert desk.agrees(desk.handler).status_code == 404
    assert not GuestCopy.objects.exists()
    assert "Ik ga akkoord" not in desk.handler.get(desk.at).content.decode()


def test_abuse_24_a_colleague_who_does_not_handle_it_can_not_ask_for_a_guest(desk):
    assert desk.asks(client=desk.colleague).status_code == 404
    assert not trail("asked").exists()


def test_abuse_24_without_a_call_to_the_guest_nothing_is_shared(desk):
    desk.asks()
    assert desk.colleague.post(f"{desk.at}gast/akkoord/").status_code == 400
    assert not GuestCopy.objects.exists()


@pytest.mark.parametrize("who", ["colleague", "handler"])
def test_abuse_24_what_was_declined_or_taken_back_is_shared_with_nobody(desk, who):
    desk.asks()
    assert getattr(desk, who).post(f"{desk.at}gast/afwijzen/").status_code == 302
    assert desk.agrees().status_code == 409
    assert not GuestCopy.objects.exists()
    assert trail("declined").get().actor == desk.place.holders[who == "colleague"].reference


def test_abuse_24_after_the_last_day_a_guest_gets_the_same_404_as_for_no_copy_at_all(desk):
    copy = desk.shares(days=14)
    with days_later(14):
        assert opened(copy, browser(desk.guest)) == TEXT
    with days_later(15):
        late = browser(desk.guest)
        none = late.get(f"{COPIES}{uuid4()}/")
        for page in (late.get(f"{COPIES}{copy.pk}/"), reads(copy, late)):
            assert page.status_code == none.status_code == 404
            assert len(page.content) == len(none.content)
        assert str(copy.pk) not in late.get(COPIES).content.decode()


def test_abuse_24_an_ended_copy_opens_no_longer_and_its_key_is_destroyed(
    desk, settings, django_capture_on_commit_callbacks
):
    settings.MELDPUNT_REAPER = "direct"
    copy, guest = desk.shares(), browser(desk.guest)
    assert desk.colleague.post(f"{desk.at}gast/{copy.pk}/einde/").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.handler.post(f"{desk.at}gast/{copy.pk}/einde/").status_code == 302
    assert reads(copy, guest).status_code == 404
    assert not GuestCopy.objects.exists()
    assert trail("key_destroyed").exists()


def test_abuse_24_where_the_reaper_comes_later_an_ended_copy_opens_no_longer_either(desk, settings):
    settings.MELDPUNT_REAPER = "apart"
    copy = desk.shares()
    desk.handler.post(f"{desk.at}gast/{copy.pk}/einde/")
    assert GuestCopy.objects.filter(was_ended=True).exists()
    assert reads(copy, browser(desk.guest)).status_code == 404
    reap(desk.place)
    assert not GuestCopy.objects.exists()


def test_abuse_24_the_saved_row_of_an_ended_copy_opens_with_nothing(desk):
    copy = desk.shares()
    private = unlocking.private_key_of(desk.guest, passphrase=PASSPHRASE)
    place = place_of_copy(copy.pk, desk.place.pk)
    secret = unwrap_secret(bytes(copy.wrap), by=private, place=place)
    saved = open_domain(place, secret, keystore=Keystore(Surface.WORKSPACE))
    day = copy.ends_on.toordinal()
    assert saved.open(bytes(copy.envelope), row=copy.pk, seq=day) == TEXT
    with working_in([desk.place.pk]):
        guests.end_copies_of(desk.report, by=desk.place.holders[0])
    reap(desk.place)
    assert Keystore(Surface.REAPER).is_gone(place.keystore_id)
    guessed = RetentionKey.new()
    key = derive_content_key(secret, guessed, place=place)
    with pytest.raises(CannotOpen):
        type(saved)(place, key).open(bytes(copy.envelope), row=copy.pk, seq=day)


def test_abuse_24_the_keys_of_a_guest_open_nothing_of_the_report(desk):
    """Neither the passphrase's own key nor the secret of the copy fits a wrap or a half of it."""
    copy = desk.shares()
    private = unlocking.private_key_of(desk.guest, passphrase=PASSPHRASE)
    wraps = SecretWrap.objects.filter(report=desk.report)
    assert wraps.exists()
    for wrap in wraps:
        with pytest.raises(CannotOpen):
            domain = Domain(wrap.domain)
            unwrap_secret(bytes(wrap.envelope), by=private, place=place_of(desk.report, domain))
    with pytest.raises(CannotOpen):
        unwrap_secret(bytes(copy.wrap), by=private, place=place_of(desk.report, Domain.INTERNAL))
    with pytest.raises(unlocking.NoKeysYet):
        unlocking.keys_of(desk.guest, passphrase=PASSPHRASE)


def test_abuse_24_another_guest_with_the_same_role_opens_nothing(desk):
    copy = desk.shares()
    other = browser(guest_of(name="Olga Ander"))
    assert other.get(f"{COPIES}{copy.pk}/").status_code == 404
    assert reads(copy, other).status_code == 404
    assert str(copy.pk) not in other.get(COPIES).content.decode()


def test_abuse_24_a_guest_of_one_case_opens_no_other_case(desk):
    mine = desk.shares()
    other_desk = Desk(desk.place)
    theirs = other_desk.shares()
    client = browser(desk.guest)
    assert opened(mine, client) == TEXT
    assert reads(theirs, client).status_code == 404
    for address in (desk.at, f"{desk.at}uitdraai/", DESK, f"{DESK}kluis/", f"{DESK}sleutels/"):
        assert client.get(address).status_code == 404


def test_abuse_24_a_forwarded_link_opens_for_nobody_else(desk, polderveen):
    copy = desk.shares()
    strangers = {
        "nobody": Client(),
        "the handler": desk.handler,
        "the colleague who agreed": desk.colleague,
        "a superuser": browser(UserFactory(is_superuser=True)),
        "the FG": browser(guest_of(role="fg")),
        "a neighbour": browser(polderveen.holders[0], unlocked=True),
        "the manager": browser(UserFactory(roles=["functioneel-beheerder"])),
    }
    for who, client in strangers.items():
        for page in (client.get(f"{COPIES}{copy.pk}/"), reads(copy, client)):
            assert page.status_code in (302, 404), who
            assert page.headers.get("Location", "/account/").startswith("/account/"), who
            assert TEXT not in page.content.decode(), who


def test_abuse_24_a_guest_without_the_role_opens_nothing(desk):
    copy = desk.shares()
    Membership.objects.filter(user=desk.guest).update(ended_at=timezone.now())
    assert reads(copy, browser(desk.guest)).status_code == 404


def test_abuse_24_who_ends_the_role_of_a_guest_ends_what_was_shared(desk, settings):
    settings.MELDPUNT_REAPER = "apart"
    copy = desk.shares()
    other = MembershipFactory(user=desk.guest, role="professional")
    manager = UserFactory(roles=["functioneel-beheerder"])
    end_role(other, by=manager)
    assert opened(copy, browser(desk.guest)) == TEXT
    end_role(Membership.objects.get(user=desk.guest, role="deelnemer-weging"), by=manager)
    assert GuestCopy.objects.get(pk=copy.pk).was_ended
    assert trail("ended").get().reason == "role ended"


def test_abuse_24_a_guest_of_one_municipality_is_none_of_the_other(desk, polderveen):
    """The role counts where it was given, and the copy is of one municipality."""
    here = guest_of(name="Hanna Hier", role="casusregisseur", at=desk.place)
    there = guest_of(name="Ties Daar", role="casusregisseur", at=polderveen)
    assert desk.asks(there).status_code == 400
    copy = desk.shares(here)
    Membership.objects.filter(user=here).update(municipality=polderveen)
    assert reads(copy, browser(here)).status_code == 404
    with working_in([desk.place.pk, polderveen.pk]):  # the rule alone
        assert not GuestCopy.objects.visible_to(User.objects.get(pk=here.pk)).exists()


@pytest.mark.parametrize("who", ["staff", "superuser", "redacteur"])
def test_abuse_24_whoever_can_open_it_or_may_read_nothing_becomes_no_guest(desk, who):
    third_holder(desk.place)
    MembershipFactory(user=desk.place.holders[2], role="deelnemer-weging")
    person = {
        "staff": lambda: desk.place.holders[2],
        "superuser": lambda: UserFactory(is_superuser=True),
        "redacteur": lambda: guest_of(role="redacteur", at=desk.place),
    }[who]()
    assert desk.asks(person).status_code == 400
    assert not trail("asked").exists()


def test_abuse_24_who_is_kept_away_becomes_no_guest_and_is_one_no_longer(desk, settings):
    third_holder(desk.place)
    person = desk.place.holders[2]
    copy_of = desk.shares()
    with working_in([desk.place.pk]):
        copy_of.guest = person.reference  # who was a guest before coming to the desk
        copy_of.save(update_fields=["guest"])
        work, keys = work_on(desk.report, desk.place.holders[0])
        settings.MELDPUNT_REAPER = "apart"
        assignment.exclude(
            work, colleague=person, why="Is familie.", keys=keys, by=desk.place.holders[0]
        )
        assert GuestCopy.objects.get(pk=copy_of.pk).was_ended
    Membership.objects.filter(user=person).update(role="deelnemer-weging")
    assert desk.asks(person).status_code == 400


def test_abuse_24_nobody_reads_with_another_passphrase_and_few_may_try(desk, settings):
    copy, guest = desk.shares(), browser(desk.guest)
    for _time in range(settings.MELDPUNT_UNLOCK_TRIES):
        page = reads(copy, guest, "niet deze woorden maar andere")
        assert page.status_code == 400
        assert "Deze wachtzin klopt niet." in page.content.decode()
        assert TEXT not in page.content.decode()
    assert reads(copy, guest).status_code == 400  # the right one comes too late
    assert not trail("read").exists()


def test_abuse_24_each_reading_asks_the_passphrase_anew(desk):
    copy, guest = desk.shares(), browser(desk.guest)
    assert opened(copy, guest) == TEXT
    assert TEXT not in guest.get(f"{COPIES}{copy.pk}/").content.decode()
    assert guest.get(f"{DESK}kluis/").status_code == 404
    stored = str(dict(guest.session))
    assert "kluis" not in stored


def test_abuse_24_each_reading_has_a_mark_of_its_own_that_the_trail_knows(desk):
    copy, guest = desk.shares(), browser(desk.guest)
    marks = []
    for _time in range(2):
        shown = reads(copy, guest).content.decode()
        marks += re.findall(r"([0-9a-f]{8}) · Gijs Gast", shown)
    assert len(set(marks)) == 2
    assert {event.details["mark"] for event in trail("read")} == set(marks)
    assert {event.actor for event in trail("read")} == {desk.guest.reference}


def test_abuse_24_when_the_signer_is_away_a_guest_reads_nothing(desk, settings, tmp_path):
    copy, chain = desk.shares(), chain_of(desk.place)
    settings.AUDIT_SEAL_DIR, settings.AUDIT_SIGNER_GRACE = str(tmp_path), 300
    sealing.begin(chain)
    assert opened(copy, browser(desk.guest)) == TEXT  # which waits for its seal now
    with days_later(1):
        page = reads(copy, browser(desk.guest))
    assert page.status_code == 503
    assert TEXT not in page.content.decode()
    assert trail("read").count() == 1


def test_abuse_24_who_swaps_the_guests_key_before_the_agreement_gets_nothing(desk):
    desk.asks()
    thief = guest_of(name="Dirk Dief")
    StaffKeyPair.objects.filter(user=desk.guest).update(
        public=StaffKeyPair.objects.get(user=thief).public
    )
    page = desk.agrees()
    assert page.status_code == 400
    assert "een andere sleutel" in page.content.decode()
    assert not GuestCopy.objects.exists()


def test_abuse_24_who_swaps_the_guests_key_before_the_question_is_heard_on_the_telephone(desk):
    """The desk sees the mark of what lies in the database; the guest that of what the words open."""
    mark = browser(desk.guest).post(COPIES, {"passphrase": PASSPHRASE})
    assert StaffKeyPair.objects.get(user=desk.guest).public_key.fingerprint in mark.content.decode()
    thief = StaffKeyPair.objects.get(user=guest_of(name="Dirk Dief"))
    StaffKeyPair.objects.filter(user=desk.guest).update(public=thief.public)
    desk.asks()
    assert thief.public_key.fingerprint in desk.colleague.get(desk.at).content.decode()
    said = browser(desk.guest).post(COPIES, {"passphrase": PASSPHRASE}).content.decode()
    assert thief.public_key.fingerprint not in said


def test_abuse_24_a_swapped_pair_afterwards_shows_an_error_and_never_a_new_wrap(desk):
    copy = desk.shares()
    before = bytes(copy.wrap)
    pair = StaffKeyPair.objects.get(user=desk.guest)
    pair.delete()
    make_staff_key(desk.guest, passphrase=PASSPHRASE)
    page = reads(copy, browser(desk.guest))
    assert page.status_code == 400
    assert "een andere sleutel" in page.content.decode()
    assert bytes(GuestCopy.objects.get(pk=copy.pk).wrap) == before


def test_abuse_24_a_wrap_or_text_that_is_moved_to_another_row_opens_there_for_nobody(desk):
    mine, other = desk.shares(), Desk(desk.place)
    other.guest = guest_of(name="Olga Ander")
    theirs = other.shares()
    moved = GuestCopy.objects.filter(pk=mine.pk)
    client = browser(desk.guest)
    for column in ("wrap", "envelope"):
        kept = getattr(mine, column)
        moved.update(**{column: getattr(theirs, column)})
        assert reads(mine, client).status_code == 400
        moved.update(**{column: kept})
    GuestCopy.objects.filter(pk=theirs.pk).update(guest=desk.guest.reference)
    assert reads(theirs, client).status_code == 400
    assert opened(mine, client) == TEXT


def test_abuse_24_who_writes_a_later_day_into_the_database_opens_nothing(desk):
    copy = desk.shares(days=3)
    GuestCopy.objects.filter(pk=copy.pk).update(ends_on=copy.ends_on + timedelta(days=20))
    with days_later(4):
        assert reads(copy, browser(desk.guest)).status_code == 400


def test_abuse_24_two_colleagues_who_agree_at_once_make_one_copy(desk):
    third_holder(desk.place)
    desk.asks()
    both = []
    for person in desk.place.holders[1:]:
        work, keys = work_on(desk.report, person)
        both.append((read_report(work, reason=ReadReason.SECOND, keys=keys, by=person), keys))
    halves = KeystoreKey.objects.using("keystore").count()
    for (found, keys), person in zip(both, desk.place.holders[1:], strict=True):
        with suppress(AlreadyWritten):
            guests.agree_to_guest(found, keys=keys, by=person)
    assert GuestCopy.objects.count() == trail("agreed").count() == 1
    assert KeystoreKey.objects.using("keystore").count() == halves + 1


def test_the_fg_reads_what_two_people_share_and_nothing_else(desk):
    fg = guest_of(name="Fatma Gegevens", role="fg")
    copy = desk.shares(fg)
    client = browser(fg)
    assert opened(copy, client) == TEXT
    assert client.get(desk.at).status_code == 404


def test_abuse_24_a_guest_who_signs_in_another_way_reads_no_longer(desk):
    copy = desk.shares()
    desk.guest.set_password("door een ander gezet wachtwoord")
    desk.guest.save()
    client = browser(desk.guest)
    assert reads(copy, client).status_code == 400
    assert trail("ended").get().reason == "sign-in changed"
    assert reads(copy, client).status_code == 404


def test_abuse_24_a_longer_time_needs_a_new_agreement_and_ends_the_first_copy(desk, settings):
    settings.MELDPUNT_REAPER = "apart"
    first = desk.shares(days=3)
    second = desk.shares(days=20)
    assert first.pk != second.pk
    client = browser(desk.guest)
    assert reads(first, client).status_code == 404
    assert opened(second, client) == TEXT


def test_one_copy_runs_per_guest_and_report(desk):
    copy = desk.shares()
    twin = GuestCopy(
        report=copy.report,
        municipality=copy.municipality,
        guest=copy.guest,
        ends_on=copy.ends_on,
        wrap=b"x",
        envelope=b"x",
        login_fingerprint=b"x",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


@pytest.mark.parametrize("days", [-1, 29])
def test_abuse_24_a_guest_reads_four_weeks_at_most(desk, days):
    page = desk.asks(days=days)
    assert page.status_code == 400
    assert "Kies een dag" in page.content.decode()
    assert not trail("asked").exists()


def test_an_agreement_after_the_last_day_makes_nothing(desk):
    desk.asks(days=1)
    with days_later(2):
        late = browser(desk.place.holders[1], unlocked=True)
        late.post(desk.at, {"reason": "second"})
        assert desk.agrees(late).status_code == 409
    assert not GuestCopy.objects.exists()


def test_a_guest_who_has_no_passphrase_yet_is_named_and_can_not_be_chosen(desk):
    later = guest_of(name="Lotte Later", has_key=False)
    page = desk.handler.get(desk.at).content.decode()
    assert "Nog niet klaar" in page
    assert "Lotte Later" in page
    assert desk.asks(later).status_code == 400


def test_a_guest_chooses_a_passphrase_at_the_first_visit(desk):
    later = guest_of(name="Lotte Later", has_key=False)
    client = browser(later)
    assert "Kies een wachtzin" in client.get(COPIES).content.decode()
    page = client.post(COPIES, {"passphrase": PASSPHRASE, "again": PASSPHRASE})
    mark = StaffKeyPair.objects.get(user=later).public_key.fingerprint
    assert mark in page.content.decode()
    assert opened(desk.shares(later), client) == TEXT


def test_abuse_24_a_destroyed_report_takes_its_copies_along_and_the_certificate_knows_them(desk):
    copy = desk.shares()
    key = place_of_copy(copy.pk, desk.place.pk).keystore_id
    stone = destroy_report(desk.report, rule="verzoek", by="system")
    assert Keystore(Surface.REAPER).is_gone(key)
    assert not GuestCopy.objects.exists()
    assert check_certificate(stone).holds
    KeystoreKey(id=key.hex(), domain="internal", key=b"\x01" * 32).save(using="keystore")
    assert not check_certificate(stone).keys_are_gone


def test_abuse_24_a_certificate_holds_not_while_the_key_of_a_copy_lives(desk):
    copy = desk.shares()
    GuestCopy.objects.filter(pk=copy.pk).delete()  # somebody who can write in the database
    verdict = check_certificate(destroy_report(desk.report, rule="verzoek", by="system"))
    assert not verdict.names_every_key
    assert not verdict.keys_are_gone


@pytest.mark.parametrize("reaper", ["direct", "apart"])
def test_abuse_24_a_report_that_goes_to_another_meldpunt_leaves_its_guests_nothing(
    desk, polderveen, settings, reaper, django_capture_on_commit_callbacks
):
    settings.MELDPUNT_REAPER = reaper
    copy, guest = desk.shares(), browser(desk.guest)
    first, second = desk.place.holders[:2]
    with django_capture_on_commit_callbacks(execute=True):
        work, keys = work_on(desk.report, first)
        handing_over.propose_hand_over(
            work, to=polderveen, why=WHY, name_goes=False, keys=keys, by=first
        )
        work, keys = work_on(desk.report, second)
        handing_over.agree_to_hand_over(work, why=WHY, keys=keys, by=second)
    assert reads(copy, guest).status_code == 404
    reap(desk.place)
    assert not GuestCopy.objects.exists()
    assert check_hand_over(HandOver.objects.get()).holds


def test_abuse_24_a_report_that_should_be_gone_is_read_by_no_guest(desk):
    copy = desk.shares()
    yesterday = timezone.localdate() - timedelta(days=1)
    type(desk.report).objects.filter(pk=desk.report.pk).update(
        phase="closed", destroy_on=yesterday, destroy_latest_on=yesterday
    )
    assert reads(copy, browser(desk.guest)).status_code == 404


def test_abuse_24_a_copy_that_a_backup_brings_back_is_destroyed_again(desk):
    copy = desk.shares()
    row = GuestCopy.objects.filter(pk=copy.pk).values().get()
    key = place_of_copy(copy.pk, desk.place.pk).keystore_id
    half = KeystoreKey.objects.using("keystore").get(pk=key.hex())
    guests.end_copies_of(desk.report, by=desk.place.holders[0])
    reap(desk.place)
    GuestCopy(**row).save(force_insert=True)
    half.save(using="keystore", force_insert=True)
    assert opened(copy, browser(desk.guest)) == TEXT  # until the round after the restore
    assert reap(desk.place).again == 1
    assert not GuestCopy.objects.exists()
    assert Keystore(Surface.REAPER).is_gone(key)


def test_abuse_24_the_text_lies_nowhere_in_the_clear(
    desk, caplog, mailoutbox, tmp_path, monkeypatch
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    word = "kanarieglimwormtafel"
    copy = desk.shares(text=f"Hier staat {word} in.", why=f"Omdat {word}.")
    guest = browser(desk.guest)
    assert word in reads(copy, guest).content.decode()
    for where, value in every_stored_value():
        assert not [one for one in disguises(word) if one in as_bytes(value)], where
    assert word not in caplog.text
    assert word not in str(dict(guest.session))
    assert list(tmp_path.rglob("*")) == []
    assert mailoutbox == []


def test_abuse_24_the_trail_tells_who_shared_with_whom_and_no_word_of_it(desk):
    copy = desk.shares()
    opened(copy, browser(desk.guest))
    first, second = (one.reference for one in desk.place.holders[:2])
    actors = {name: trail(name).get().actor for name in ("asked", "agreed", "read")}
    assert actors == {"asked": first, "agreed": second, "read": desk.guest.reference}
    assert trail("agreed").get().details["whom"] == desk.guest.reference
    told = str(list(AuditEvent.objects.values_list("details", "reason", "subject")))
    assert TEXT not in told
    assert WHY not in told


def test_the_deeds_refuse_who_may_not_also_without_a_page(desk):
    work, keys = work_on(desk.report, desk.place.holders[1])
    by = desk.place.holders[1]
    found = read_report(work, reason=ReadReason.SECOND, keys=keys, by=by)
    with pytest.raises(StepNotAllowed):
        guests.agree_to_guest(found, keys=keys, by=by)
    with pytest.raises(PermissionDenied):
        guests.end_guest(found, copy=uuid4(), keys=keys, by=by)


@pytest.mark.parametrize("count", [1, 6])
def test_the_list_of_copies_asks_the_same_number_of_questions(
    desk, count, django_assert_num_queries
):
    for _time in range(count):
        Desk(desk.place).shares(desk.guest)
    client = browser(desk.guest)
    client.get(COPIES)
    with django_assert_num_queries(11):
        page = client.get(COPIES)
    assert page.content.decode().count("portal-panel") >= count

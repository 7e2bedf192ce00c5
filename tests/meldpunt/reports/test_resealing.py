import pytest

from meldpunt.reports.models import IndexBlob, SecretWrap, Tombstone
from meldpunt.reports.services import closing, destruction, handling, resealing
from meldpunt.reports.services.reading import read_identity, read_report
from meldpunt.reports.services.worklist import find_work, worklist
from meldpunt.reports.workflow import NoFollowUpReason, ReadReason, ReportState
from meldpunt.vault.encryption import KeyRole
from meldpunt.vault.models import KeyWrap
from meldpunt.vault.services import rotation, unlocking
from meldpunt.vault.services.trust import trusted_key
from tests.factories.meldpunt import PASSPHRASE, browser, handled, report, work_on

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


@pytest.fixture
def worked_on(demodam):
    """A report with a name in it, opened under the first key."""
    made, _code = report(demodam, identity={"name": "Jan de Wit"})
    work_on(made, demodam.holders[0])
    return made


def rotated(place):
    """The keys of the first holder, after a rotation."""
    person = place.holders[0]
    keys = unlocking.keys_of(person, passphrase=PASSPHRASE)
    return rotation.rotate_keys(place, keys=keys, by=person)


def newest_only(keys):
    """As of somebody who was admitted after the rotation and got the newest keys only."""
    last = {(key.municipality, key.role): key for key in keys.held}
    indexes = {index.municipality: index for index in keys.indexes}
    return unlocking.UnlockedKeys(tuple(last.values()), tuple(indexes.values()))


def test_an_older_report_follows_the_new_key_and_the_old_key_opens_it_no_longer(demodam, worked_on):
    first = demodam.holders[0]
    old = unlocking.keys_of(first, passphrase=PASSPHRASE)
    keys = rotated(demodam)
    assert resealing.how_many_behind(demodam) == 1
    assert resealing.catch_up(keys=keys) == 1
    assert resealing.how_many_behind(demodam) == 0
    work = find_work(worked_on.ref, first, keys=newest_only(keys))
    seen = read_report(work, reason=ReadReason.HANDLING, keys=newest_only(keys), by=first)
    assert seen.answers["observed_facts"]
    identity = read_identity(work, reason=ReadReason.HANDLING, keys=newest_only(keys), by=first)
    assert identity["name"] == "Jan de Wit"
    assert find_work(worked_on.ref, first, keys=old) is None


def test_the_old_key_goes_when_nothing_needs_it_any_more(demodam, worked_on):
    keys = rotated(demodam)
    assert KeyWrap.objects.filter(key__is_current=False).exists()
    resealing.catch_up(keys=keys)
    assert not KeyWrap.objects.filter(key__is_current=False).exists()


def test_a_report_that_nobody_opened_yet_follows_as_well(demodam):
    made, _code = report(demodam)
    keys = rotated(demodam)
    resealing.catch_up(keys=keys)
    assert not IndexBlob.objects.exists()
    assert find_work(made.ref, demodam.holders[0], keys=newest_only(keys))


def test_a_tombstone_stays_readable_after_its_key_is_gone(demodam):
    made, _code = report(demodam)
    first = demodam.holders[0]
    work, keys = handled(made, first)
    work = handling.take_step(
        work,
        to=ReportState.NO_FOLLOW_UP,
        recorded={
            "reason": NoFollowUpReason.NO_CONCERN,
            "minimised": "Geen zorg.",
            "minimised_done": True,
        },
        keys=keys,
        by=first,
    )
    work = handling.take_step(
        work, to=ReportState.CLOSED, recorded={"feedback": "Dank."}, keys=keys, by=first
    )
    destruction.destroy_report(work.report, rule="test", by="system")
    keys = rotated(demodam)
    resealing.catch_up(keys=keys)
    assert not KeyWrap.objects.filter(key__is_current=False).exists()
    assert closing.read_tombstone(Tombstone.objects.get(), keys=newest_only(keys))["kind"]


def test_opening_one_report_reseals_it_though_the_batch_had_no_turn(
    demodam, worked_on, monkeypatch
):
    rotated(demodam)
    monkeypatch.setattr(resealing, "AT_ONCE", 0)
    client = browser(demodam.holders[0], unlocked=True)
    newest, _epoch = trusted_key(demodam, KeyRole.REPORT)
    assert not SecretWrap.objects.filter(key_id=newest.key_id).exists()
    assert client.get(f"/werkplek/meldingen/{worked_on.ref}/").status_code == 200
    assert SecretWrap.objects.filter(key_id=newest.key_id).count() == 3


def test_the_list_is_whole_in_the_middle_of_a_rotation(demodam, worked_on):
    keys = rotated(demodam)
    fresh, _code = report(demodam)
    refs = {work.ref for work in worklist(demodam.holders[0], keys=keys)}
    assert refs == {worked_on.ref, fresh.ref}


def test_a_neighbour_reseals_nothing_here(demodam, worked_on, polderveen):
    rotated(demodam)
    before = list(SecretWrap.objects.order_by("pk").values())
    neighbour = unlocking.keys_of(polderveen.holders[0], passphrase=PASSPHRASE)
    resealing.catch_up(keys=neighbour)
    resealing.reseal(worked_on, keys=neighbour)
    assert list(SecretWrap.objects.order_by("pk").values()) == before

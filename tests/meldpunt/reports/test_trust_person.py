import pytest
from django.core.exceptions import PermissionDenied

from meldpunt.reports.models import Report, SecretWrap
from meldpunt.reports.querysets import working_in
from meldpunt.reports.services import handling, reading, trust_person
from meldpunt.reports.services.resealing import how_many_behind
from meldpunt.reports.services.worklist import worklist
from meldpunt.reports.workflow import ReadReason, ReportState
from meldpunt.vault.services import unlocking
from tests.factories.meldpunt import PASSPHRASE, browser, handled, report, staff, work_on
from tests.meldpunt.reports.test_form import Reporter

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
LIST = "/werkplek/meldingen/"


@pytest.fixture
def region(demodam):
    """The trust person of the region and a deputy hold a key of their own."""
    demodam.trusted = [staff(demodam), staff(demodam)]
    keys = unlocking.keys_of(demodam.holders[0], passphrase=PASSPHRASE)
    trust_person.make_trust_person_key(
        demodam, people=demodam.trusted, keys=keys, by=demodam.holders[0]
    )
    return demodam


def test_without_a_trust_person_nothing_about_staff_is_taken_in(demodam, settings):
    settings.MELDPUNT_TRUST_PERSON_PHONE = "020 765 43 21"
    reporter = Reporter()
    reporter.begins()
    reporter.answers("soort", about_staff="on")
    assert "020 765 43 21" in reporter.text
    assert 'name="observed_facts"' not in reporter.text
    reporter.answers("soort", go="blijf")
    assert 'name="kind"' in reporter.text
    assert not Report.objects.exists()


def about_staff(place):
    reporter = Reporter()
    reporter.comes_to_the_end(soort={"about_staff": "on"})
    assert "vertrouwenspersoon" in reporter.text
    reporter.sends()
    assert reporter.code
    return Report.objects.get()


def test_a_report_about_staff_exists_for_the_trust_person_only(region):
    made = about_staff(region)
    other, _code = report(region)
    colleague, trusted = region.holders[0], region.trusted[0]
    work, keys = work_on(made, colleague)
    assert work is None
    assert [one.ref for one in worklist(colleague, keys=keys)] == [other.ref]
    client = browser(colleague, unlocked=True)
    theirs, nothing = client.get(f"{LIST}{made.ref}/"), client.get(f"{LIST}ZZZZZZZZ/")
    assert theirs.status_code == nothing.status_code == 404
    assert theirs.content.decode() == nothing.content.decode().replace("ZZZZZZZZ", made.ref)
    work, keys = work_on(made, trusted)
    opened = reading.read_report(work, reason=ReadReason.HANDLING, keys=keys, by=trusted)
    assert "plein" in opened.answers["observed_facts"]
    assert [one.ref for one in worklist(trusted, keys=keys)] == [made.ref]


def test_no_key_of_the_municipality_opens_any_part_of_it(region):
    made = about_staff(region)
    keys = unlocking.keys_of(region.holders[0], passphrase=PASSPHRASE)
    ours = {key.key_id for key in keys.held}
    assert not ours & set(SecretWrap.objects.filter(report=made).values_list("key_id", flat=True))


def test_the_trust_person_and_the_deputy_handle_it_together(region):
    from tests.meldpunt.reports.test_handling import WEIGHING

    made = about_staff(region)
    first, second = region.trusted
    work, keys = handled(made, first)
    handling.take_step(work, to=ReportState.FOR_WEIGHING, recorded=WEIGHING, keys=keys, by=first)
    work, keys = work_on(made, second)
    work = handling.agree(work, keys=keys, by=second)
    assert work.entry.state is ReportState.FOR_WEIGHING
    assert work_on(made, region.holders[0])[0] is None


def test_it_does_not_keep_old_keys_of_the_municipality_alive(region):
    about_staff(region)
    browser(region.holders[0], unlocked=True).get(LIST)
    assert how_many_behind(region) in (0, 1)
    from meldpunt.reports.services.resealing import reseal

    keys = unlocking.keys_of(region.holders[0], passphrase=PASSPHRASE)
    assert not reseal(Report.objects.get(), keys=keys)
    assert how_many_behind(region) == 0


@pytest.mark.parametrize("who", ["holder", "stranger", "nobody"])
def test_who_holds_the_key_is_somebody_else_with_a_role(demodam, polderveen, who):
    keys = unlocking.keys_of(demodam.holders[0], passphrase=PASSPHRASE)
    people = {
        "holder": [demodam.holders[1]],
        "stranger": [polderveen.holders[0]],
        "nobody": [],
    }[who]
    with pytest.raises(PermissionDenied):
        trust_person.make_trust_person_key(demodam, people=people, keys=keys, by=demodam.holders[0])
    assert not trust_person.has_trust_person(demodam)


def test_a_second_key_is_refused_and_so_is_somebody_without_the_signing_key(region, polderveen):
    keys = unlocking.keys_of(region.holders[0], passphrase=PASSPHRASE)
    with pytest.raises(trust_person.KeyExists):
        trust_person.make_trust_person_key(
            region, people=region.trusted, keys=keys, by=region.holders[0]
        )
    with pytest.raises(trust_person.NoSigningKey):
        trust_person.make_trust_person_key(
            polderveen, people=[staff(polderveen)], keys=keys, by=region.holders[0]
        )


def renewed(region, people):
    keys = unlocking.keys_of(region.holders[0], passphrase=PASSPHRASE)
    trust_person.renew_trust_person_key(region, people=people, keys=keys, by=region.holders[0])


def test_when_a_trust_person_leaves_the_successor_reads_the_older_reports(region):
    made = about_staff(region)
    work_on(made, region.trusted[0])
    successor = staff(region)
    renewed(region, [region.trusted[0], successor])
    with working_in([region.pk]):
        keys = unlocking.keys_of(successor, passphrase=PASSPHRASE)
        assert worklist(successor, keys=keys) == []
        browser(region.trusted[0], unlocked=True)  # opening the vault brings the rest along
        work, keys = work_on(made, successor)
        opened = reading.read_report(work, reason=ReadReason.HANDLING, keys=keys, by=successor)
        assert "plein" in opened.answers["observed_facts"]
    # With the last report that needed it, the old key of who was not named again is gone too.
    with pytest.raises(unlocking.NoKeysYet):
        work_on(made, region.trusted[1])


def test_there_is_nothing_to_renew_without_a_trust_person(demodam):
    keys = unlocking.keys_of(demodam.holders[0], passphrase=PASSPHRASE)
    with pytest.raises(trust_person.NoTrustedKey):
        trust_person.renew_trust_person_key(
            demodam, people=[staff(demodam)], keys=keys, by=demodam.holders[0]
        )


def test_who_holds_the_keys_of_the_desk_can_not_get_the_renewed_one(region):
    with pytest.raises(PermissionDenied):
        renewed(region, [region.trusted[0], region.holders[1]])


def test_among_trust_persons_the_rule_alone_keeps_somebody_away(region):
    """They sign no keys, so the report keeps those that it has."""
    from meldpunt.reports.services import assignment

    third = staff(region)
    renewed(region, [*region.trusted, third])
    made = about_staff(region)
    work, keys = work_on(made, region.trusted[0])
    assignment.exclude(work, colleague=third, why="x", keys=keys, by=region.trusted[0])
    work, keys = work_on(made, region.trusted[1])
    assignment.agree_about_colleague(work, keys=keys, by=region.trusted[1])
    assert work_on(made, third)[0] is None
    made.refresh_from_db()
    assert not made.generation

import builtins
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from meldpunt.reports.services import assignment, trust_person
from meldpunt.reports.services.reading import read_report
from meldpunt.reports.services.worklist import find_work
from meldpunt.reports.workflow import ReadReason
from meldpunt.vault.encryption import RecoverySeed, SheetsRefused, read_sheets, write_sheets
from meldpunt.vault.models import KeyWrap, RecoveryWrap, StaffKeyPair
from meldpunt.vault.services import holders, rotation, unlocking
from meldpunt.vault.services.key_state import Risk, key_state
from portal.audit.models import AuditEvent
from tests.factories.meldpunt import PASSPHRASE, browser, report, staff, third_holder, work_on

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


@pytest.fixture
def paper(demodam, tmp_path, monkeypatch):
    """Demodam with three sheets on paper, as the ceremony leaves them."""
    sheets = make(demodam.pk, tmp_path / "pair.json", monkeypatch)
    install(demodam, tmp_path / "pair.json", monkeypatch)
    return sheets


def make(number, path, monkeypatch):
    """Hold the ceremony: who writes the sheets down types two of them back."""
    told = StringIO()
    answers = iter(range(5))

    def answer(_question):
        step = next(answers)
        return "" if step < 3 else sheets_in(told.getvalue())[step - 3]

    monkeypatch.setattr(builtins, "input", answer)
    call_command("meldpunt_recover", "make", path, municipality_number=number, stdout=told)
    return sheets_in(told.getvalue())


def sheets_in(text):
    """The three sheets as the screen showed them."""
    parts = text.split("Sheet ")[1:]
    return [
        " ".join(word for word in part.split("\n", 1)[1].split("\033")[0].split() if word.isalpha())
        for part in parts
    ]


def install(place, path, monkeypatch):
    module = "meldpunt.vault.management.commands.meldpunt_recovery.getpass"
    monkeypatch.setattr(module, lambda _question: PASSPHRASE)
    email = place.holders[0].email
    call_command(
        "meldpunt_recovery", "install", place.slug, path, holder=[email], stdout=StringIO()
    )


def typing(monkeypatch, *answers):
    given = iter(answers)
    monkeypatch.setattr(builtins, "input", lambda _question: next(given))


def nobody_is_left(place):
    for person in place.holders:
        person.memberships.update(valid_from="2020-01-01", valid_until="2020-12-31")
    call_command("meldpunt_leavers", verbosity=0)
    assert not KeyWrap.objects.exists()


def test_two_of_three_sheets_make_the_seed_and_one_does_not():
    seed = RecoverySeed.new()
    first, second, third = write_sheets(seed)
    for pair in ((first, second), (second, third), (third, first)):
        assert read_sheets(pair).material == seed.material
    with pytest.raises(SheetsRefused):
        read_sheets([first])
    with pytest.raises(SheetsRefused):
        read_sheets([first, first])


def test_sheets_of_two_ceremonies_do_not_fit():
    with pytest.raises(SheetsRefused):
        read_sheets([write_sheets(RecoverySeed.new())[0], write_sheets(RecoverySeed.new())[1]])


def test_a_wrong_word_is_named_by_its_place():
    first, second, _third = write_sheets(RecoverySeed.new())
    words = first.split()
    words[4] = "melding"
    with pytest.raises(SheetsRefused, match="Word 5"):
        read_sheets([" ".join(words), second])


def test_four_letters_of_each_word_are_enough():
    seed = RecoverySeed.new()
    first, second, _third = write_sheets(seed)
    cut = " ".join(word[:4] for word in first.split())
    assert read_sheets([cut.upper(), second]).material == seed.material


def test_when_nobody_is_left_two_sheets_give_new_holders_every_report(
    demodam, paper, tmp_path, monkeypatch
):
    made, _code = report(demodam)
    nobody_is_left(demodam)
    new = [staff(demodam), staff(demodam)]
    case, result = tmp_path / "case.json", tmp_path / "result.json"
    emails = [person.email for person in new]
    call_command("meldpunt_recovery", "export", demodam.slug, case, holder=emails, verbosity=0)
    typing(monkeypatch, "yes", paper[2], paper[0])
    call_command("meldpunt_recover", "open", case, result, stdout=StringIO())
    call_command("meldpunt_recovery", "grant", demodam.slug, result, stdout=StringIO())
    keys = unlocking.keys_of(new[0], passphrase=PASSPHRASE)
    work = find_work(made.ref, new[0], keys=keys)
    seen = read_report(work, reason=ReadReason.HANDLING, keys=keys, by=new[0])
    assert seen.answers["observed_facts"]
    assert holders.desk_is_open(demodam)
    assert rotation.roles_due(demodam)  # the keys were on a laptop, so new ones are due
    assert AuditEvent.objects.filter(action="key.recovered").count() == 2


def test_one_sheet_twice_recovers_nothing(demodam, paper, tmp_path, monkeypatch):
    case = tmp_path / "case.json"
    call_command("meldpunt_recovery", "export", demodam.slug, case, stdout=StringIO())
    typing(monkeypatch, paper[0], paper[0])
    with pytest.raises(CommandError):
        call_command("meldpunt_recover", "open", case, drill=True, stdout=StringIO())


def test_a_drill_opens_every_key_and_writes_nothing(demodam, paper, tmp_path, monkeypatch):
    case = tmp_path / "case.json"
    call_command("meldpunt_recovery", "export", demodam.slug, case, stdout=StringIO())
    before, told = sorted(tmp_path.iterdir()), StringIO()
    typing(monkeypatch, paper[1], paper[2])
    call_command("meldpunt_recover", "open", case, drill=True, stdout=told)
    assert "3 keys open" in told.getvalue()
    assert sorted(tmp_path.iterdir()) == before


def test_a_drill_is_due_after_a_quarter_and_noted(demodam, paper, settings):
    settings.MELDPUNT_RECOVERY_DRILL_DAYS = -1
    assert key_state(demodam).drill_is_due
    settings.MELDPUNT_RECOVERY_DRILL_DAYS = 92
    call_command("meldpunt_recovery", "drilled", demodam.slug, stdout=StringIO())
    state = key_state(demodam)
    assert state.has_recovery
    assert not state.drill_is_due
    assert state.risk is Risk.FEW


def test_a_new_epoch_is_on_paper_at_once(demodam, paper, tmp_path, monkeypatch):
    first = demodam.holders[0]
    keys = unlocking.keys_of(first, passphrase=PASSPHRASE)
    rotation.rotate_keys(demodam, keys=keys, by=first)
    case, told = tmp_path / "case.json", StringIO()
    call_command("meldpunt_recovery", "export", demodam.slug, case, stdout=StringIO())
    typing(monkeypatch, *paper[:2])
    call_command("meldpunt_recover", "open", case, drill=True, stdout=told)
    assert "report, epoch 2: opens" in told.getvalue()


def test_a_new_pair_makes_the_older_sheets_worthless(demodam, paper, tmp_path, monkeypatch):
    make(demodam.pk, tmp_path / "second.json", monkeypatch)
    install(demodam, tmp_path / "second.json", monkeypatch)
    case = tmp_path / "case.json"
    call_command("meldpunt_recovery", "export", demodam.slug, case, stdout=StringIO())
    typing(monkeypatch, *paper[:2])
    with pytest.raises(CommandError, match="another pair"):
        call_command("meldpunt_recover", "open", case, drill=True, stdout=StringIO())
    assert RecoveryWrap.objects.count() == 3


def test_the_result_of_a_stranger_is_refused(demodam, paper, polderveen, tmp_path, monkeypatch):
    """Somebody with the server but without the sheets can't make a result of their own."""
    monkeypatch.undo()
    with monkeypatch.context() as patch:
        sheets = make(polderveen.pk, tmp_path / "theirs.json", patch)
        install(polderveen, tmp_path / "theirs.json", patch)
        case, result = tmp_path / "case.json", tmp_path / "result.json"
        emails = [polderveen.holders[0].email]
        call_command(
            "meldpunt_recovery", "export", polderveen.slug, case, holder=emails, stdout=StringIO()
        )
        typing(patch, "yes", *sheets[:2])
        call_command("meldpunt_recover", "open", case, result, stdout=StringIO())
    with pytest.raises(CommandError, match="another municipality"):
        call_command("meldpunt_recovery", "grant", demodam.slug, result, stdout=StringIO())
    changed = result.read_text().replace(
        f'"municipality": {polderveen.pk}', f'"municipality": {demodam.pk}'
    )
    result.write_text(changed)
    with pytest.raises(CommandError, match="not signed"):
        call_command("meldpunt_recovery", "grant", demodam.slug, result, stdout=StringIO())


def test_somebody_without_a_role_can_not_be_recovered_to(demodam, paper, polderveen, tmp_path):
    stranger = polderveen.holders[0]
    assert StaffKeyPair.objects.filter(user=stranger).exists()
    with pytest.raises(CommandError, match="not meldpunt staff"):
        call_command(
            "meldpunt_recovery",
            "export",
            demodam.slug,
            tmp_path / "case.json",
            holder=[stranger.email],
            stdout=StringIO(),
        )


def test_a_file_of_another_kind_is_refused(demodam, paper, tmp_path):
    with pytest.raises(CommandError, match="not a file of kind"):
        call_command(
            "meldpunt_recovery", "grant", demodam.slug, tmp_path / "pair.json", stdout=StringIO()
        )


@pytest.fixture
def region(demodam):
    """The trust person of the region and a deputy, with a key of their own and one report."""
    demodam.trusted = [staff(demodam), staff(demodam)]
    keys = unlocking.keys_of(demodam.holders[0], passphrase=PASSPHRASE)
    trust_person.make_trust_person_key(
        demodam, people=demodam.trusted, keys=keys, by=demodam.holders[0]
    )
    demodam.made, _code = report(demodam, about_staff=True)
    return demodam


def recovered(place, people, paper, tmp_path, monkeypatch, **options):
    """Export a case, open it with two sheets, and take the result in."""
    case, result = tmp_path / "case.json", tmp_path / "result.json"
    emails = [person.email for person in people]
    call_command(
        "meldpunt_recovery", "export", place.slug, case, holder=emails, stdout=StringIO(), **options
    )
    typing(monkeypatch, "yes", *paper[:2])
    call_command("meldpunt_recover", "open", case, result, stdout=StringIO())
    call_command("meldpunt_recovery", "grant", place.slug, result, stdout=StringIO())


def roles_of(person):
    return {key.role for key in unlocking.keys_of(person, passphrase=PASSPHRASE).held}


def test_a_key_made_before_the_sheets_gets_on_paper_when_its_holder_opens_the_vault(
    region, paper, tmp_path, monkeypatch
):
    on_paper = RecoveryWrap.objects.filter(key__role="trusted_person")
    assert not on_paper.exists()
    browser(region.trusted[0], unlocked=True)
    assert on_paper.count() == 1
    case, told = tmp_path / "drill.json", StringIO()
    call_command("meldpunt_recovery", "export", region.slug, case, stdout=StringIO())
    typing(monkeypatch, *paper[:2])
    call_command("meldpunt_recover", "open", case, drill=True, stdout=told)
    assert "trusted_person, epoch 0: opens" in told.getvalue()


def test_two_sheets_give_the_trust_persons_key_to_new_people_and_no_other_key(
    region, paper, tmp_path, monkeypatch
):
    browser(region.trusted[0], unlocked=True)
    for person in region.trusted:
        person.memberships.update(valid_from="2020-01-01", valid_until="2020-12-31")
    call_command("meldpunt_leavers", verbosity=0)
    new = [staff(region), staff(region)]
    recovered(region, new, paper, tmp_path, monkeypatch, trust_person=True)
    assert roles_of(new[0]) == {"trusted_person"}
    keys = unlocking.keys_of(new[1], passphrase=PASSPHRASE)
    work = find_work(region.made.ref, new[1], keys=keys)
    assert read_report(work, reason=ReadReason.HANDLING, keys=keys, by=new[1]).answers
    told = StringIO()
    call_command("meldpunt_check", stdout=told)
    assert "key of the trust person must be renewed" in told.getvalue()


def test_recovery_of_the_desk_never_gives_the_trust_persons_key(
    region, paper, tmp_path, monkeypatch
):
    browser(region.trusted[0], unlocked=True)
    for person in region.holders:
        person.memberships.update(valid_from="2020-01-01", valid_until="2020-12-31")
    call_command("meldpunt_leavers", verbosity=0)
    new = [staff(region), staff(region)]
    recovered(region, new, paper, tmp_path, monkeypatch)
    assert "trusted_person" not in roles_of(new[0])
    keys = unlocking.keys_of(new[0], passphrase=PASSPHRASE)
    assert find_work(region.made.ref, new[0], keys=keys) is None


def test_nobody_is_recovered_to_both_keys(region, paper, tmp_path, monkeypatch):
    browser(region.trusted[0], unlocked=True)
    for people, options in (
        ([region.holders[1]], {"trust_person": True}),
        ([region.trusted[1]], {}),
    ):
        with pytest.raises(CommandError, match="would hold the keys"):
            recovered(region, people, paper, tmp_path, monkeypatch, **options)


def test_without_the_trust_persons_key_on_paper_there_is_nothing_to_export(region, paper, tmp_path):
    with pytest.raises(CommandError, match="this key is not on them"):
        call_command(
            "meldpunt_recovery",
            "export",
            region.slug,
            tmp_path / "case.json",
            holder=[staff(region).email],
            trust_person=True,
            stdout=StringIO(),
        )


def test_a_report_from_which_somebody_is_kept_away_is_on_paper_too(
    demodam, paper, tmp_path, monkeypatch
):
    third_holder(demodam)
    first, second, away = demodam.holders
    demodam.made, _code = report(demodam)
    for person in demodam.holders:
        work, keys = work_on(demodam.made, person)
    work, keys = work_on(demodam.made, first)
    assignment.exclude(work, colleague=away, why="x", keys=keys, by=first)
    work, keys = work_on(demodam.made, second)
    assignment.agree_about_colleague(work, keys=keys, by=second)
    nobody_is_left(demodam)
    new = [staff(demodam), staff(demodam)]
    recovered(demodam, new, paper, tmp_path, monkeypatch)
    work, keys = work_on(demodam.made, new[0])
    assert read_report(work, reason=ReadReason.HANDLING, keys=keys, by=new[0]).answers

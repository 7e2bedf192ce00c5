import builtins
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from meldpunt.reports.services.reading import read_report
from meldpunt.reports.services.worklist import find_work
from meldpunt.reports.workflow import ReadReason
from meldpunt.vault.encryption import RecoverySeed, SheetsRefused, read_sheets, write_sheets
from meldpunt.vault.models import KeyWrap, RecoveryWrap, StaffKeyPair
from meldpunt.vault.services import holders, rotation, unlocking
from meldpunt.vault.services.key_state import Risk, key_state
from portal.audit.models import AuditEvent
from tests.factories.meldpunt import PASSPHRASE, report, staff

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

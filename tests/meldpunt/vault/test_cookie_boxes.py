"""What waits between two requests opens only with the cookie of the same visit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.vault.encryption import (
    DomainSecret,
    HeldKey,
    IndexMaster,
    KeyRole,
    StaffPepper,
    UnlockedIndex,
    UnlockedKeys,
    VisitCookie,
    WebPepper,
    errors,
    open_steps,
    open_unlocked,
    open_visit,
    seal_steps,
    seal_unlocked,
    seal_visit,
)
from tests.meldpunt.vault.cast import (
    COOKIE,
    KEYS,
    MUNICIPALITY,
    NOW,
    OTHER_COOKIE,
    OTHER_REPORT,
    REPORT,
    SIGNING,
    STAFF,
    WEB,
)

TEN_MINUTES = 600
STEPS = {"cookie": COOKIE, "pepper": WEB, "questionnaire": "2026.1", "step": "where"}
VISIT = {"cookie": COOKIE, "report": REPORT}
UNLOCK = {"cookie": COOKIE, "pepper": STAFF, "user": 12}
FIELD = seal_steps({"seen": "Een open deur."}, at=NOW, **STEPS)
HELD = tuple(
    HeldKey(MUNICIPALITY, KeyRole.REPORT, key, epoch) for epoch, key in enumerate(KEYS.values())
)
UNLOCKED = UnlockedKeys(
    (*HELD, HeldKey(MUNICIPALITY, KeyRole.SIGNING, SIGNING)),
    (UnlockedIndex(MUNICIPALITY, HELD[0].key_id, IndexMaster(b"i" * 32)),),
)

plain = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
answers = st.dictionaries(
    plain,
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | plain,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(plain, inner, max_size=3),
        max_leaves=10,
    ),
    max_size=5,
)


def steps(field=FIELD, *, at=NOW, max_age=TEN_MINUTES, **changes):
    return open_steps(field, at=at, max_age=max_age, **{**STEPS, **changes})


@given(answers)
def test_answers_come_back_at_the_next_step(given_answers):
    assert steps(seal_steps(given_answers, at=NOW, **STEPS)) == given_answers


def test_the_field_hides_how_much_was_written():
    short, long = ({"seen": "a" * length} for length in (1, 900))

    assert len(seal_steps(short, at=NOW, **STEPS)) == len(seal_steps(long, at=NOW, **STEPS))


@pytest.mark.parametrize(
    "change",
    [
        {"cookie": OTHER_COOKIE},
        {"pepper": WebPepper(b"?" * 32)},
        {"questionnaire": "2026.2"},
        {"step": "who"},
    ],
)
def test_answers_do_not_open_in_another_visit_or_step(change):
    with pytest.raises(errors.NotGenuine):
        steps(**change)


@pytest.mark.parametrize("at", [NOW, NOW + 1, NOW + TEN_MINUTES])
def test_answers_open_within_the_time(at):
    assert steps(at=at)


@pytest.mark.parametrize("at", [NOW - 1, NOW + TEN_MINUTES + 1, 0])
def test_answers_from_too_long_ago_or_from_the_future_do_not(at):
    with pytest.raises(errors.TooOld):
        steps(at=at)


@given(st.integers(0, len(FIELD) - 1), st.sampled_from("AQgw_-9=+/ \x00é\ud800"))
def test_a_hidden_field_somebody_edited_is_refused(position, letter):
    if FIELD[position] == letter:
        return
    with pytest.raises(errors.CannotOpen):
        steps(FIELD[:position] + letter + FIELD[position + 1 :])


@given(st.text(max_size=200))
def test_any_text_in_the_hidden_field_is_refused_by_name(text):
    with pytest.raises(errors.CannotOpen):
        steps(text)


def test_a_megabyte_in_the_hidden_field_is_refused():
    with pytest.raises(errors.CannotOpen):
        steps("A" * 1_000_000)


def test_answers_that_cannot_travel_are_refused_by_name():
    with pytest.raises(errors.TextTooLong):
        seal_steps({"seen": "a" * 300_000}, at=NOW, **STEPS)
    for broken in [{"a": "\ud800"}, {"\udc00": ""}, {"a": ["\ud800"]}, {"a": {"b": "\ud800"}}]:
        with pytest.raises(errors.NotText):
            seal_steps(broken, at=NOW, **STEPS)


def test_the_largest_field_that_can_be_made_can_be_read():
    field = seal_steps({"seen": "a" * 262_000}, at=NOW, **STEPS)

    assert len(steps(field)["seen"]) == 262_000


def test_a_reporter_stays_in_the_conversation():
    box = seal_visit(DomainSecret(b"S" * 32), at=NOW, **VISIT)

    assert open_visit(box, at=NOW + 60, max_age=1200, **VISIT) == DomainSecret(b"S" * 32)


@pytest.mark.parametrize("change", [{"cookie": OTHER_COOKIE}, {"report": OTHER_REPORT}])
def test_another_visitor_does_not_get_in(change):
    box = seal_visit(DomainSecret(b"S" * 32), at=NOW, **VISIT)

    with pytest.raises(errors.NotGenuine):
        open_visit(box, at=NOW, max_age=1200, **{**VISIT, **change})


def test_a_conversation_ends():
    box = seal_visit(DomainSecret(b"S" * 32), at=NOW, **VISIT)

    with pytest.raises(errors.TooOld):
        open_visit(box, at=NOW + 1201, max_age=1200, **VISIT)


def test_unlocked_keys_stay_unlocked_for_their_holder():
    box = seal_unlocked(UNLOCKED, at=NOW, **UNLOCK)

    keys = open_unlocked(box, at=NOW + 60, max_age=28_800, **UNLOCK)

    assert keys.indexes == UNLOCKED.indexes
    assert [key.key_id for key in keys.held] == [key.key_id for key in UNLOCKED.held]
    assert keys.find(HELD[1].key_id).private.public() == HELD[1].private.public()
    assert keys.find(0) is None


@pytest.mark.parametrize(
    "change", [{"cookie": OTHER_COOKIE}, {"pepper": StaffPepper(b"?" * 32)}, {"user": 13}]
)
def test_a_dump_of_the_web_sessions_is_no_use(change):
    box = seal_unlocked(UNLOCKED, at=NOW, **UNLOCK)

    with pytest.raises(errors.NotGenuine):
        open_unlocked(box, at=NOW, max_age=28_800, **{**UNLOCK, **change})


def test_after_eight_hours_the_passphrase_is_asked_again():
    box = seal_unlocked(UNLOCKED, at=NOW, **UNLOCK)

    with pytest.raises(errors.TooOld):
        open_unlocked(box, at=NOW + 28_801, max_age=28_800, **UNLOCK)


def test_a_box_is_not_taken_for_another_kind_of_box():
    box = seal_visit(DomainSecret(b"S" * 32), at=NOW, **VISIT)

    with pytest.raises(errors.NotGenuine):
        open_unlocked(box, at=NOW, max_age=600, **UNLOCK)


def test_a_cookie_reads_back_and_rubbish_does_not():
    assert VisitCookie.from_text(COOKIE.text) == COOKIE
    for text in ["", "zz" * 32, "0" * 63, "\u0660" * 64, " " * 64]:
        with pytest.raises(ValueError):  # noqa: PT011  # each kind of rubbish has its own text
            VisitCookie.from_text(text)

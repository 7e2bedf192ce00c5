"""The code forgives how people write, and refuses what they mistype."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.vault.encryption import (
    CodeSeed,
    DomainSecret,
    NotACode,
    NotGenuine,
    ReceiptCode,
    WebPepper,
    crockford,
    derive_code_keys,
    format_reference,
    new_reference,
    parse_reference,
    unwrap_by_code,
    wrap_for_code,
)
from meldpunt.vault.encryption.kdf import CODE_COST, Argon2Cost
from tests.meldpunt.vault.cast import CHEAP, OTHER_REPORT, REPORT, WEB

codes = st.integers(0, 2**80 - 1).map(lambda bits: ReceiptCode(crockford.encode(bits, symbols=16)))
FILLERS = ["", "", " ", "-", "\u2013", "\u00a0", "\u2011", "\n", "."]
SALT = b"0123456789abcdef"
SECRET = DomainSecret(b"S" * 32)


@given(codes)
def test_a_code_on_paper_reads_back(code):
    assert ReceiptCode.parse(code.formatted) == code
    assert [len(group) for group in code.formatted.split("-")] == [4, 4, 4, 4, 2]


def test_a_new_code_is_new_every_time():
    assert len({ReceiptCode.new().symbols for _ in range(200)}) == 200


@given(codes, st.data())
def test_case_spaces_dashes_and_look_alikes_are_forgiven(code, data):
    typed = ""
    for symbol in code.formatted.replace("-", ""):
        spellings = {"0": "0oO", "1": "1iIlL"}.get(symbol, symbol + symbol.lower())
        typed += data.draw(st.sampled_from(spellings))
        typed += data.draw(st.sampled_from(FILLERS))

    assert ReceiptCode.parse(typed) == code


@given(codes, st.integers(0, 17), st.integers(1, 31))
def test_every_single_wrong_symbol_is_caught(code, position, shift):
    plain = list(code.formatted.replace("-", ""))
    value = crockford.ALPHABET.index(plain[position])
    plain[position] = crockford.ALPHABET[(value + shift) % 32]

    with pytest.raises(NotACode):
        ReceiptCode.parse("".join(plain))


@given(codes, st.integers(0, 14))
def test_every_swap_of_neighbours_is_caught(code, position):
    plain = list(code.formatted.replace("-", ""))
    swapped = plain.copy()
    swapped[position], swapped[position + 1] = plain[position + 1], plain[position]

    if swapped == plain:
        assert ReceiptCode.parse("".join(swapped)) == code
    else:
        with pytest.raises(NotACode):
            ReceiptCode.parse("".join(swapped))


@given(st.one_of(st.text(max_size=60), st.text(alphabet=crockford.ALPHABET + "-U ", max_size=24)))
def test_anything_at_all_is_a_code_or_refused(text):
    try:
        code = ReceiptCode.parse(text)
    except NotACode:
        return
    assert ReceiptCode.parse(code.formatted) == code


@pytest.mark.parametrize(
    "text", ["", "\x00" * 18, "\ud800" * 18, "0" * 1_000_000, "U" * 18, "\uff11" * 17]
)
def test_rubbish_is_refused_without_noise(text):
    with pytest.raises(NotACode):
        ReceiptCode.parse(text)


def test_full_width_digits_of_a_foreign_keyboard_are_forgiven():
    code = ReceiptCode("0000000000000000")

    assert ReceiptCode.parse("\uff10" * 18) == code


@given(codes)
def test_a_reporter_shows_to_have_kept_the_code_by_its_last_four_symbols(code):
    last = code.formatted.replace("-", "")[-4:]
    other = "".join(crockford.ALPHABET[(crockford.ALPHABET.index(s) + 1) % 32] for s in last)

    assert code.ends_with(last.lower())
    assert not code.ends_with(other)
    assert not code.ends_with(last[:3])
    assert not code.ends_with(code.formatted)


def test_a_code_becomes_a_lookup_and_a_seed_that_tell_nothing_of_each_other():
    keys = derive_code_keys(ReceiptCode("0" * 16), pepper=WEB, cost=CHEAP)

    assert len(keys.lookup) == 16
    assert len(keys.seed.material) == 32
    assert keys == derive_code_keys(ReceiptCode("0" * 16), pepper=WEB, cost=CHEAP)
    assert (
        keys.lookup != derive_code_keys(ReceiptCode("0" * 15 + "1"), pepper=WEB, cost=CHEAP).lookup
    )


def test_without_the_pepper_a_code_cannot_be_tried():
    code = ReceiptCode.new()
    real = derive_code_keys(code, pepper=WEB, cost=CHEAP)
    thief = derive_code_keys(code, pepper=WebPepper(b"?" * 32), cost=CHEAP)

    assert thief.lookup != real.lookup
    assert thief.seed != real.seed


def test_the_code_costs_what_the_design_says():
    assert Argon2Cost(passes=2, memory=19 * 1024) == CODE_COST


def test_the_conversation_opens_with_the_code():
    seed = derive_code_keys(ReceiptCode.new(), pepper=WEB, cost=CHEAP).seed
    wrapped = wrap_for_code(SECRET, seed=seed, pepper=WEB, salt=SALT, report=REPORT)

    opened = unwrap_by_code(wrapped, seed=seed, pepper=WEB, salt=SALT, report=REPORT)

    assert opened == SECRET


@pytest.mark.parametrize(
    "change",
    [
        {"seed": CodeSeed(b"?" * 32)},
        {"pepper": WebPepper(b"?" * 32)},
        {"salt": b"?" * 16},
        {"report": OTHER_REPORT},
    ],
)
def test_the_conversation_stays_shut_when_anything_differs(change):
    right = {"seed": CodeSeed(b"c" * 32), "pepper": WEB, "salt": SALT, "report": REPORT}
    wrapped = wrap_for_code(SECRET, **right)

    with pytest.raises(NotGenuine):
        unwrap_by_code(wrapped, **{**right, **change})


def test_a_reference_is_short_and_read_aloud():
    reference = new_reference()

    assert len(reference) == 8
    assert parse_reference(format_reference(reference).lower()) == reference


@pytest.mark.parametrize("text", ["", "7K2M", "7K2M-9QXU", "7K2M-9QXD-1"])
def test_what_is_no_reference_is_refused(text):
    with pytest.raises(NotACode):
        parse_reference(text)

"""The pages about keys and formats name what the code has."""

from pathlib import Path

import pytest

from meldpunt.vault.encryption import Domain, KeyRole, Suite
from meldpunt.vault.encryption.contexts import Purpose
from meldpunt.vault.encryption.kdf import PASSPHRASE_COST
from meldpunt.vault.encryption.padding import SIZES
from meldpunt.vault.encryption.passphrases import passphrase_bits, word_list

DOCS = Path(__file__).parents[3] / "docs"
FORMAT = (DOCS / "reference/envelope-format.md").read_text("utf-8")
KEYS = (DOCS / "explanation/meldpunt-keys.md").read_text("utf-8")


@pytest.mark.parametrize(
    "word",
    [
        *(f"`{suite:#04x}`" for suite in Suite),
        *(f"`{purpose}\\|" for purpose in Purpose),
        *(f"`{role}`" for role in KeyRole),
        *(f"`{domain}`" for domain in Domain),
        *(f"{size:,}" for size in SIZES),
        PASSPHRASE_COST.stored,
    ],
)
def test_the_format_page_names_it(word):
    assert word in FORMAT


def test_the_page_about_keys_tells_the_strength_of_a_passphrase():
    assert f"{len(word_list()):,} Dutch words, {passphrase_bits():.1f} bits" in KEYS

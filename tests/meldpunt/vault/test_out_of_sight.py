"""Secrets stay out of logs, error pages and caches, and the package stays out of Django."""

import copy
import pickle
import subprocess
import sys
import traceback

import pytest

from meldpunt.vault.encryption import (
    CodeKeys,
    CodeSeed,
    HeldKey,
    KeyRole,
    ReceiptCode,
    SigningKey,
    UnlockedKeys,
    VisitCookie,
    open_text,
    seal_text,
    secret_bytes,
)
from meldpunt.vault.encryption.secret_bytes import SecretBytes
from tests.meldpunt.vault.cast import CONTENT_KEY, KEYS, MESSAGE, PLACE, REPORT

KINDS = [*SecretBytes.__subclasses__()]
CODE = ReceiptCode("ZDEBQ244MSCKJBRF")
THINGS = [
    *(kind(b"\xfa" * 32) for kind in KINDS),
    *KEYS.values(),
    CODE,
    CodeKeys(b"\xfa" * 16, CodeSeed(b"\xfa" * 32)),
    UnlockedKeys((HeldKey(7, KeyRole.SIGNING, SigningKey(b"\xfa" * 32)),)),
]


def test_every_kind_of_secret_is_looked_at():
    assert {kind.__name__ for kind in KINDS} >= {"WebPepper", "RetentionKey", "SigningKey"}


@pytest.mark.parametrize("thing", THINGS)
def test_a_secret_is_not_printed(thing):
    material = getattr(thing, "material", b"\xfa" * 8)
    for shown in (repr(thing), str(thing), f"{thing}", f"{[thing]!r}"):
        assert "hidden" in shown
        assert repr(material[:8])[2:-1] not in shown
        assert material[:8].hex() not in shown
        assert "ZDEB" not in shown


@pytest.mark.parametrize("thing", THINGS)
def test_a_secret_is_not_written_into_a_cache_or_web_session(thing):
    with pytest.raises(TypeError):
        pickle.dumps(thing)
    with pytest.raises(TypeError):
        copy.deepcopy(thing)


@pytest.mark.parametrize("kind", KINDS)
def test_a_secret_has_its_length_and_its_own_kind(kind):
    assert kind(b"a" * 32) == kind(b"a" * 32)
    assert kind(b"a" * 32) != kind(b"b" * 32)
    assert kind(b"a" * 32) != SecretBytes(b"a" * 32)
    assert kind.new() != kind.new()
    for length in (0, 31, 33):
        with pytest.raises(ValueError, match="32 bytes"):
            kind(b"a" * length)
    with pytest.raises(TypeError):
        hash(kind.new())


def test_an_error_tells_nothing_of_what_was_inside():
    envelope = bytearray(seal_text("kanarie", key=CONTENT_KEY, place=MESSAGE))
    envelope[-1] ^= 1
    with pytest.raises(Exception) as caught:  # noqa: PT011  # whatever it is, it must be silent
        open_text(bytes(envelope), key=CONTENT_KEY, place=MESSAGE)

    shown = "".join(traceback.format_exception(caught.value, chain=True))
    assert "kanarie" not in shown
    assert str(REPORT) not in shown
    assert PLACE.wrap_context.decode() not in shown


def test_a_cookie_is_only_shown_on_purpose():
    assert VisitCookie(b"\x01" * 32).text == "01" * 32
    assert secret_bytes.VisitCookie is VisitCookie


def test_the_package_needs_no_django():
    probe = "import sys, meldpunt.vault.encryption; print('django' in sys.modules)"
    shown = subprocess.run(  # noqa: S603  # our own interpreter, fixed text
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    )

    assert shown.stdout.strip() == "False"

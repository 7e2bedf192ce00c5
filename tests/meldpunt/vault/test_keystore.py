import pytest
from django.test import override_settings

from meldpunt.vault.keystore import (
    KeyAlreadyThere,
    KeyGone,
    Keystore,
    NotForThisSurface,
    Surface,
)

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
ID, KEY = b"\x01" * 32, b"\x02" * 32


def test_what_the_reporter_puts_the_workspace_can_get():
    Keystore(Surface.REPORTER).put(ID, "report", KEY)
    assert Keystore(Surface.WORKSPACE).get(ID) == KEY


def test_the_reporter_gets_keys_of_conversations_only():
    Keystore(Surface.REPORTER).put(ID, "report", KEY)
    with pytest.raises(NotForThisSurface):
        Keystore(Surface.REPORTER).get(ID)


@pytest.mark.parametrize("surface", [Surface.REPORTER, Surface.WORKSPACE])
def test_nobody_overwrites_a_key(surface):
    Keystore(Surface.REPORTER).put(ID, "dialogue", KEY)
    with pytest.raises(KeyAlreadyThere):
        Keystore(surface).put(ID, "dialogue", b"\x03" * 32)
    assert Keystore(Surface.WORKSPACE).get(ID) == KEY


@pytest.mark.parametrize("surface", [Surface.REPORTER, Surface.WORKSPACE])
def test_only_the_reaper_destroys(surface):
    Keystore(Surface.REPORTER).put(ID, "dialogue", KEY)
    with pytest.raises(NotForThisSurface):
        Keystore(surface).destroy(ID)
    assert Keystore(Surface.REAPER).destroy(ID)
    with pytest.raises(KeyGone):
        Keystore(Surface.WORKSPACE).get(ID)


def test_the_reaper_neither_reads_nor_makes_keys():
    Keystore(Surface.REPORTER).put(ID, "dialogue", KEY)
    with pytest.raises(NotForThisSurface):
        Keystore(Surface.REAPER).get(ID)
    with pytest.raises(NotForThisSurface):
        Keystore(Surface.REAPER).put(b"\x04" * 32, "dialogue", KEY)


@override_settings(PORTAL_SURFACES=["publiek", "beheer"])
def test_a_process_for_editors_has_no_keystore_at_all():
    with pytest.raises(NotForThisSurface):
        Keystore(Surface.WORKSPACE)

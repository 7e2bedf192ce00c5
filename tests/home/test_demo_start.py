"""What somebody who starts the demo gets to hear."""

import socket

import pytest
from django.core.management import CommandError, call_command


def test_a_port_that_is_taken_is_named_before_anything_is_made(settings, tmp_path):
    settings.DEMO_MODE = True
    settings.VAR_DIR = tmp_path
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(CommandError, match=f"Port {port} is in use.*PORT={port + 1}"):
            call_command("demo", port=port)

    assert list(tmp_path.iterdir()) == []


def test_there_is_no_demo_outside_demo_mode(settings):
    settings.DEMO_MODE = False

    with pytest.raises(CommandError, match=r"portal\.settings\.demo"):
        call_command("demo")

import hashlib
import os
import socket
import sys
from argparse import ArgumentParser

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

# Steps that other rooms may add; a room that is not there is left out.
STEPS: list[tuple[str, dict[str, object]]] = [
    ("migrate", {"interactive": False}),
    ("createcachetable", {}),
    ("collectstatic", {"interactive": False}),
    ("demo_content", {}),
    ("setup_editorial", {}),
    ("rebuild_search", {"only_when_empty": True}),
    ("demo_reports", {}),
]
FIRST_TIME_ONLY = {"setup_editorial", "rebuild_search", "demo_reports"}


class Command(BaseCommand):
    help = "Make the demo when it is not there yet, and serve it on this machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="Only make it.")

    def handle(self, *, port: int, no_serve: bool, **options: object) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("Use portal.settings.demo.")
        if not no_serve and is_taken(port):
            raise CommandError(
                f"Port {port} is in use. Take another one: make demo PORT={port + 1}"
            )
        self.prepare()
        if no_serve:
            return
        call_command("demo_accounts", stdout=self.stdout)
        self.stdout.write(f"\nDe demo draait op http://127.0.0.1:{port}  (stoppen: Ctrl+C)\n")
        self.stdout.flush()
        os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.demo"
        command = ["-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
        os.execv(  # noqa: S606  (this process becomes the server)
            sys.executable, [sys.executable, *command, "--preload", "--log-level", "warning"]
        )

    def prepare(self) -> None:
        """Bring the demo up to date with this version of the portal; nothing to do is quick."""
        stamp = settings.VAR_DIR / "demo-made"
        version = fingerprint()
        is_made = stamp.exists() and settings.STATIC_ROOT.exists()
        if is_made and stamp.read_text() == version:
            return
        for name, options in STEPS:
            if name not in get_commands() or (name in FIRST_TIME_ONLY and stamp.exists()):
                continue
            call_command(name, verbosity=1 if name.startswith("demo") else 0, **options)
            if name == "migrate":
                call_command(name, database="keystore", verbosity=0, interactive=False)
        stamp.write_text(version)


def is_taken(port: int) -> bool:
    """Whether somebody already answers on this port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def fingerprint() -> str:
    """Changes when a migration or a static file does."""
    digest = hashlib.sha256()
    for pattern in ("*/migrations/*.py", "*/*/migrations/*.py", "*/*/static/**/*.*"):
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(f"{path.name}{path.stat().st_size}{path.stat().st_mtime_ns}".encode())
    return digest.hexdigest()

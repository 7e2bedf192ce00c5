"""The scanner of the meldpunt: it may be another one than that of the rest of the portal (R7)."""

from collections.abc import Iterable

from django.conf import settings

from portal.files import scanner
from portal.files.scanner import Infected, ScannerAway

__all__ = ["Infected", "ScannerAway", "scan", "scanner_version"]


def scan(pieces: Iterable[bytes]) -> None:
    """Let the scanner read all of a file. Raises ``Infected`` or ``ScannerAway``."""
    scanner.scan(
        pieces, door=settings.MELDPUNT_CLAMAV_SOCKET, seconds=settings.MELDPUNT_CLAMAV_SECONDS
    )


def scanner_version() -> str:
    """The scanner with the number and day of its signatures. Raises ``ScannerAway``."""
    return scanner.scanner_version(
        door=settings.MELDPUNT_CLAMAV_SOCKET, seconds=settings.MELDPUNT_CLAMAV_SECONDS
    )

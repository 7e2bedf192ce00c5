"""What happens to a file before it is kept: which kind it is, a scan, and a copy that is safe.

No database and no keys here. ``renderer.py`` runs as a program of its own.
"""

from meldpunt.reports.safe_copies.kinds import FileKind, kind_claimed, kind_found
from meldpunt.reports.safe_copies.sandbox import NoCopy, NoSandbox, make_copy, sandbox_works
from meldpunt.reports.safe_copies.scanner import Infected, ScannerAway, scan, scanner_version

__all__ = [
    "FileKind",
    "Infected",
    "NoCopy",
    "NoSandbox",
    "ScannerAway",
    "kind_claimed",
    "kind_found",
    "make_copy",
    "sandbox_works",
    "scan",
    "scanner_version",
]

"""The sealed room is tested with a true report in it."""

from tests.meldpunt.conftest import demodam, secrets

__all__ = ["demodam", "secrets"]

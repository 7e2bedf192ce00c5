"""Which addresses a browser may keep for when there is no internet (frontend.md 3)."""

import re

# Reports, the workspace, accounts and the editor: nothing of them stays on a device.
NEVER = ("meldpunt", "werkplek", "account", "beheer")
NEVER_PATTERN = rf"^(/en)?/({'|'.join(NEVER)})(/|$)"


def may_work_offline(path: str) -> bool:
    """Whether the service worker may be registered from, and keep, the page at ``path``."""
    return not re.match(NEVER_PATTERN, path)

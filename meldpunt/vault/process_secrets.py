"""The secrets of this process: the two peppers, the pinned region root and the receipt key.

In production they come from the settings, and each process has only its own (meldpunt.md 5.1).
The demo keeps all four in one local file that says of itself that it is no secret.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from meldpunt.vault.encryption import SigningKey, StaffPepper, VerifyKey, WebPepper


class SecretsMissing(Exception):
    """The process has not been given a secret that it needs; nothing can be opened or sealed."""


class DemoSecretsRefused(Exception):
    """The secrets file belongs to a demo, and this is not one."""


def web_pepper() -> WebPepper:
    """K_web. Raises ``SecretsMissing`` in every process but the reporter's."""
    return WebPepper(_secret("MELDPUNT_WEB_PEPPER"))


def staff_pepper() -> StaffPepper:
    """K_staff. Raises ``SecretsMissing`` in every process but the workspace."""
    return StaffPepper(_secret("MELDPUNT_STAFF_PEPPER"))


def region_root() -> VerifyKey:
    """The public half of the region root, pinned outside the database."""
    return VerifyKey(_secret("MELDPUNT_ROOT_KEY"))


def receipt_key() -> SigningKey:
    """The key that signs proofs of receipt; it opens nothing."""
    return SigningKey(_secret("MELDPUNT_RECEIPT_KEY"))


def audit_key() -> SigningKey:
    """The key that signs certificates and heads of the trail; it opens nothing.

    Raises ``SecretsMissing`` in every process but the reaper's and the signer's.
    """
    return SigningKey(_secret("MELDPUNT_AUDIT_KEY"))


def audit_verify_key() -> VerifyKey:
    """The public half of the same key. Raises ``SecretsMissing``."""
    try:
        return VerifyKey(_secret("MELDPUNT_AUDIT_VERIFY_KEY"))
    except SecretsMissing:
        return audit_key().public()


def is_demo() -> bool:
    """Whether the secrets lie in a file that is no secret."""
    return not settings.MELDPUNT_ROOT_KEY and bool(_file().get("demo"))


def are_present() -> bool:
    """Whether this process knows the region root at all."""
    try:
        region_root()
    except SecretsMissing:
        return False
    return True


def write_demo_file(secrets: dict[str, Any]) -> Path:
    """Keep the demo's secrets, readable by their owner only.

    Raises:
        FileExistsError: there is one; new peppers over old data would lose that data.
    """
    path = Path(settings.MELDPUNT_SECRETS_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        path.chmod(0o600)
        json.dump({"demo": True, **secrets}, file, indent=1)
    return path


def demo_notes() -> dict[str, dict[str, str]]:
    """What the demo prints: ``passphrases`` by e-mail address, ``codes`` by what they open."""
    found = _file()
    return {name: dict(found.get(name, {})) for name in ("passphrases", "codes")}


def add_demo_notes(**notes: dict[str, str]) -> None:
    """Keep what the demo prints beside the demo's secrets.

    Raises:
        DemoSecretsRefused: there is no demo's file.
    """
    kept = _file()
    if not kept.get("demo"):
        raise DemoSecretsRefused(settings.MELDPUNT_SECRETS_FILE)
    path = Path(settings.MELDPUNT_SECRETS_FILE)
    path.write_text(json.dumps({**kept, **notes}, indent=1), encoding="utf-8")


def _secret(name: str) -> bytes:
    text = getattr(settings, name) or str(_file().get(name, ""))
    try:
        material = bytes.fromhex(text)
    except ValueError:
        material = b""
    if len(material) != 32:
        raise SecretsMissing(f"{name} is not set to 64 hexadecimal digits.")
    return material


def _file() -> dict[str, Any]:
    path = Path(settings.MELDPUNT_SECRETS_FILE)
    try:
        changed_at = path.stat().st_mtime_ns
    except OSError:
        return {}
    found = _read(path, changed_at)
    if found.get("demo") and not settings.DEMO_MODE:
        raise DemoSecretsRefused(str(path))
    return found


@cache
def _read(path: Path, changed_at: int) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))

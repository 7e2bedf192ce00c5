"""Signed statements that leave the portal: certificates of destruction and heads of the trail.

The key belongs to the process that destroys and seals (``reaper``, ``signer``); its public half
is printed at the ceremony, so that the FG can check a statement without the portal.
"""

from typing import Any

from meldpunt.vault.encryption import VerifyKey
from meldpunt.vault.encryption.canonical import canonical_json, from_base64, to_base64
from meldpunt.vault.process_secrets import SecretsMissing, audit_key, audit_verify_key

SIGNATURE = "signature"


def signed(kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    """``fields`` with a signature; without one where this process has no key for it."""
    try:
        key = audit_key()
    except SecretsMissing:
        return dict(fields)
    return fields | {SIGNATURE: to_base64(key.sign(_message(kind, fields)))}


def is_genuine(kind: str, statement: dict[str, Any], *, key: VerifyKey | None = None) -> bool:
    """Whether the signature holds; ``False`` when there is none, or no key to check it with."""
    try:
        signature = from_base64(str(statement[SIGNATURE]))
        verify_key = key or audit_verify_key()
    except (KeyError, ValueError, SecretsMissing):
        return False
    fields = {name: value for name, value in statement.items() if name != SIGNATURE}
    return verify_key.verifies(signature, _message(kind, fields))


def _message(kind: str, fields: dict[str, Any]) -> bytes:
    return f"statement/v1|{kind}|".encode("ascii") + canonical_json(fields)

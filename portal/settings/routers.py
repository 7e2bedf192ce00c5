"""Which tables live in which database."""

from typing import Any


class KeystoreRouter:
    """Keep the keystore's one table in the keystore, and everything else out of it.

    Source: meldpunt.md 6.7 (a separate instance, not in the same backups).
    """

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        """The keystore for a model that says it lives there."""
        return "keystore" if getattr(model, "lives_in_keystore", False) else None

    db_for_write = db_for_read

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **hints: Any
    ) -> bool:
        """Only a model named with the hint ``keystore`` goes there."""
        wanted = hints.get("keystore", False) or (model_name or "").startswith("keystore")
        return (db == "keystore") == wanted

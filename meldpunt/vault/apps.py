from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VaultConfig(AppConfig):
    name = "meldpunt.vault"
    label = "meldpunt_vault"
    verbose_name = _("Vault")

    def ready(self) -> None:
        from meldpunt.vault import checks, signal_handlers  # noqa: F401

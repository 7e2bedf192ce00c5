from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "meldpunt.reports"
    label = "meldpunt_reports"
    verbose_name = _("Reports of the meldpunt")

    def ready(self) -> None:
        from meldpunt.reports import signal_handlers  # noqa: F401

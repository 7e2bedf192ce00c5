from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "network.exchange"
    label = "network_exchange"
    verbose_name = _("Exchange in the network")

    def ready(self) -> None:
        from network.exchange.services.figures import PUBLICATIONS
        from portal.figures.publications import register

        register(*PUBLICATIONS)

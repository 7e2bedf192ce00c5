from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PhenomenaConfig(AppConfig):
    name = "network.phenomena"
    label = "network_phenomena"
    verbose_name = _("Phenomena")

    def ready(self) -> None:
        from network.phenomena.services.figures import PUBLICATIONS
        from portal.figures.publications import register

        register(*PUBLICATIONS)

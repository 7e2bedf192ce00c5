from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "network.directory"
    label = "network_directory"
    verbose_name = _("Directory of the network")

    def ready(self) -> None:
        from network.directory.models import Language, Sector
        from network.directory.services.figures import PUBLICATIONS
        from portal.figures.publications import register
        from portal.pages.signal_handlers import watch

        register(*PUBLICATIONS)
        watch(Sector)
        watch(Language)

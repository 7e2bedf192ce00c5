from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "network.directory"
    label = "network_directory"
    verbose_name = _("Directory of the network")

    def ready(self) -> None:
        from network.directory.models import Language, Sector
        from portal.pages.signal_handlers import watch

        watch(Sector)
        watch(Language)

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MapConfig(AppConfig):
    name = "network.map"
    label = "network_map"
    verbose_name = _("Map of the network")

    def ready(self) -> None:
        from network.directory.services.merging import Follower, follow_merges
        from network.map import signal_handlers
        from network.map.services.figures import PUBLICATIONS
        from network.map.services.merging import move_links, return_links
        from portal.figures.publications import register

        register(*PUBLICATIONS)
        signal_handlers.connect()
        follow_merges(Follower("map", move_links, return_links))

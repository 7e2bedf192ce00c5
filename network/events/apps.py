from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "network.events"
    label = "network_events"
    verbose_name = _("Agenda")

    def ready(self) -> None:
        """The public feed may be kept by the page cache, so a change of an event empties it."""
        from network.events.models import Event, Session
        from portal.pages.signal_handlers import watch

        watch(Event)
        watch(Session)

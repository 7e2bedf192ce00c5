from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "network.events"
    label = "network_events"
    verbose_name = _("Agenda")

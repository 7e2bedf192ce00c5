"""The portal as a WSGI application."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
application = get_wsgi_application()


def warm_up() -> None:
    """Load what the first visitor would wait for, in the process that workers are copied from.

    A room that has something to load says so in ``warm_up`` of its ``AppConfig``.

    No connection may be open then: two processes would share it. What is loaded stays out of
    the rubbish collector's way, so that the workers keep sharing the memory it lies in.
    """
    from django.apps import apps
    from django.conf import settings
    from django.db import connections
    from django.template.loader import get_template
    from django.urls import get_resolver
    from django.utils import translation

    get_resolver().url_patterns  # noqa: B018  (imports every view)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("Search")  # reads the catalogue
            get_resolver().reverse_dict  # noqa: B018  (makes the table of addresses)
    for name in ("403.html", "404.html", "base.html"):
        get_template(name)
    for room in apps.get_app_configs():
        getattr(room, "warm_up", lambda: None)()
    connections.close_all()
    gc.collect()
    gc.freeze()
    gc.collect()  # of nothing: it measures by what it found last when to look at everything again


warm_up()

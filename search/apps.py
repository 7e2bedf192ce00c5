from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from search import changes, checks, jobs, signal_handlers

        checks.register_checks()
        signal_handlers.connect()
        changes.listeners.append(jobs.send_search_changes.enqueue)

    def warm_up(self) -> None:
        """Load the word lists before workers are copied from this process: they share them."""
        from search.analysis import analyser_for

        for language in ("nl", "en"):
            analyser_for(language).tokens("jeugdwerkers")

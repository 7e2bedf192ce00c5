from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "knowledge.library"
    label = "knowledge_library"
    verbose_name = _("Knowledge base")

    def ready(self) -> None:
        from knowledge.library.models import GlossaryEntry
        from portal.pages.services.editorial import register_for_editors
        from portal.pages.signal_handlers import watch

        watch(GlossaryEntry)
        register_for_editors(GlossaryEntry, by_all=True)

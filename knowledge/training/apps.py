from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "knowledge.training"
    label = "knowledge_training"
    verbose_name = _("Training")

    def ready(self) -> None:
        """Attendance, and changes of what modules show, count for the register; totals are published."""
        from knowledge.training.services.attending import presence_changed
        from knowledge.training.services.figures import PUBLICATIONS
        from knowledge.training.signal_handlers import lessons_changed
        from network.events.signals import presence_was_changed
        from portal.figures.publications import register
        from portal.pages.signals import content_was_changed

        presence_was_changed.connect(presence_changed, dispatch_uid="training.presence")
        content_was_changed.connect(lessons_changed, dispatch_uid="training.lessons")
        register(*PUBLICATIONS)

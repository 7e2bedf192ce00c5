from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "knowledge.training"
    label = "knowledge_training"
    verbose_name = _("Training")

"""Who is asked to follow what, and where they work."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.training.models.target_groups import TargetGroup
from portal.regions.models import Municipality


class Learner(models.Model):
    """Where a learner works, as they say themselves; for totals, never for a personnel file."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("who")
    )
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    target_group = models.CharField(
        _("kind of work"), max_length=20, choices=TargetGroup.choices, default=TargetGroup.OTHER
    )
    municipality = models.ForeignKey(
        Municipality,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("municipality"),
    )

    class Meta:
        verbose_name = _("learner")
        verbose_name_plural = _("learners")
        indexes = [
            models.Index(fields=["organisation", "target_group"], name="learner_works_somewhere"),
        ]

    def __str__(self) -> str:
        return f"learner #{self.pk}"


class Enrolment(models.Model):
    """Somebody follows a module: asked to, or of their own accord.

    Its dates are a copy of what attempts say, so that a list of 60,000 learners costs one query
    (domain.md 7.4: invited, started, failed, passed, valid, expiring, expired).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("who")
    )
    module = models.ForeignKey(
        "knowledge_training.ModulePage", on_delete=models.CASCADE, related_name="+"
    )
    learner = models.ForeignKey(
        Learner,
        null=True,
        on_delete=models.SET_NULL,
        related_name="enrolments",
        verbose_name=_("learner"),
    )
    invited_at = models.DateTimeField(_("invited at"), null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("invited by"),
    )
    due_on = models.DateField(_("finish before"), null=True, blank=True)
    started_at = models.DateTimeField(_("first begun at"), null=True, blank=True)
    failed_at = models.DateTimeField(_("failed at"), null=True, blank=True)
    passed_at = models.DateTimeField(_("passed at"), null=True, blank=True)
    refreshed_on = models.DateField(_("knows the content of"), null=True, blank=True)
    valid_until = models.DateField(_("valid up to"), null=True, blank=True)
    reminded_on = models.DateField(_("reminded on"), null=True, blank=True)

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        indexes = [
            models.Index(fields=["module", "valid_until"], name="enrolment_runs_out"),
            models.Index(fields=["valid_until", "id"], name="enrolment_in_its_order"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "module"], name="enrolment_a_person_follows_a_module_once"
            ),
        ]

    def __str__(self) -> str:
        return f"enrolment #{self.pk}"

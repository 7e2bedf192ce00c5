"""Approval by a second person."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from portal.pages.policies import can_approve


class SecondPersonTask(AbstractGroupApprovalTask):
    """Somebody approves who did not write: not who submitted, nor who edited last.

    Who may approve is asked of the roles of today; the groups of the task only decide whom
    Wagtail tells about it.
    """

    class Meta:
        verbose_name = _("approval by a second person")
        verbose_name_plural = _("approvals by a second person")

    @classmethod
    def get_description(cls) -> str:
        """What the screen of workflows says about this kind of task."""
        return str(_("An editor in chief approves, but never the own page"))

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Who may approve may open the page, also the own one."""
        return can_approve(user, obj)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Nobody else changes what lies with the editor in chief."""
        return not can_approve(user, obj)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        """An editor in chief may lock what waits."""
        return can_approve(user, obj)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Approve and send back; a writer may only take the own page back (cancel)."""
        if not can_approve(user, obj) or self.is_writer(obj, user):
            return []
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with comment"), True),
        ]

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Refuse also what did not come from a button.

        Raises:
            PermissionDenied: ``user`` may not approve here, or wrote the page.
        """
        obj = task_state.workflow_state.content_object
        if action_name in ("approve", "reject") and not self.get_actions(obj, user):
            raise PermissionDenied
        super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """The list "waits for your review", without what this person wrote."""
        waiting = TaskState.objects.filter(
            task=self, status=TaskState.STATUS_IN_PROGRESS
        ).select_related("workflow_state", "revision")
        mine = [
            state.pk
            for state in waiting
            if self.get_actions(state.workflow_state.content_object, user)
        ]
        return self.task_states.filter(pk__in=mine)

    @staticmethod
    def is_writer(obj: Any, user: Any) -> bool:
        """Whether this person submitted the page or edited it last."""
        state = obj.current_workflow_state
        submitted_by = state.requested_by_id if state else None
        latest = obj.latest_revision
        return user.pk in (submitted_by, latest.user_id if latest else None)

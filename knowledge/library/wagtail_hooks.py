from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from knowledge.library.models import Feedback
from knowledge.library.viewsets import FeedbackPolicy, FeedbackViewSet, GlossaryEntryViewSet

register_permission_policy(Feedback, FeedbackPolicy(Feedback))
register_snippet(GlossaryEntryViewSet)


@hooks.register("register_admin_viewset")
def feedback_of_readers() -> FeedbackViewSet:
    """What readers said, for the owners of pages."""
    return FeedbackViewSet("feedback")

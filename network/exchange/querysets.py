"""Questions to the exchange in plain words."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from network.exchange import policies
from network.exchange.workflow import PostKind

if TYPE_CHECKING:
    from portal.accounts.models import User


class GroupQuerySet(QuerySet[Any, Any]):
    """What a list of groups can be asked."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep the groups ``user`` may enter."""
        return self.filter(policies.visible_groups_q(user)).distinct()

    def going_on(self) -> Self:
        """Keep the groups in which something can be added."""
        return self.filter(ended_at=None)


class QuestionQuerySet(QuerySet[Any, Any]):
    """What a list of questions can be asked."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep what ``user`` may read."""
        return self.filter(policies.visible_q(user)).distinct()

    def there(self) -> Self:
        """Keep what no moderator took away."""
        return self.filter(removed_at=None)

    def unanswered(self) -> Self:
        """Keep what nobody answered."""
        answers = self.model.answers.rel.related_model.objects
        return self.filter(
            ~Exists(answers.filter(question=OuterRef("pk"), removed_at=None)),
            kind=PostKind.QUESTION,
        )

    def matching(self, text: str) -> Self:
        """Keep what has every word in its title or text."""
        rows = self
        for word in text.split()[:8]:
            rows = rows.filter(Q(title__icontains=word) | Q(text__icontains=word))
        return rows


class SharedFileQuerySet(QuerySet[Any, Any]):
    """What a list of files can be asked."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep what hangs on something that ``user`` may read and that was not taken away."""
        questions = self.model.question.field.related_model.objects
        return self.filter(question__in=questions.visible_to(user).there())

from typing import Any

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from search.models import AskedQuestion, BestBet, Synonym, WordRule
from search.viewsets import (
    BestBetViewSet,
    QuestionPolicy,
    QuestionViewSet,
    SynonymPolicy,
    SynonymViewSet,
    WordRuleViewSet,
)

register_permission_policy(Synonym, SynonymPolicy(Synonym))
register_permission_policy(BestBet, SynonymPolicy(BestBet))
register_permission_policy(WordRule, SynonymPolicy(WordRule))
register_permission_policy(AskedQuestion, QuestionPolicy(AskedQuestion))


@hooks.register("register_admin_viewset")
def words_of_search() -> list[Any]:
    """Words that mean the same, exceptions, best bets and what was asked."""
    return [
        SynonymViewSet("synoniemen"),
        WordRuleViewSet("woorduitzonderingen"),
        BestBetViewSet("aanraders"),
        QuestionViewSet("zoekvragen"),
    ]

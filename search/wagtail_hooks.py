from wagtail import hooks
from wagtail.permissions import register_permission_policy

from search.models import Synonym
from search.viewsets import SynonymPolicy, SynonymViewSet

register_permission_policy(Synonym, SynonymPolicy(Synonym))


@hooks.register("register_admin_viewset")
def synonyms() -> SynonymViewSet:
    """Words that mean the same."""
    return SynonymViewSet("synoniemen")

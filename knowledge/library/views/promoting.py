"""From a question of the network to the draft of an article."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knowledge.library.services.promoting import NoLibrary, promote
from network.exchange.models import Question
from portal.accounts.http import SignedInRequest


@login_required
@require_POST
def promote_question(request: SignedInRequest, pk: str) -> HttpResponse:
    """Begin the article and open it in the editor."""
    rows = Question.objects.visible_to(request.user).there()
    question = get_object_or_404(rows.select_related("theme"), pk=pk)
    try:
        article = promote(question, by=request.user)
    except NoLibrary:
        messages.warning(request, _("The knowledge base has no section yet."))
        return redirect(question.get_absolute_url())
    messages.success(request, _("A draft of an article is ready. Read it, and make it your own."))
    return redirect("wagtailadmin_pages:edit", article.pk)

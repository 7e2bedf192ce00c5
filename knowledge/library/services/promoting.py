"""A question of the network with its answers becomes the draft of an article."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.formats import date_format
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from wagtail.rich_text import RichText

from knowledge.library.models import ArticlePage, LibraryIndexPage
from network.exchange import policies
from network.exchange.models import Question
from portal.accounts.models import User
from portal.audit.services import record

MOST_ANSWERS = 5


class NoLibrary(Exception):
    """There is no section yet in which the article could stand."""


@transaction.atomic
def promote(question: Question, *, by: User) -> ArticlePage:
    """Begin an article with a question and its answers; a second time it is the same article.

    Who asked and who answered is not in it: they wrote for the network, not for everybody.

    Raises:
        PermissionDenied: ``by`` approves no texts, or may not read the question.
        NoLibrary: The knowledge base has no section yet.
    """
    if not policies.can_promote(by) or not policies.can_view(by, question) or question.removed_at:
        raise PermissionDenied
    address = question.get_absolute_url()
    if made := ArticlePage.objects.filter(source__contains=address).first():
        return made
    parent = LibraryIndexPage.objects.order_by("path").first()
    if parent is None:
        raise NoLibrary
    answers = question.answers.filter(removed_at=None)[:MOST_ANSWERS]
    article = ArticlePage(
        title=question.title,
        summary=question.text[:300],
        owner=by,
        live=False,
        source=_("Question in the network of %(day)s (%(address)s)")
        % {"day": date_format(question.written_at, "j F Y"), "address": address},
        body=[
            ("heading", _("The question")),
            ("text", RichText(linebreaks(question.text, autoescape=True))),
            ("heading", _("What colleagues answered")),
            *(("text", RichText(linebreaks(one.text, autoescape=True))) for one in answers),
        ],
    )
    parent.add_child(instance=article)
    if question.theme:
        article.themes.add(question.theme)
    article.save_revision(user=by)
    record("question.promoted", by=by.reference, subject=f"question:{question.pk}")
    return article

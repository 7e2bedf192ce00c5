"""The news as RSS."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from home.feeds import NewsFeed
from home.models import NewsIndexPage


@require_safe
def news_feed(request: HttpRequest) -> HttpResponse:
    """The newest twenty items that this visitor may read, in the language of the address."""
    indexes = NewsIndexPage.objects.visible_to(request.user)
    index = indexes.filter(locale=Locale.get_active()).first() or indexes.first()
    if index is None:
        raise Http404
    response: HttpResponse = NewsFeed(index, index.news_for(request))(request)
    return response

"""What a browser sent along with a form."""

from django.http import HttpRequest, QueryDict


def typed(request: HttpRequest) -> QueryDict | None:
    """The typed values; ``None`` when the page is only looked at, also for an empty form."""
    return request.POST if request.method == "POST" else None

"""What somebody typed in a form."""

from django.http import HttpRequest, QueryDict


def typed(request: HttpRequest) -> QueryDict | None:
    """The posted form, also when every box of it was left empty; nothing when only looking."""
    return request.POST if request.method == "POST" else None

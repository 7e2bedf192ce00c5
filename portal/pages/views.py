"""Images, served to whoever may see their collection."""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.pages.models import PortalRendition
from portal.pages.visibility import can_read_collection

A_YEAR = 365 * 24 * 3600


@require_safe
def serve_rendition(request: HttpRequest, pk: int, name: str) -> FileResponse:
    """One size of an image; a closed collection looks like an address that does not exist."""
    rendition = get_object_or_404(
        PortalRendition.objects.select_related("image__collection"),
        pk=pk,
        file__endswith=f"/{name}",
    )
    collection = rendition.image.collection
    if not can_read_collection(request.user, collection):
        raise Http404
    response = FileResponse(rendition.file.open("rb"), filename=name)
    is_public = not collection.get_view_restrictions().exists()
    response["Cache-Control"] = (
        f"public, max-age={A_YEAR}, immutable" if is_public else "private, no-store"
    )
    if name.endswith(".svg"):
        response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response

"""The portal's own addresses, and a bare view to compare with."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from knowledge.library import shelves
from portal.urls import handler400, handler403, handler404, handler500
from portal.urls import urlpatterns as portal_urls

__all__ = ["handler400", "handler403", "handler404", "handler500"]

shelves.PER_PAGE = 50  # the budget is for a listing of 50


def bare(request: HttpRequest, number: int) -> HttpResponse:
    """The least that Django can answer through the same middleware."""
    return HttpResponse("ok")


urlpatterns = [path("bare/<int:number>/", bare), *portal_urls]

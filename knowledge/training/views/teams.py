"""How far teams are, for who answers for them: totals, and never a person."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from knowledge.training import policies
from knowledge.training.forms.register import CourseForm
from knowledge.training.services import teams as service
from portal.accounts.http import SignedInRequest

PER_PAGE = 25


@never_cache
@login_required
@require_safe
def teams(request: SignedInRequest) -> HttpResponse:
    """Teams by modules of a course, in the own municipalities."""
    if not policies.can_see_coverage(request.user):
        raise PermissionDenied
    form = CourseForm(request.GET or None)
    modules = form.modules()
    seen = policies.totals_q(request.user)
    found, counted_at = service.teams(modules, timezone.localdate(), only=seen)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "modules": modules, "page": page, "counted_at": counted_at}
    return render(request, "knowledge/training/coordinator/teams.html", context)


@never_cache
@login_required
@require_safe
def as_csv(request: SignedInRequest) -> HttpResponse | StreamingHttpResponse:
    """The same as a file, of every team."""
    if not policies.can_see_coverage(request.user):
        raise PermissionDenied
    modules = CourseForm(request.GET or None).modules()
    seen = policies.totals_q(request.user)
    lines = service.as_csv(modules, timezone.localdate(), only=seen, by=request.user)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="teams.csv"'
    return response

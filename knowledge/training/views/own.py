"""“My training”: what I followed, what is due, and what the portal keeps of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.training import policies
from knowledge.training.forms.own import EraseForm, LearnerForm
from knowledge.training.models import Attempt, CoursePage, Learner, ModulePage
from knowledge.training.models.studying import MOST, grouped, my_training
from knowledge.training.services.own import erase, export_of
from knowledge.training.views.typed import typed
from portal.accounts.http import SignedInRequest

PER_PAGE = 25


@never_cache
@login_required
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """Every course and module with where I am, my certificates, and my history."""
    if not policies.can_follow(request.user):
        raise PermissionDenied
    modules = ModulePage.objects.visible_to(request.user).light()[:MOST]
    rows = my_training(request.user, modules, today=timezone.localdate())
    courses = CoursePage.objects.visible_to(request.user).defer("body", "related")
    own = policies.own_q(request.user)
    return render(
        request,
        "knowledge/training/mine.html",
        {
            "rows": rows,
            "groups": grouped(rows, courses.order_by("path")[:MOST]),
            "done": sum(row.is_done for row in rows),
            "page": Paginator(Attempt.objects.filter(own), PER_PAGE).get_page(
                request.GET.get("page")
            ),
            "learner": Learner.objects.filter(own).first(),
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def work(request: SignedInRequest) -> HttpResponse:
    """Where I work, for totals."""
    if not policies.can_follow(request.user):
        raise PermissionDenied
    learner = Learner.objects.filter(user=request.user).first() or Learner(user=request.user)
    form = LearnerForm(typed(request), instance=learner)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("training:mine")
    return render(
        request,
        "knowledge/training/work.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@never_cache
@login_required
@require_safe
def export(request: SignedInRequest) -> HttpResponse:
    """Everything that training keeps of me, as a file."""
    response = JsonResponse(
        export_of(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="mijn-training.json"'
    return response


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def delete(request: SignedInRequest) -> HttpResponse:
    """Delete all of it, after asking once more."""
    form = EraseForm(typed(request))
    if form.is_valid():
        erase(by=request.user)
        messages.success(request, _("Your training history is deleted."))
        return redirect("training:mine" if policies.can_follow(request.user) else "/account/")
    return render(
        request,
        "knowledge/training/erase.html",
        {"form": form},
        status=422 if form.errors else 200,
    )

"""Reading lessons, and going on where one left."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from knowledge.training.models import LessonPage, ModulePage
from knowledge.training.models.studying import steps_for
from knowledge.training.services.reading import mark_read
from portal.accounts.http import SignedInRequest


@login_required
@require_POST
def read(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep that a lesson was read, and go on: the next lesson, the test, or the module."""
    lesson = get_object_or_404(LessonPage.objects.visible_to(request.user), id=pk)
    attempt = mark_read(lesson, by=request.user)
    if attempt:
        return redirect("training:result", attempt.pk)
    module = ModulePage.objects.get(path=lesson.module_path)
    left = [step.lesson for step in steps_for(request.user, module) if not step.is_read]
    after = [one for one in left if one.path > lesson.path] or left
    if not after and len(module.questions):
        return redirect("training:test", module.slug)
    return redirect((after[0] if after else module).get_url(request))

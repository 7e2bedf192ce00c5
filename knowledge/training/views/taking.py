"""Taking a test, one exercise on a page."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.training import policies
from knowledge.training.exercises import Exercise, Judgement, judge, walk_of
from knowledge.training.forms.answers import FORMS, AnswerForm
from knowledge.training.models import Attempt, Certificate, Draft, ModulePage
from knowledge.training.models.attempts import Kind
from knowledge.training.services import taking
from knowledge.training.views.typed import typed
from portal.accounts.http import SignedInRequest


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def test(request: SignedInRequest, slug: str) -> HttpResponse:
    """What the test is like, and the button to begin or to go on."""
    module = module_of(request, slug)
    draft = Draft.objects.filter(policies.own_q(request.user), module=module).first()
    context: dict[str, Any] = {"module": module, "draft": draft}
    if draft is None:
        try:
            context["kind"] = taking.may_start(request.user, module)
        except taking.MustWait as wait:
            context["wait_until"] = wait.until
        except taking.NeedsAnother as other:
            context["first"] = other.page
        except taking.NeedsLesson as unread:
            context["lesson"] = unread.lesson
        except taking.NoQuestions as error:
            raise Http404 from error
    blocked = bool(context.keys() & {"wait_until", "first", "lesson"})
    if request.method == "POST" and not blocked:
        draft = taking.start(module, by=request.user)
        return redirect("training:exercise", slug, first_open(module, draft))
    context["asked"] = len(draft.questions) if draft else module.draw or len(module.questions)
    context["answered"] = answered(draft) if draft else 0
    context["last"] = Attempt.objects.filter(policies.own_q(request.user), module=module).first()
    return render(
        request,
        "knowledge/training/test.html",
        context,
        status=409 if blocked and request.POST else 200,
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def exercise(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """One exercise: its form, or what is said about the answer."""
    module = module_of(request, slug)
    draft = Draft.objects.filter(policies.own_q(request.user), module=module).first()
    if draft is None:
        return redirect("training:test", slug)
    exercises = taking.exercises_of(module, draft)
    if not 1 <= number <= len(exercises):
        raise Http404
    one = exercises[number - 1]
    kept = draft.answers.get(one.key, {})
    is_judged = kept.get("points") is not None
    form = None
    if not is_judged:
        form = FORMS[one.form](typed(request), exercise=one, before=kept.get("given"))
        if request.method == "POST" and form.is_valid():
            taking.answer(draft, exercise=one, given=form.given(), by=request.user)
            return redirect("training:exercise", slug, number)
    elif request.method == "POST":
        return redirect("training:exercise", slug, number)
    context = {
        "module": module,
        "exercise": one,
        "number": number,
        "total": len(exercises),
        "answered": answered(draft),
        "form": form,
        "judgement": judge(one, kept["given"]) if is_judged else None,
        "next": number + 1 if number < len(exercises) else None,
        **so_far(one, kept, form),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "knowledge/training/exercise.html", context, status=status)


def so_far(one: Exercise, kept: dict[str, Any], form: AnswerForm | None) -> dict[str, Any]:
    """What an exercise in parts shows of the parts before: the own text, or the scenes."""
    given = kept.get("given")
    if one.form == "scenario":
        return {"walk": walk_of(one, given or [])}
    if one.form == "open" and given:
        return {"own_text": given["text"]}
    return {}


@never_cache
@login_required
@require_http_methods(["POST"])
def finish(request: SignedInRequest, slug: str) -> HttpResponse:
    """Hand in the test."""
    module = module_of(request, slug)
    draft = Draft.objects.filter(policies.own_q(request.user), module=module).first()
    if draft is None:
        return redirect("training:test", slug)
    try:
        attempt = taking.finish(draft, by=request.user)
    except taking.Unfinished as unfinished:
        return redirect("training:exercise", slug, unfinished.number)
    return redirect("training:result", attempt.pk)


@never_cache
@login_required
@require_safe
def result(request: SignedInRequest, pk: int) -> HttpResponse:
    """How it went, for the learner and the coordinator only."""
    attempt = get_object_or_404(Attempt.objects.select_related("event"), pk=pk)
    if not policies.can_see_result(request.user, attempt):
        raise Http404
    module = ModulePage.objects.filter(pk=attempt.module_id).first()
    certificate = Certificate.objects.filter(attempt=attempt).first()
    waits = attempt.is_passed and certificate is None and module and module.must_attend
    return render(
        request,
        "knowledge/training/result.html",
        {
            "attempt": attempt,
            "module": module,
            "certificate": certificate,
            "waits_for_presence": waits and attempt.kind in (Kind.FULL, Kind.READ),
            "waits_for_test": waits and attempt.kind == Kind.ATTENDED,
            "points": [
                Judgement(points) for points in attempt.answers.values() if points is not None
            ],
        },
    )


def module_of(request: SignedInRequest, slug: str) -> ModulePage:
    """The module with this slug, when this person may read it and follow training.

    A module that is translated has the same slug in each language: the one of this address wins.

    Raises:
        Http404: there is none, or it is closed for this person.
        PermissionDenied: the person reads training but follows none.
    """
    twins = ModulePage.objects.visible_to(request.user).filter(slug=slug).select_related("locale")
    found = sorted(twins, key=lambda one: one.locale.language_code != get_language())
    if not found:
        raise Http404
    if not policies.can_follow(request.user):
        raise PermissionDenied
    return found[0]


def answered(draft: Draft) -> int:
    """How many questions have an answer that counts."""
    return sum(1 for one in draft.answers.values() if one["points"] is not None)


def first_open(module: ModulePage, draft: Draft) -> int:
    """The number of the first exercise without an answer; the last when all have one."""
    exercises = taking.exercises_of(module, draft)
    for number, one in enumerate(exercises, start=1):
        if draft.answers.get(one.key, {}).get("points") is None:
            return number
    return len(exercises)

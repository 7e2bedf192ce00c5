"""Reading, asking and answering."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.directory.models import Profile
from network.exchange import policies
from network.exchange.forms import (
    AnswerForm,
    ChoicesForm,
    DeviceForm,
    QuestionFilterForm,
    QuestionForm,
)
from network.exchange.models import Answer, Choices, Device, Group, HouseRules, Question
from network.exchange.services.mentions import mention
from network.exchange.services.posts import accept, answer, ask, flag
from network.exchange.services.rules import accept_rules, current_rules, has_accepted
from portal.accounts.http import SignedInRequest
from portal.audit.services import record
from portal.push.messages import is_on, public_key

PER_PAGE = 25
MOST_FILES = 100


@never_cache
@login_required
@require_safe
def questions(request: SignedInRequest) -> HttpResponse:
    """What the network asks, newest first, filtered by the address."""
    if not policies.can_read(request.user):
        raise PermissionDenied
    groups = Group.objects.visible_to(request.user)
    form = QuestionFilterForm(request.GET or None, groups=groups)
    form.is_valid()
    rows = filtered(Question.objects.visible_to(request.user), getattr(form, "cleaned_data", {}))
    answers = Count("answers", filter=Q(answers__removed_at=None), distinct=True)
    helped = Count("answers", filter=Q(answers__is_accepted=True), distinct=True)
    rows = rows.select_related("by", "group", "theme").annotate(number=answers, helped=helped)
    return render(
        request,
        "network/exchange/questions.html",
        {
            "form": form,
            "page": Paginator(rows.order_by("-written_at", "pk"), PER_PAGE).get_page(
                request.GET.get("page")
            ),
            "groups": groups,
            "may_write": policies.can_write(request.user),
            "may_moderate": policies.can_moderate(request.user, None),
        },
    )


def filtered(rows: Any, chosen: dict[str, Any]) -> Any:
    """Keep what the filters ask for; what was taken away is in no list."""
    rows = rows.there()
    if text := chosen.get("q"):
        rows = rows.matching(text)
    if group := chosen.get("groep"):
        rows = rows.filter(group=group)
    if theme := chosen.get("thema"):
        rows = rows.filter(theme=theme)
    if kind := chosen.get("soort"):
        rows = rows.filter(kind=kind)
    if chosen.get("open"):
        rows = rows.unanswered()
    return rows


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def new_question(request: SignedInRequest) -> HttpResponse:
    """Ask something; a text about a person is refused, with the way to the meldpunt."""
    if not policies.can_write(request.user):
        raise PermissionDenied
    form = QuestionForm(
        request.POST or None,
        groups=Group.objects.visible_to(request.user).going_on(),
        profiles=Profile.objects.visible_to(request.user).listed(),
        accepted=has_accepted(request.user),
    )
    if form.is_valid():
        accept_rules(by=request.user)
        made = ask(form.values(), by=request.user)
        mention(made, form.cleaned_data["people"], by=request.user)
        messages.success(request, _("Your question stands in the network."))
        return redirect(made.get_absolute_url())
    note_block(request, form)
    return render(
        request,
        "network/exchange/ask.html",
        {"form": form, "rules": rules_first(form)},
        status=422 if form.errors else 200,
    )


def rules_first(form: Any) -> HouseRules | None:
    """The house rules, for who has to accept them before writing."""
    return current_rules() if "rules" in form.fields else None


def note_block(request: SignedInRequest, form: Any) -> None:
    """Count that a text was refused for a person in it; of the text nothing is kept."""
    if form.found_person:
        record("post.blocked", by=request.user.reference, outcome="refused")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def question(request: SignedInRequest, pk: str) -> HttpResponse:
    """One question with its answers, and answering it."""
    rows = Question.objects.visible_to(request.user).select_related("by", "group", "theme")
    found = get_object_or_404(rows, pk=pk)
    may_write = policies.can_answer(request.user, found)
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    form = AnswerForm(
        request.POST or None,
        profiles=Profile.objects.visible_to(request.user).listed(),
        accepted=has_accepted(request.user),
    )
    if form.is_valid():
        accept_rules(by=request.user)
        answer(found, text=form.cleaned_data["text"], by=request.user)
        mention(found, form.cleaned_data["people"], by=request.user)
        messages.success(request, _("Your answer stands below the question."))
        return redirect(found.get_absolute_url())
    note_block(request, form)
    answers = list(found.answers.select_related("by")[:200])
    files = [] if found.removed_at else list(found.files.select_related("by")[:MOST_FILES])
    for one in answers:
        one.shown_files = [file for file in files if file.answer_id == one.pk]
    return render(
        request,
        "network/exchange/question.html",
        {
            "question": found,
            "mentions": found.mentions.select_related("user")[:50],
            "answers": answers,
            "form": form if may_write else None,
            "rules": rules_first(form) if may_write else None,
            "files": [one for one in files if one.answer_id is None],
            "may_share": policies.can_share(request.user, found),
            "may_accept": policies.can_accept(request.user, found),
            "may_promote": policies.can_promote(request.user),
            "may_moderate": policies.can_moderate(request.user, policies.place_of(found)),
        },
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def accept_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that an answer helped."""
    found = get_object_or_404(
        Answer.objects.filter(question__in=Question.objects.visible_to(request.user)), pk=pk
    )
    accept(found, by=request.user)
    messages.success(request, _("Good to hear that it helped."))
    return redirect(found.question.get_absolute_url())


@login_required
@require_POST
def flag_post(request: SignedInRequest, pk: str) -> HttpResponse:
    """I see something that does not belong here."""
    found = get_object_or_404(Question.objects.visible_to(request.user), pk=pk)
    number = request.POST.get("answer", "")
    answered = None
    if number.isdecimal() and len(number) < 12:
        answered = get_object_or_404(found.answers, pk=int(number))
    flag(found, answered=answered, by=request.user)
    messages.success(request, _("Thank you. A moderator will look at it."))
    return redirect(found.get_absolute_url())


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def own_choices(request: SignedInRequest) -> HttpResponse:
    """Which digest I want, and when I rest."""
    if not policies.can_read(request.user):
        raise PermissionDenied
    mine = Choices.objects.filter(user=request.user).first() or Choices(user=request.user)
    form = ChoicesForm(request.POST or None, instance=mine)
    if form.is_valid():
        Choices.objects.update_or_create(user=request.user, defaults=form.cleaned_data)
        messages.success(request, _("Your choice is kept."))
        return redirect("network:questions")
    return render(
        request,
        "network/exchange/choices.html",
        {"form": form, **own_devices(request)},
        status=422 if form.errors else 200,
    )


def own_devices(request: SignedInRequest) -> dict[str, Any]:
    """The browsers that are told when something is new; nothing where the portal sends no pushes."""
    if not is_on():
        return {}
    return {
        "devices": Device.objects.filter(user=request.user),
        "device_form": DeviceForm(auto_id="device_%s"),
        "push_key": public_key(),
    }

"""What moderators do, and beginning a group."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.directory.models import Profile
from network.exchange import policies
from network.exchange.forms import ChangeGroupForm, GroupForm, RemovalForm
from network.exchange.models import Answer, Flag, Group, Question, SharedFile
from network.exchange.services.files import remove
from network.exchange.services.groups import change_group, end_group, make_group
from network.exchange.services.posts import dismiss, take_away
from network.exchange.workflow import Removal
from portal.accounts.http import SignedInRequest
from portal.accounts.models import User
from portal.accounts.roles import Permission

PER_PAGE = 25


@never_cache
@login_required
@require_safe
def flagged(request: SignedInRequest) -> HttpResponse:
    """What people flagged, oldest first."""
    if not policies.can_moderate(request.user, None):
        raise PermissionDenied
    places = request.user.municipalities_where(Permission.NETWORK_WORK)
    here = Q(question__group=None) | Q(question__group__municipality=None)
    rows = Flag.objects.filter(
        here | Q(question__group__municipality__in=places), handled_at=None
    ).select_related("question", "answer")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "network/exchange/flagged.html", {"page": page})


@login_required
@require_POST
def leave_there(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nothing is wrong with it."""
    if not policies.can_moderate(request.user, None):
        raise PermissionDenied
    dismiss(
        get_object_or_404(Flag.objects.select_related("question__group"), pk=pk), by=request.user
    )
    messages.success(request, _("It stays where it is."))
    return redirect("network_werkplek:flagged")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def remove_question(request: SignedInRequest, pk: str) -> HttpResponse:
    """Take a question away."""
    found = get_object_or_404(Question.objects.visible_to(request.user).there(), pk=pk)
    return removal(request, found, found)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def remove_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an answer away."""
    rows = Answer.objects.filter(
        question__in=Question.objects.visible_to(request.user), removed_at=None
    )
    found = get_object_or_404(rows.select_related("question__group"), pk=pk)
    return removal(request, found, found.question)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def remove_file(request: SignedInRequest, pk: str) -> HttpResponse:
    """Take a file away."""
    rows = SharedFile.objects.visible_to(request.user).select_related("question__group", "by")
    found = get_object_or_404(rows, pk=pk)
    return removal(request, found, found.question)


def removal(request: SignedInRequest, post: Any, question: Question) -> HttpResponse:
    """Ask why, then erase it."""
    if not policies.can_moderate(request.user, policies.place_of(question)):
        raise PermissionDenied
    form = RemovalForm(request.POST or None)
    if form.is_valid():
        why = Removal(form.cleaned_data["why"])
        if isinstance(post, SharedFile):
            remove(post, why=why, by=request.user)
        else:
            take_away(post, why=why, by=request.user)
        messages.success(request, _("It is taken away. Who wrote it hears why."))
        return redirect("network_werkplek:flagged")
    return render(
        request,
        "network/exchange/remove.html",
        {"form": form, "post": post, "question": question},
        status=422 if form.errors else 200,
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def new_group(request: SignedInRequest) -> HttpResponse:
    """Begin a group, open or closed."""
    if not policies.can_moderate(request.user, None):
        raise PermissionDenied
    people = listed_people(request).exclude(pk=request.user.pk)
    form = GroupForm(request.POST or None, people=people)
    if form.is_valid():
        place = form.cleaned_data["municipality"]
        if policies.can_moderate(request.user, place.pk if place else None):
            make_group(form.cleaned_data, by=request.user)
            messages.success(request, _("The group is there."))
            return redirect("network:questions")
        form.add_error("municipality", _("You do not keep the network of this municipality."))
    return render(
        request,
        "network/exchange/group_form.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


def listed_people(request: SignedInRequest) -> Any:
    """Who wants to be found by ``request.user``, by name."""
    listed = Profile.objects.visible_to(request.user).listed().values("user")
    return User.objects.filter(pk__in=listed).order_by("name", "pk")


def kept_group(request: SignedInRequest, slug: str) -> Group:
    """The group, for who keeps it.

    Raises:
        PermissionDenied: Somebody else keeps the network there.
    """
    found: Group = get_object_or_404(Group.objects.visible_to(request.user), slug=slug)
    if not policies.can_moderate(request.user, found.municipality_id):
        raise PermissionDenied
    return found


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def change(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change the name, the subject and the members of a group."""
    found = kept_group(request, slug)
    members = User.objects.filter(pk__in=found.members.values("pk"))
    people = (listed_people(request) | members).order_by("name", "pk")
    form = ChangeGroupForm(request.POST or None, instance=found, people=people)
    if form.is_valid():
        stored = kept_group(request, slug)
        change_group(stored, values=form.cleaned_data, by=request.user)
        messages.success(request, _("The group is kept."))
        return redirect(stored)
    return render(
        request,
        "network/exchange/group_change.html",
        {"form": form, "group": kept_group(request, slug)},
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def end(request: SignedInRequest, slug: str) -> HttpResponse:
    """End a group."""
    found = kept_group(request, slug)
    end_group(found, by=request.user)
    messages.success(request, _("The group has ended."))
    return redirect(found)

"""One group: what is said in it, who is in it, and its files."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.exchange import policies
from network.exchange.forms import FileForm
from network.exchange.models import Answer, Group, Question, SharedFile
from network.exchange.services.files import TooMany, remove, share
from network.exchange.services.groups import join, leave
from network.exchange.services.rules import accept_rules, has_accepted
from network.exchange.views.questions import note_block, rules_first
from portal.accounts.http import SignedInRequest
from portal.files.documents import TYPES, DocumentKind, NotTaken
from portal.files.scanner import Infected, ScannerAway

PER_PAGE = 25
SORTS = {
    "naam": ("name", gettext_lazy("Name")),
    "wie": ("by__name", gettext_lazy("Shared by")),
    "wanneer": ("at", gettext_lazy("When")),
    "grootte": ("size", gettext_lazy("Size")),
}


@never_cache
@login_required
@require_safe
def groups(request: SignedInRequest) -> HttpResponse:
    """The groups this person may enter."""
    if not policies.can_read(request.user):
        raise PermissionDenied
    rows = Group.objects.visible_to(request.user).order_by("name", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    mine = set(
        Group.members.through.objects.filter(
            user=request.user, group__in=[one.pk for one in page]
        ).values_list("group_id", flat=True)
    )
    return render(
        request,
        "network/exchange/groups.html",
        {
            "page": page,
            "mine": mine,
            "may_moderate": policies.can_moderate(request.user, None),
        },
    )


@never_cache
@login_required
@require_safe
def group(request: SignedInRequest, slug: str) -> HttpResponse:
    """One group, with the newest of what is said in it."""
    found = visible(request, slug)
    members = found.members.order_by("name", "pk")
    return render(
        request,
        "network/exchange/group.html",
        {
            "group": found,
            "members": members.filter(is_active=True)[:100],
            "is_member": members.filter(pk=request.user.pk).exists(),
            "newest": Question.objects.filter(group=found).there()[:5],
            "may_join": policies.can_join(request.user, found),
            "may_moderate": policies.can_moderate(request.user, found.municipality_id),
        },
    )


def visible(request: SignedInRequest, slug: str) -> Group:
    """The group, when this person may enter it."""
    found: Group = get_object_or_404(Group.objects.visible_to(request.user), slug=slug)
    return found


@login_required
@require_POST
def membership(request: SignedInRequest, slug: str) -> HttpResponse:
    """Join, or leave when already a member."""
    found = visible(request, slug)
    if found.members.filter(pk=request.user.pk).exists():
        leave(found, by=request.user)
        messages.success(request, _("You left the group."))
        return redirect("network:groups")
    join(found, by=request.user)
    messages.success(request, _("You are a member of the group now."))
    return redirect(found)


@never_cache
@login_required
@require_safe
def files(request: SignedInRequest, slug: str) -> HttpResponse:
    """The files of a group, sorted by the address."""
    found = visible(request, slug)
    sort, is_down = sorting(request.GET.get("sorteer", ""))
    field = SORTS[sort][0]
    rows = SharedFile.objects.visible_to(request.user).filter(question__group=found)
    rows = rows.select_related("by", "question").order_by(f"-{field}" if is_down else field, "pk")
    may_moderate = policies.can_moderate(request.user, found.municipality_id)
    return render(
        request,
        "network/exchange/files.html",
        {
            "group": found,
            "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
            "columns": columns(sort, is_down=is_down),
            "may_moderate": may_moderate,
        },
    )


def sorting(asked: str) -> tuple[str, bool]:
    """The column to sort by and whether from high to low; the newest first when nothing is asked."""
    name = asked.removeprefix("-")
    return (name, asked.startswith("-")) if name in SORTS else ("wanneer", True)


def columns(sort: str, *, is_down: bool) -> list[dict[str, str]]:
    """The heads of the table; pressing the one that sorts turns it around."""
    return [
        {
            "title": str(title),
            "url": f"?sorteer={'-' if name == sort and not is_down else ''}{name}",
            "sorted": ("descending" if is_down else "ascending") if name == sort else "",
        }
        for name, (_field, title) in SORTS.items()
    ]


@never_cache
@login_required
@require_safe
def shared_file(request: SignedInRequest, pk: str) -> FileResponse:
    """The bytes, for who may read what they belong to; always as a download."""
    found = get_object_or_404(SharedFile.objects.visible_to(request.user), pk=pk)
    try:
        content = found.content.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        content,
        as_attachment=True,
        filename=found.name,
        content_type=TYPES[DocumentKind(found.kind)],
    )
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def add_file(request: SignedInRequest, pk: str) -> HttpResponse:
    """Share a document with a question or discussion."""
    question = get_object_or_404(
        Question.objects.visible_to(request.user).select_related("group"), pk=pk
    )
    return adding(request, question, None)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def add_file_to_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Share a document with an own answer."""
    rows = Answer.objects.filter(
        question__in=Question.objects.visible_to(request.user), by=request.user, removed_at=None
    )
    answered = get_object_or_404(rows.select_related("question__group"), pk=pk)
    return adding(request, answered.question, answered)


def adding(request: SignedInRequest, question: Question, answered: Answer | None) -> HttpResponse:
    """The form for a document; what is refused is kept nowhere."""
    if not policies.can_share(request.user, question):
        raise PermissionDenied
    form = FileForm(
        request.POST or None, request.FILES or None, accepted=has_accepted(request.user)
    )
    if request.method == "POST" and form.is_valid():
        accept_rules(by=request.user)
        if not (refused := refusal(request, form, question, answered)):
            messages.success(request, _("The document is shared with the group."))
            return redirect(question.get_absolute_url())
        form.add_error("file", refused)
    note_block(request, form)
    return render(
        request,
        "network/exchange/add_file.html",
        {"form": form, "question": question, "rules": rules_first(form)},
        status=422 if form.errors else 200,
    )


def refusal(
    request: SignedInRequest, form: Any, question: Question, answered: Answer | None
) -> str:
    """Share it; or the reason why not, in words for who shares."""
    try:
        share(form.cleaned_data["file"], question, answered=answered, by=request.user)
    except TooMany:
        return _("There are enough files here for today. Take one away, or come back tomorrow.")
    except NotTaken:
        return _(
            "We do not take this file. Save it as PDF, Word, Excel, PowerPoint, OpenDocument or "
            "plain text, without macros, and try again."
        )
    except Infected:
        return _("This file is harmful. It was not kept. Ask your IT desk to look at it.")
    except ScannerAway:
        return _("We can't check files now, so we take none. Try again later. Nothing was kept.")
    return ""


@login_required
@require_POST
def take_back(request: SignedInRequest, pk: str) -> HttpResponse:
    """Erase a file of one's own."""
    rows = SharedFile.objects.visible_to(request.user).select_related("question__group")
    found = get_object_or_404(rows.filter(by=request.user), pk=pk)
    question = found.question
    remove(found, by=request.user)
    messages.success(request, _("The document is gone."))
    return redirect(question.get_absolute_url())

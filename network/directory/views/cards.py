"""Making, correcting, confirming and merging cards."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from network.directory import policies
from network.directory.forms.cards import CardForm, ContactFunctionFormSet, MergeForm
from network.directory.models import Merge, Organisation
from network.directory.services.cards import confirm_card, save_card
from network.directory.services.merging import CannotMerge, CannotPart, merge_cards, part_cards
from portal.accounts.http import SignedInRequest


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def new_card(request: SignedInRequest) -> HttpResponse:
    """Add an organisation."""
    if not policies.can_export_people(request.user):
        raise PermissionDenied
    return card_screen(request, Organisation())


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def change_card(request: SignedInRequest, slug: str) -> HttpResponse:
    """Correct a card: the organisation its own, the coordinator those of the municipality."""
    organisation = get_object_or_404(
        Organisation.objects.visible_to(request.user).current().distinct(), slug=slug
    )
    if not policies.can_change(request.user, organisation):
        raise PermissionDenied
    return card_screen(request, organisation)


def card_screen(request: SignedInRequest, organisation: Organisation) -> HttpResponse:
    """The form of a card; what was typed stays when something is wrong."""
    is_keeper = not (
        policies.can_work(request.user, organisation.municipality_id)
        if organisation.pk
        else policies.can_export_people(request.user)
    )
    form = CardForm(request.POST or None, instance=organisation, is_keeper=is_keeper)
    contacts = ContactFunctionFormSet(
        request.POST or None, prefix="contact", initial=contacts_of(organisation)
    )
    # Both are asked, so that everything that is wrong is told at once.
    if request.method == "POST" and all([form.is_valid(), contacts.is_valid()]):
        place = form.cleaned_data.get("municipality", organisation.municipality)
        if is_keeper or policies.can_work(request.user, place.pk if place else None):
            # The form already filled its instance; the service reads the stored card.
            stored = Organisation.objects.filter(pk=organisation.pk).first() or Organisation()
            saved = save_card(
                stored,
                values=form.values(),
                hours=form.hours,
                contacts=[one for one in contacts.cleaned_data if one.get("function")],
                by=request.user,
            )
            messages.success(request, _("The card is saved."))
            return redirect(saved.get_absolute_url())
        form.add_error("municipality", _("You do not keep the network of this municipality."))
    return render(
        request,
        "network/directory/card_form.html",
        {"form": form, "contacts": contacts, "organisation": organisation},
        status=422 if form.errors or contacts.total_error_count() else 200,
    )


def contacts_of(organisation: Organisation) -> list[dict[str, Any]]:
    """What the card says now about its functions."""
    if not organisation.pk:
        return []
    names = ("function", "phone", "email", "note", "is_always_open")
    return list(organisation.contacts.values(*names))


@login_required
@require_POST
def confirm(request: SignedInRequest, slug: str) -> HttpResponse:
    """Yes, the card is still right."""
    organisation = get_object_or_404(
        Organisation.objects.visible_to(request.user).current().distinct(), slug=slug
    )
    confirm_card(organisation, by=request.user)
    messages.success(request, _("Thank you. The card is confirmed."))
    return redirect(organisation.get_absolute_url())


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def merge(request: SignedInRequest, slug: str) -> HttpResponse:
    """Let another card go up in this one; undo it from the same screen for 30 days."""
    kept = get_object_or_404(
        Organisation.objects.current().filter(policies.workable_q(request.user)), slug=slug
    )
    others = Organisation.objects.current().filter(policies.workable_q(request.user))
    form = MergeForm(request.POST or None, choices=others.exclude(pk=kept.pk))
    if form.is_valid():
        try:
            merge_cards(kept, merged=form.cleaned_data["merged"], by=request.user)
        except CannotMerge:
            form.add_error("merged", _("This card can't be merged."))
        else:
            messages.success(request, _("The two cards are one now. You can undo it for 30 days."))
            return redirect("network_werkplek:merge", slug=kept.slug)
    merges = Merge.objects.filter(kept=kept, undone_at=None).select_related("merged", "by")[:20]
    return render(
        request,
        "network/directory/merge.html",
        {"organisation": kept, "form": form, "merges": merges},
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def part(request: SignedInRequest, pk: int) -> HttpResponse:
    """Undo a merge."""
    found = get_object_or_404(
        Merge.objects.filter(
            kept__in=Organisation.objects.filter(policies.workable_q(request.user))
        ),
        pk=pk,
    )
    try:
        part_cards(found, by=request.user)
    except CannotPart:
        messages.warning(request, _("This merge can't be undone any more."))
    else:
        messages.success(request, _("There are two cards again, as before."))
    return redirect("network_werkplek:merge", slug=found.kept.slug)

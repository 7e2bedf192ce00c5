"""Putting things on the map and taking them off."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from network.directory.services.cards import IsAPerson
from network.map import policies
from network.map.forms import LinkForm, NodeForm
from network.map.models import NetworkLink, NetworkNode
from network.map.services.links import DoesNotFit, IsThereAlready, end_link, start_link
from network.map.services.nodes import HasACard, end_node, save_node
from network.map.workflow import LinkKind, Strength
from portal.accounts.http import SignedInRequest

NAMES_OFFERED = 300


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def new_node(request: SignedInRequest) -> HttpResponse:
    """Add a consultation, a function or a meeting place."""
    if not policies.can_keep_node(request.user, None):
        raise PermissionDenied
    return node_screen(request, NetworkNode())


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def change_node(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change one."""
    rows = NetworkNode.objects.visible_to(request.user).filter(organisation=None)
    node = get_object_or_404(rows, pk=pk)
    if not policies.can_keep_node(request.user, node.municipality_at):
        raise PermissionDenied
    return node_screen(request, node)


def node_screen(request: SignedInRequest, node: NetworkNode) -> HttpResponse:
    """The form of a node."""
    form = NodeForm(request.POST or None, instance=node)
    if form.is_valid():
        stored = NetworkNode.objects.filter(pk=node.pk).first() or NetworkNode()
        try:
            saved = save_node(stored, values=form.values(), by=request.user)
        except IsAPerson:
            form.add_error("name", _("This is the name of a person. People are never on the map."))
        except HasACard:
            form.add_error("kind", _("An organisation comes on the map with its card."))
        except PermissionDenied:
            form.add_error("municipality", _("You do not keep the network of this municipality."))
        else:
            messages.success(request, _("It stands on the map."))
            return redirect(saved.get_absolute_url())
    return render(
        request,
        "network/map/node_form.html",
        {"form": form, "node": node},
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def stop_node(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that it is no longer there."""
    rows = NetworkNode.objects.visible_to(request.user).filter(organisation=None)
    end_node(get_object_or_404(rows, pk=pk), by=request.user)
    messages.success(request, _("It stands on the map of before only."))
    return redirect("network:map")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def new_link(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what is between this node and another."""
    here = get_object_or_404(NetworkNode.objects.select_related("organisation"), pk=pk)
    if not policies.can_link(request.user, here):
        raise PermissionDenied
    nodes = NetworkNode.objects.there_on(timezone.localdate()).select_related("organisation")
    form = LinkForm(request.POST or None, here=here, nodes=nodes)
    if form.is_valid():
        data = form.cleaned_data
        ends = [here, data["other"]]
        if data["direction"] == "in":
            ends.reverse()
        try:
            start_link(
                *ends,
                kind=LinkKind(data["kind"]),
                strength=Strength(data["strength"]),
                since=data["since"],
                origin=data["origin"],
                by=request.user,
            )
        except DoesNotFit:
            form.add_error("kind", _("A link of this kind can't be between these two."))
        except IsThereAlready:
            form.add_error("other", _("The two have a link of this kind already."))
        else:
            messages.success(request, _("The link stands on the map."))
            if policies.can_see_map(request.user):
                return redirect(here.get_absolute_url())
            return redirect("network:landing")
    return render(
        request,
        "network/map/link_form.html",
        {"form": form, "node": here, "names": nodes.exclude(pk=here.pk)[:NAMES_OFFERED]},
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def stop_link(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that a link is over."""
    rows = NetworkLink.objects.visible_to(request.user).distinct()
    link = get_object_or_404(rows.select_related("source__organisation"), pk=pk)
    end_link(link, by=request.user)
    messages.success(request, _("The link is over. It stays on the map of before."))
    if policies.can_see_map(request.user):
        return redirect(link.source.get_absolute_url())
    return redirect("network:landing")

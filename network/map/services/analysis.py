"""Working out the shape of the network, away from whoever looks at it."""

from django.utils import timezone
from django_tasks import task

from network.map.graph import analyse
from network.map.models import NetworkLink, NetworkNode

FIELDS = ["x", "y", "degree", "betweenness", "is_cut_point", "component"]


def work_out() -> int:
    """Place every node and say what would break without it; gives how many there are."""
    today = timezone.localdate()
    nodes = list(
        NetworkNode.objects.there_on(today)
        .select_related("organisation")
        .only("pk", "municipality_id", "organisation__municipality_id", *FIELDS)
    )
    groups = {node.pk: node.municipality_at for node in nodes}
    links = NetworkLink.objects.there_on(today).between(NetworkNode.objects.there_on(today))
    places = analyse(groups, links.values_list("source_id", "target_id"))
    for node in nodes:
        place = places[node.pk]
        for name in FIELDS:
            setattr(node, name, getattr(place, name))
    NetworkNode.objects.bulk_update(nodes, FIELDS, batch_size=200)
    return len(nodes)


@task()
def work_out_soon() -> None:
    """The same, by the worker."""
    work_out()

"""Bringing the server up to date, and building a new index beside the one that answers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone

from search.elastic.connection import EngineDown, send
from search.elastic.mapping import documents_of, id_of, index_body
from search.models import Change, SearchEntry

AT_ONCE = 200  # sources in one go
BATCH = 500  # entries in one request
SLOW = 60.0  # seconds that a request for many entries may take


def unseen(number: int) -> None:
    """Nobody watches."""


def send_waiting() -> int:
    """Send what is in the journal, oldest first; gives how many sources were brought up to date.

    When the server is away the journal keeps everything for the next time.
    """
    done = 0
    try:
        while sent := send_some():
            done += sent
    except EngineDown:
        return done
    return done


def send_some() -> int:
    """One go, outside of any transaction: a server that hangs holds no lock that who publishes needs.

    Two processes may do the same at the same time; what comes late from the slower one is older,
    and the server refuses it.
    """
    lines = list(
        Change.objects.filter(was_sent=False)
        .order_by("pk")
        .values_list("pk", "source")[: AT_ONCE * 5]
    )
    if not lines:
        return 0
    numbers = {source: pk for pk, source in lines}
    chosen = list(numbers)[:AT_ONCE]
    names = every_index()
    for name in names:
        write_sources(name, {source: numbers[source] for source in chosen})
    told = Change.objects.filter(pk__in=[pk for pk, source in lines if source in set(chosen)])
    if len(names) > 1:  # a new index is being built: it is told again at the end
        told.update(was_sent=True)
    else:
        told.delete()
    return len(chosen)


def write_sources(name: str, numbers: Mapping[str, int]) -> None:
    """Let an index hold the entries that these sources have now, and no others.

    Args:
        name: Of the index.
        numbers: Source to the number of the last change that was read before its entries are.
    """
    sources = list(numbers)
    entries = SearchEntry.objects.filter(source__in=sources).select_related("page", "collection")
    wanted = dict(documents_of(entries))
    there = ids_of(name, sources)
    lines: list[dict[str, Any]] = [
        {"delete": numbered(each, numbers)} for each in sorted(there - wanted.keys())
    ]
    for each, document in wanted.items():
        lines += [{"index": numbered(each, numbers)}, document]
    write(name, lines)


def numbered(each: str, numbers: Mapping[str, int]) -> dict[str, Any]:
    """An id with the number of its change; the server keeps what has a higher one."""
    source = each.partition("/")[0]
    return {"_id": each, "version": numbers[source], "version_type": "external_gte"}


def write(name: str, lines: list[dict[str, Any]], *, is_new: bool = False) -> None:
    """Carry out deeds of a bulk request; searches see them afterwards.

    Args:
        name: Of the index.
        lines: Deeds and documents.
        is_new: Nobody searches in this index yet, and what is there already may stay.

    Raises:
        EngineDown: Also when a single deed failed.
    """
    if not lines:
        return
    refresh = "false" if is_new else "true"
    answer = send("POST", f"/{name}/_bulk?refresh={refresh}", lines, timeout=SLOW)
    fine = {200, 201, 404, 409}  # gone already, or there already and newer
    if any(result["status"] not in fine for item in answer["items"] for result in item.values()):
        raise EngineDown("a document was refused")


def ids_of(name: str, sources: Sequence[str]) -> set[str]:
    """The ids that an index has of these sources."""
    body = {"query": {"terms": {"source": list(sources)}}, "size": 10_000}
    answer = send("POST", f"/{name}/_search", body, timeout=SLOW)
    return {hit["_id"] for hit in answer["hits"]["hits"]}


def every_index() -> list[str]:
    """The index that answers, and one that is being built."""
    names = sorted(send("GET", f"/{settings.SEARCH_INDEX}-*", missing_ok=True))
    if not names:
        raise EngineDown("there is no index: run rebuild_search")
    return names


def answering() -> list[str]:
    """The index behind the name that is searched; none before the first build."""
    return sorted(send("GET", f"/_alias/{settings.SEARCH_INDEX}", missing_ok=True))


def rebuild(progress: Callable[[int], None] = unseen) -> str:
    """Build a new index from the entries and let it answer in place of the old one.

    Visitors search in the old one meanwhile. What is published while this runs is written to
    both, and once more to the new one at the end: a batch may have read it just before.

    Args:
        progress: Is told how many entries were written, each time.
    """
    for half in set(send("GET", f"/{settings.SEARCH_INDEX}-*", missing_ok=True)) - set(answering()):
        send("DELETE", f"/{half}", timeout=SLOW)
    Change.objects.filter(was_sent=True).delete()
    name = f"{settings.SEARCH_INDEX}-{timezone.now():%Y%m%d%H%M%S%f}"
    send("PUT", f"/{name}", index_body(), timeout=SLOW)
    for batch in batches():
        lines = [
            line
            for each, document in documents_of(batch)
            for line in ({"create": {"_id": each}}, document)
        ]
        write(name, lines, is_new=True)
        progress(len(batch))
    take_over(name)
    return name


def take_over(name: str) -> None:
    """Tell the new index what changed meanwhile, then let it answer."""
    send("POST", f"/{name}/_refresh", timeout=SLOW)
    while late := list(Change.objects.filter(was_sent=True).values_list("pk", "source")[:AT_ONCE]):
        write_sources(name, {source: pk for pk, source in sorted(late)})
        Change.objects.filter(pk__in=[pk for pk, _source in late]).delete()
    old = answering()
    actions: list[dict[str, Any]] = [{"add": {"index": name, "alias": settings.SEARCH_INDEX}}]
    actions += [{"remove_index": {"index": each}} for each in old]
    send("POST", "/_aliases", {"actions": actions}, timeout=SLOW)
    Change.objects.filter(was_sent=True).delete()
    send_waiting()


def batches() -> Iterator[tuple[SearchEntry, ...]]:
    """Every entry, some hundreds at a time."""
    last = 0
    while batch := tuple(
        SearchEntry.objects.filter(pk__gt=last)
        .select_related("page", "collection")
        .order_by("pk")[:BATCH]
    ):
        yield batch
        last = batch[-1].pk


def problems() -> list[str]:
    """Where the index differs from the entries; empty when it does not."""
    here = {id_of(entry): entry.pk for entry in SearchEntry.objects.only("source", "part")}
    there = dict(everything())
    waiting = set(Change.objects.filter(was_sent=False).values_list("source", flat=True))
    return [
        f"{settings.SEARCH_ENGINE}: {what} {each}"
        for what, ids in (
            ("lacks", here.keys() - there.keys()),
            ("should not have", there.keys() - here.keys()),
            (
                "has an old",
                {each for each in here.keys() & there.keys() if here[each] != there[each]},
            ),
        )
        for each in sorted(ids)
        if each.partition("/")[0] not in waiting
    ]


def everything() -> Iterator[tuple[str, int]]:
    """Id and primary key of all that the index has."""
    after: list[int] = []
    while True:
        body: dict[str, Any] = {
            "size": 5000,
            "sort": [{"pk": "asc"}],
            **({"search_after": after} if after else {}),
        }
        answer = send("POST", f"/{settings.SEARCH_INDEX}/_search", body, timeout=SLOW)
        hits = answer["hits"]["hits"]
        if not hits:
            return
        yield from ((hit["_id"], hit["sort"][0]) for hit in hits)
        after = hits[-1]["sort"]

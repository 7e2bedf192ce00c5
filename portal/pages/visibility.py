"""Who may read a page: Wagtail's page privacy, answered with the roles of today.

An editor closes a branch on Wagtail's own privacy screen; that is the only place where it is
said. Who is in an audience is computed from memberships (product.md 7.5), so that a role that
ended opens nothing, whatever the groups in the database still say.
"""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Lookup, Q
from django.db.models.functions import Left
from django.http import HttpRequest
from wagtail.models import (
    BaseViewRestriction,
    Collection,
    CollectionViewRestriction,
    PageViewRestriction,
)

from portal.accounts import audiences
from portal.accounts.models import User
from portal.pages.memory import remembered

T = TypeVar("T")
Visitor = User | AnonymousUser
PUBLIC = ""
MOST_KINDS_OF_VISITOR = 500  # different sets of audiences that a process keeps an answer for
PASSWORD = "!"  # noqa: S105  (the mark of a page with a password, not one)


@dataclass(frozen=True)
class Restriction:
    """One closed branch: its path in the tree, and who may pass.

    ``audiences`` is ``None`` when any account will do, and empty when nobody passes.
    """

    path: str
    audiences: frozenset[str] | None

    def admits(self, visitor: Visitor, names: frozenset[str]) -> bool:
        """Whether the visitor, who belongs to the audiences ``names``, passes."""
        if visitor.is_authenticated and visitor.is_superuser:
            return self.audiences != frozenset()
        if self.audiences is None:
            return visitor.is_authenticated
        return bool(self.audiences & names)

    @property
    def key(self) -> str:
        """The restriction as text: ``login``, the audiences joined by ``|``, or ``!``."""
        if self.audiences is None:
            return "login"
        return "|".join(sorted(self.audiences)) or PASSWORD


class Restrictions(list[Restriction]):
    """Closed branches, parents first, and what they closed for each kind of visitor so far."""

    def __init__(self, rows: Iterable[Restriction] = ()) -> None:
        super().__init__(rows)
        self.closed: dict[tuple[bool, bool, frozenset[str]], list[str]] = {}


def page_restrictions() -> list[Restriction]:
    """Every closed branch of the page tree, parents first. One query, until one changes."""
    return remembered(
        "page_restrictions", lambda: _restrictions(PageViewRestriction.objects.all(), "page")
    )


def request_restrictions(request: HttpRequest) -> list[Restriction]:
    """``page_restrictions``, asked once for each request."""
    if not hasattr(request, "_page_restrictions"):
        request._page_restrictions = page_restrictions()  # type: ignore[attr-defined]
    return request._page_restrictions  # type: ignore[attr-defined]


def collection_restrictions() -> list[Restriction]:
    """Every closed collection of files. One query, until one changes."""
    return remembered(
        "collection_restrictions",
        lambda: _restrictions(CollectionViewRestriction.objects.all(), "collection"),
    )


def closed_paths(restrictions: Sequence[Restriction], visitor: Visitor) -> list[str]:
    """The paths of the branches that stay closed for ``visitor``: sorted, none inside another."""
    names = audiences.names_for(visitor)
    is_super = visitor.is_authenticated and visitor.is_superuser
    kept = restrictions.closed if isinstance(restrictions, Restrictions) else {}
    who = (visitor.is_authenticated, is_super, names)
    if who not in kept:
        if len(kept) >= MOST_KINDS_OF_VISITOR:
            kept.clear()
        kept[who] = _closed_paths(restrictions, visitor, names)
    return kept[who]


def remembered_alike(name: str, request: HttpRequest, make: Callable[[], T]) -> T:
    """``remembered``, for an answer that visitors with the same closed branches share."""
    closed = closed_paths(request_restrictions(request), request.user)
    return remembered(f"{name}:{'|'.join(closed)}", make)


def _closed_paths(
    restrictions: Iterable[Restriction], visitor: Visitor, names: frozenset[str]
) -> list[str]:
    paths: list[str] = []
    for restriction in restrictions:
        inside = bool(paths) and restriction.path.startswith(paths[-1])
        if not inside and not restriction.admits(visitor, names):
            paths.append(restriction.path)
    return paths


def lies_in(path: str, branches: Sequence[str]) -> bool:
    """Whether ``path`` lies in one of ``branches``, as ``closed_paths`` gives them."""
    at = bisect_right(branches, path)
    return at > 0 and path.startswith(branches[at - 1])


class OneOfMany(Lookup[Any]):
    """One of many texts, sent as one parameter: preparing 500 of them costs more than the answer."""

    lookup_name = "one_of_many"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """SQLite reads the texts from JSON."""
        left, params = self.process_lhs(compiler, connection)
        rule = f"{left} IN (SELECT value FROM json_each(%s))"  # noqa: S608  (the texts are a parameter)
        return rule, (*params, json.dumps(self.rhs))

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """PostgreSQL takes them as an array."""
        left, params = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", (*params, self.rhs)


def inside_q(paths: Iterable[str], field: str = "path") -> Q:
    """Whatever lies in one of the branches.

    One comparison for each depth at which a branch begins, not one for each branch: with 500
    closed sections the database still answers at once, and SQLite's limit is never near.
    """
    by_length: dict[int, list[str]] = {}
    for path in paths:
        by_length.setdefault(len(path), []).append(path)
    rule = Q(pk__in=[])
    for length, starts in by_length.items():
        rule |= Q(OneOfMany(Left(F(field), length), starts))
    return rule


def outermost(paths: Iterable[str]) -> list[str]:
    """The paths that lie in none of the others."""
    found: list[str] = []
    for path in sorted(set(paths)):
        if not (found and path.startswith(found[-1])):
            found.append(path)
    return found


def visible_pages_q(visitor: Visitor) -> Q:
    """The rule for lists: published, and in no branch that is closed for ``visitor``."""
    return Q(live=True) & ~inside_q(closed_paths(page_restrictions(), visitor))


def visible_collections_q(visitor: Visitor, field: str = "collection") -> Q:
    """The rule for files whose collection is ``field``."""
    return ~inside_q(closed_paths(collection_restrictions(), visitor), f"{field}__path")


def can_read_path(visitor: Visitor, path: str) -> bool:
    """The same rule as ``visible_pages_q`` for one place in the tree, published or not."""
    return not lies_in(path, closed_paths(page_restrictions(), visitor))


def can_read_collection(visitor: Visitor, collection: Collection) -> bool:
    """The same rule as ``visible_collections_q`` for one collection."""
    return not lies_in(collection.path, closed_paths(collection_restrictions(), visitor))


def access_key(path: str, restrictions: Sequence[Restriction], extra: str = "") -> str:
    """Who may read what is at ``path``, as text that is equal for equal rules.

    Each restriction on the way has to be passed; they are joined by ``&``. The empty text is
    public. ``extra`` is one more condition, such as the audience of a block.
    """
    parts = {restriction.key for restriction in restrictions if path.startswith(restriction.path)}
    return "&".join(sorted(parts | ({extra} if extra else set())))


def admits(visitor: Visitor, key: str, names: frozenset[str]) -> bool:
    """Whether the visitor, who belongs to ``names``, passes every part of an access key."""
    for part in key.split("&") if key else ():
        allowed = None if part == "login" else frozenset(part.split("|")) - {PASSWORD}
        if not Restriction("", allowed).admits(visitor, names):
            return False
    return True


def _restrictions(rows: models.QuerySet[BaseViewRestriction], owner: str) -> Restrictions:
    names_of: dict[int, set[str]] = defaultdict(set)
    kinds = {}
    asked = rows.values_list("pk", f"{owner}__path", "restriction_type", "groups__name")
    for pk, path, kind, group in asked.iterator():  # values: a country has thousands of them
        kinds[pk] = path, kind
        names_of[pk] |= {group} if group else set()
    found = []
    for pk, (path, kind) in kinds.items():
        if kind == BaseViewRestriction.LOGIN:
            names: frozenset[str] | None = None
        elif kind == BaseViewRestriction.GROUPS:
            names = frozenset(names_of[pk])
        else:
            names = frozenset()  # a password belongs to a web session: never in a list
        found.append(Restriction(path, names))
    return Restrictions(sorted(found, key=lambda restriction: restriction.path))

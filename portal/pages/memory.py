"""What everybody sees alike, kept by each process until the content changes.

Like the page cache it leans on the content generation: a value belongs to the number it was
made under, and every request asks for the number once. So a closed branch, a menu or a word
explained is never older than its content, in any process.
"""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

from asgiref.local import Local
from django.core.signals import request_finished, request_started
from django.db import connection

from portal.pages.page_cache import current_generation

T = TypeVar("T")
MOST = 3000  # a process keeps no more values than this; the oldest makes room
_values: OrderedDict[str, tuple[int, Any]] = OrderedDict()
_request = Local()


def remembered(name: str, make: Callable[[], T]) -> T:
    """The value called ``name``, made again when content changed since.

    Inside a transaction nothing is kept: what is seen there may never come to be.

    Args:
        name: One name for one question; the answer may not depend on the visitor.
        make: Asks the database.
    """
    if not is_certain():
        return make()
    number = generation_of_request()
    kept = _values.get(name)
    if kept and kept[0] == number:
        return kept[1]
    value = make()
    _values[name] = (number, value)
    _values.move_to_end(name)
    if len(_values) > MOST:
        _values.popitem(last=False)
    return value


def is_certain() -> bool:
    """Whether what is read now is there to stay."""
    return not connection.in_atomic_block


def generation_of_request() -> int:
    """The generation, asked once for a request, and each time outside of one."""
    if not getattr(_request, "is_open", False):
        return current_generation()
    number: int | None = getattr(_request, "generation", None)
    if number is None:
        number = _request.generation = current_generation()
    return number


def forget() -> None:
    """Let a change by this process itself count from now on."""
    _request.generation = None


def open_request(**kwargs: Any) -> None:
    """A request began: its generation is not known yet."""
    _request.is_open, _request.generation = True, None


def close_request(**kwargs: Any) -> None:
    """The request ended."""
    _request.is_open, _request.generation = False, None


def connect() -> None:
    """Follow the requests of this process."""
    request_started.connect(open_request, dispatch_uid="pages.memory.open")
    request_finished.connect(close_request, dispatch_uid="pages.memory.close")

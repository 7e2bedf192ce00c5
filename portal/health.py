"""Probes: whether the process lives, and whether what it needs is there."""

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, JsonResponse
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache


@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "levend"})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Each part by name; 503 when one of them is not there."""
    parts = {alias: works(alias) for alias in connections}
    parts |= {name: says_yes(check) for name, check in settings.READINESS.items()}
    status = 200 if all(parts.values()) else 503
    return JsonResponse(
        {"status": "klaar" if status == 200 else "niet klaar", **parts}, status=status
    )


def works(alias: str) -> bool:
    """Whether the database answers."""
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # noqa: BLE001  (whatever is wrong, the answer is: not ready)
        return False
    return True


def says_yes(check: str) -> bool:
    """Whether the room that owns this part says that it is there."""
    try:
        return bool(import_string(check)())
    except Exception:  # noqa: BLE001  (as above)
        return False

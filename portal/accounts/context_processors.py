"""What the workspace's own menu offers this person."""

from django.http import HttpRequest


def werkplek(request: HttpRequest) -> dict[str, object]:
    """``werkplek_menu`` is filled by the workspace's views themselves; here it is empty."""
    return {}

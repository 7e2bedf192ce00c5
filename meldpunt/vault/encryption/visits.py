"""A reporter's open conversation: the server keeps its secret only under the visit's cookie."""

from uuid import UUID

from meldpunt.vault.encryption.canonical import from_base64, to_base64
from meldpunt.vault.encryption.contexts import Purpose, context
from meldpunt.vault.encryption.cookie_boxes import open_box, seal_box
from meldpunt.vault.encryption.errors import NotGenuine
from meldpunt.vault.encryption.secret_bytes import DomainSecret, VisitCookie


def seal_visit(secret: DomainSecret, *, cookie: VisitCookie, report: UUID, at: int) -> bytes:
    """What the web session stores after the code was right. ``at``: seconds since 1970."""
    value = {"s": to_base64(secret.material)}
    return seal_box(value, cookie=cookie, pepper=None, where=context(Purpose.VISIT, report), at=at)


def open_visit(
    envelope: bytes, *, cookie: VisitCookie, report: UUID, at: int, max_age: int
) -> DomainSecret:
    """The secret of the conversation, for ``max_age`` seconds. Raises ``CannotOpen`` by name."""
    where = context(Purpose.VISIT, report)
    value = open_box(envelope, cookie=cookie, pepper=None, where=where, at=at, max_age=max_age)
    try:
        return DomainSecret(from_base64(value["s"]))
    except (KeyError, ValueError):
        raise NotGenuine from None

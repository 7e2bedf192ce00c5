"""An unsent form: it travels in the page, sealed, and is stored nowhere (meldpunt.md 6.5)."""

import time
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any, Self
from uuid import uuid4

from django.conf import settings

from meldpunt.reports.models import Channel
from meldpunt.vault.services import pages
from meldpunt.vault.services.codes import ReceiptCode, VisitCookie
from portal.regions.models import Municipality

Typed = dict[str, str]


class DraftLost(Exception):
    """The sealed field is of another visit, step or questionnaire, too old, or broken."""


@dataclass(frozen=True)
class Draft:
    """What was typed so far, per step, exactly as typed; nothing of it is trusted yet.

    ``report`` and ``code`` are drawn for the last step, so that sending twice stores once.
    """

    municipality: str
    channel: str = "web"
    typed: dict[str, Typed] = field(default_factory=dict, repr=False)
    to_check: bool = False
    report: str = ""
    code: str = field(default="", repr=False)

    def but(self, **changes: Any) -> Self:
        """The same draft with other values."""
        made = replace(self, **changes)
        if "place" in self.__dict__:  # asked of the database once per page
            made.__dict__["place"] = self.__dict__["place"]
        return made

    @property
    def kind(self) -> str:
        """The chosen kind as typed; the form of the first step judges it."""
        return self.typed.get("soort", {}).get("kind", "")

    @property
    def is_by_phone(self) -> bool:
        """Whether a colleague types it for somebody on the telephone."""
        return self.channel == Channel.PHONE

    @property
    def is_about_staff(self) -> bool:
        """Whether it goes to the trust person of the region."""
        return bool(self.typed.get("soort", {}).get("about_staff"))

    @cached_property
    def place(self) -> Municipality | None:
        """The chosen municipality."""
        return Municipality.objects.filter(slug=self.municipality).first()

    def with_typed(self, step: str, typed: Typed) -> Self:
        """With the answers of one step."""
        return self.but(typed={**self.typed, step: typed})

    def ready_to_send(self) -> Self:
        """With a report id and a code; the same ones when it had them."""
        if self.report:
            return self
        return self.but(report=str(uuid4()), code=ReceiptCode.new().formatted)

    def sealed_for(self, step: str, *, questionnaire: str, cookie: VisitCookie) -> str:
        """The value of the hidden field on the page of ``step``. Raises ``CannotSeal``."""
        return pages.seal(
            asdict(self), cookie=cookie, questionnaire=questionnaire, step=step, at=int(time.time())
        )


def open_draft(value: str, *, step: str, questionnaire: str, cookie_text: str) -> Draft:
    """The draft out of the hidden field.

    Raises:
        DraftLost: it does not open here and now.
    """
    try:
        cookie = VisitCookie.from_text(cookie_text)
        opened = pages.open_(
            value,
            cookie=cookie,
            questionnaire=questionnaire,
            step=step,
            at=int(time.time()),
            max_age=settings.MELDPUNT_VISIT_LONGEST,
        )
        return Draft(**opened)
    except (ValueError, TypeError, pages.CannotOpen):
        raise DraftLost from None

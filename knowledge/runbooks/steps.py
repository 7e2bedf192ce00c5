"""The steps of a runbook as plain data."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.pages.sections import joined


@dataclass(frozen=True)
class Step:
    """One step with its number, its anchor and the block to show."""

    number: int
    block: Any

    @property
    def value(self) -> Any:
        """What the editor wrote."""
        return self.block.value

    @property
    def title(self) -> str:
        """What to do."""
        return str(self.value["title"])

    @property
    def phase(self) -> str:
        """``rust``, ``onrust``, ``escalatie`` or ``nafase``."""
        return str(self.value["phase"])

    @property
    def who(self) -> str:
        """The function that does it."""
        return str(self.value["who"] or "")

    @property
    def anchor(self) -> str:
        """Where it starts on the page; part of the contract of addresses (product.md 3)."""
        return f"stap-{self.number}"

    @property
    def heading(self) -> str:
        """Number and title."""
        return _("Step %(number)s: %(title)s") % {
            "number": self.number,
            "title": self.title,
        }

    @property
    def text(self) -> str:
        """Everything it says beside its heading, for search."""
        children = self.block.block.child_blocks
        return joined(
            text
            for name, child in children.items()
            if name not in ("title", "code", "phase")
            for text in child.get_searchable_content(self.value[name])
        )


def steps_of(stream: Any) -> list[Step]:
    """The steps in their order, numbered from one."""
    return [Step(number, block) for number, block in enumerate(stream, start=1)]

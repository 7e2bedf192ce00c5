"""What happens with pages: publishing, and who may edit where."""

from portal.pages.services.editorial import set_up_editorial
from portal.pages.services.publication import note_publication

__all__ = ["note_publication", "set_up_editorial"]

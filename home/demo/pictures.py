"""The demo's drawings, as images of the portal."""

from pathlib import Path

from django.core.files.images import ImageFile
from wagtail.models import Collection

from portal.pages.models import PortalImage

FOLDER = Path(__file__).parent / "images"


def make_pictures() -> dict[str, PortalImage]:
    """Every drawing, by its name; what exists already stays."""
    root = Collection.get_first_root_node()
    found = {}
    for path in sorted(FOLDER.glob("*.svg")):
        image = PortalImage.objects.filter(title=path.stem).first()
        if image is None:
            with path.open("rb") as file:
                image = PortalImage(
                    title=path.stem,
                    description=f"Tekening: {path.stem}",
                    collection=root,
                    file=ImageFile(file, name=path.name),
                )
                image.save()
        found[path.stem] = image
    return found

"""Static files with a hash in their name."""

from functools import cache
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's own, which works out each address once: a page asks for some twenty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = cache(super().url)

    def url(self, name: str | None, force: bool = False) -> str:
        """The address of a file, as in the manifest that the process began with."""
        return str(self._known(name, force))

"""What pages tell rooms above them."""

from django.dispatch import Signal

# An editor published a page and said that its content changed; gets ``page``.
content_was_changed = Signal()

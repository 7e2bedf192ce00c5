"""What the agenda tells rooms above it."""

from django.dispatch import Signal

# Somebody was checked in, or the mark was taken away; gets ``registration``, in the transaction.
presence_was_changed = Signal()

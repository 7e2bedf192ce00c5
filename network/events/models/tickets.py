"""What opens a door without an account."""

import secrets


def new_ticket() -> str:
    """What a ticket or a letter carries; nobody guesses it (128 bits)."""
    return secrets.token_urlsafe(16)

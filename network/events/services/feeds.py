"""The address of a personal feed: it opens what its owner may see, and nothing when that ends."""

from django.core.exceptions import ValidationError
from django.utils.crypto import constant_time_compare, salted_hmac

from portal.accounts.models import User

SALT = "network.events.feed"


def feed_token(user: User) -> str:
    """What the address of a personal feed carries; a new password makes it worthless."""
    return f"{user.public_id}.{_mark(user)}"


def user_of_feed(token: str) -> User | None:
    """Whose feed this is, or nobody's."""
    public_id, _dot, mark = token.partition(".")
    try:
        user = User.objects.filter(public_id=public_id, is_active=True).first()
    except (ValueError, ValidationError):
        return None
    return user if user and constant_time_compare(mark, _mark(user)) else None


def _mark(user: User) -> str:
    return salted_hmac(SALT, f"{user.public_id}{user.password}", algorithm="sha256").hexdigest()[
        :32
    ]

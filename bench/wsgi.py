"""The portal under test."""

from portal.wsgi import application

__all__ = ["application"]

"""Deeds around an event."""

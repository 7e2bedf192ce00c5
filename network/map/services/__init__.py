"""Deeds of the map."""

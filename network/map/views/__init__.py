"""Screens of the map."""

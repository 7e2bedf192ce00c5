"""Deeds of the directory."""

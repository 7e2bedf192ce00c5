"""Deeds of the phenomena."""

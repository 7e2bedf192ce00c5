"""Screens of the phenomena."""

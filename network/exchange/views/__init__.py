"""Screens of the exchange."""

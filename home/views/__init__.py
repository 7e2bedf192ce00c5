"""Addresses of the home room that are not pages."""

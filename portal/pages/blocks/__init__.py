"""Blocks that every page may use."""

"""Deeds of learners and coordinators."""

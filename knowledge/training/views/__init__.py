"""Screens of learners and coordinators."""

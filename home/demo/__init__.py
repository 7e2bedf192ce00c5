"""The fictional region Lindekade: places, people and pages to try the portal with (GR-24)."""

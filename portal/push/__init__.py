"""Web push: one sentence to the browser of somebody who asked for it (RFC 8030, 8291 and 8292)."""

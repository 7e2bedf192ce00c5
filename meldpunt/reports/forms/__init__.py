"""Forms of the reporter and of the desk."""

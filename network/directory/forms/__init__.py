"""Forms of the directory: they check and hand back domain values, and store nothing."""

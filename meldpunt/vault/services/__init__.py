"""What the rest of the meldpunt may do with keys. Only this room imports the encryption."""

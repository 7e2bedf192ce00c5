"""Who is there and what happens between them: directory, map, agenda, exchange, phenomena."""

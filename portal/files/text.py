"""Plain text, told from everything else by its first bytes."""

LOOKED_AT = 4096


def is_text(start: bytes) -> bool:
    """Whether it begins as UTF-8 without control characters."""
    try:
        text = start.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data" or len(start) < LOOKED_AT:
            return False
        text = start[: error.start].decode("utf-8-sig")
    return all(letter.isprintable() or letter.isspace() or ord(letter) > 159 for letter in text)

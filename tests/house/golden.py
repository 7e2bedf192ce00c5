"""Files that hold what something looked like when a person last read it."""

import json
import os

REWRITE = "PORTAL_REWRITE_GOLDEN"


def same_as_file(data, path):
    """Compare data with a file; ``PORTAL_REWRITE_GOLDEN=1`` writes the file anew, to be read in the diff."""
    text = json.dumps(data, indent=1, ensure_ascii=False) + "\n"
    if os.environ.get(REWRITE):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, (
        f"differs from {path}; {REWRITE}=1 writes it anew"
    )

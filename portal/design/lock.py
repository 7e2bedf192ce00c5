"""Take addresses out of package-lock.json: ``python -m portal.design.lock`` (decision 0001)."""

import json
from pathlib import Path

PATH = Path(__file__).parents[2] / "package-lock.json"


def main() -> None:
    """Keep versions and hashes; where a package comes from is for the client to know."""
    lock = json.loads(PATH.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        package.pop("resolved", None)
        package.pop("funding", None)
    PATH.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

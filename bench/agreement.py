"""Say how far the two readers of data/gold/quantities agree: `python bench/agreement.py`.

A field on which they agree has one accepted value; a quantity that only one of them found is optional.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

GOLD = Path(__file__).parents[1] / "data" / "gold" / "quantities"


def main() -> None:
    """Print a line for each set."""
    for folder in sorted(path for path in GOLD.iterdir() if path.is_dir()):
        rows = [one for path in folder.glob("*.json") for one in json.loads(path.read_text("utf-8"))["quantities"]]
        both = [one for one in rows if not one["optional"]]
        agreed = Counter(field for one in both for field, values in one["accept"].items() if len(values) == 1)
        spans = 2 * len(both) / (len(both) + len(rows))
        told = "  ".join(f"{field} {agreed[field] / len(both):.3f}" for field in both[0]["accept"])
        print(f"{folder.name}: {len(both)} found by both readers, {len(rows) - len(both)} by one; span F1 {spans:.3f}")
        print(f"  {told}")


if __name__ == "__main__":
    main()

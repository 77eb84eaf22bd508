"""Count how rare each character is: `python models/count_characters.py` writes pipeline/reading/characters.json.

Bits (minus the logarithm of the share, rounded) of each character of the unlabelled work reports, as printed and in
traditional script (by OpenCC: `pip install opencc`), the lower of the two. Counted in every second report by its hash,
so that `bench/encodings.py` has others; characters seen fewer than 3 times are left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections import Counter
from pathlib import Path

from corpus_clauses import Corpus

TARGET = Path(__file__).parents[1] / "pipeline" / "reading" / "characters.json"
_LEAST = 3


def main() -> None:
    """Count and write."""
    from opencc import OpenCC

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path(__file__).parents[2] / "shared" / "corpus")
    to_traditional = OpenCC("s2tw")
    printed, traditional = Counter(), Counter()
    for _, content in Corpus(parser.parse_args().corpus).reports():
        if hashlib.sha256(content).digest()[0] % 2:
            continue
        text = content.decode("utf-8-sig")
        printed.update(text)
        traditional.update(to_traditional.convert(text[:4000]))
    bits: dict[str, int] = {}
    for counts in (printed, traditional):
        total = sum(counts.values())
        for sign, count in counts.items():
            if count >= _LEAST:
                bits[sign] = min(bits.get(sign, 99), round(-math.log2(count / total)))
    rows = {str(n): "".join(sorted(sign for sign, of in bits.items() if of == n)) for n in sorted(set(bits.values()))}
    TARGET.write_text(json.dumps(rows, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(bits)} characters")


if __name__ == "__main__":
    main()

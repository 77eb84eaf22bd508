"""Count which characters open paragraphs: `python models/count_openings.py` writes pipeline/reading/openings.json.

Bits by which a character is likelier at the start of a paragraph than elsewhere, -8 to 8, counted in the unlabelled
work reports; characters seen fewer than 200 times are left out.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import Counter
from pathlib import Path

import yaml
from corpus_clauses import Corpus, place_of

from pipeline.reading.decoding import decode

TARGET = Path(__file__).parents[1] / "pipeline" / "reading" / "openings.json"
_LEAST = 200
_LIMIT = 8


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path(__file__).parents[2] / "shared" / "corpus")
    opening, everywhere = Counter(), Counter()
    held_out = yaml.safe_load((Path(__file__).parent / "params.yaml").read_text(encoding="utf-8"))["held_out"]
    for file, content in Corpus(parser.parse_args().corpus).reports():
        if place_of(file) in held_out:
            continue
        for line in decode(content)[0].splitlines():
            text = line.strip(" \t\u3000*#")
            if len(text) > 20 and re.match(r"[\u4e00-\u9fff]", text):
                opening[text[0]] += 1
                everywhere.update(text[1:])
    n_open, n_all = sum(opening.values()), sum(everywhere.values())
    bits: dict[int, list[str]] = {}
    for sign, count in everywhere.items():
        if count >= _LEAST and "\u4e00" <= sign <= "\u9fff":
            share = (opening[sign] + 0.5) / n_open / (count / n_all)
            bits.setdefault(max(-_LIMIT, min(_LIMIT, round(math.log2(share)))), []).append(sign)
    text = json.dumps({str(key): "".join(sorted(bits[key])) for key in sorted(bits)}, ensure_ascii=False, indent=0)
    TARGET.write_text(text + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {sum(map(len, bits.values()))} characters, {n_open} paragraphs")


if __name__ == "__main__":
    main()

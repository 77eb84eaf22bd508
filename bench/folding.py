"""Speed of the folded reading: `python bench/folding.py` folds the work reports of `../shared/corpus`.

Characters a second of processor time: as printed; folded once already, where nothing is left to fold; in traditional
script (by OpenCC, of which also the share of characters that come back as they were is told); and, for comparison,
NFKC of the standard library, which changes lengths. Needs `pip install opencc`.
"""

from __future__ import annotations

import argparse
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

from isolation import reports

from pipeline.folding import fold, script_of


def timed(name: str, change: Callable[[str], str], texts: list[str]) -> list[str]:
    """Print the speed of a change, and return what it makes."""
    began = time.process_time()
    made = [change(one) for one in texts]
    n_chars = sum(map(len, texts))
    print(f"{name:<24} {n_chars / (time.process_time() - began) / 1e6:8.1f} million characters a second")
    return made


def main() -> None:
    """Print the figures."""
    from opencc import OpenCC

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path(__file__).parents[2] / "shared" / "corpus")
    parser.add_argument("--n", type=int, default=600, help="only so many reports")
    given = parser.parse_args()
    texts = [data.decode("utf-8-sig") for data, _ in reports(given.corpus)[: given.n]]
    fold("發展")  # loads the tables
    folded = timed("as printed", fold, texts)
    timed("folded already", fold, folded)
    timed("NFKC", lambda one: unicodedata.normalize("NFKC", one), texts)
    traditional = [OpenCC("s2tw").convert(one) for one in folded[:100]]
    back = timed("traditional", fold, traditional)
    alike = sum(x == y for one, other in zip(folded, back, strict=False) for x, y in zip(one, other, strict=False))
    print(f"back as it was           {alike / sum(map(len, back)):.5f} of the characters")
    n_right = sum(script_of(one) == "traditional" for one in traditional)
    n_right += sum(script_of(one) == "simplified" for one in texts)
    print(f"script told right        {n_right} of {len(texts) + len(traditional)}")


if __name__ == "__main__":
    main()

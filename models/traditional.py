"""Make the table of traditional characters: `python models/traditional.py` writes pipeline/folding/traditional.json.

The characters and phrases are those of OpenCC (Apache-2.0), read from the dictionaries of its package (`pip install
opencc`). Only pairs of the same length are kept, so that offsets agree.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from importlib import metadata
from pathlib import Path

TARGET = Path(__file__).parents[1] / "pipeline" / "folding" / "traditional.json"
_LAST = 0xFFFF


def dictionary(name: str) -> dict[str, list[str]]:
    """Return a dictionary of OpenCC: what is written, and what it may become, likeliest first."""
    root = Path(str(metadata.distribution("opencc").locate_file("opencc/clib")))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.txt"
        source = root / "share" / "opencc" / f"{name}.ocd2"
        command = [root / "bin" / "opencc_dict", "-i", source, "-f", "ocd2", "-t", "text", "-o", out]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603
        pairs = (line.split("\t") for line in out.read_text(encoding="utf-8").splitlines())
        return {word: becomes.split(" ") for word, becomes in pairs}


def plain(word: str) -> bool:
    """Tell whether all characters lie in the first plane."""
    return all(ord(sign) <= _LAST for sign in word)


def main() -> None:
    """Read the dictionaries and write the table."""
    characters, back = dictionary("TSCharacters"), dictionary("STCharacters")
    first = {one: becomes[0] for one, becomes in characters.items() if plain(one + becomes[0])}
    changed = sorted(one for one, becomes in first.items() if one != becomes)
    phrases = {word: becomes[0] for word, becomes in dictionary("TSPhrases").items()}
    kept = {
        word: becomes
        for word, becomes in phrases.items()
        if len(word) == len(becomes) and plain(word + becomes) and "".join(first.get(x, x) for x in word) != becomes
    }
    only = {one for one, becomes in back.items() if plain(one) and one not in becomes and one not in characters}
    table = {
        "source": f"OpenCC {metadata.version('opencc')}, https://github.com/BYVoid/OpenCC, Apache-2.0",
        "traditional": "".join(changed),
        "simplified": "".join(first[one] for one in changed),
        "ambiguous": "".join(one for one in changed if one in characters[one]),
        "only_simplified": "".join(sorted(only)),
        "phrases": " ".join(sorted(kept)),
        "phrases_simplified": " ".join(kept[word] for word in sorted(kept)),
    }
    TARGET.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(changed)} characters, {len(kept)} phrases")


if __name__ == "__main__":
    main()

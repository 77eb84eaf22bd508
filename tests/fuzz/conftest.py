"""Let the harnesses use the makers of DOCX and PDF files that stand beside the tests of reading."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "reading"))

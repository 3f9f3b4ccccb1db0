"""Tests see the book's package, as its notebooks do."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "book"), str(Path(__file__).resolve().parents[1] / "book" / "_ext")]

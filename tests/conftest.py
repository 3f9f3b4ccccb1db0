"""Tests see the book's package and its Sphinx extensions, as the build does."""

import sys
from pathlib import Path

from hypothesis import settings

BOOK = Path(__file__).resolve().parents[1] / "book"
sys.path[:0] = [str(BOOK), str(BOOK / "_ext"), str(BOOK / "making"), str(BOOK / "_ext" / "typst")]

settings.register_profile("book", deadline=None, derandomize=True)  # the same cases on every machine, however busy
settings.load_profile("book")

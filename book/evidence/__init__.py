"""The evidence and the rules of the book: tables, ledger, measures, verdicts, figures.

Plain Python: nothing here needs a notebook kernel or Sphinx.
"""

__version__ = "0.2.0"

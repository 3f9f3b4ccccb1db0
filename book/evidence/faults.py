"""The one way this project says that data, a rule or a page is wrong."""

from dataclasses import dataclass

LONG = 300
"""How much of what was found is printed: a quotation mark that is not closed takes in the rest of a file."""


@dataclass(eq=True)
class Fault(Exception):
    """A defect at one place, printed as one line with file, row, column, expected and found."""

    file: str
    row: str
    column: str
    expected: str
    found: str

    def __str__(self) -> str:
        places = [self.file, self.row and f"row {self.row}", self.column and f"column {self.column}"]
        found = self.found if len(self.found) <= LONG else f"{self.found[:LONG]} ..."
        return f"{', '.join(filter(None, places))}: expected {self.expected}, found {found}"


class Faults(Exception):
    """Several faults at once, one per line."""

    def __init__(self, faults: list[Fault]):
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults

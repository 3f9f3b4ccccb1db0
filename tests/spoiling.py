"""The book's tables with a slip put into them."""

from evidence import tables

BOOK = tables.load()


def spoilt(table, key, **cells):
    """Return the tables with some cells of one row changed; no cells drops the row."""
    rows = BOOK[table].copy()
    if not cells:
        return tables.Tables(BOOK, **{table: rows.drop(key)})
    for column, value in cells.items():
        rows[column] = rows[column].astype(object) if isinstance(value, str) else rows[column]
        rows.at[key, column] = value
    return tables.Tables(BOOK, **{table: rows})

"""The apparatus as tables: every source, every column, and which source decides which claim."""

import pandas as pd

from ..tables import Tables, names, resource, traced
from ..verdicts.examine import Judged
from . import naming
from .markdown import claim_link, escape, source_anchor, source_link


@traced
def sources(tables: Tables) -> pd.DataFrame:
    """Return one row per source, as Markdown: key with its anchor, work, date, lineage, terms, extent read."""
    rows = tables["sources"]
    titles = [f"[{escape(row.title)}]({row.url})" if row.url else escape(row.title) for row in rows.itertuples()]
    found = pd.DataFrame({
        "Key": [f"[{escape(key)}]{{#{source_anchor(key)}}}" for key in rows["source_key"]],
        "Source": rows.apply(naming.credit, axis="columns").map(escape) + ": " + titles,
        "Published": rows.apply(naming.published, axis="columns").map(escape), "Lineage": rows["lineage"].map(escape),
        "Terms": rows["licence"].map(escape), "Extent read": rows["extent_read"].map(escape),
    })
    return found.reset_index(drop=True)


@traced
def shared_lineages(tables: Tables) -> pd.DataFrame:
    """Return the lineages with more than one source, as Markdown: these are not independent."""
    groups = tables["sources"].groupby("lineage")["source_key"].apply(list)
    rows = [(escape(lineage), ", ".join(map(source_link, keys))) for lineage, keys in groups.items() if len(keys) > 1]
    return pd.DataFrame(rows, columns=["Lineage", "Sources that repeat it"])


@traced
def decided_by(tables: Tables, judged: Judged) -> pd.DataFrame:
    """Return one row per source with the claims it helps to decide, as Markdown, most first."""
    found: dict[str, set[str]] = {key: set() for key in tables["sources"].index}
    for (claim_id, _), judgement in judged.items():
        for key in judgement.sources:
            found[key].add(claim_id)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    rows = [(source_link(key), len(ids), ", ".join(map(claim_link, sorted(ids))) or "none: shown as context")
            for key, ids in ranked]
    return pd.DataFrame(rows, columns=["Source", "Claims", "Which"])


@traced
def held(tables: Tables) -> pd.DataFrame:
    """Return one row per table: Table, What it holds, Rows, Licence."""
    rows = [(name, resource(name)["description"], len(tables[name]), resource(name)["licenses"][0]["name"])
            for name in names()]
    return pd.DataFrame(rows, columns=["Table", "What it holds", "Rows", "Licence"])


def columns() -> pd.DataFrame:
    """Return one row per column of every table, as Markdown: table, column, type with its limits, meaning."""
    rows = []
    for name in names():
        for field in resource(name)["schema"]["fields"]:
            limits = field.get("constraints", {})
            allowed = ", one of " + ", ".join(str(value) for value in limits["enum"]) if "enum" in limits else ""
            need = "" if limits.get("required") else ", may be empty"
            cells = (name, field["name"], field["type"] + allowed + need, field.get("description", ""))
            rows.append([escape(cell) for cell in cells])
    found = pd.DataFrame(rows, columns=["Table", "Column", "Type", "Meaning"])
    found.attrs.update(function="pages/dictionary.py: columns", data=names())
    return found

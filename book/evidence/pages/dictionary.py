"""The apparatus as tables: every source, every column, and which source decides which claim."""

from __future__ import annotations

import pandas as pd

from ..tables import Tables, names, resource, traced
from ..verdicts.examine import Judged
from .markdown import claim_link, escape, source_anchor, source_link


@traced
def sources(tables: Tables) -> pd.DataFrame:
    """Return one row per source, as Markdown: key with its anchor, work, date, lineage, terms, extent read."""
    rows = []
    for row in tables["sources"].itertuples():
        title = f"[{escape(row.title)}]({row.url})" if row.url else escape(row.title)
        rows.append(
            {
                "Key": f"[{escape(row.source_key)}]{{#{source_anchor(row.source_key)}}}",
                "Source": f"{escape(row.producer)}: {title}", "Published": escape(row.published or "undated"),
                "Lineage": escape(row.lineage), "Terms": escape(row.licence), "Extent read": escape(row.extent_read),
            }
        )
    return pd.DataFrame(rows)


@traced
def shared_lineages(tables: Tables) -> pd.DataFrame:
    """Return the lineages with more than one source, as Markdown: these are not independent."""
    groups = tables["sources"].groupby("lineage")["source_key"].apply(list)
    return pd.DataFrame(
        [
            {"Lineage": escape(lineage), "Sources that repeat it": ", ".join(map(source_link, keys))}
            for lineage, keys in groups.items()
            if len(keys) > 1
        ]
    )


@traced
def decided_by(tables: Tables, judged: Judged) -> pd.DataFrame:
    """Return one row per source with the claims it helps to decide, as Markdown, most first."""
    found: dict[str, set[str]] = {key: set() for key in tables["sources"].index}
    for (claim_id, _), judgement in judged.items():
        for key in judgement.sources:
            found[key].add(claim_id)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return pd.DataFrame(
        [
            {"Source": source_link(key), "Claims": len(ids),
             "Which": ", ".join(map(claim_link, sorted(ids))) or "none: shown as context"}
            for key, ids in ranked
        ]
    )


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
            rows.append(
                {
                    "Table": escape(name), "Column": escape(field["name"]),
                    "Type": escape(field["type"] + allowed + need), "Meaning": escape(field["description"]),
                }
            )
    found = pd.DataFrame(rows)
    found.attrs.update(function="pages/dictionary.py: columns", data=names())
    return found

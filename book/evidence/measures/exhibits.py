"""Tables of the chapter on Russia: pure frames of text, ready to print."""

from __future__ import annotations

import pandas as pd

from ..tables import Tables
from . import russia


def arms_windows(tables: Tables) -> pd.DataFrame:
    """Return arms imports of Kazakhstan by window: all, Russia's and China's share, largest other."""
    rows = []
    for start, end in ((2003, 2007), (2008, 2012), (2003, 2012), (2013, 2017), (2018, 2022), (2020, 2024)):
        given = russia.by_supplier(russia.deliveries(tables, "Kazakhstan", start, end))
        rows.append(
            {
                "Years": f"{start} to {end}",
                "All, million TIV": f"{given.sum():,.0f}",
                "Russia": f"{100 * given['Russia'] / given.sum():.1f}%",
                "China": f"{100 * given.get('China', 0.0) / given.sum():.1f}%",
                "Largest other": given.drop("Russia").index[0],
            }
        )
    return pd.DataFrame(rows)


def arms_terms(tables: Tables) -> pd.DataFrame:
    """Return the Russian deals that SIPRI marks as aid or as payment for debt."""
    rows = tables["arms_deals"]
    rows = rows[(rows["supplier"] == "Russia") & (rows["terms"] != "")]
    rows = rows.assign(first=rows["years"].str.split().str[0]).sort_values(["first", "designation"])
    years = rows["years"].str.split().map(lambda given: given[0] if len(given) == 1 else f"{given[0]} to {given[-1]}")
    return pd.DataFrame(
        {
            "Weapon": rows["designation"],
            "Delivered": rows["delivered"].map("{:.0f}".format),
            "Years": years,
            "Million TIV": rows["tiv"].map("{:,.1f}".format),
            "Terms": rows["terms"],
        }
    )


def facilities(tables: Tables) -> pd.DataFrame:
    """Return every foreign military facility with its counting unit, its place and how exact that is."""
    rows = tables["facilities"]
    rows = rows[rows["facility_id"] != "PRC-BEFORE-2013"]
    place = [f"{lat:.2f}, {lon:.2f} ({how})" if lat == lat else "not found" for lat, lon, how in zip(rows["lat"], rows["lon"], rows["precision"], strict=True)]
    return pd.DataFrame(
        {
            "Site": rows["name"],
            "Whose": rows["state"],
            "Host": rows["host"],
            "Counts as": rows["group"],
            "In use, January 2013": rows["in_use_2013"],
            "Latitude, longitude": place,
        }
    )


def personnel(tables: Tables) -> pd.DataFrame:
    """Return the armed forces of the three countries in 2012 by two counts, and Kazakhstan's as the unit."""
    rows = tables["personnel"]
    shown = rows.pivot(index="country", columns="count", values="persons")
    times = shown / shown.loc["Kazakhstan"]
    named = {f"{name.capitalize()}": shown[name].map("{:,.0f}".format) for name in shown}
    ratios = {f"Times Kazakhstan's, {name}": times[name].map("{:.0f}".format) for name in times}
    return pd.DataFrame({**named, **ratios}).rename_axis("Country").reset_index()

"""Tables of the chapters on the economy and on Russia: pure frames of text, ready to print."""

from __future__ import annotations

import pandas as pd

from ..tables import Tables
from . import economy, russia

NONE = "no figure"
"""What a cell says where no verified row holds a figure."""
VIEWS = {"kazakhstan": "Kazakhstan's figures", "partners": "Partners' figures", "cow": "Correlates of War"}


def margins(tables: Tables) -> pd.DataFrame:
    """Return China's place and its margin over the nearest rival, by year and set of figures.

    Columns: By, Year, and for each set of figures the place, the rival and the margin in per
    cent of the rival: the largest other partner where China is first, else the first.
    """
    rows = []
    for flow, years in (("total", range(2009, 2013)), ("exports", range(2010, 2013))):
        for year in years:
            row = {"By": {"total": "all trade", "exports": "exports"}[flow], "Year": str(year)}
            for view, name in VIEWS.items():
                values = economy.partners(tables, view, year, flow)
                rival, place = values.drop("China").index[0], list(values.index).index("China") + 1
                row[name] = f"{place}, {100 * (values['China'] / values[rival] - 1):+.1f}% on {rival}"
            rows.append(row)
    return pd.DataFrame(rows)


def _energy(tables: Tables) -> dict[tuple[str, str, int], float]:
    """Return the verified values of the energy table by series, state and year."""
    rows = tables["energy"]
    return rows[rows["verified"] == "yes"].set_index(["series", "state", "year"])["value"].to_dict()


def _share(part: float | None, whole: float | None) -> str:
    """Return a part of a whole in per cent, or that there is no figure."""
    return NONE if part is None or whole is None else f"{100 * part / whole:.1f}%"


def _value(value: float | None) -> str:
    """Return a volume with two decimals, or that there is no figure."""
    return NONE if value is None else f"{value:.2f}"


def energy(tables: Tables, years: tuple[int, ...] = (2003, 2009, 2012, 2013, 2022, 2024)) -> pd.DataFrame:
    """Return output, deliveries to China and shares of both, a row a measure and a column a year."""
    columns, known = {}, _energy(tables)
    for year in years:
        oil, sent, made, burnt, gas = (
            known.get((series, "Kazakhstan", year))
            for series in ("oil production", "oil to China", "gas production", "gas consumption", "gas to China")
        )
        used, need = (known.get((series, "China", year)) for series in ("oil consumption", "gas consumption"))
        left = None if made is None or burnt is None else made - burnt
        columns[str(year)] = {
            "Oil produced in Kazakhstan, Mt": _value(oil),
            "Kazakh oil to China by pipeline, Mt": _value(sent),
            "Share of that output": _share(sent, oil),
            "Share of China's oil use": _share(sent, used),
            "Gas left over in Kazakhstan, bcm": _value(left),
            "Kazakh gas to China, bcm": _value(gas),
            "Share of that surplus": _share(gas, left),
            "Share of China's gas use": _share(gas, need),
        }
    return pd.DataFrame(columns).rename_axis("Measure").reset_index()


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

"""Every measure on tables of a few rows, with what it must find worked out by hand.

The tables hold no evidence: their values are round so that each expectation can be checked by eye.
"""

import importlib
import math
import re
from types import SimpleNamespace

import pandas as pd
import pytest
from evidence import dates, measures, tables
from evidence.measures import contacts, economy, exercises, outlook, reach, russia, since, statistic, thesis, training
from evidence.pages import claims
from evidence.verdicts.rules import Criterion, outcome
from geographiclib.geodesic import Geodesic

INF = math.inf
NUMBERS = {"exports", "imports", "year", "value", "total", "tiv", "low", "high", "rank", "ranked", "growth", "lat",
           "lon", "spending", "since"}
NUMBERS |= {"delivered", "persons", "active_duty", "all_troops", "period_start", "period_end"}
NUMBERS |= {"share", "index", "fiscal_year", "all_places", "imet_places"}


def table(text):
    """Return a table written as text: a line of column names, then one row a line; the first column is the key."""
    header, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    frame = pd.DataFrame(lines, columns=header)
    for column in NUMBERS & set(header):
        frame[column] = pd.to_numeric(frame[column])
    return frame.set_index(header[0], drop=False).rename_axis(index=None)


SMALL = {
    "sources": """source_key|lineage
        s1|one
        s2|two
        art|article""",
    "contacts": """contact_id|date|level|setting|source_key|verified
        K1|2003-01|minister|alone|s1|yes
        K2|2004-06-05|staff|at an SCO meeting|s1|yes
        K3|2004-12|minister|alone|art|yes
        K4|2004|deputy|alone|s2|no
        K5|2005-06|staff|alone|s2|yes""",
    "office_holders": """office_id|start_low|start_high|end_low|end_high
        O1|2004-01-01|2004-03-01|2006-01-01|2006-06-01
        O2|2003-01-01|2003-01-01|2009-01-01|""",
    "reports": """report_id|subject|date|side|form|source_key|verified
        R1|deal|2003-05|china|letter|s1|yes
        R2|deal|2004|both|speech|s2|yes
        R3|deal|2005-01-02|kazakhstan|letter|s1|yes
        R4|deal|2005|china|letter|art|yes
        R5|deal|2005|china|letter|s1|no
        R6|other|2003|china|letter|s1|yes""",
    "trade": """trade_id|view|year|partner|exports|imports|verified
        T1|a|2003|China|50|10|yes
        T2|a|2003|Russia|20|60|yes
        T3|a|2003|Italy|30|9|yes
        T4|a|2003|European Union|70|20|yes
        T5|a|2004|China|100|0|yes
        T6|a|2004|Russia|60|30|yes
        T7|b|2003|China|5|5|yes
        T8|b|2003|Turkey|500|500|no
        T9|b|2003|Russia|1|1|yes
        T10|kazakhstan|2003|China|12|20|yes
        T11|kazakhstan|2004|China|30|34|yes
        T12|kazakhstan|2003|Russia|16|16|yes
        T13|bns|2005|China|40|40|yes
        T14|bns|2005|Russia|30|60|yes
        T15|bns|2005|Italy|90|90|yes
        T16|bns|2006|China|50|90|yes
        T17|bns|2006|Russia|20|20|yes
        T18|kazakhstan|2008|China|20|20|yes
        T19|bns|2008|China|5|5|yes""",
    "export_shares": """export_share_id|partner|year|share
        EU-2005|European Union|2005|45
        CHINA-2005|China|2005|20
        RUSSIA-2005|Russia|2005|15
        EU-2006|European Union|2006|20
        CHINA-2006|China|2006|10""",
    "us_prices": """us_price_id|year|index
        CPI-2003|2003|100
        CPI-2004|2004|125
        CPI-2005|2005|150""",
    "us_training": """us_training_id|fiscal_year|all_places|imet_places
        FY1|2003|300|40
        FY2|2004|100|10
        FY3|2006|500|50""",
    "trade_totals": """total_id|year|exports|imports
        W1|2003|64|64
        W2|2004|40|88""",
    "china_trade": """china_trade_id|state|year|exports|imports
        CT1|Kazakhstan|2003|10|20
        CT2|Kyrgyzstan|2003|19|1
        CT3|Kazakhstan|2004|40|20
        CT4|Kyrgyzstan|2004|44|22""",
    "china_trade_press": """press_id|area|reporter|year|total|exports|imports|verified
        FIVE-2005|five states|China|2005|200||63|yes
        KAZ-2005|Kazakhstan|Kazakhstan|2005|180|||yes
        KAZ-2005-CHINA|Kazakhstan|China|2005|90||30|yes
        KYR-2005|Kyrgyzstan|China|2005|110|||yes
        KAZ-2006|Kazakhstan|Kazakhstan|2006|500|||no
        KAZ-2007-CHINA|Kazakhstan|China|2007|90||70|yes
        KYR-2007|Kyrgyzstan|China|2007|50||60|yes
        KYR-2008|Kyrgyzstan|China|2008|50||60|yes""",
    "energy": """energy_id|series|state|year|value|unit|verified
        E1|gas to China|Kazakhstan|2003|2|bcm|yes
        E2|gas to China|Turkmenistan|2003|30|bcm|yes
        E3|gas to China|Uzbekistan|2003|40|bcm|no
        E4|gas to China|Kazakhstan|2004|3|bcm|yes
        E5|oil to China|Kazakhstan|2003|10|Mt|yes
        E6|oil to China|Kazakhstan|2004|15|Mt|yes
        E7|oil to China|Kazakhstan|2005|40|Mt|no
        E8|oil production|Kazakhstan|2003|50|Mt|yes
        E9|oil production|Kazakhstan|2004|60|Mt|yes
        E10|oil consumption|Kazakhstan|2003|30|Mt|yes
        E11|oil consumption|Kazakhstan|2004|35|Mt|yes
        E12|oil consumption|China|2003|200|Mt|yes
        E13|oil consumption|China|2004|210|Mt|yes
        E14|gas consumption|China|2003|20|bcm|yes
        E15|gas consumption|China|2004|30|bcm|yes
        E16|oil production|Russia|2003|70|Mt|yes""",
    "growth": """growth_id|economy|year|growth
        G1|Kazakhstan|2003|9
        G2|China|2003|10
        G3|Chad|2003|1
        G4|Fiji|2003|2
        G5|Kazakhstan|2004|5
        G6|Chad|2004|5
        G7|Fiji|2004|7""",
    "growth_ranks": """growth_rank_id|economy|year|rank|ranked|source_key
        P1|Kazakhstan|2003|20|100|s1
        P2|Kazakhstan|2004|30|120|s1
        P3|Kazakhstan|2003|5|100|s2
        P4|China|2003|1|100|s1""",
    "exercises": """exercise_id|start|framework|sco|means|threat|kazakhstan|china|with_central_asia|border|verified
        X1|2003-08-06|SCO multilateral|yes|troops with air|terrorism|took part|took part|yes|no|yes
        X2|2003|bilateral KZ-CN|yes|police|trafficking|took part|led|yes|yes|yes
        X3|2005-02|SCO multilateral|yes|troops|conventional|unknown|took part|yes|no|yes
        X4|2002-05|SCO bilateral|yes|special services|trafficking|no|took part|no|yes|yes
        X5|2002|SCO multilateral|yes|troops|terrorism|took part|took part|yes|yes|no
        X6|2005-03|SCO multilateral|yes|troops|conventional|took part|took part|unknown|yes|yes
        X7|2006|bilateral KZ-CN|no|troops|terrorism|took part|took part|yes|no|yes
        X8|2001|SCO multilateral|yes|troops|terrorism|unknown|unknown|no|no|no
        X9|2000|SCO multilateral|yes|troops|terrorism|took part|unknown|unknown|no|no
        X10|1999|SCO multilateral|yes|troops|terrorism|unknown|took part|no|no|no
        X11|2007|SCO multilateral|yes|troops|conventional|no|took part|yes|no|yes
        X12|2007|SCO multilateral|yes|troops|conventional|took part|unknown|yes|no|yes
        X13|2007|SCO multilateral|yes|troops|terrorism|unknown|took part|no|no|yes""",
    "exercise_inventory": """inventory_id|start|kazakhstan|china|russia|nato
        I1|2003-04|yes|yes|no|no
        I2|2004-05-06|yes|no|yes|yes
        I3|2006|yes|no|yes|no
        I4|2007-01|yes|yes|yes|no
        I5|2009|yes|yes|no|no
        I6|2010-09|yes|no|yes|no
        I7|2008|no|yes|no|no
        I8|2002|yes|yes|no|no""",
    "exercise_tallies": """tally_id|low|high|unit
        Y1|3|5|exercises
        Y2|50||exercises""",
    "strike_reports": """report_id|subject|low|high|says|unit|source_key|verified
        S1|h6|4|4|Four H-6 bombers|aircraft|s1|yes
        S2|h6|5||at least five h-6|aircraft|s2|yes
        S3|h6|9|9|nine H-6 bombers|aircraft|s1|no
        S4|j10|2|2|two J-10, no H-6|aircraft|s1|yes
        S5|range|3.141592653589793|3.141592653589793|a range|sq km|s1|yes""",
    "places": """place_id|name|area|lat|lon|source_key|verified
        A|Alpha|west|0|0|s1|yes
        B|Beta|east|0|1|s2|yes
        C|Gamma|east|0|2|art|yes
        D|Delta|east|0|9|s1|no""",
    "arms": """arms_id|recipient|supplier|year|tiv|verified
        A1|Kazakhstan|Russia|2003|45|yes
        A2|Kazakhstan|Germany|2003|15|yes
        A3|Kazakhstan|Germany|2004|15|yes
        A4|Kyrgyzstan|Russia|2004|25|yes
        A5|Kazakhstan|China|2004|99|no
        A6|Kyrgyzstan|China|2012|15|yes
        A7|Kazakhstan|Russia|2012|5|yes
        A8|Kazakhstan|Russia|2013|30|yes
        A9|Kyrgyzstan|China|2014|10|yes
        A10|Kazakhstan|Russia|2016|5|yes
        A11|Kyrgyzstan|China|2016|15|yes""",
    "arms_deals": """deal_id|supplier|designation|delivered|years|tiv|terms
        D1|Russia|Tank|3|2003 2004|10|aid
        D2|Germany|Boat|1|2004|15|aid
        D3|Russia|Ship|2|2002 2005|100|
        D4|Russia|Radar|5|2003|0|debt""",
    "personnel": """personnel_id|country|count|persons
        B1|China|active|200
        B2|Kazakhstan|active|50
        B3|China|all|300
        B4|Kazakhstan|all|100""",
    "facilities": """facility_id|state|host|group|type|in_use_2013|since|acknowledged|verified
        F1|Russia|Kazakhstan|g1|radar|yes|1990|yes|yes
        F2|Russia|Kazakhstan|g1|test range|yes|1990|yes|yes
        F3|Russia|Tajikistan|g2|base|civil|1990|yes|yes
        F4|Russia|Tajikistan|g3|base|no|1990|yes|yes
        F5|United States|Kyrgyzstan|g4|air base|yes|2001|yes|yes
        F6|Russia|Kazakhstan|g5|radar|yes|1990|yes|no
        F7|China|Tajikistan|g6|post|no|2014|no|yes
        F8|China|Tajikistan|g8|post|no|2016|no|yes
        F9|China|Tajikistan|g9|post|no|2018|yes|yes
        F10|Russia|Tajikistan|g10|base|yes|1990|yes|yes
        PRC-BEFORE-2013|China|five states|g7|none|no|2014||yes""",
    "csto_forces": """csto_id|force|member|low|high|verified
        Q1|rapid|all|17|20|yes
        Q2|rapid|Russia|8|10|yes
        Q3|rapid|Kazakhstan|4|4|yes
        Q4|rapid|Belarus|2|3|yes
        Q5|rapid|Armenia|9|9|no
        Q6|slow|all|5|20|yes
        Q7|slow|Russia|8|10|yes
        Q8|slow|Kazakhstan|2|2|yes
        Q9|rapid later|Kazakhstan|1|2|yes
        Q10|rapid later|Belarus|5|5|no""",
    "milex": """milex_id|country|year|spending
        M1|China|2003|30
        M2|China|2004|50
        M3|Kazakhstan|2003|1
        M4|Kazakhstan|2004|3
        M5|China|2005|1000
        M6|Russia|2003|9""",
    "treaties": """treaty_id|subject|date
        V1|pact|2013-01-30
        V2|organ|2000
        V3|body|1999-02""",
    "us_forces": """us_force_id|area|year|active_duty|all_troops|verified
        U1|AFG|2003|10|20|yes
        U2|AFG|2004|15|26|yes
        U3|AFG|2005|7|8|yes
        U4|IRQ|2003|1|1|yes""",
    "training": """training_id|trained|host|kind|low|high|period_start|period_end|unit|verified
        H1|Kazakhstan|China|cumulative|100||2003|2012|persons|yes
        H2|Kazakhstan|China|cumulative|60|90|1993|2002|persons|yes
        H3|Kazakhstan|Russia|stock|600|700|2013|2013|persons|yes
        H4|Kazakhstan|all countries|flow|20|50|2007|2007|persons|yes
        H5|Kazakhstan|United States|cumulative|200|400|1993|2007|persons|yes
        H6|Kazakhstan|China|cumulative|1|1|2003|2012|persons|no
        H7|Kazakhstan|all countries|cumulative|900|900|1993|2012|persons|yes
        H8|Kyrgyzstan|China|cumulative|800|800|1993|2012|persons|yes
        H9|Kazakhstan|Russia|cumulative|999|999|1993|2012|persons|yes""",
    "support_kinds": """support_id|kind|verified
        N1|a|yes
        N2|a|yes
        N3|b|no
        N4|c|yes""",
}
TABLES = tables.Tables({name: table(text) for name, text in SMALL.items()})
DEGREE = math.pi / 180 * 6378.137
"""Kilometres of one degree along the equator of WGS-84."""


def day(text):
    """Return a day as the ordinal that the unit "date" has."""
    return pd.Timestamp(text).toordinal()


# Measure, parameters, [low, high] or the value of each item of a series, unit, rows.
CASES = [
    ("contacts.count", dict(start=2003, end=2004), (2, INF), "contacts", "K1 K2"),
    ("contacts.count", dict(start=2003, end=2005, setting="alone"), (2, INF), "contacts", "K1 K5"),
    ("contacts.count", dict(start=2003, end=2005, day="2004-06"), (1, INF), "contacts", "K2"),
    ("contacts.count", dict(start=2005, end=2005, setting="SCO"), (0, INF), "contacts", "K5"),
    ("contacts.count", dict(start=2003, end=2005, setting="S.O"), (0, INF), "contacts", "K1 K2 K5"),
    ("contacts.per_year", dict(start=2003, end=2005, setting="S.O"), (0, INF), "contacts per year", ""),
    ("contacts.per_year", dict(start=2003, end=2004), (1, INF), "contacts per year", "K1 K2"),
    ("contacts.per_year", dict(start=2003, end=2006, setting="alone"), (0.5, INF), "contacts per year", "K1 K5"),
    ("contacts.each_setting", dict(settings="alone|at an SCO meeting", start=2003, end=2005), (1, INF), "contacts",
     "K1 K2 K5"),
    ("contacts.each_setting", dict(settings="alone|at an SCO meeting|elsewhere", start=2003, end=2005), (0, INF),
     "contacts", "K1 K2 K5"),
    ("contacts.count", dict(start=2003, end=2005, levels="staff|deputy"), (2, INF), "contacts", "K2 K5"),
    ("contacts.count", dict(start=2003, end=2005, levels="general"), (0, INF), "contacts", "K1 K2 K5"),
    ("contacts.shared_year", dict(day="02-15"), (2004, 2006), "year", "O1 O2"),
    ("contacts.reported", dict(subject="deal"), (3, INF), "reports", "R1 R2 R3"),
    ("contacts.reported", dict(subject="deal", side="china"), (2, INF), "reports", "R1 R2"),
    ("contacts.reported", dict(subject="deal", form="letter"), (2, INF), "reports", "R1 R3"),
    ("contacts.reported", dict(subject="deal", start=2004, end=2004), (1, INF), "reports", "R2"),
    ("contacts.reported", dict(subject="deal", form="none"), (0, INF), "reports", "R1 R2 R3 R4 R5"),
    ("contacts.report_of_form", dict(subject="deal", forms="letter|call"), (2, 2), "reports", "R1 R2 R3"),
    ("contacts.report_of_form", dict(subject="deal", forms="call"), (0, 0), "reports", "R1 R2 R3"),
    ("contacts.report_date", dict(subject="deal"), (day("2003-05-01"), day("2005-01-02")), "date", "R1 R2 R3"),
    ("contacts.report_date", dict(subject="deal", form="speech"), (day("2004-01-01"), day("2004-12-31")), "date", "R2"),
    ("economy.rank", dict(view="a", flow="total", start=2003, end=2004), {"2003": 2, "2004": 1}, "rank",
     "T1 T2 T3 T4 T5 T6"),
    ("economy.rank", dict(view="a", flow="total", start=2003, end=2003, eu="one"), {"2003": 3}, "rank", "T1 T2 T3 T4"),
    ("economy.rank", dict(view="a", flow="exports", start=2003, end=2003), {"2003": 1}, "rank", "T1 T2 T3 T4"),
    ("economy.rank", dict(view="a", flow="imports", start=2004, end=2004), {"2004": 2}, "rank", "T5 T6"),
    ("economy.rank_off", dict(view="a", flow="total", place=3, start=2003, end=2004), {"2003": 1, "2004": 2}, "places",
     "T1 T2 T3 T4 T5 T6"),
    ("economy.rank_of_five", dict(state="Kazakhstan", flow="total", start=2003, end=2004), {"2003": 1, "2004": 2},
     "rank", "CT1 CT2 CT3 CT4"),
    ("economy.rank_of_five", dict(state="Kazakhstan", flow="exports", start=2003, end=2003), {"2003": 2},
     "rank", "CT1 CT2"),
    ("economy.gas_rank", dict(state="Kazakhstan", year=2003), (2, 2), "rank", "E1 E2"),
    ("economy.growth_place", dict(economy="Kazakhstan", start=2003, end=2004), {"2003": 2 / 4, "2004": 2 / 3},
     "share of field", "G1 G5"),
    ("economy.growth_place", dict(economy="China", start=2003, end=2003), {"2003": 1 / 4}, "share of field", "G2"),
    ("economy.published_growth_place", dict(economy="Kazakhstan", source="s1", start=2003, end=2004),
     {"2003": 0.2, "2004": 0.25}, "share of field", "P1 P2"),
    ("economy.volume", dict(series="oil to China", state="Kazakhstan", year=2003), (10, 10), "Mt", "E5"),
    ("economy.change", dict(series="oil to China", state="Kazakhstan", start=2003, end=2004), (50, 50),
     "percent", "E5 E6"),
    ("economy.surplus", dict(kind="oil", state="Kazakhstan", year=2003), (20, 20), "Mt", "E8 E10"),
    ("economy.surplus_change", dict(kind="oil", state="Kazakhstan", start=2003, end=2004), (25, 25), "percent",
     "E8 E10 E9 E11"),
    ("economy.consumption_changes", dict(start=2003, end=2004), {"oil": 5, "gas": 50}, "percent", "E12 E13 E14 E15"),
    ("economy.five_trade_change", dict(start=2003, end=2004), (152, 152), "percent", "CT1 CT2 CT3 CT4"),
    ("economy.five_imports_change", dict(start=2003, end=2004), (100, 100), "percent", "CT1 CT2 CT3 CT4"),
    ("economy.five_change_press", dict(flow="total", start=2003, end=2005), (300, 300), "percent", "CT1 CT2 FIVE-2005"),
    ("economy.five_change_press", dict(flow="imports", start=2003, end=2005), (200, 200), "percent",
     "CT1 CT2 FIVE-2005"),
    (
        "economy.rank_of_five", dict(state="Kazakhstan", flow="total", start=2004, end=2008),
        {"2004": 2, "2005": 2, "2007": 1}, "rank",
        "CT3 CT4 KAZ-2005-CHINA KYR-2005 KAZ-2007-CHINA KYR-2007",
    ),
    ("economy.rank_of_five", dict(state="Kazakhstan", flow="imports", start=2005, end=2007), {"2007": 1}, "rank",
     "KAZ-2007-CHINA KYR-2007"),
    (
        "economy.rank_beside_union", dict(flow="exports", start=2005, end=2006), {"2005": 2, "2006": 2}, "rank",
        "T13 T14 T16 T17 EU-2005 CHINA-2005 EU-2006 CHINA-2006",
    ),
    (
        "economy.rank_beside_union", dict(flow="total", start=2005, end=2006), {"2005": 3, "2006": (1, 2)}, "rank",
        "T13 T14 T16 T17 EU-2005 CHINA-2005 EU-2006 CHINA-2006",
    ),
    ("exercises.count", dict(who="both", start=2002, end=2005), (3, INF), "exercises", "X1 X2 X6"),
    ("exercises.count", dict(who="units", start=2002, end=2005), (2, INF), "exercises", "X1 X6"),
    ("exercises.count", dict(who="bilateral", start=2002, end=2006), (2, INF), "exercises", "X2 X7"),
    ("exercises.count", dict(who="sco", start=2002, end=2006), (5, INF), "exercises", "X1 X2 X3 X4 X6"),
    ("exercises.count", dict(who="region", start=2002, end=2005), (3, INF), "exercises", "X1 X2 X3"),
    ("exercises.count", dict(who="border", start=2002, end=2006), (2, INF), "exercises", "X2 X6"),
    ("exercises.count", dict(who="border-bilateral", start=2002, end=2006), (1, INF), "exercises", "X2"),
    ("exercises.count", dict(who="trafficking", start=2002, end=2006), (1, INF), "exercises", "X2"),
    ("exercises.count", dict(who="bilateral", start=2005, end=2005), (0, INF), "exercises", "X3 X6"),
    ("exercises.tally", dict(tally="Y1"), (3, 5), "exercises", "Y1"),
    ("exercises.tally", dict(tally="Y2"), (50, INF), "exercises", "Y2"),
    ("exercises.inventory_ratio", dict(one="china", other="russia", start=2003, end=2010), (3 / 4, 3 / 4), "ratio",
     "I1 I2 I3 I4 I5 I6"),
    ("exercises.inventory_ratio", dict(one="russia", other="nato", start=2003, end=2006), (2, 2), "ratio", "I2 I3"),
    ("exercises.inventory_ratio", dict(one="nato", other="china", start=2003, end=2009), (1 / 3, 1 / 3), "ratio",
     "I1 I2 I4 I5"),
    ("exercises.inventory_rank", dict(partner="russia", start=2003, end=2010), (1, 1), "rank", "I1 I2 I3 I4 I5 I6"),
    ("exercises.inventory_rank", dict(partner="china", start=2003, end=2010), (2, 2), "rank", "I1 I2 I3 I4 I5 I6"),
    ("exercises.inventory_rank", dict(partner="nato", start=2003, end=2005), (1, 1), "rank", "I1 I2"),
    ("exercises.first", dict(which="any"), (day("2002-05-01"), day("2002-05-31")), "date", "X4"),
    ("exercises.first", dict(which="multilateral"), (day("2003-08-06"), day("2003-08-06")), "date", "X1"),
    ("exercises.first", dict(which="both"), (day("2003-01-01"), day("2003-12-31")), "date", "X2"),
    ("exercises.kinds_of_force", dict(start=2002, end=2005), (2, 2), "kinds", "X1 X2 X6"),
    ("exercises.share_non_military", dict(who="both", by="threat", start=2002, end=2005), (1 / 2, 2 / 3), "share",
     "X1 X2 X3 X6"),
    ("exercises.share_non_military", dict(who="both", by="means", start=2002, end=2005), (1 / 4, 1 / 3), "share",
     "X1 X2 X3 X6"),
    ("exercises.share_non_military", dict(who="sco", by="means", start=2002, end=2003), (2 / 3, 2 / 3), "share",
     "X1 X2 X4"),
    ("exercises.share_non_military", dict(who="sco", by="forces", start=2002, end=2005), (2 / 5, 2 / 5), "share",
     "X1 X2 X3 X4 X6"),
    ("exercises.share_non_military", dict(who="both", by="threat", start=2006, end=2007), (1 / 2, 1),
     "share", "X7 X12"),
    ("outlook.us_change", dict(area="AFG", count="all_troops", start=2003, end=2005), (-12, -12), "persons", "U1 U3"),
    ("outlook.us_change", dict(area="AFG", count="active_duty", start=2003, end=2004), (5, 5), "persons", "U1 U2"),
    ("outlook.arms_share_change", dict(recipient="all", supplier="Russia", before=1, start=2013, end=2014), (50, 50),
     "points", "A6 A7 A8 A9"),
    ("outlook.arms_share_change", dict(recipient="all", supplier="Italy", before=1, start=2013, end=2014), (0, 0),
     "points", "A6 A7 A8 A9"),
    (
        "outlook.arms_share_change", dict(recipient="all", supplier="Russia", before=9, start=2013, end=2014),
        (25, 25), "points", "A3 A4 A6 A7 A8 A9",
    ),
    ("outlook.trade_change", dict(view="kazakhstan", start=2003, end=2004), (100, 100), "percent", "T10 T11"),
    ("outlook.trade_change", dict(view="kazakhstan", start=2003, end=2004, dollars="constant"), (60, 60), "percent",
     "T10 T11 CPI-2003 CPI-2004"),
    ("outlook.trade_change", dict(view="china", start=2003, end=2005, dollars="constant"), (100, 100), "percent",
     "CT1 KAZ-2005-CHINA CPI-2003 CPI-2005"),
    ("outlook.linked_trade_change", dict(start=2003, end=2005), (150, 900), "percent", "T10 KAZ-2005 T13 T18 T19"),
    ("outlook.barriers_weaker", dict(before=1, start=2013, end=2014), (0, 4), "barriers",
     "A6 A7 A8 A9 F7 PRC-BEFORE-2013"),
    ("outlook.barriers_weaker", dict(before=1, start=2014, end=2014), (1, 4), "barriers",
     "A6 A7 A9 F7 PRC-BEFORE-2013"),
    ("outlook.barriers_weaker", dict(before=1, start=2016, end=2016), (0, 4), "barriers",
     "A6 A7 A10 A11 F7 F8 PRC-BEFORE-2013"),
    ("reach.reported", dict(subject="h6"), (4, INF), "aircraft", "S1 S2"),
    ("reach.reported", dict(subject="h6", source="s1"), (4, 4), "aircraft", "S1"),
    ("reach.naming", dict(subject="h6", word="H-6"), (2, INF), "reports", "S1 S2"),
    ("reach.naming", dict(subject="h6", word="bombers"), (1, INF), "reports", "S1 S2"),
    ("reach.naming", dict(subject="h6", word="H.6"), (0, INF), "reports", "S1 S2"),
    ("reach.one_way", dict(departures="west", targets="east", unit="km"), (DEGREE, 2 * DEGREE), "km", "A B C"),
    ("reach.one_way", dict(departures="west", targets="east", unit="km", source="s1 s2"), (DEGREE, DEGREE),
     "km", "A B"),
    ("reach.one_way", dict(departures="A", targets="B", unit="mi", extent="range"),
     ((DEGREE - 1) / 1.609344, (DEGREE + 1) / 1.609344), "mi", "A B S5"),
    ("reach.round_trip", dict(departures="west", targets="east", unit="nmi"), (2 * DEGREE / 1.852, 4 * DEGREE / 1.852),
     "nmi", "A B C"),
    ("russia.arms_share", dict(recipient="Kazakhstan", supplier="Russia", start=2003, end=2004), (0.6, 0.6), "share",
     "A1 A2 A3"),
    ("russia.arms_share", dict(recipient="all", supplier="Russia", start=2003, end=2004), (0.7, 0.7), "share",
     "A1 A2 A3 A4"),
    ("russia.arms_share", dict(recipient="others", supplier="Russia", start=2003, end=2012), (25 / 40, 25 / 40),
     "share", "A4 A6"),
    ("russia.arms_share", dict(recipient="Kazakhstan", supplier="China", start=2003, end=2004), (0, 0), "share",
     "A1 A2 A3"),
    ("russia.arms_share_by_year", dict(recipient="Kazakhstan", supplier="Russia", start=2003, end=2004),
     {"2003": 0.75, "2004": 0}, "share", "A1 A2 A3"),
    ("russia.arms_rank", dict(recipient="Kazakhstan", supplier="Germany", start=2003, end=2004), (2, 2), "rank",
     "A1 A2 A3"),
    ("russia.arms_rank_by_year", dict(recipient="Kazakhstan", supplier="Russia", start=2003, end=2004),
     {"2003": 1, "2004": 2}, "rank", "A1 A2 A3"),
    ("russia.arms_share_of_two", dict(recipient="all", one="Germany", other="China", start=2003, end=2012),
     (30 / 45, 30 / 45), "share", "A2 A3 A6"),
    ("russia.arms_share_of_two", dict(recipient="all", one="Italy", other="China", start=2012, end=2012), (0, 0),
     "share", "A6"),
    ("russia.arms_share_of_deals", dict(supplier="Russia", start=2004, end=2004), (0.25, 0.25), "share", "D1 D2 D3 D4"),
    ("russia.arms_share_of_deals", dict(supplier="Russia", start=2003, end=2005), (0.8, 0.8), "share", "D1 D2 D3 D4"),
    ("russia.facility_count", dict(state="Russia"), (2, 3), "facilities", "F1 F2 F10"),
    ("russia.facility_count", dict(state="Russia", without="Tajikistan"), (1, 2), "facilities", "F1 F2"),
    ("russia.facility_count", dict(state="Russia", types="base"), (1, 1), "facilities", "F10"),
    ("russia.facility_count", dict(state="Russia", types="b.se"), (0, 0), "facilities", ""),
    ("russia.facility_share", dict(state="Russia"), (0.75, 0.75), "share", "F1 F2 F5 F10"),
    ("russia.facility_share_of_two", dict(one="Russia", other="China", host="Kazakhstan"), (1, 1), "share", "F1 F2"),
    ("russia.facility_share_of_two", dict(one="Russia", other="United States", host="Kyrgyzstan"), (0, 0),
     "share", "F5"),
    ("russia.chinese_facilities", dict(by=2013), (0, 0), "facilities", "PRC-BEFORE-2013"),
    ("russia.chinese_facilities", dict(by=2014), (0, INF), "facilities", "F7 PRC-BEFORE-2013"),
    ("russia.chinese_facilities", dict(by=2016, host="Tajikistan"), (0, INF), "facilities", "F7 F8"),
    ("russia.chinese_facilities", dict(by=2016, host="Uzbekistan"), (0, INF), "facilities", "PRC-BEFORE-2013"),
    ("russia.chinese_facilities", dict(by=2016, host="T.jikistan"), (0, INF), "facilities", "PRC-BEFORE-2013"),
    ("russia.csto_share", dict(force="rapid", members="Russia Kazakhstan"), (12 / 20, 14 / 17), "share", "Q1 Q2 Q3 Q4"),
    ("russia.csto_share", dict(force="slow", members="Russia"), (8 / 20, 10 / 10), "share", "Q6 Q7 Q8"),
    ("russia.chinese_facilities", dict(by=2018), (1, INF), "facilities", "F7 F8 F9 PRC-BEFORE-2013"),
    ("russia.csto_share", dict(force="rapid", members="Russia Kazakhstan", later="rapid later"), (9 / 20, 12 / 17),
     "share", "Q1 Q2 Q4 Q9"),
    ("russia.csto_rank", dict(force="rapid", member="Kazakhstan", later="rapid later"), (3, 3), "rank", "Q1 Q2 Q4 Q9"),
    ("russia.csto_rank", dict(force="rapid", member="Russia"), (1, 1), "rank", "Q1 Q2 Q3 Q4"),
    ("russia.csto_rank", dict(force="rapid", member="Kazakhstan"), (2, 2), "rank", "Q1 Q2 Q3 Q4"),
    ("russia.spending_ratio", dict(one="China", other="Kazakhstan", start=2003, end=2004), (20, 20), "ratio",
     "M1 M2 M3 M4"),
    ("russia.dated", dict(subject="pact"), (day("2013-01-30"), day("2013-01-30")), "date", "V1"),
    ("russia.dated", dict(subject="body"), (day("1999-02-01"), day("1999-02-28")), "date", "V3"),
    ("russia.attested", dict(subjects="organ body none"), (2, INF), "organs", "V2 V3"),
    ("thesis.trade_share", dict(partner="China", flow="total", start=2003, end=2004), (96 / 256, 96 / 256), "share",
     "T10 T11 W1 W2"),
    ("thesis.trade_share", dict(partner="China", flow="exports", start=2003, end=2003), (12 / 64, 12 / 64),
     "share", "T10 W1"),
    ("thesis.arms_share", dict(suppliers=("Russia", "China"), start=2003, end=2004), (0.6, 0.6), "share", "A1 A2 A3"),
    ("thesis.oil_share", dict(year=2003), (0.2, 0.2), "share", "E5 E8"),
    ("thesis.arms_over_trade", dict(partner="Russia", flow="total", start=2003, end=2003), (3, 3), "ratio",
     "A1 A2 T12 W1"),
    ("thesis.arms_over_oil", dict(partner="Russia", year=2003, start=2003, end=2012), (3.125, 3.125), "ratio",
     "A1 A2 A3 A7 E5 E8"),
    ("thesis.arms_over_west", dict(supplier="Russia", start=2003, end=2004), (1.5, 1.5), "ratio", "A1 A2 A3"),
    ("thesis.arms_over_west", dict(supplier="Italy", start=2003, end=2004), (0, 0), "ratio", "A1 A2 A3"),
    ("thesis.trained_ratio", dict(one="H5", other="H2"), (200 / 90, 400 / 60), "ratio", "H5 H2"),
    ("thesis.trained_ratio", dict(one="H2", other="H1"), (0, 0.9), "ratio", "H2 H1"),
    ("thesis.trained_ratio", dict(one="H1", other="H2", most=180), (100 / 90, 3), "ratio", "H1 H2"),
    ("thesis.trained_over_places", dict(one="H1", most=200, programme="all_places", start=2003, end=2004), (0.25, 0.5),
     "ratio", "H1 FY1 FY2"),
    ("thesis.trained_over_places", dict(one="H2", most=10, programme="imet_places", start=2006, end=2006), (1.2, 1.8),
     "ratio", "H2 FY3"),
    ("thesis.exercises_over_trade", dict(partner="China", flow="total", start=2003, end=2003), (4, 4), "ratio",
     "I1 T10 W1"),
    ("thesis.exercises_over_trade", dict(partner="China", flow="total", start=2003, end=2004), (128 / 96, 128 / 96),
     "ratio", "I1 I2 T10 T11 W1 W2"),
    ("thesis.arms_over_exports", dict(partner="Russia", start=2003, end=2012), (50 / 80 / 0.15, 50 / 80 / 0.15),
     "ratio", "A1 A2 A3 A7 RUSSIA-2005"),
    ("thesis.bilateral_trade", dict(view="bns", year=2005), (80, 80), "million US$", "T13"),
    ("thesis.bilateral_trade", dict(view="kazakhstan", year=2003), (32, 32), "million US$", "T10"),
    ("thesis.bilateral_trade", dict(view="china", year=2003), (30, 30), "million US$", "CT1"),
    ("thesis.bilateral_trade", dict(view="kazakhstan", year=2005), (180, 180), "million US$", "KAZ-2005"),
    ("thesis.bilateral_trade", dict(view="china", year=2005), (90, 90), "million US$", "KAZ-2005-CHINA"),
    ("thesis.trade_change", dict(view="china", start=2003, end=2005), (200, 200), "percent", "CT1 KAZ-2005-CHINA"),
    ("thesis.growth_of_ties", dict(ties="trade oil gas", start=2003, end=2004), {"trade": 100, "oil": 50, "gas": 50},
     "percent", "T10 T11 E5 E6 E1 E4"),
    ("thesis.growth_of_ties", dict(ties="exercises", start=2003, end=2012), {"exercises": 100}, "percent", "I1 I4 I5"),
    ("thesis.growth_of_ties", dict(ties="exercises", start=2002, end=2009), {"exercises": 0}, "percent", "I1 I4 I5 I8"),
    ("thesis.growth_of_ties", dict(ties="oil exercises", start=2002, end=2004), {"oil": 50, "exercises": 0}, "percent",
     "E5 E6 I1 I8"),
    ("thesis.growth_of_ties", dict(ties="trade", start=2005, end=2006, view="bns"), {"trade": 75},
     "percent", "T13 T16"),
    ("training.reported", dict(trained="Kazakhstan", host="China", kind="cumulative", start=2003, end=2012), (100, INF),
     "persons", "H1"),
    ("training.reported", dict(trained="Kazakhstan", host="China", kind="cumulative", start=2002, end=2003), (60, INF),
     "persons", "H1 H2"),
    ("training.rate", dict(trained="Kazakhstan", host="China", start=1993, end=2002), (6, 9), "persons per year", "H2"),
    ("training.up_to", dict(trained="Kazakhstan", start=2007, end=2007), (0, 50), "persons", "H4"),
    ("training.over", dict(trained="Kazakhstan", host="Russia", other="United States", start=2007, end=2013),
     (1.5, 3.5), "ratio", "H3 H5"),
    ("training.over", dict(trained="Kazakhstan", host="Russia", other="China", start=2003, end=2013, most=150), (4, 7),
     "ratio", "H3 H1"),
    (
        "training.over_known", dict(trained="Kazakhstan", host="Russia", most=150, start=2003, end=2013),
        (600 / 500, 700 / 500), "ratio",
        "H3 H1 H2 H5 FY1 FY2 FY3",
    ),
    ("training.kinds", {}, (2, 3), "kinds", "N1 N2 N4"),
]


@pytest.mark.parametrize(("name", "params", "expected", "unit", "rows"), CASES,
                         ids=[f"{i}-{case[0]}" for i, case in enumerate(CASES)])
def test_measure_on_a_small_table(name, params, expected, unit, rows):
    found = measures.find(name)(TABLES, **params)
    if isinstance(expected, dict):
        spans = {label: value if isinstance(value, tuple) else (value, value) for label, value in expected.items()}
        assert {item.label: (item.low, item.high) for item in found.items} == {
            label: pytest.approx(span) for label, span in spans.items()}
        expected = (min(low for low, _ in spans.values()), max(high for _, high in spans.values()))
    else:
        assert found.items == ()
    assert (found.low, found.high) == pytest.approx(expected) and found.unit == unit
    assert type(found.low) is type(found.high) is float, "numpy's numbers print differently"
    assert " ".join(key for _, key in found.rows) == rows
    assert all(key in TABLES[held].index for held, key in found.rows), "each row is named with its table"


def test_every_measure_is_tried():
    used = {row for row in tables.load()["specifications"]["measure"] if row}
    assert used <= {case[0] for case in CASES}, "CASES has a result worked out by hand for each measure"


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("reach.reported", dict(subject="h7")),
        ("reach.reported", dict(subject="j10", source="s2")),
        ("reach.one_way", dict(departures="west", targets="D", unit="km")),
        ("reach.one_way", dict(departures="west", targets="east", unit="yd")),
        ("reach.one_way", dict(departures="west", targets="east", unit="km", extent="h7")),
        ("economy.change", dict(series="oil to China", state="Kazakhstan", start=2003, end=2005)),
        ("economy.surplus", dict(kind="oil", state="Kazakhstan", year=2005)),
        ("economy.surplus", dict(kind="oil", state="Russia", year=2003)),
        ("thesis.bilateral_trade", dict(view="kazakhstan", year=2006)),
        ("thesis.trade_share", dict(partner="China", flow="total", start=2003, end=2005)),
        ("thesis.trade_share", dict(partner="Russia", flow="total", start=2003, end=2004)),
        ("training.reported", dict(trained="Kazakhstan", host="China", kind="stock", start=2003, end=2012)),
        ("thesis.trained_over_places", dict(one="H1", most=200, programme="all_places", start=2003, end=2006)),
        ("thesis.bilateral_trade", dict(view="bns", year=2007)),
    ],
)
def test_a_figure_that_is_missing_is_not_made_up(name, params):
    with pytest.raises(LookupError, match=r"^no |: no "):
        measures.find(name)(TABLES, **params)


@pytest.mark.parametrize("name", [
    "nowhere.count", "reach.nothing", "reach.METRES", "contacts._floor", "economy.point", "reach",
    "economy.partners", "outlook.regional_share", "statistic.point",
])
def test_what_is_no_measure_is_not_found(name):
    with pytest.raises(LookupError):
        measures.find(name)


@pytest.mark.parametrize(
    ("office", "text", "expected"),
    [
        ("O1", "2003-12-31", "no"), ("O1", "2004-01-01", "perhaps"), ("O1", "2004-02-29", "perhaps"),
        ("O1", "2004-03-01", "yes"), ("O1", "2006-01-01", "yes"), ("O1", "2006-01-02", "perhaps"),
        ("O1", "2006-06-01", "perhaps"), ("O1", "2006-06-02", "no"),
        ("O2", "2015-01-01", "perhaps"),
    ],
)
def test_whether_an_office_was_held(office, text, expected):
    assert contacts.held(TABLES["office_holders"].loc[office], pd.Timestamp(text).date()) == expected


def test_a_shared_year_is_looked_for_while_an_office_may_be_held():
    for held, last in (("O1", 2005), ("O2", dates.EVIDENCE_CHECKED.year)):
        one = tables.Tables(TABLES, office_holders=TABLES["office_holders"].loc[[held]])
        found = contacts.shared_year(one, "12-05")
        assert (found.low, found.high) == ({"O1": 2004, "O2": 2003}[held], last)


def test_what_the_inventory_lacks_is_told_by_the_side_on_which_fewest_would_turn_it():
    def lacking(test, low, one="china", other="russia"):
        params = dict(one=one, other=other, start=2003, end=2010)
        spec = SimpleNamespace(function=exercises.inventory_ratio, params=params, criterion=Criterion(test, low, INF))
        statistic = exercises.inventory_ratio(TABLES, **spec.params)
        return claims._unlisted(SimpleNamespace(spec=spec, outcome=outcome(statistic, spec.criterion)), TABLES)

    listed = " The inventory lists 3 with China and 4 with Russia; "
    assert lacking("at_least", 1) == f"{listed}1 more with China alone would change that."
    assert lacking("above", 1) == f"{listed}2 more with China alone would change that."
    assert lacking("at_least", 0.5) == f"{listed}3 more with Russia alone would change that."
    assert lacking("at_least", 250) == f"{listed}997 more with China alone would change that."
    assert lacking("at_least", 251) == lacking("at_least", 0) == lacking("above", -1) == "", "nothing in reach turns it"
    other = SimpleNamespace(spec=SimpleNamespace(function=exercises.inventory_rank))
    assert claims._unlisted(other, TABLES) == ""


def test_what_is_shown_and_never_decides():
    assert list(contacts.in_window(TABLES, 2003, 2004).index) == ["K1", "K2", "K3", "K4"]
    expected = {
        ("both", 1999, 1999): 0, ("both", 2000, 2000): 1, ("both", 2001, 2001): 0, ("both", 2002, 2005): 5,
        ("units", 2002, 2005): 4,
        ("region", 2000, 2000): 1,
    }
    rows = TABLES["exercises"]
    years = rows["start"].str[:4].astype(int)
    found = {(who, start, end): exercises.possible(rows[years.between(start, end)], who).sum()
             for who, start, end in expected}
    assert found == expected
    assert outlook.regional_share(TABLES, "all", "Russia", 2003, 2004) == pytest.approx(0.7)
    (pair,) = reach.pairs(TABLES, departures="west", targets="B").to_dict("records")
    names = {"departure_id": "A", "departure": "Alpha", "target_id": "B", "target": "Beta"}
    assert pair == names | {"km": pytest.approx(DEGREE), "mi": pytest.approx(DEGREE / 1.609344),
                            "nmi": pytest.approx(DEGREE / 1.852)}


def listed(frame):
    """Return the rows of a frame, all of whose columns the docstring of its function must
    name, or they are partners."""
    if "function" in frame.attrs:
        module, name = re.fullmatch(r"measures/(\w+)\.py: (\w+)", frame.attrs["function"]).groups()
        told = getattr(importlib.import_module(f"evidence.measures.{module}"), name).__doc__
        assert [column for column in frame.columns if column not in (*exercises.PARTNERS, *russia.GROUPS, "Germany")
                and column not in told] == []
    return list(frame.itertuples(index=False, name=None))


def test_partners_come_largest_first_and_verified():
    assert listed(economy.partners(TABLES, view="b", flow="total", start=2003, end=2003)) == [
        (2003, "China", 10, 1), (2003, "Russia", 2, 2)]
    assert list(economy.partners(TABLES, view="a", flow="total", start=2003, end=2003, eu="one")["partner"]) == [
        "European Union", "Russia", "China"]
    book = tables.load()
    both = (economy.partners(book, view="kazakhstan", flow="total", start=2010, end=2010, patched=patched)
            for patched in (False, True))
    as_read, mended = (rows.set_index("partner").at["Russia", "value"] for rows in both)
    # Exports and imports of one row.
    patches = book["patches"].loc[["P1", "P2"], ["expect", "replace"]].astype(float).sum()
    assert (as_read, mended) == pytest.approx(tuple(patches))


def test_ranks_and_leads_are_of_each_flow_view_and_year():
    own = tables.Tables(TABLES, trade=TABLES["trade"].replace({"view": {"a": "cow", "b": "partners"}}))
    found = economy.ranks(own, start=2003, end=2004)
    assert listed(found[found["view"] == "cow"]) == [
        ("total", "cow", 2003, 2), ("total", "cow", 2004, 1), ("exports", "cow", 2003, 1), ("exports", "cow", 2004, 1),
    ]
    assert listed(found[found["view"] == "partners"]) == [("total", "partners", 2003, 1),
                                                          ("exports", "partners", 2003, 1)], "verified"
    assert listed(economy.ranks(own, start=2005, end=2006)) == [
        ("total", "bns", 2005, 3), ("total", "bns", 2006, 1), ("exports", "bns", 2005, 2), ("exports", "bns", 2006, 1),
    ]
    assert list(found["view"].unique()) == ["kazakhstan", "kazakhstan-eu", "partners", "cow"]
    assert list(found.index) == list(range(len(found)))
    every = economy.lead(own, flow="total", start=2003, end=2003)
    assert listed(every) == [
        ("total", "kazakhstan", 2003, 1, "Russia", 0), ("total", "partners", 2003, 1, "Russia", 400),
        ("total", "cow", 2003, 2, "Russia", -25),
    ]
    assert list(every.columns) == ["flow", "view", "year", "rank", "rival", "lead"]
    first = economy.lead(own, flow="total", start=2003, end=2004, views=["cow"])
    assert listed(first) == [("total", "cow", 2003, 2, "Russia", -25),
                             ("total", "cow", 2004, 1, "Russia", pytest.approx(100 / 9))]
    assert listed(economy.lead(own, flow="exports", start=2003, end=2003, views=["cow"], rival="Russia")) == [
        ("exports", "cow", 2003, 1, "Russia", 150)]


def test_places_shares_and_series_are_frames_of_numbers():
    places = economy.growth_places(TABLES, economies=["Kazakhstan", "China"], start=2003, end=2004)
    assert listed(places) == [("Kazakhstan", 2003, 2, 4, 0.5), ("Kazakhstan", 2004, 2, 3, pytest.approx(2 / 3)),
                              ("China", 2003, 1, 4, 0.25)]
    five = economy.five_states(TABLES, start=2003, end=2003)
    assert listed(five) == [("Kazakhstan", 2003, 30, 0.6, 1), ("Kyrgyzstan", 2003, 20, 0.4, 2)]
    noted = tables.Tables(TABLES, energy=TABLES["energy"].assign(note=""))
    sent = economy.energy_series(noted, names=["oil to China", "oil production"], states=["Kazakhstan"])
    assert list(sent.columns) == ["series", "state", "year", "value", "unit", "verified", "note"]
    assert listed(sent[["series", "year", "value", "verified"]]) == [
        ("oil production", 2003, 50, "yes"), ("oil production", 2004, 60, "yes"),
        ("oil to China", 2003, 10, "yes"), ("oil to China", 2004, 15, "yes"), ("oil to China", 2005, 40, "no"),
    ]


def test_the_largest_partners_are_counted_by_the_imf_and_then_by_the_bureau():
    found = economy.largest(TABLES, start=2003, end=2006)
    assert listed(found) == [
        ("China", "kazakhstan", 2003, 0.032), ("Russia", "kazakhstan", 2003, 0.032),
        ("China", "kazakhstan", 2004, 0.064), ("Italy", "bns", 2005, 0.18), ("Russia", "bns", 2005, 0.09),
        ("China", "bns", 2005, 0.08), ("China", "bns", 2006, 0.14), ("Russia", "bns", 2006, 0.04),
    ]
    assert list(found.columns) == ["partner", "view", "year", "value"] and list(found.index) == [*range(8)]
    union = table("""trade_id|view|year|partner|exports|imports|verified
        T18|kazakhstan|2005|European Union|900|100|yes
        T19|kazakhstan|2005|China|500|100|yes""")
    with_union = tables.Tables(TABLES, trade=pd.concat([TABLES["trade"], union]))
    found = economy.largest(with_union, start=2005, end=2005, states=["China"])
    assert listed(found) == [("China", "bns", 2005, 0.08), ("European Union", "kazakhstan", 2005, 1.0)]


def test_a_union_that_buys_as_much_as_china_is_not_above_it():
    level = tables.Tables(TABLES, export_shares=TABLES["export_shares"].assign(share=20))
    assert [(item.low, item.high) for item in economy.rank_beside_union(level, "exports", 2005, 2006).items] == [
        (1, 1), (1, 1)]
    twice = tables.Tables(TABLES, export_shares=TABLES["export_shares"]
                                  .assign(share=lambda rows: 10 + 10 * (rows["partner"] == economy.EU)))
    assert [(item.low, item.high) for item in economy.rank_beside_union(twice, "total", 2005, 2006).items] == [
        (2, 3), (1, 2)]


def test_kazakhstans_part_in_chinas_trade_goes_on_in_the_press_where_both_totals_are_known():
    found = economy.five_parts(TABLES, start=2003, end=2008)
    assert list(found.columns) == ["year", "kazakhstan", "others", "share"]
    assert listed(found.round(6)) == [(2003, 0.03, 0.02, 60.0), (2004, 0.06, 0.066, 47.619048),
                                      (2005, 0.09, 0.11, 45.0)]


def test_what_russia_delivered_holds_and_has_is_in_frames_of_numbers():
    by_year = russia.arms_by_year(TABLES, start=2003, end=2005)
    assert list(by_year.columns) == ["year", "Russia", "China", "others"]
    assert listed(by_year) == [(2003, 45, 0, 15), (2004, 0, 0, 15), (2005, 0, 0, 0)], "verified, and a year without any"
    assert listed(russia.arms_by_year(TABLES, recipient="all", suppliers=["Germany"], start=2004, end=2004)) == [
        (2004, 15, 25)]
    found = russia.suppliers(TABLES, recipients=["Kazakhstan", "others"], years=[(2003, 2004), (2012, 2016)])
    assert list(found.columns) == ["recipient", "start", "end", "supplier", "tiv", "share"]
    assert listed(found[found["start"] == 2003]) == [
        ("Kazakhstan", 2003, 2004, "Russia", 45, 0.6), ("Kazakhstan", 2003, 2004, "China", 0, 0),
        ("Kazakhstan", 2003, 2004, "Turkiye", 0, 0), ("Kazakhstan", 2003, 2004, "the West", 30, 0.4),
        ("Kazakhstan", 2003, 2004, "others", 0, 0), ("others", 2003, 2004, "Russia", 25, 1),
        *(("others", 2003, 2004, name, 0, 0) for name in ("China", "Turkiye", "the West", "others")),
    ]
    assert list(found.loc[found["supplier"] == "China", "tiv"]) == [0, 0, 0, 40]
    named = TABLES["arms"].replace({"supplier": {"Germany": "Turkiye", "China": "Iran"}})
    other = russia.suppliers(tables.Tables(TABLES, arms=named), recipients=["all"], years=[(2003, 2016)])
    assert dict(zip(other["supplier"], other["tiv"], strict=True)) == {
        "Russia": 110, "China": 0, "Turkiye": 30, "the West": 0, "others": 40}
    assert listed(russia.on_terms(TABLES)) == [("Radar", 5, 2003, 2003, 0, "debt"), ("Tank", 3, 2003, 2004, 10, "aid")]
    assert listed(russia.on_terms(TABLES, supplier="Germany")) == [("Boat", 1, 2004, 2004, 15, "aid")]
    assert list(russia.facilities(TABLES).index) == [f"F{number}" for number in range(1, 11)]
    assert listed(russia.personnel(TABLES)) == [
        ("China", "active", 200, 4), ("Kazakhstan", "active", 50, 1), ("China", "all", 300, 3),
        ("Kazakhstan", "all", 100, 1),
    ]
    assert list(russia.personnel(TABLES, unit="China")["times"]) == pytest.approx([1, 1 / 4, 1, 1 / 3])


def test_sites_contributions_steps_and_prices_are_frames():
    places = TABLES["facilities"].assign(name="N", lat=[2.0, 1.0, None, 4, 5, 6, 7, 8, 9, None, None], lon=0.0,
                                         precision="town")
    sites = russia.sites(tables.Tables(TABLES, facilities=places))
    assert list(sites.columns) == ["facility_id", "state", "name", "host", "group", "use", "lat", "lon", "precision"]
    assert list(zip(sites["facility_id"], sites["use"], strict=True)) == [
        ("F2", "military"), ("F1", "military"), ("F5", "military"), ("F3", "civil"), ("F10", "military"),
    ], "verified, in use, those with a place first"
    assert listed(russia.contributions(TABLES, force="rapid", later="rapid later")) == [
        ("all", 17, 20), ("Russia and Kazakhstan", 9, 14), ("Russia", 8, 10), ("Kazakhstan", 1, 4), ("Belarus", 2, 3),
    ]
    treaties = table("""treaty_id|subject|date|says
        V1|price-agreed|2013-01-30|later
        V2|cis-organ|2000-01-01|first
        V3|air-defence-cis|1999-02-01|before""")
    assert listed(russia.agreements(tables.Tables(TABLES, treaties=treaties))) == [
        ("V3", "air defence", "1999-02-01", "before"), ("V2", "organs of the CIS", "2000-01-01", "first"),
        ("V1", "prices", "2013-01-30", "later"),
    ]
    reports = table("""report_id|subject|date|form|says|source_key|verified
        R1|preferential-prices|2013-02-01|names Kazakhstan|most|s1|yes
        R2|preferential-prices|2012|reported|allies|s2|yes
        R3|preferential-prices|2011|reported|none|s2|no
        R4|other|2012|reported|no|s2|yes""")
    assert listed(russia.on_prices(tables.Tables(TABLES, reports=reports))) == [
        ("2012", "allies", "s2", False), ("2013-02-01", "most", "s1", True)]


def test_courses_distances_and_reports_of_the_strike_are_frames():
    miles = 2 * DEGREE / 1.609344
    own = tables.Tables(TABLES, places=TABLES["places"].assign(verified="yes"))
    lines = reach.courses(own, start="A", target="B", other="D", miles=miles)
    ends = lines.groupby("line", sort=False)[["lat", "lon", "mi"]].last()
    assert list(ends.index) == ["way", "on", "other", "arc"] and set(lines.groupby("line").size()) == {41}
    assert list(lines.columns) == ["line", "point", "lat", "lon", "mi"] and list(lines["point"]) == 4 * [*range(41)]
    starts = lines.groupby("line", sort=False)[["lat", "lon", "mi"]].first()
    assert starts.loc[["way", "other"], "mi"].tolist() == [0, 0]
    assert lines.equals(lines.round(9)) and not lines.equals(lines.round(8))
    bearings = [Geodesic.WGS84.Inverse(0, 0, *end.loc["arc", ["lat", "lon"]])["azi1"] for end in (starts, ends)]
    assert bearings == pytest.approx([240 - 360, 305 - 360], abs=1e-5)
    assert ends.loc[["way", "on", "other"], "lon"].tolist() == pytest.approx([1, 2, 1])
    assert ends["mi"].tolist() == pytest.approx([miles / 2, miles, 4 * miles, miles])
    assert lines.loc[lines["line"] == "on", "mi"].min() == pytest.approx(miles / 2)
    arc = lines[lines["line"] == "arc"]
    assert arc["lon"].max() < 0 and arc["lat"].iloc[0] < 0 < arc["lat"].iloc[-1], (
        "west of the start, from south to north")
    found = reach.distances(own, near="west", far="east", target="B")
    names = [(row.reading, row.departure, row.target) for row in found.itertuples()]
    elsewhere = [("one way from elsewhere", name, "Beta") for name in ("Beta", "Gamma", "Delta")]
    assert names == [("one way", "Alpha", "Beta"), ("out and back", "Alpha", "Beta"), *elsewhere]
    assert found["mi"].tolist() == pytest.approx([miles / 2, miles, 0, miles / 2, 4 * miles])
    assert list(found.index) == [0, 1, 2, 3, 4]
    told = tables.Tables(
        TABLES, strike_reports=TABLES["strike_reports"].assign(also=["s3", "", "s2", "", ""]),
        sources=table("""source_key|lineage|published
            s1|two|2010-09-21
            s2|one|2010-09-20
            s3|two|2010-09-19"""),
        claims=table("""claim_id|stated_text|stated_low
            C1|four bombers|4"""),
    )
    assert listed(reach.told(told, claims={"h6": "C1", "j10": ""})) == [
        ("h6", "two", 2, "2010-09-19", "Four H-6 bombers", 4), ("h6", "one", 1, "2010-09-20", "at least five h-6", 5),
        ("h6", "article", 1, "2013-01-15", "four bombers", 4), ("j10", "two", 1, "2010-09-21", "two J-10, no H-6", 2),
    ]


AFTER = tables.Tables(
    TABLES, trade=TABLES["trade"].iloc[:0], china_trade=TABLES["china_trade"].iloc[:0],
    china_trade_press=table("""press_id|area|reporter|year|total|verified
        K1|Kazakhstan|Kazakhstan|2003|10|yes
        K2|Kazakhstan|Kazakhstan|2012|100|yes
        K3|Kazakhstan|Kazakhstan|2017|120|yes
        K4|Kazakhstan|Kazakhstan|2022|160|yes
        K5|Kazakhstan|Kazakhstan|2025|170|yes
        C1|Kazakhstan|China|2003|100|yes
        C2|Kazakhstan|China|2012|10|yes
        C3|Kazakhstan|China|2017|5|yes
        C4|Kazakhstan|China|2022|10|yes
        C5|Kazakhstan|China|2002|4|yes"""),
    arms=table("""arms_id|recipient|supplier|year|tiv|verified
        A1|Kazakhstan|Russia|2003|90|yes
        A2|Kyrgyzstan|China|2007|10|yes
        A3|Kazakhstan|Russia|2008|20|yes
        A4|Kyrgyzstan|Russia|2012|5|yes
        A5|Kazakhstan|China|2012|75|yes
        A6|Kazakhstan|Russia|2013|40|yes
        A7|Kazakhstan|China|2017|60|yes
        A8|Kyrgyzstan|Russia|2018|12.5|yes
        A9|Kazakhstan|China|2018|87.5|yes
        A10|Kazakhstan|Russia|2024|90|yes
        A11|Kazakhstan|China|2024|10|yes"""),
    exercises=TABLES["exercises"].assign(
        start=["2008-08-06", "2012", "2013-02", "2014", "2012", "2017-03", "2018", "2001", "2000", "1999", "2019",
               "2020", "2020"],
    ),
    facilities=TABLES["facilities"].assign(since=lambda rows: rows["since"].replace(2016, 2017)),
    us_forces=table("""us_force_id|area|year|active_duty|all_troops|verified
        U1|Afghanistan|2011|10|20|yes
        U2|Afghanistan|2012|15|26|yes
        U3|Iraq|2012|1|1|yes
        U4|Afghanistan|2021|1|1|no
        U5|Kyrgyzstan|2012|2|3|yes"""),
)
"""Tables on which the forecasts can be followed to 2024."""


def test_trade_is_told_in_dollars_of_the_day_and_of_the_baseline():
    prices = table("us_price_id|year|index\nCPI-2003|2003|50\nCPI-2012|2012|100\nCPI-2017|2017|125\nCPI-2022|2022|200")
    trade = table("trade_id|view|year|partner|exports|imports|verified\nT1|bns|2017|China|100|200|yes")
    found = outlook.trade(tables.Tables(AFTER, us_prices=prices, trade=trade), start=2003, end=2022)
    assert list(found.columns) == ["view", "year", "current", "constant"]
    assert listed(found) == [
        ("china", 2003, 0.1, 0.2), ("china", 2012, 0.01, 0.01), ("china", 2017, 0.005, 0.004),
        ("china", 2022, 0.01, 0.005), ("kazakhstan", 2003, 0.01, 0.02), ("kazakhstan", 2012, 0.1, 0.1),
        ("kazakhstan", 2017, 0.3, 0.24),
    ]
    earlier = outlook.trade(tables.Tables(AFTER, us_prices=prices, trade=trade), start=2017, end=2021)
    assert listed(earlier[["view", "year"]]) == [("china", 2017), ("kazakhstan", 2017)]


def test_deliveries_shares_and_troops_are_frames_of_numbers():
    arms = tables.Tables(AFTER, arms=AFTER["arms"].assign(release="2026"))
    assert listed(outlook.supplied(arms, supplier="China", start=2008, end=2018)) == [
        ("Kazakhstan", 2012, 75, "2026"), ("Kazakhstan", 2017, 60, "2026"), ("Kazakhstan", 2018, 87.5, "2026"),
    ]
    some = tables.Tables(arms, arms=arms["arms"].replace({"tiv": {75: 0, 60: 0.5}}))
    assert list(outlook.supplied(some, supplier="China", start=2008, end=2018)["tiv"]) == [0.5, 87.5], (
        "what was delivered at all")
    shares = outlook.region_shares(AFTER, windows=[(2008, 2012), (2013, 2017)], suppliers=["Russia", "China"])
    assert listed(shares) == [("Russia", 2008, 2012, 25), ("Russia", 2013, 2017, 40), ("China", 2008, 2012, 75),
                              ("China", 2013, 2017, 60)]
    with pytest.raises(AssertionError, match="deal"):
        listed(shares.rename(columns={"share": "deal"}))
    counted = tables.Tables(AFTER, us_forces=AFTER["us_forces"].assign(estimate=["no", "no", "no", "yes", "no"]))
    assert listed(outlook.troops(counted)["area"].to_frame()) == [("Kyrgyzstan",), *3 * [("Afghanistan",)]]
    assert listed(outlook.troops(counted, areas=["Iraq", "Afghanistan"])) == [
        ("Iraq", 2012, 1, False), ("Afghanistan", 2011, 20, False), ("Afghanistan", 2012, 26, False),
        ("Afghanistan", 2021, 1, True),
    ]


def against_rule(monkeypatch, **values):
    """Return outlook.against_rule() for trade changes, ratios and shares as given, by claim."""
    trade, ratio, share = (iter(values[name]) for name in ("trade", "ratio", "share"))
    asked = []

    def noted(found):
        return lambda _, *given: asked.append(given) or found()

    monkeypatch.setattr(outlook, "trade_change", noted(lambda: statistic.point(next(trade), "percent", [])))
    monkeypatch.setattr(thesis, "arms_over_trade", noted(lambda: statistic.point(next(ratio), "ratio", [])))
    monkeypatch.setattr(outlook, "regional_share", noted(lambda: next(share)))
    found = {row["claim_id"]: row for row in outlook.against_rule(AFTER).to_dict("records")}
    assert asked[:4] == [("china", 2003, 2012), ("china", 2012, 2022), ("China", "total", 2003, 2012),
                         ("China", "total", 2013, 2020)]
    halves = [(2003, 2007), (2008, 2012), (2003, 2012), (2013, 2022)]
    assert asked[4:] == [("all", supplier, *window) for supplier in ("China", "Russia") for window in halves]
    return found


def test_a_change_of_a_point_has_a_direction_and_equal_shares_lag():
    assert [outlook._direction(change) for change in (1, 0.99, 0, -0.99, -1)] == ["up", "flat", "flat", "flat", "down"]
    assert [outlook._side(ratio) for ratio in (0.99, 1, 1.01)] == ["lags", "lags", "leads"]


def test_a_rule_of_thumb_ties_wins_or_loses(monkeypatch):
    # Of China and of Russia: each half, both, the ten years after.
    shares = [0.0, 0.0, 0.0, 0.09, 0.68, 0.675, 0.68, 0.57]
    found = against_rule(monkeypatch, trade=(680, 22), ratio=(0, 0.04), share=shares)
    assert {claim: row["better"] for claim, row in found.items()} == {
        "C41": "tie", "C47": "tie", "C08": "article", "C75": "article"}
    assert (found["C75"]["before"], found["C75"]["after"], found["C75"]["rule"]) == (
        pytest.approx(-0.5), pytest.approx(-11), "flat")
    found = against_rule(monkeypatch, trade=(-5, -22), ratio=(2, 1.5),
                         share=[0.0, 0.0, 0.0, 0.005, 0.6, 0.5, 0.55, 0.4])
    assert {claim: row["better"] for claim, row in found.items()} == {
        "C41": "rule", "C47": "rule", "C08": "rule", "C75": "tie"}
    assert [found[claim]["came"] for claim in ("C41", "C47", "C08", "C75")] == ["down", "leads", "flat", "down"]


def test_names_are_those_of_the_sources():
    renamed = {"Czech Republic", "Slovakia"}  # the World Bank says Czechia and Slovak Republic
    book = tables.load()
    members = set(tables.group("trade", "partner", economy.EU))
    assert len(members) == 27 and members - renamed <= set(book["growth"]["economy"]) and renamed <= members
    assert set(thesis.west(book)) <= set(book["arms"]["supplier"])


def test_a_whole_month_or_year_is_called_by_its_name():
    assert dates.period(*dates.span("2003")) == "2003"
    assert dates.period(*dates.span("2010-09")) == "September 2010"
    assert dates.period(dates.span("2003-08-06")[0], dates.span("2003-08-12")[1]) == "6 to 12 August 2003"


def test_frames_of_contacts():
    met = contacts.meetings(tables.Tables(TABLES, contacts=TABLES["contacts"].assign(place="P", china="Q")))
    assert listed(met[["contact_id", "known"]]) == [("K1", True), ("K4", False), ("K2", True), ("K3", False),
                                                    ("K5", True)]
    assert list(met.columns) == ["contact_id", "date", "year", "level", "setting", "place", "chinese", "known"]
    assert list(met.index) == list(range(5))
    assert met.loc[1, "year"] == pytest.approx(2004.5, abs=0.01) and set(met["chinese"]) == {"Q"}
    book = tables.Tables(TABLES, office_holders=TABLES["office_holders"].assign(person="P", office="Q"))
    held = contacts.offices(book, day="02-15", start=2003, end=2006)
    assert list(held.columns) == ["person", "office", "start_low", "start", "end", "end_high",
                                  *(f"{year}-02-15" for year in range(2003, 2007))]
    one, other = (held.loc[at] for at in (0, 1))
    assert [one[f"{year}-02-15"] for year in range(2003, 2007)] == ["no", "perhaps", "yes", "perhaps"]
    assert (one["start_low"], one["start"], one["end"], one["end_high"], other["end_high"]) == (
        "2004-01-01", "2004-03-01", "2006-01-01", "2006-06-01", "2006-12-31")
    said = contacts.record(TABLES, subjects=["other", "deal"])
    assert list(said["report_id"]) == ["R6", "R1", "R2", "R3", "R4", "R5"]
    assert list(said["known"]) == [True, True, True, True, False, False]
    assert (list(said.columns) == ["report_id", "subject", "date", "year", "form", "known"]
            and list(said.index) == list(range(6)))


def test_frames_of_training():
    told = training.numbers(TABLES, reports=["H2", "H1", "H4", "H5", "H3"])
    assert listed(told[["training_id", "open_above"]]) == [("H3", False), ("H4", False), ("H5", False), ("H1", True),
                                                           ("H2", False)]
    assert (listed(told.drop(columns=["training_id", "open_above"]))[1] == ("all countries", "flow", 2007, 2007, 20)
            and list(told.index) == list(range(5)))
    places = training.american(TABLES).fillna(-1)
    assert listed(places) == [(2003, 300, 40), (2004, 100, 10), (2005, -1, -1), (2006, 500, 50)]
    yearly = training.yearly(TABLES, stated=100, start=1993, end=2012, since=2003).fillna(-1)
    assert listed(yearly) == [
        ("China, as the article has it", 5, 5), ("China, as its earlier version has it", 10, -1),
        ("American course places", 100, 500),
        ("everyone sent abroad", 20, 50),
    ]
    few = tables.Tables(TABLES, us_training=TABLES["us_training"].assign(all_places=10))
    found = training.over_known(few, "Kazakhstan", "Russia", most=150, start=2003, end=2013)
    assert (found.low, found.high) == (600 / 400, 700 / 200), (
        "the largest number known is of persons ever trained, from 200 to 400")


def test_frames_of_exercises():
    book = tables.Tables(TABLES, exercises=TABLES["exercises"].assign(name=TABLES["exercises"].index))
    boxes = exercises.boxes(book, stated=5, start=2003, end=2005)
    both, unknown = "both took part", "who took part is not known"
    assert listed(boxes[["name", "state"]]) == [("X2", both), ("X1", both), ("X6", both), ("X3", unknown),
                                                ("", "no record")]
    assert listed(boxes)[0] == (1, "X2", 2003, both) and list(boxes["box"]) == [1, 2, 3, 4, 5]
    with pytest.raises(ValueError, match="4 exercises for 3 boxes"):
        exercises.boxes(book, stated=3, start=2003, end=2005)
    found = exercises.partners(TABLES, start=2003, end=2007)
    assert listed(found) == [(2003, 1, 0, 0, 0), (2004, 0, 1, 0, 0), (2005, 0, 0, 0, 0), (2006, 0, 1, 0, 0),
                             (2007, 1, 0, 0, 0)]
    assert list(found.columns) == ["year", "China", "Russia", "NATO members", "others"]
    more = table("inventory_id|start|kazakhstan|china|russia|nato\nI10|2005|yes|no|no|yes\nI11|2005|yes|no|no|no\n"
                 "I12|2005|yes|yes|yes|yes\nI13|2005|yes|no|no|yes\nI14|2005|yes|no|yes|yes\n"
                 "I15|2005|yes|yes|no|yes\nI16|2005|yes|no|no|no\nI17|2005|yes|no|no|no")
    listed_more = tables.Tables(TABLES, exercise_inventory=pd.concat([TABLES["exercise_inventory"], more]))
    assert listed(exercises.partners(listed_more, start=2004, end=2005)) == [(2004, 0, 1, 0, 0), (2005, 2, 1, 2, 3)]
    assert set(exercises.boxes(book, stated=4, start=2003, end=2005)["state"]) == {both, unknown}, (
        "none is left without a record")
    coded = exercises.coding(TABLES, who="both", periods=[(2002, 2003)])
    assert listed(coded.drop(columns=["start", "end"])) == [
        ("enemy", "terrorism", 1), ("enemy", "trafficking", 1), ("enemy", "conventional", 0),
        ("forces", "police, special services", 1), ("forces", "troops", 0), ("forces", "troops with aircraft", 1),
    ]
    special = TABLES["exercises"].replace({"means": {"police": "special services"}})
    for named in (TABLES, tables.Tables(TABLES, exercises=special)):
        coded = exercises.coding(named, who="sco", periods=[(1999, 2008)])
        assert list(coded["exercises"]) == [2, 2, 4, 2, 5, 1]
    sizes = table("""troops_id|exercise_id|low|high|verified
        Z5|X6|300|300|yes
        Z1|X1|900|900|yes
        Z2|X1|1000||yes
        Z4|X4|7000|7000|yes
        Z6|X6|800|800|no""")
    drawn = exercises.troops(tables.Tables(book, exercise_troops=sizes))
    assert listed(drawn) == [("X1", "X1", pytest.approx(2003.6, abs=0.01), 900, 1000, True),
                             ("X6", "X6", pytest.approx(2005.2, abs=0.01), 300, 300, False)]
    assert (list(drawn.columns) == ["exercise_id", "name", "year", "low", "high", "open_above"]
            and list(drawn.index) == [0, 1])
    moved = sizes.assign(exercise_id=["X1", "X6", "X6", "X2", "X1"])
    late = exercises.troops(tables.Tables(book, exercise_troops=moved))
    assert list(late["exercise_id"]) == ["X2", "X1", "X6"] and list(late.index) == [0, 1, 2]


TIES = tables.Tables(
    TABLES,
    trade=table("""trade_id|view|year|partner|exports|imports|verified
        T1|kazakhstan|2012|China|16|8|yes
        T2|kazakhstan|2012|Russia|8|24|yes
        T3|kazakhstan|2012|European Union|32|8|yes
        T4|kazakhstan|2012|United States|4|4|yes
        T5|kazakhstan|2013|China|70|50|yes
        T6|kazakhstan|2009|China|1000|500|yes
        T7|kazakhstan|2010|China|500|500|yes
        T8|kazakhstan|2011|China|300|200|yes
        T9|bns|2012|China|99|99|yes
        T10|bns|2013|China|60|40|yes
        T11|bns|2013|Russia|20|30|yes
        T12|bns|2014|China|60|40|no"""),
    trade_totals=table("""total_id|year|exports|imports
        W1|2012|64|64"""),
    energy=table("""energy_id|series|state|year|value|unit|verified
        E1|oil to China|Kazakhstan|2009|10|Mt|yes
        E2|oil production|Kazakhstan|2009|50|Mt|yes"""),
    exercise_inventory=pd.concat([TABLES["exercise_inventory"], table("""inventory_id|start|kazakhstan|china|russia|nato
        I9|2011|yes|yes|yes|yes""")]),
    arms=table("""arms_id|recipient|supplier|year|tiv|verified
        A1|Kazakhstan|China|2002|7|yes
        A2|Kazakhstan|Russia|2003|45|yes
        A3|Kazakhstan|Germany|2004|30|yes
        A4|Kazakhstan|China|2012|20|yes
        A5|Kazakhstan|Russia|2012|5|yes
        A6|Kazakhstan|Russia|2013|30|yes
        A7|Kyrgyzstan|China|2012|500|yes"""),
    facilities=table("""facility_id|state|host|in_use_2013|verified
        F1|China|Kazakhstan|yes|yes
        F2|Russia|Kazakhstan|yes|yes
        F3|Russia|Kazakhstan|yes|yes
        F4|United States|Kazakhstan|yes|yes
        F5|China|Tajikistan|yes|yes"""),
    training=table("""training_id|low
        KZ-CN-2003|100
        KZ-RU-2013|600"""),
    us_training=table("""us_training_id|fiscal_year|all_places
        FY1|2002|1
        FY2|2003|300
        FY3|2012|100
        FY4|2013|7"""),
)
"""Tables on which ties of every kind can be counted beside each other."""


def test_ties_of_each_kind_are_shares_that_can_be_compared():
    assert listed(thesis.trade_and_arms(TIES, start=2012, end=2012, years=[(2003, 2004), (2012, 2013)])) == [
        ("trade", "China", 2012, 2012, 0.1875), ("arms", "China", 2003, 2004, 0),
        ("arms", "China", 2012, 2013, 20 / 55), ("trade", "Russia", 2012, 2012, 0.25),
        ("arms", "Russia", 2003, 2004, 0.6), ("arms", "Russia", 2012, 2013, 35 / 55),
    ]
    starts, ends = zip(*thesis.WINDOWS, strict=True)
    assert starts == tuple(range(2003, dates.EVIDENCE_CHECKED.year, 5)), "five years each, from the article's first"
    assert ends == (*(start - 1 for start in starts[1:]), dates.EVIDENCE_CHECKED.year - 1), "to the last whole year"
    found = thesis.ties(TIES)
    assert list(found.columns) == ["tie", "years", "china", "russia", "west"]
    assert listed(found.fillna(-1)) == [
        ("Exports", "2012", 0.25, 0.125, 0.5625), ("All trade", "2012", 0.1875, 0.25, 0.375),
        ("Imports", "2012", 0.125, 0.375, 0.1875), ("Oil, by pipeline", "2009", 0.2, -1, -1),
        ("Exercises", "2003 to 2010", 0.5, 4 / 6, 1 / 6), ("Arms imports", "2003 to 2012", 0.2, 0.5, 0.3),
        ("Foreign sites in Kazakhstan", "January 2013", 0.25, 0.5, 0.25),
    ]


def test_who_was_closer_is_counted_by_exercises_training_and_arms():
    found = thesis.closeness(TIES)
    assert list(found.columns) == ["count", "side", "value", "unit", "floor"]
    assert listed(found) == [
        *(("exercises", side, number, "exercises", False)
          for side, number in (("China", 3), ("the West", 1), ("Russia", 4))),
        ("training", "China", 100, "persons in ten years", True),
        ("training", "the West", 400, "course places in nine years", False),
        ("training", "Russia", 600, "persons at one time", True),
        *(("arms", side, tiv, "million TIV", False) for side, tiv in (("China", 20), ("the West", 30), ("Russia", 50))),
    ]
    drills = thesis.trade_and_drills(TIES, start=2009, end=2011)
    assert list(drills.columns) == ["year", "trade", "exercises"]
    assert listed(drills.fillna(-1)) == [(2009, 1.5, 1), (2010, 1, 0), (2011, 0.5, -1)], (
        "none in 2010, and nothing known of 2011")


def test_what_followed_is_three_ties_and_a_list_of_events():
    found = since.three_ties(TIES, start=2011, end=2014)
    assert list(found.columns) == ["tie", "country", "year", "value"] and list(found.index) == list(range(len(found)))
    assert listed(found[found["tie"] == "trade"]) == [
        ("trade", "Russia", 2012, 0.032), ("trade", "Russia", 2013, 0.05),
        ("trade", "China", 2011, 0.5), ("trade", "China", 2012, 0.024), ("trade", "China", 2013, 0.1),
    ], "the IMF's to 2012, then the Bureau's, verified"
    assert listed(found[found["tie"] == "arms"].drop(columns="tie")) == [
        ("Russia", 2011, 0), ("Russia", 2012, 5), ("Russia", 2013, 30), ("Russia", 2014, 0),
        ("China", 2011, 0), ("China", 2012, 20), ("China", 2013, 0), ("China", 2014, 0),
    ]
    drills = table("""exercise_id|start|framework|means|kazakhstan|china|verified
        X1|2014-05|bilateral KZ-CN|troops|took part|led|yes
        X2|2013|bilateral KZ-CN|troops|took part|took part|yes
        X3|2013|SCO multilateral|troops|took part|took part|yes
        X4|2013|bilateral KZ-CN|police|took part|took part|yes
        X5|2013|bilateral KZ-CN|troops|took part|took part|no
        X6|2013|bilateral KZ-CN|troops|no|took part|yes
        X7|2013|bilateral KZ-CN|troops|took part|unknown|yes
        X8|2010|bilateral KZ-CN|troops|took part|took part|yes""")
    found = since.three_ties(tables.Tables(TIES, exercises=drills), start=2011, end=2014)
    assert listed(found[found["tie"] == "drills"]) == [("drills", "China", 2014, 1), ("drills", "China", 2013, 1)]
    events = table("""event_id|date|side|short|verified
        V1|2015-02|China|a month|yes
        V2|2014-03-04|Russia|a day|yes
        V3|2014|China|a year|yes
        V4|2013-01-14|Russia|before|yes
        V5|2013|Russia|the year itself|yes
        V7|2013-01-15|Russia|the day itself|yes
        V6|2016|Russia|unread|no""")
    assert listed(since.followed(tables.Tables(TIES, events=events))) == [
        ("2014-03-04", "Russia", "a day", "4 March 2014"), ("2014-07-02", "China", "a year", "2014"),
        ("2015-02-14", "China", "a month", "February 2015"),
    ]

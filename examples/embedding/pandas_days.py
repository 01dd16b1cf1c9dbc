"""A schedule as a pandas data frame, one row a day, and its findings beside it."""

from decimal import Decimal
from pathlib import Path

import pandas as pd

import taper


def days(schedule: taper.Schedule) -> pd.DataFrame:
    """Return day, step and daily dose; doses stay exact as decimals."""
    rows = [(pd.Timestamp(day), step.number, Decimal(step.total.number)) for day, step in schedule.days()]
    return pd.DataFrame(rows, columns=["day", "step", "dose_mg"]).set_index("day")


def findings(report: taper.Report) -> pd.DataFrame:
    """Return code, severity, first day and message of each finding."""
    rows = [(found.code, str(found.severity), pd.Timestamp(found.on), found.message) for found in report.findings]
    return pd.DataFrame(rows, columns=["code", "severity", "on", "message"])


if __name__ == "__main__":
    schedule = taper.plan(taper.read_order(Path(__file__).parent.parent / "diazepam.toml"))
    print(days(schedule).groupby("step")["dose_mg"].first().to_string())
    print(findings(taper.check(schedule))[["code", "severity"]].to_string(index=False))

"""A schedule as pandas data frames: the dose of each day, the pieces that are handed out, and the findings."""

from pathlib import Path

import pandas as pd

import taper


def days(schedule: taper.Schedule) -> pd.DataFrame:
    """Return day, step and daily dose; doses stay exact, as decimals."""
    frame = pd.DataFrame(schedule.to_frame("days").columns)
    daily = frame.groupby("date", as_index=False).agg({"step": "first", "dose_mg": "sum"})
    return daily.assign(date=pd.to_datetime(daily["date"])).set_index("date")


if __name__ == "__main__":
    schedule = taper.plan(taper.read_order(Path(__file__).parent.parent / "diazepam.toml"))
    print(days(schedule).groupby("step")["dose_mg"].first().to_string())
    supply = pd.DataFrame(taper.dispense(schedule).to_frame().columns)
    print(supply.groupby("product")["handed"].sum().to_string())
    findings = pd.DataFrame(taper.check(schedule).to_frame().columns)
    print(findings[["code", "severity", "on"]].to_string(index=False))

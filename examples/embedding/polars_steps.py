"""A schedule in polars, through Arrow: doses are decimals, days are dates."""

from pathlib import Path

import polars as pl

import taper


def weeks(schedule: taper.Schedule) -> pl.DataFrame:
    """Return the mg of each week, exactly."""
    return (
        pl.DataFrame(schedule.to_frame("days"))
        .group_by_dynamic("date", every="1w")
        .agg(pl.col("dose_mg").sum().alias("mg"))
    )


if __name__ == "__main__":
    schedule = taper.plan(taper.read_order(Path(__file__).parent.parent / "diazepam.toml"))
    print(weeks(schedule).head(3).rows())
    print(pl.DataFrame(schedule.to_frame("steps")).select("step", "start", "total_mg").head(3).rows())

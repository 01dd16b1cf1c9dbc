"""A rule of your own: a clinic wants no dose change in the week before Christmas."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from taper import RULES, Case, Finding, Severity, check, plan, read_order, rule


@rule("X101", "change before Christmas", since="0.1.0")
def before_christmas(case: Case) -> Iterable[Finding]:
    """Report a new dose between 18 and 25 December.

    What: The first day of each step after the first.
    Why: The clinic is closed, so nobody can be asked.
    What to do: Add a hold that ends in January.
    """
    for step in case.schedule.steps[1:]:
        if date(step.start.year, 12, 18) <= step.start <= date(step.start.year, 12, 25):
            yield Finding(
                code="X101",
                severity=Severity.NOTE,
                message=f"the dose changes on {step.start:%d %B}, when the clinic is closed",
                step=step.number,
                on=step.start,
            )


order = read_order(Path(__file__).with_name("christmas.toml"))
report = check(plan(order), rules=(*RULES, before_christmas))
for found in report.findings:
    if found.code.startswith("X"):
        print(f"{found.severity} {found.code}, step {found.step}: {found.message}")

"""Five lines: an order becomes an exact schedule, its findings and what the pharmacy hands out."""

from pathlib import Path

from taper import check, dispense, plan, read_order

schedule = plan(read_order(Path(__file__).with_name("diazepam.toml")))
report = check(schedule)
for step in schedule.steps:
    print(step.number, step.start, step.total, *(f"{i.time} {i.dose}" for i in step.intakes), sep="  ")
print(*(f"{f.severity} {f.code}: {f.message}" for f in report.findings), sep="\n")
print(*(f"{line.product}: {line.count} tablets" for line in dispense(schedule).lines), sep="\n")

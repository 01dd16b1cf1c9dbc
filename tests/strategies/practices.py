"""Histories of supplies of several persons, plain and odd, as rows of a pharmacy's table."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

HEAD = "person,date,drug,strength,quantity,days_supply,sig\n"
START = date(2024, 1, 1)


@st.composite
def person_rows(draw: st.DrawFn) -> list[str]:
    """Draw the rows of one person, without the person: mostly plain, now and then with anything that records hold."""
    drug = draw(st.sampled_from(["diazepam", "diazepam", "diazepam", "clonazepam", "zopiclone"]))
    strength = draw(st.sampled_from(["5 mg", "2 mg", "0.5 mg"]))
    daily = draw(st.integers(1, 12))
    kind = draw(st.sampled_from(["constant", "constant", "slow", "slow", "any", "two strengths", "odd"]))
    daily += 10 * (kind == "slow")
    day, rows = START + timedelta(days=draw(st.integers(0, 40))), []
    for _ in range(draw(st.integers(1, 9))):
        days = draw(st.sampled_from([28, 30, 30, 14, 90]))
        sig = draw(st.sampled_from(["", "", "take as directed", "1 tablet at night as needed"]))
        rows.append(f"{day},{drug},{strength},{daily * days},{days},{sig}")
        if kind == "two strengths":
            rows.append(f"{day},{drug},10 mg,{days},{days},")
        if kind == "odd":
            rows.append(draw(st.sampled_from(odd(day, drug, strength))))
        if kind == "slow" and draw(st.booleans()):
            daily -= draw(st.sampled_from([1, 1, 2]))
        if kind in ("any", "odd"):
            daily = max(1, daily + draw(st.integers(-4, 1)))
        step = draw(st.sampled_from([days, days, days, days - 3, days + 5, days + 31, days + 60, 10]))
        day += timedelta(days=days if kind == "slow" and draw(st.booleans()) else step)
    return rows


def odd(day: date, drug: str, strength: str) -> list[str]:
    """Return rows as they should not be."""
    return [
        f"{day},{drug},{strength},120,,",
        f"{day},{drug},{strength},120,3,",
        f"{day},{drug},{strength},-60,-30,",
        f"{day},{drug},{strength},0,30,",
        f"{day},{drug},,60,30,",
        f"{day},prednisone,5 mg,30,30,",
        f"{day},alprazolam,0.5 mg,60,30,",
        f"{day + timedelta(days=2)},{drug},{strength},30,30,1 tablet every other day",
        f'{day},{drug},{strength},21,14,"1 tablet twice daily for 7 days, then 1 tablet daily for 7 days"',
        f"2024-02-30,{drug},{strength},30,30,",
        f"{day},{drug},1 mg,7,7,",
        f"{day},{drug} oral solution 2 mg/5 mL,,300,30,",
    ]


@st.composite
def practices(draw: st.DrawFn) -> str:
    """Draw the table of a small practice."""
    people = draw(st.lists(person_rows(), min_size=1, max_size=4))
    rows = [f"p{number},{row}\n" for number, own in enumerate(people) for row in own]
    return HEAD + "".join(draw(st.permutations(rows)) if draw(st.booleans()) else rows)

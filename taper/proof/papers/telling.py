"""What a paper tells beside its days: the boxes with the dose, the sentences, the people, the advice, the foot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from taper import catalog
from taper.proof.papers.case import Case
from taper.proof.papers.reading import Amount, Reader, low, plain, same


def prove_foot(case: Case, frame: Any) -> None:
    """The foot of each page names the plan, its revision, the person and the day of printing."""
    schedule, foot = case.asked.schedule, [plain(line) for line in frame.foot]
    text = "\n".join(foot)
    printed = case.asked.printed_on
    case.hold(frame.printed == printed, f"the file is dated {frame.printed}, and was printed on {printed}")
    dates = _dated(case).dates(foot[-1]) if foot else ()
    case.hold(dates == (printed,), f"the foot says {foot[-1:]!r}, and the paper was printed on {printed}")
    if schedule.plan_id:
        case.hold(schedule.plan_id[:8] in text, f"the foot does not name the plan {schedule.plan_id[:8]}")
    if schedule.revision:
        numbers = [line.rpartition(" ")[2] for line in foot[:-1]]
        case.hold(str(schedule.revision) in numbers, f"the foot does not name revision {schedule.revision}")
    patient = case.order.handout.patient if case.order is not None else None
    case.hold(not patient or within(patient, text), "the foot does not name the person")


def _dated(case: Case) -> Reader:
    """Return a reader of dates, also for a paper whose days are numbered."""
    return case.read if case.read.first is None else Reader(case.read.code)


def within(name: str, text: str) -> bool:
    """Whether a name stands in a text, whatever its spaces."""
    return "".join(low(name).split()) in "".join(low(text).split())


def prove_people(case: Case, people: Sequence[str], *, pharmacy: bool = False) -> None:
    """For whom, by whom and whom to call, on some papers the pharmacy too: what the order says, in that order."""
    lines = case.order.handout if case.order is not None else None
    named = (lines.patient, lines.prescriber, lines.phone, lines.pharmacy if pharmacy else None) if lines else ()
    known = [one for one in named if one]
    case.hold(len(people) >= len(known), "somebody whom the order names is not named")
    for name, line in zip(known, people, strict=False):
        case.hold(within(name, line), f"{plain(line)!r} stands where {name!r} should")


def prove_contacts(case: Case, contacts: Sequence[Any]) -> None:
    """Whom to call: behind each label what the order, or its country, has; nothing where nobody is known."""
    lines, by_label = case.order.handout if case.order is not None else None, {}
    for fact in contacts:
        found = [kind for kind, names in case.tongue.labels.items() if low(fact.label) in names]
        by_label[found[0] if found else low(fact.label)] = fact.text
    wanted = {
        "prescriber": (lines.prescriber or "") if lines is not None else "",
        "phone": (lines.phone or "") if lines is not None else "",
        "pharmacy": (lines.pharmacy or "") if lines is not None else "",
    }
    for kind, name in wanted.items():
        text = by_label.get(kind)
        right = text is not None and "".join(low(text).split()) == "".join(low(name).split())
        case.hold(right, f"behind the label of the {kind} stands {plain(text or '')!r}, not {name!r}")
    number = emergency(case)
    text = by_label.get("emergency", "")
    case.hold(within(number, text) and (not number or digits(text) == digits(number)), f"in an emergency: {text!r}")
    crisis = number_of(case, "crisis")
    case.hold(not crisis or any(digits(one) == digits(crisis) for one in by_label.values()), f"{crisis} is lost")


def digits(text: str) -> str:
    """Return the digits of a text."""
    return "".join(sign for sign in plain(text) if sign.isdigit())


def emergency(case: Case) -> str:
    """Return the number to call in an emergency: the order's, else that of its country; empty if none is known."""
    ordered = case.order.handout.emergency if case.order is not None else None
    return ordered or number_of(case, "emergency")


def number_of(case: Case, kind: Any) -> str:
    """Return a number that the country of the order has; empty if none is known."""
    if case.order is None:
        return ""
    found = catalog.call_number(case.order.country, kind)
    return found.text if found else ""


def prove_never(case: Case, text: str) -> None:
    """The one sentence that must be seen says not to stop suddenly."""
    small = f" {low(text)} "
    words = "".join(sign if sign.isalpha() or sign == "’" else " " for sign in small).split()
    tongue = case.tongue
    right = any(one in words or f"n’{one}" in small for one in tongue.no)
    right = right and any(one in small for one in tongue.stop) and any(one in small for one in tongue.sudden)
    case.hold(right, f"the sentence that must be seen is {plain(text)!r}: it does not say never to stop suddenly")


def prove_never_any(case: Case, text: str) -> None:
    """The same of the patient's paper, which speaks of one medicine or of all of them."""
    prove_never(case, text)
    several = len(case.drugs) > 1
    right = any(one in low(text) for one in case.tongue.these) is several
    case.hold(right, f"the sentence that must be seen does not speak of {'all medicines' if several else 'one'}")


def prove_advice(case: Case, advice: Sequence[Any]) -> None:
    """The page of what to do has its passages, the one that says when to call for help, and the number."""
    tones = [passage.tone for passage in advice]
    case.hold("urgent" in tones and "firm" in tones, "the page of what to do has lost when to call for help")
    for passage in advice:
        told = [*(one.text for one in passage.lead), *(one.text for one in passage.points)]
        case.hold(passage.title and all(told) and told, f"the passage {plain(passage.title)!r} says nothing")
    firm = " ".join(one.text for passage in advice if passage.tone == "firm" for one in passage.lead)
    small = low(firm)
    case.hold(any(one in small for one in case.tongue.stop), "the page of what to do does not say not to stop at once")
    number = emergency(case)
    urgent = "\n".join(
        f"{passage.title} {' '.join(one.text for one in (*passage.lead, *passage.points))}"
        for passage in advice
        if passage.tone == "urgent"
    )
    case.hold(within(number, urgent), f"the page of what to do does not name the number {number}")
    note = case.order.handout.note if case.order is not None else None
    all_text = "".join(one.text for passage in advice for one in (*passage.lead, *passage.points))
    crisis = digits(number_of(case, "crisis"))
    case.hold(crisis in digits(all_text), f"the page of what to do does not name the number {crisis}")
    off, noted = (any(day in low(text) for day in case.tongue.marks["none"]) for text in (all_text, note or ""))
    case.hold(off or not _has_days_off(case), "the page of what to do does not speak of the days without a dose")
    case.hold(not off or noted or _has_days_off(case) or case.has_gap, "it speaks of days without a dose, and has none")
    case.hold(not note or within(note, all_text), "the page of what to do has lost the note of the order")
    _prove_forgotten(case, low(all_text).replace(low(note or "\0"), " "))


def _prove_forgotten(case: Case, told: str) -> None:
    """A dose at bedtime that was forgotten is left out, and is never taken when it is remembered."""
    times = {intake.time for step in case.steps for intake in case.taken(step)}
    if "bedtime" in times:
        left_out = case.tongue.left_out in told
        case.hold(left_out, "the page of what to do does not say that a forgotten dose at bedtime is left out")
    if times == {"bedtime"}:
        case.hold(case.tongue.remembered not in told, "a forgotten dose at bedtime is said to be taken when remembered")


def _has_days_off(case: Case) -> bool:
    """Whether a day on which nothing is taken comes behind one with a dose, before the plan stops."""
    given = [bool(case.taken(step)) for step in case.steps]
    return True in given and False in given[given.index(True) :]


def prove_facts(case: Case, facts: Sequence[Any], begin: date) -> None:
    """The boxes: the dose of the first day, the next new dose with its day, and the end."""
    *doses, end = facts
    last, shown = case.stop or case.steps[-1].end, case.read.dates(f"{end.text}")
    case.hold(shown == (last,), f"the box {plain(end.label)!r} says {plain(end.text)!r}, not {last}")
    if end.more:
        case.hold(low(end.more) == case.tongue.weekdays[last.weekday()], f"{last} is said to be {plain(end.more)!r}")
    steps = [step for step in case.steps if step.end >= begin]
    case.hold(len(doses) <= 2 and bool(doses) == bool(steps), "the boxes have lost a dose")
    if not doses:
        return
    day = max(begin, steps[0].start)
    first = doses[0]
    days = case.read.dates(f"{first.label}\n{first.more}")
    case.hold(days[:1] == (day,), f"the box {plain(first.label)!r} does not begin on {day}: {plain(first.more)!r}")
    _prove_box(case, first, day)
    run = [step for step in steps if step.number == steps[0].number]
    if len(doses) == 2:
        later = case.read.dates(doses[1].more)
        starts = [step.start for step in steps[1:]]
        case.hold(len(later) == 1 and later[0] in starts, f"the box of the next dose says {plain(doses[1].more)!r}")
        _prove_box(case, doses[1], later[0])
        if len(run) == 1:
            before = [step for step in steps if step.start < later[0]]
            alike = all(case.taken(step) == case.taken(steps[0]) for step in before)
            case.hold(alike, f"the next dose is said to begin on {later[0]}, but another one begins before")
    else:
        alike = len({case.taken(step) for step in steps}) == 1 or len(run) == len(steps) > 1
        case.hold(alike or _look_alike(case, steps), "the box of the next dose is lost")


def _look_alike(case: Case, steps: Sequence[Any]) -> bool:
    """Whether steps are told alike, although they are not the same, as doses that differ only in what is not shown."""
    return len({tuple((one.time, one.drug, one.dose) for one in case.taken(step)) for step in steps}) == 1


def _prove_box(case: Case, fact: Any, day: date) -> None:
    """The mg of a box are those of its day: its sums, or each of its doses; or of days in the same step."""
    step = case.by_day[day]
    taken, said = case.taken(step), case.read.mg(fact.text)
    own = {case.taken(one) for one in case.steps if one.number == step.number}
    where = f"the box {plain(fact.label)!r} says {plain(fact.text)!r}"
    if len(own) > 1:
        known = {value for each in own for value in (*case.totals(each), *(one.dose.value for one in each))}
        right = all(any(same(one, value) for value in known) for one in (*said, *case.read.mg(fact.more)))
        case.hold(right, f"{where}, which is no dose of {day}")
        return
    if not case.totals(taken):
        case.hold(not said, f"{where}, and the plan has no dose on {day}")
        return
    fits = _equal(said, case.totals(taken)) or _equal(said, [intake.dose.value for intake in taken])
    case.hold(fits, f"{where}, and the plan has {case.totals(taken)} mg on {day}")
    more = case.read.mg(fact.more)
    case.hold(not more or _equal(more, [one.dose.value for one in taken]), f"{where} and {plain(fact.more)!r}")


def _equal(said: Sequence[Amount], values: Sequence[Fraction]) -> bool:
    return len(said) == len(values) and all(map(same, said, values))


def prove_sentences(case: Case, summary: str, sentence: str, *, over: bool) -> None:
    """The plan in a line and in a sentence: its first and last dose, its first day, and its end."""
    steps, several = case.steps, len(case.drugs) > 1
    if over:
        return
    first, last = (case.totals(case.taken(step)) for step in (steps[0], steps[-1]))
    for text in (summary, sentence):
        said = case.read.mg(text)
        if not said:
            case.hold(several or not first or _pattern_first(case), f"{plain(text)!r} has lost its dose")
            continue
        begins = not several and (not first or same(said[0], first[0]))
        case.hold(begins, f"{plain(text)!r} begins with another dose")
        ends = {*first, *last, *(() if first else (Fraction(0),))}
        case.hold(all(any(same(one, value) for value in ends) for one in said), f"{plain(text)!r} has another dose")
        if len(said) > 1:
            case.hold(last and same(said[-1], last[0]), f"{plain(text)!r} ends with another dose")
    dates = case.read.dates(sentence)
    if case.read.first is not None:  # numbers of days are told apart from other numbers by their words alone
        wanted = {steps[0].start} if case.stop is None else {steps[0].start, *(_last_of_one(case) or (case.stop,))}
        case.hold(
            wanted <= set(dates) or {steps[0].start, case.stop} <= set(dates),
            f"{plain(sentence)!r} does not begin and end as the plan does",
        )
        return
    known = {case.stop, steps[-1].end} if case.stop is not None else {step.start for step in steps} | {steps[-1].end}
    case.hold(dates[:1] == (steps[0].start,), f"{plain(sentence)!r} does not begin on {steps[0].start}")
    case.hold(len(dates) == 2 and dates[1] in known, f"{plain(sentence)!r} does not end as the plan does")
    if case.stop is not None and len(steps) > 1:  # of one step its last day is named
        case.hold(dates[1] in (case.stop, *_last_of_one(case)), f"{plain(sentence)!r} does not name {case.stop}")


def _last_of_one(case: Case) -> tuple[date, ...]:
    """Return the last day of a plan whose days are all one step."""
    return (case.steps[-1].end,) if len({step.number for step in case.steps}) == 1 else ()


def _pattern_first(case: Case) -> bool:
    """Whether the first step has days that are not alike, so that no one dose can be named."""
    return len([step for step in case.steps if step.number == case.steps[0].number]) > 1


def prove_stay(case: Case, text: str) -> None:
    """Behind the last day of a plan that does not end with a stop it is told what to do."""
    last = [step for step in case.steps if step.number == case.steps[-1].number]
    wanted = case.stop is None and any(intake.dose for step in last for intake in step.intakes)
    if text:
        end = case.read.dates(text)
        case.hold(case.stop is None and end == (case.steps[-1].end,), f"what comes after the plan says {plain(text)!r}")
    else:
        case.hold(not wanted or not case.totals(case.taken(case.steps[-1])), "what comes after the last day is lost")


def prove_legend(case: Case, products: Sequence[Any], *, over: bool) -> None:
    """Each product of the plan is in the legend once, with its place, strength and name."""
    if over:
        return
    names = {key: name for name, key in case.keys.items()}
    shown = [names.get(product.key, "") for product in products]
    wanted = case.used if case.drawn else ()
    case.hold(sorted(shown) == sorted(wanted), f"the legend has {shown}, and the plan uses {list(wanted)}")
    for product, name in zip(products, shown, strict=True):
        ordered = case.products[name]
        liquid = ordered.product.is_liquid
        kinds = ("drop",) if ordered.in_drops else ("syringe",) if liquid else ("solid",)
        case.hold(product.kind in kinds, f"the legend draws {name} as a {product.kind}")
        mark = "" if liquid else case.read.number(ordered.product.strength.value)
        case.hold(product.mark == mark, f"the legend marks {name} with {product.mark!r}")
        text = "".join(low(product.name).split())
        strength = f"{case.read.number(ordered.product.strength.value)}mg"
        per = ordered.product.strength.value * (ordered.product.per.value if liquid else 1)
        fits = within(name, product.name) or strength in text or f"{case.read.number(per)}mg" in text
        case.hold(fits, f"the legend calls {name} {plain(product.name)!r}")
        others = [drug for drug in case.drugs if drug != ordered.product.drug and within(drug, product.name)]
        alone = not others or within(ordered.product.drug, product.name)
        case.hold(alone, f"the legend calls {name} {plain(product.name)!r}, which is another drug")
        if product.drug:
            case.hold(len(case.drugs) > 1, f"the legend has a heading over {name}, and the plan has one drug")
    indices = [(product.index, product.family) for product in products]
    case.hold(len(set(indices)) == len(indices), "two products of the legend are drawn alike")


def prove_window(case: Case, only: str, start_line: str, first: date, last: date, whole: tuple[date, date]) -> None:
    """That only some weeks are shown is told with their days; a plan without dates has a line for its first."""
    part = last < whole[1]
    case.hold(bool(only) == part, "that only some weeks are shown is not told, or told wrongly")
    if part:
        case.hold(case.read.dates(only) == (first, last), f"the paper goes from {first} to {last}: {plain(only)!r}")
    case.hold(bool(start_line) == case.asked.dateless, "the line for the first day is lost")

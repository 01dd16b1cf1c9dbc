"""Published tapers by name: a phase may say ``preset = "bnf-eighth"`` instead of a rule of its own.

A preset is shorthand, never a default: it is expanded into ordinary phases when the order is read, and from
then on only those exist, to be seen and changed. Percentages of the starting dose become mg.

>>> for phase in expand("ashton-text", Mg(40), drug="diazepam", every="1 week"):
...     print(phase)
{'reduce': '2 mg', 'until': '20 mg', 'every': '1 week'}
{'reduce': '1 mg', 'until': '0 mg', 'every': '1 week'}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from taper import catalog
from taper.catalog.rows import Document, Row, read_data
from taper.errors import OrderError, QuantityError, TaperError, located, nearest
from taper.interval import Interval, parse_day, parse_interval
from taper.order.parts import WEEKDAYS, DailyDoses
from taper.order.phase import Phase, Week
from taper.order.reduction import parse_reduction
from taper.quantity import Mg, parse_mg, parse_percent
from taper.source import Source
from taper.values import dataclass

_KEYS = frozenset({"title", "drug", "highest", "note", "phase"})
_PHASE_KEYS = frozenset({"reduce", "doses", "weekly", "until", "every", "slowest"})
_BESIDE = ("preset", "every")
_FIRST_OF_WEEK = WEEKDAYS[0]
# Stands in for a preset that cannot be expanded because of an error elsewhere in the order, which is then reported.
_STAND_IN = {"doses": ["0 mg"], "every": "1 day"}


WeekText = tuple[tuple[str, str], ...]
"""A weekly pattern as an order writes it: "usual" or a day of the week, and its dose."""


@dataclass(frozen=True, slots=True)
class PresetPhase:
    """A phase of a preset, as an order would write it.

    Attributes:
        reduce: The largest cut, or None where the doses are listed.
        doses: Instead of `reduce`: the daily doses, each a number of mg or a percentage of the starting dose.
        weekly: Instead of `reduce`: weekly patterns, from Monday to Sunday, their doses written the same way.
        until: Daily dose at which it ends, written the same way; None if the doses are listed.
        fastest: Shortest interval that the source prints.
        slowest: Longest interval that the source prints; the one used unless the order says otherwise.
        source: Where it stands.
    """

    reduce: str | None
    doses: tuple[str, ...]
    weekly: tuple[WeekText, ...]
    until: str | None
    fastest: Interval
    slowest: Interval
    source: Source

    @property
    def pace(self) -> str:
        """The intervals that the source prints."""
        return str(self.fastest) if self.fastest == self.slowest else f"{self.fastest} to {self.slowest}"

    @property
    def of_start(self) -> bool:
        """Whether anything in it is a fraction of the starting dose."""
        weekly = (dose for week in self.weekly for _, dose in week)
        return any("%" in text for text in (self.reduce or "", self.until or "", *self.doses, *weekly))


@dataclass(frozen=True, slots=True)
class Preset:
    """A published taper.

    Attributes:
        id: Short name, as orders write it.
        title: What it does.
        drug: The only drug it was printed for; None for any.
        highest: Highest daily dose from which the source prints it; None if it names none.
        phases: Its phases.
        note: How the source was read, and what else it says; may be empty.
        source: Where it stands.
    """

    id: str
    title: str
    drug: str | None
    highest: Mg | None
    phases: tuple[PresetPhase, ...]
    note: str
    source: Source

    @property
    def sources(self) -> tuple[Source, ...]:
        """All its sources."""
        return tuple(dict.fromkeys((self.source, *(phase.source for phase in self.phases))))

    @property
    def weekly(self) -> bool:
        """Whether it goes by the day of the week."""
        return any(phase.weekly for phase in self.phases)


@lru_cache(maxsize=1)
def presets() -> Mapping[str, Preset]:
    """Return all packaged presets by id."""
    document = Document(read_data("presets.toml"), "presets.toml")
    by_id = {}
    for preset_id, content in document.tables("preset"):
        row = document.row(content, f"preset.{preset_id}", _KEYS)
        phases = tuple(
            _phase(part) for part in document.rows(row.get("phase"), f"preset.{preset_id}.phase", _PHASE_KEYS)
        )
        drug = None if row.get("drug") is None else catalog.drug(row.text("drug")).name
        by_id[preset_id] = Preset(
            preset_id, row.text("title"), drug, row.mg("highest"), phases, row.text("note", ""), row.source
        )
    return MappingProxyType(by_id)


def _phase(row: Row) -> PresetPhase:
    doses, weekly = row.get("doses") or [], row.get("weekly") or []
    if not isinstance(doses, list) or not isinstance(weekly, list) or _rules(row) != 1:
        row.refuse("doses", "a phase has either reduce or a list of doses, or weekly patterns; keep one")
    if not all(isinstance(dose, str) for dose in doses):
        row.refuse("doses", 'a dose is not exact text; write it in quotes, "5 mg" or "25%"')
    try:
        weeks = tuple(_week(row, number, week) for number, week in enumerate(weekly, start=1))
        reduce = None if doses or weeks else str(parse_reduction(row.text("reduce")))
        until = None if doses else row.text("until")
        for text in (*doses, *([until] if until else [])):
            _dose(text, Mg(1))
        fastest = parse_interval(row.text("every"))
        slowest = parse_interval(row.text("slowest", str(fastest)))
    except QuantityError as error:
        row.refuse("", error.message)
    if not 0 < fastest.days <= slowest.days:
        row.refuse("slowest", "is shorter than every, or one of them is in months; write the longer one, in weeks")
    return PresetPhase(reduce, tuple(doses), weeks, until, fastest, slowest, row.source)


def _rules(row: Row) -> int:
    return sum(bool(row.get(key)) for key in ("reduce", "doses", "weekly"))


def _week(row: Row, number: int, week: object) -> WeekText:
    """Read a weekly pattern, and refuse what an order would refuse."""
    place = f"weekly[{number}]"
    if not isinstance(week, dict) or not all(isinstance(dose, str) for dose in week.values()):
        row.refuse(place, 'is no weekly pattern; write { usual = "50%", Monday = "25%" }, each dose in quotes')
    try:
        Week.model_validate({day: _dose(dose, Mg(1)) for day, dose in week.items()})
    except (ValidationError, OrderError) as error:
        row.refuse(place, f"is no weekly pattern of an order: {error}")
    return tuple(week.items())


def preset(preset_id: object) -> Preset:
    """Return one preset.

    Raises:
        OrderError: No such preset; the message names the closest.
    """
    match = presets().get(preset_id) if isinstance(preset_id, str) else None
    if match is None:
        raise OrderError(f"no preset {str(preset_id)[:40]!r}; {nearest(str(preset_id)[:40], presets())}")
    return match


def expand(
    preset_id: object, start: Mg, *, drug: str, begin: Mg | None = None, every: object = None
) -> list[dict[str, Any]]:
    """Return the phases that a preset stands for, as an order writes them.

    Args:
        preset_id: Id of the preset.
        start: Daily dose at the start of the order; percentages are of this.
        drug: Name of the order's drug.
        begin: Daily dose at which the preset begins; `start` if not given. Steps from there up are left out.
        every: Interval between cuts, within what the source prints; its slowest one if not given.

    Raises:
        OrderError: Unknown id, another drug, a dose above what the source prints, an interval outside
            of it, or a dose that is not a finite decimal.
    """
    published, begin = preset(preset_id), start if begin is None else begin
    if published.drug is not None and published.drug != drug:
        raise OrderError(
            f"{published.source.title} prints '{published.id}' for {published.drug}, and the order is of {drug}; "
            "choose another preset, or write the phase out",
            field="preset",
        )
    if begin != start and any(phase.of_start for phase in published.phases):
        raise OrderError(
            f"'{published.id}' counts in percent of the starting dose, and here another phase comes before it; "
            "write its doses out",
            field="preset",
        )
    if published.highest is not None and begin > published.highest:
        raise OrderError(
            f"{published.source.title} prints '{published.id}' from {published.highest} a day down, and here it "
            f"begins at {begin}; put a phase of your own before it, down to {published.highest}",
            field="preset",
        )
    chosen = None if every is None else _interval(published, every)
    expanded: list[dict[str, Any]] = []
    for phase in published.phases:
        interval = str(chosen or phase.slowest)
        if phase.doses:
            doses = [dose for dose in (_dose(text, start) for text in phase.doses) if dose < begin]
            expanded.append({"doses": [_written(dose) for dose in doses], "every": interval})
            continue
        assert phase.until is not None
        if phase.weekly:
            weeks = [{day: _written(_dose(text, start)) for day, text in week} for week in phase.weekly]
            expanded.append({"weekly": weeks, "every": interval, "until": phase.until})
            continue
        until = _dose(phase.until, start)
        if until < begin:
            expanded.append({"reduce": phase.reduce, "until": _written(until), "every": interval})
    return expanded


def _interval(published: Preset, every: object) -> Interval:
    """Read the order's interval, and compare it with what the source prints."""
    with located("every"):
        chosen = every if isinstance(every, Interval) else parse_interval(every)
    shortest, longest = chosen.days + 28 * chosen.months, chosen.days + 31 * chosen.months
    for phase in published.phases:
        if not phase.fastest.days <= shortest <= longest <= phase.slowest.days:
            paces = ", then ".join(dict.fromkeys(phase.pace for phase in published.phases))
            raise OrderError(
                f"{chosen} is not what {published.source.title} prints for '{published.id}': {paces}; keep within "
                "that, leave every out, or write the phases out",
                field="every",
            )
    return chosen


def _dose(text: str, start: Mg) -> Mg:
    return start * parse_percent(text) if text.endswith("%") else parse_mg(text)


def _written(dose: Mg) -> str:
    if "/" in dose.number:
        raise OrderError(f"{dose} is not a finite decimal, so it cannot be ordered; write the doses out")
    return str(dose)


def with_presets(data: object) -> object:
    """Return the data of an order with its presets expanded; anything else is left as it is.

    Raises:
        OrderError: A preset that cannot be expanded, or that does not fit the days; names the phase and the key.
    """
    if not isinstance(data, Mapping) or not isinstance(phases := data.get("phase"), (list, tuple)):
        return data
    if not any(_names_preset(phase) for phase in phases):
        return data
    start, drug = _start(data.get("current")), _drug(data.get("drug"))
    _refuse_not_daily(data.get("current"), phases)
    expanded: list[object] = []
    begin = start
    for index, phase in enumerate(phases):
        if not _names_preset(phase):
            expanded.append(phase)
        elif not start or not begin or drug is None:
            expanded.append(_STAND_IN)
        else:
            with located(f"phase[{index}]"):
                expanded += _of_phase(phase, start, begin, drug)
            _refuse_other_weeks(preset(phase["preset"]), data, index)
        begin = _goal(expanded[-1])
    return {**data, "phase": expanded}


def _refuse_not_daily(current: object, phases: Sequence[object]) -> None:
    """Refuse a preset for doses that are not the same every day: what it prints is parts of a daily dose."""
    if isinstance(current, Mapping) and "weekly" in current:
        place = next(index for index, phase in enumerate(phases) if _names_preset(phase))
        raise OrderError(
            "a preset counts from a daily dose, and [current] is a weekly pattern; write the phases out, "
            'beginning with weekly, cycles or doses, such as doses = ["… mg"] for a dose of every day',
            field=f"phase[{place}].preset",
        )


def _refuse_other_weeks(published: Preset, data: Mapping[str, Any], index: int) -> None:
    """Refuse an order whose days do not fit a preset that goes by the day of the week."""
    if not published.weekly:
        return
    times = DailyDoses.model_validate(data["current"]).by_time()
    if len(times) > 1:
        raise OrderError(
            f"'{published.id}' is printed for one dose a day, and [current] has {' and '.join(times)}; choose another "
            "preset, or write the weekly patterns out with each dose by time of day",
            field=f"phase[{index}].preset",
        )
    first = data.get("first_cut") or data.get("start")
    try:
        day = parse_day(first)
    except TaperError:
        return  # reported at its own field
    change_on = data.get("change_on")
    if change_on is None and WEEKDAYS[day.weekday()] != _FIRST_OF_WEEK:
        raise OrderError(
            f"change_on is missing: the weeks of '{published.id}' run from {_FIRST_OF_WEEK} to Sunday, and {day} is a "
            f'{WEEKDAYS[day.weekday()]}; write change_on = "{_FIRST_OF_WEEK}"',
            field="change_on",
        )
    if change_on in WEEKDAYS[1:]:
        raise OrderError(
            f"the weeks of '{published.id}' run from {_FIRST_OF_WEEK} to Sunday, so doses cannot change on "
            f'{change_on}; write change_on = "{_FIRST_OF_WEEK}"',
            field="change_on",
        )


def _names_preset(phase: object) -> bool:
    return isinstance(phase, Mapping) and "preset" in phase


def _of_phase(phase: Mapping[str, Any], start: Mg, begin: Mg, drug: str) -> list[dict[str, Any]]:
    with located("preset"):
        published = preset(phase["preset"])
    for key in phase:
        if key not in _BESIDE:
            raise OrderError(
                f"the preset says how the dose falls, and only every can stand beside it; leave '{key}' out, or write "
                f"out the phases that `taper presets {published.id}` prints",
                field=str(key)[:40],
            )
    if phase.get("every", "") is None:  # JSON can say so, and no other phase takes it
        raise OrderError('must be an interval such as "2 weeks"; leave it out for that of the source', field="every")
    return expand(published.id, start, drug=drug, begin=begin, every=phase.get("every"))


def _start(current: object) -> Mg | None:
    try:
        return DailyDoses.model_validate(current).total
    except (ValidationError, TaperError):
        return None  # reported at its own field


def _drug(name: object) -> str | None:
    try:
        return catalog.drug(name).name if isinstance(name, str) else None
    except TaperError:
        return None  # reported at its own field


def _goal(phase: object) -> Mg | None:
    try:
        return Phase.model_validate(phase).goal
    except (ValidationError, TaperError):
        return None  # reported at its own field


def in_schema(schema: dict[str, Any]) -> None:
    """Let the JSON Schema of an order accept a preset in place of a phase."""
    phases = schema["properties"]["phase"]
    every = {"type": "string", "description": "Interval, within what the source of the preset prints."}
    named = {
        "type": "object",
        "description": "A published taper by name, expanded into ordinary phases when the order is read.",
        "properties": {"preset": {"type": "string", "enum": list(presets())}, "every": every},
        "required": ["preset"],
        "additionalProperties": False,
    }
    phases["items"] = {"anyOf": [phases["items"], named]}

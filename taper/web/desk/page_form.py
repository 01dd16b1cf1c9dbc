"""The form as the templates see it: for each field its box, label, hint and problem, and which rows there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from taper.errors import TaperError
from taper.order.parts import TIMES, WEEKDAYS
from taper.quantity import shown
from taper.web.desk import lists
from taper.web.desk.fields import FACTS, TOLD, Kind, kind_of
from taper.web.desk.words import CHOICES, HINTS, LABELS, LANGUAGE_NAMES, RULE_NAMES, SAY, SHEETS
from taper.web.desk.work import Problem, Work

if TYPE_CHECKING:
    from taper.web.desk.record import Record


class PageForm:
    """The form of one page.

    Args:
        work: What follows from its fields.
    """

    times, week_days, facts, told = TIMES, ("usual", *WEEKDAYS), FACTS, TOLD
    rules, sheets, examples = RULE_NAMES, SHEETS, property(lambda _: lists.examples())
    tables, guidelines = property(lambda _: lists.tables()), property(lambda _: lists.guidelines())
    drugs, countries = property(lambda _: lists.drug_names()), property(lambda _: (("", ""), *lists.countries()))
    models = property(lambda _: (("", ""), *lists.occupancy_models()))

    def __init__(self, work: Work) -> None:
        self._work = work
        self._fields = work.fields
        self.focus = ""
        self.problems: dict[str, Problem] = {problem.field: problem for problem in work.problems}

    def __getitem__(self, name: str) -> str:
        return self._fields.get(name, "")

    @staticmethod
    def id(name: str) -> str:
        """Return the id of a field's box."""
        return name.replace(".", "-")

    @staticmethod
    def kind(name: str) -> Kind:
        """Return the kind of a field."""
        return kind_of(name)

    @staticmethod
    def label(name: str) -> str:
        """Return what stands above a field."""
        return _worded(name, LABELS) or name

    @staticmethod
    def hint(name: str) -> str:
        """Return how a field is written; empty where that needs no word."""
        return _worded(name, HINTS) or ""

    def is_wrong(self, name: str) -> bool:
        """Return whether what stands in a field is a mistake, and not just missing."""
        return name in self.problems and not self.problems[name].unsaid

    def choices(self, name: str, given: Iterable[tuple[str, str]] | None = None) -> tuple[tuple[str, str], ...]:
        """Return the choices of a field; what stands in it is among them, whatever it is."""
        known = tuple(self._known(name) if given is None else given)
        current = self[name]
        return known if not current or any(value == current for value, _ in known) else (*known, (current, current))

    def _known(self, name: str) -> Iterable[tuple[str, str]]:
        key = _key(name, CHOICES)
        if name.endswith("change_on"):
            return (*CHOICES["weekday"], *((day, day) for day in WEEKDAYS))
        if name.endswith("merge.into"):
            return CHOICES["time"]
        if name == "handout.language":
            return (*CHOICES[name], *((code, LANGUAGE_NAMES[code]) for code in _codes()))
        if key:
            return CHOICES[key]
        return CHOICES["told"] if name.startswith("handout.") else CHOICES["truth"]

    def rows(self, prefix: str, least: int = 0) -> list[int]:
        """Return the numbers of the rows of a list that stand on the page.

        Args:
            prefix: Name of the list.
            least: How many rows stand there at least.
        """
        start = f"{prefix}."
        heads = {name[len(start) :].partition(".")[0] for name in self._fields if name.startswith(start)}
        found = sorted(int(head) for head in heads if head.isdigit())
        free = (number for number in range(least) if number not in found)
        return sorted([*found, *list(free)[: max(0, least - len(found))]])

    def any(self, prefix: str, keys: Iterable[str]) -> bool:
        """Return whether one of some keys, or what is inside it, was said or is a problem."""
        names = [f"{prefix}{key}" for key in keys]
        said = (name for name, text in self._fields.items() if text.strip())
        return any(name == key or name.startswith(f"{key}.") for name in (*said, *self.problems) for key in names)

    @property
    def slots(self) -> Iterable[str]:
        """The fields beside which something may stand: those of the page, their tables, and those of the problems."""
        names: dict[str, None] = {}
        for name in self._fields:
            if ("." in name or name in LABELS) and not name.endswith(".rule"):
                names[name] = None
                table = name.rpartition(".")[0]
                if table:
                    names[table] = None
        names |= dict.fromkeys(("drug", "country", "start", "current", "product", "phase", "revise", "handout"))
        found = names | dict.fromkeys(self.problems)
        return (name for name in found if not name.startswith(("record", "print", "new", "history")))

    @property
    def record(self) -> Record | None:
        """The file that is looked at."""
        return self._work.record

    @property
    def can_begin(self) -> bool:
        """Whether the file says exactly what is taken last, so that an order can begin with it."""
        from taper.web.desk.edits import edited

        try:
            return bool(edited("begin", self._fields))
        except TaperError:
            return False

    @property
    def meanings(self) -> tuple[tuple[str, str], ...]:
        """What the file says was intended, supplied or taken."""
        reading = self.record.reading if self.record else None
        return tuple((one, SAY[f"meaning_{one}"]) for one in reading.meanings) if reading else ()

    @property
    def people(self) -> tuple[tuple[str, str], ...]:
        """Whose records the file holds."""
        reading = self.record.reading if self.record else None
        return tuple((one, one or "–") for one in reading.people) if reading else ()

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The fields of the order, for a page that shows it only as text."""
        return [(name, text) for name, text in self._fields.items() if text and _is_order(name)]

    @property
    def languages(self) -> tuple[tuple[str, str], ...]:
        """The languages that papers are printed in."""
        return (*CHOICES["handout.language"][:0], ("", SAY["as_ordered"]), *((c, LANGUAGE_NAMES[c]) for c in _codes()))

    @property
    def papers(self) -> tuple[tuple[str, str], ...]:
        """The sizes of paper."""
        return CHOICES["handout.paper"]

    @cached_property
    def drug(self) -> str | None:
        """The drug of the order; None while it is not known."""
        return lists.drug_of(self["drug"].strip(), self["country"].strip())

    @property
    def presets(self) -> tuple[tuple[str, str], ...]:
        """The published tapers for the drug."""
        return (("", ""), *lists.presets_for(self.drug))

    @cached_property
    def products(self) -> tuple[tuple[str, str], ...]:
        """The products that the catalog has for the drugs of the order."""
        country = self["country"].strip()
        names = [text for name, text in self._fields.items() if text and name.endswith((".drug", ".switch_to"))]
        drugs = dict.fromkeys([self.drug, *(lists.drug_of(name.strip(), country) for name in names)])
        return (("", ""), *lists.products_of(tuple(drugs), country))

    @property
    def ordered(self) -> tuple[str, ...]:
        """The products of the order, by name."""
        return tuple(line["name"] for line in self._work.said.data.get("product", ()) if "name" in line)

    def product(self, prefix: str) -> lists.KnownProduct:
        """Return what follows from a row of products."""
        *table, number = prefix[:-1].split(".")
        said: Mapping[str, Any] = self._work.said.revision if table[0] == "revise" else self._work.said.data
        rows = said.get("product", ())
        places = {place: read for read, place in self._work.said.rows.items() if read[:-1] == tuple(table)}
        read = places.get(int(number))
        row = rows[read[-1]] if read is not None else {}
        return lists.known_product(row, self.drug, self["country"].strip(), int(number))

    @property
    def drug_facts(self) -> str:
        """What is known of the drug, as HTML."""
        return lists.drug_facts(self.drug)

    @property
    def current_total(self) -> str:
        """The doses of today, added up; empty while they cannot be."""
        from taper.order.current import Current

        said = self._work.said.data.get("current")
        try:
            return SAY["a_day"].format(dose=shown(Current.model_validate(said).total)) if said else ""
        except (TaperError, ValueError):
            return ""

    @property
    def asked(self) -> str:
        """How many facts about the person were asked."""
        names = ("age", "weeks_of_use", "days_per_week", *FACTS)
        return SAY["asked"].format(number=sum(bool(self[f"patient.{name}"]) for name in names), all=len(names))


def _codes() -> tuple[str, ...]:
    return tuple(LANGUAGE_NAMES)


def _is_order(name: str) -> bool:
    return kind_of(name) != "text" or name.partition(".")[0] not in ("revise", "print", "record", "new", "view", "do")


def _key(name: str, words: Mapping[str, object]) -> str:
    """Return the longest end of a name, without the numbers of rows, that has words."""
    parts = [part for part in name.split(".") if not part.isdigit()]
    return next((key for start in range(len(parts)) if (key := ".".join(parts[start:])) in words), "")


def _worded(name: str, words: Mapping[str, str]) -> str:
    key = _key(name, words)
    return words[key] if key else ""

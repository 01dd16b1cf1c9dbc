"""Show the catalog: drugs and products, each fact with its source."""

from __future__ import annotations

from collections.abc import Iterable

from taper import catalog
from taper.alternatives import Option
from taper.catalog import Drug, Guideline, HalfLife, Limit, Product
from taper.catalog.conversion import Conversion
from taper.checker.definition import Rule
from taper.cli.console import Console
from taper.finding import Severity
from taper.order.presets import Preset, PresetPhase, presets
from taper.paper.phrases import Phrases, words_for
from taper.quantity import percent_text, short_text, shown
from taper.source import STATUSES, Source

NONE = "no value was read"
_WHOSE = {"parent": "the drug itself", "metabolite": "active metabolite", "unsaid": "of which is not said"}


def list_drugs(console: Console) -> None:
    """Print all drugs: class, tall-man spelling, published half-lives and number of equivalence tables."""
    rows = []
    for drug in catalog.drugs().values():
        tables = sum(table.row(drug.name) is not None for table in catalog.tables().values())
        own = {_hours(value) for value in drug.half_lives if value.of == "parent"}
        others = {f"{_hours(value)} ({_WHOSE[value.of]})" for value in drug.half_lives if value.of != "parent"}
        half_life = "; ".join(sorted(own or others)) or NONE
        tall_man = str(drug.tall_man) if drug.tall_man else ""
        rows.append([drug.name, tall_man, drug.drug_class or NONE, half_life, str(tables) if tables else NONE])
    console.table(["drug", "tall-man", "class", "half-life", "equivalence tables"], rows)


def describe_drug(console: Console, drug: Drug) -> None:
    """Print one drug with every fact and its source."""
    console.line(f"{drug.name}: {drug.drug_class or NONE}")
    if drug.tall_man:
        _fact(console, "tall-man", str(drug.tall_man), drug.tall_man.source)
    for code in drug.identifiers:
        _fact(console, code.system, code.value, code.source)
    if drug.ddd is not None:
        _fact(
            console, "WHO defined daily dose (a statistic, not a recommended dose)", str(drug.ddd.mg), drug.ddd.source
        )
    for value in drug.half_lives:
        _fact(console, f"half-life ({_WHOSE[value.of]})", _hours(value), value.source)
    if not drug.half_lives:
        console.line(f"half-life: {NONE}")
    for metabolite in drug.metabolites:
        _fact(console, "active metabolites", str(metabolite), metabolite.source)
    is_converted = False
    for table in catalog.tables().values():
        row = table.row(drug.name)
        if row is not None:
            is_converted = True
            span = str(row.low) if row.low == row.high else f"{row.low} to {row.high}"
            _fact(console, f"equal to 10 mg diazepam by {table.id}", span, row.source)
    if not is_converted:
        console.line(f"equivalence to diazepam: {NONE}")


def list_products(console: Console, products: Iterable[Product], country: str, drug: str | None) -> None:
    """Print products with score and label claim as two facts, their source and whether it was read."""
    rows = [
        [
            product.name,
            product.maker or "",
            "" if product.is_liquid else product.score,
            "" if product.is_liquid else product.label_claim.replace("_", " "),
            f"{product.drops_per_ml} drops per mL" if product.drops_per_ml else "",
            product.code,
            product.marketing,
            f"{product.source} [{product.source.status}]",
        ]
        for product in products
    ]
    if not rows:
        console.line(f"No product of {drug} for {country.upper()} has been read.")
        return
    console.table(["product", "maker", "score", "label claim", "drops", "code", "supply", "source"], rows)
    console.line()
    for status, meaning in STATUSES.items():
        console.line(f"[{status}] {meaning}")


def list_guidelines(console: Console) -> None:
    """Print all guidelines: what was read of each, and what was not."""
    rows = []
    for name in catalog.guidelines():
        guideline = catalog.guideline(name)
        rows.append(
            [
                name,
                str(guideline.title),
                guideline.edition,
                str(len(guideline.limits)),
                str(len(guideline.information) or ""),
                guideline.source.status,
                guideline.not_read,
            ]
        )
    console.table(["id", "title", "edition", "limits", "information", "status", "not read"], rows)


def describe_guideline(console: Console, guideline: Guideline) -> None:
    """Print every limit of a guideline with its page."""
    console.line(f"{guideline.id}: {guideline.title}, {guideline.edition}")
    console.line(f"not read: {guideline.not_read}" if guideline.not_read else "read as far as the limits go")
    for limit in (*guideline.limits, *guideline.information):
        kind = "information, no limit" if limit.source.standing else str(limit.severity)
        _fact(console, kind, limit_text(limit), limit.source)
        if limit.note:
            console.block(limit.note)


def list_presets(console: Console) -> None:
    """Print all presets: the drug they were printed for, their phases, and their sources."""
    rows = [
        [
            preset.id,
            preset.title,
            preset.drug or "any",
            "\n".join(_preset_phase(phase) for phase in preset.phases),
            f"{preset.source} [{preset.source.status}]",
        ]
        for preset in presets().values()
    ]
    console.table(["id", "title", "drug", "phases", "source"], rows)
    console.line("None is a recommendation, and none is ever used unless an order names it.")


def describe_preset(console: Console, preset: Preset) -> None:
    """Print the phases of a preset, each with its page, and how an order names it."""
    _fact(console, preset.id, preset.title, preset.source)
    console.line(f"drug: {preset.drug or 'any'}")
    if preset.highest is not None:
        console.line(f"printed from {preset.highest} a day down")
    for phase in preset.phases:
        _fact(console, "phase", _preset_phase(phase), phase.source)
        for number, week in enumerate(phase.weekly, start=1):
            console.block(f"pattern {number}: " + ", ".join(f"{day} {dose}" for day, dose in week))
    if preset.note:
        console.line(preset.note)
    console.line(f'In an order: [[phase]] with preset = "{preset.id}", and every = "..." within the intervals above.')


def _preset_phase(phase: PresetPhase) -> str:
    rule = ", ".join(phase.doses) if phase.doses else f"{phase.reduce} until {phase.until}"
    if phase.weekly:
        rule = f"{len(phase.weekly)} patterns by the day of the week until {phase.until}"
    unless = "" if phase.fastest == phase.slowest else f" ({phase.slowest} unless the order says)"
    return f"{rule}, every {phase.pace}{unless}"


def describe_rule(console: Console, rule: Rule) -> None:
    """Print what a rule looks for, why, what can be done, and every published limit that it reads."""
    console.line(f"{rule.code} {rule.name} (since {rule.since})")
    for heading in ("What", "Why", "What to do"):
        console.line(f"\n{heading}")
        console.block(rule.section(heading))
    limits = [
        (catalog.guideline(name), limit)
        for name in catalog.guidelines()
        for limit in catalog.guideline(name).limits
        if rule.reads(limit)
    ]
    console.line("\nPublished limits" if limits else "\nNo published limit is read by this rule.")
    for guideline, limit in limits:
        console.line(f"  {guideline.id}: {limit_text(limit)}")
        console.block(f"{limit.source} [{limit.source.status}] {limit.source.url}".rstrip(), 6)


def limit_text(limit: Limit) -> str:
    """Return a limit in a line: kind, size, basis, window, dose band."""
    parts = [limit.kind.replace("_", " ")]
    if limit.fraction is not None:
        parts.append(f"{percent_text(limit.fraction, 6)} ({limit.basis} dose)")
    if limit.diazepam_mg is not None:
        parts.append(f"{limit.diazepam_mg} diazepam equivalent")
    if limit.mg is not None:
        parts.append(str(limit.mg))
    if limit.days is not None:
        parts.append(f"{limit.days} days")
    if limit.window_days is not None:
        parts.append(f"in {limit.window_days} days")
    if limit.above_mg is not None:
        parts.append(f"from {limit.above_mg} diazepam equivalent a day")
    if limit.below_mg is not None:
        parts.append(f"below {limit.below_mg} diazepam equivalent a day")
    parts += _conditions(limit)
    words = (limit.stance or "", limit.topic.replace("_", " "), limit.variant, limit.wording and f'"{limit.wording}"')
    return ", ".join([*parts, *filter(None, words)])


def _conditions(limit: Limit) -> list[str]:
    """Say for which drugs, parts of the starting dose, times of use and ages a limit holds."""
    conditions = []
    if limit.above_part is not None:
        conditions.append(f"above {percent_text(limit.above_part, 6)} of the starting dose")
    if limit.to_part is not None:
        conditions.append(f"up to {percent_text(limit.to_part, 6)} of the starting dose")
    if limit.weeks_from is not None:
        conditions.append(f"from {limit.weeks_from} weeks of use")
    if limit.weeks_below is not None:
        conditions.append(f"below {limit.weeks_below} weeks of use")
    if limit.age_from is not None:
        conditions.append(f"from {limit.age_from} years of age")
    if limit.drug:
        conditions.append(f"{limit.drug} only")
    if limit.atc:
        conditions.append(f"drugs of ATC {limit.atc}")
    return conditions


def list_conversion(console: Console, conversion: Conversion) -> None:
    """Print what each table makes of a dose, the range, and how far the tables disagree."""
    console.line(f"{conversion.dose} of {conversion.drug} in terms of {conversion.to}")
    for value in conversion.values:
        span = shown(value.low) if value.low == value.high else f"{shown(value.low)} to {shown(value.high)}"
        console.line(f"{value.table.id}: {span}")
        for source in value.sources:
            console.block(f"{source} [{source.status}] {source.url}".rstrip())
    for name in conversion.silent:
        console.line(f"{name}: {NONE}")
    if conversion.low is None or conversion.high is None or conversion.fold is None:
        console.line(f"{NONE} in any table; no conversion is possible")
    elif conversion.fold == 1:
        console.line(f"all tables agree: {shown(conversion.low)}")
    else:
        fold = short_text(conversion.fold)
        console.line(f"range {shown(conversion.low)} to {shown(conversion.high)}: the tables disagree {fold}-fold")
    console.line("No table is preferred. A converted dose is a matter of clinical judgment.")


def list_options(console: Console, options: Iterable[Option]) -> None:
    """Print an order and its single changes, with what each leads to."""
    options = list(options)
    results = [_result(option) for option in options]
    ordered = next((result for option, result in zip(options, results, strict=True) if option.way is None), None)
    rows = [
        ["\n".join(option.lines) or "as ordered", *result]
        for option, result in zip(options, results, strict=True)
        if option.way is None or result != ordered
    ]
    console.table(["change", "end", "cuts", "largest cut", "findings", "days with a split tablet"], rows)
    idle = len(options) - len(rows)
    if idle:
        changes = "1 more change gains" if idle == 1 else f"{idle} more changes gain"
        console.line(f"{changes} nothing: the same in every column as ordered.")
    console.line(
        "Each line was planned and checked. The largest cut leaves out the stop of each drug; a weekly pattern "
        "counts as its average. None is a recommendation."
    )


def _result(option: Option) -> list[str]:
    """Return what an option leads to, one text for each column."""
    last = option.schedule.steps[-1]
    stop = option.schedule.stopped_on
    dated = Phrases(option.schedule, words_for(option.schedule, "en")).dated
    counts = [f"{n} {s}{'s' if n > 1 else ''}" for s in reversed(Severity) if (n := option.findings(s))]
    return [
        f"stop {dated(stop)}" if stop else f"{last.total} from {dated(last.start)}",
        str(option.cuts),
        "none but the stop" if option.largest_cut is None else percent_text(option.largest_cut),
        ", ".join(counts) or "none",
        str(option.split_days),
    ]


def _hours(value: HalfLife) -> str:
    return value.as_printed if value.low is None else f"{value.as_printed} h"


def _fact(console: Console, label: str, value: str, source: Source) -> None:
    console.line(f"{label}: {value}")
    console.block(f"{source} [{source.status}] {source.url}".rstrip())

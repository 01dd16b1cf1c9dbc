"""Are the tests good enough to notice a changed line? Mutants of one group of files after another.

`python -m tests.tools.mutation GROUP [--sample N --seed S] [--quick]` changes the files of a group one place at a time
with mutmut's operators, runs the tests of the group that pass through the changed line, and says what became of each
mutant and which survived. `tests/data/mutation/survivors.toml` holds those that change nothing that a test can be asked
to see, each with its reason; they are not counted as alive. With `--record` the result goes into
`tests/data/mutation/results.md`. The exit code is 1 if fewer than 95% are killed.

Two controls hold in each run: the files as they are pass every test, and a file that cannot work fails.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.tools import mutation_runs
from tests.tools.mutation_groups import GROUPS, ROOT, Group, files_of
from tests.tools.mutation_runs import (
    Change,
    Known,
    Verdict,
    Warm,
    cold,
    collected,
    forked,
    learned,
    preload,
    until_failure,
)
from tests.tools.mutation_source import Mutant, count_of, forget, impossible, mutants_named, mutants_of

DATA = ROOT / "tests" / "data" / "mutation"
AIM = 95


class Choices(NamedTuple):
    """What of a group is run.

    Attributes:
        sample: How many mutants; all if not given.
        seed: Which ones.
        seconds: How long the tests of one mutant may take together, without any change; slower ones are left out.
        again: Results of an earlier run: only what survived there is run.
        twice: Whether what survived where it was put into what is loaded is looked at again, imported.
    """

    sample: int | None = None
    seed: int = 1
    seconds: float = 60
    again: Path | None = None
    twice: bool = True


class Result(NamedTuple):
    """A mutant and what became of it; `reason` where it changes nothing that a test can see."""

    mutant: Mutant
    verdict: Verdict
    reason: str = ""


def chosen(group: Group, choices: Choices, root: Path = ROOT) -> list[Mutant]:
    """Return the mutants of a group that are run: all, or so many of them, each as likely as any other."""
    files = files_of(group, root)
    if choices.again is not None:
        alive = {Mutant(*row).name for row, verdict in earlier(choices.again) if verdict.outcome == "survived"}
        return mutants_named(root, alive)
    if choices.sample is None:
        return [mutant for file in files for mutant in mutants_of(root, file)]
    chooser = random.Random(choices.seed)
    counts = {file: count_of(root, file) for file in files}
    every = [file for file, count in counts.items() for _ in range(count)]
    shares = Counter(chooser.sample(every, min(choices.sample, len(every))))
    return [mutant for file in files if shares[file] for mutant in mutants_of(root, file, shares[file], chooser)]


def earlier(path: Path) -> list[tuple[list[Any], Verdict]]:
    """Return the mutants of an earlier run, each without its source, and what became of it."""
    return [(row, Verdict(*verdict)) for row, verdict in json.loads(path.read_text(encoding="utf-8"))]


def reasons(path: Path = DATA / "survivors.toml") -> dict[tuple[str, str, str, str], str]:
    """Return why some mutants are not counted as alive."""
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("survivor", []) if path.exists() else []
    return {(row["file"], row["within"], row["line"], row["becomes"]): row["reason"] for row in rows}


class ControlError(Exception):
    """A control did not hold, so that nothing that a run says would mean anything."""


class Lab:
    """Runs the mutants of one group."""

    def __init__(self, group: Group, choices: Choices, root: Path = ROOT) -> None:
        self._root = root
        self._choices = choices
        files = files_of(group, root)
        self._modules = {file: re.sub(r"(/__init__)?\.py$", "", file).replace("/", ".") for file in files}
        self._tests = [path for path in group.tests if (root / path).exists()]
        self._known: dict[str, Known] = {}

    def learn(self) -> None:
        """Run every test without any change.

        Raises:
            ControlError: One fails.
        """

        def deed(say: Any) -> None:
            def on_items(items: list[Any]) -> None:
                learned(items, {str(self._root / file): file for file in self._modules}, say)
                say(sorted(sys.modules))

            collected(self._tests, on_items)

        said = forked(deed, 3600)
        if not said or said[-1] in ("timeout", "died"):
            raise ControlError(f"the tests could not be run without any change: {said[-1:]}")
        for name, state, seconds, lines, why in said[:-1]:
            if state == "failed":
                raise ControlError(f"{name} fails without any change: {why[-2000:]}")
            if state == "passed":
                self._known[name] = Known(seconds, frozenset((file, line) for file, line in lines))
        preload(said[-1], {*self._modules.values(), *(re.sub(r"\.py$", "", test) for test in self._tests)}, self._root)

    def tests(self, mutant: Mutant, every: bool = False) -> list[str]:
        """Return the tests that pass through a change, fastest first, as many as there is time for."""
        first, last = mutant.span
        lines = {(mutant.file, number) for number in range(first, last + 1)}
        through = [name for name, known in self._known.items() if every or known.lines & lines]
        left, some = self._choices.seconds, list[str]()
        for name in sorted(through, key=lambda name: self._known[name].seconds):
            left -= self._known[name].seconds
            if left < 0 and some:
                break
            some.append(name)
        return some

    def control(self) -> None:
        """See that what cannot work is killed and what is unchanged is not, where a change is imported.

        Raises:
            ControlError: It is not so.
        """
        quick = self._quick()
        for file, module in self._modules.items():
            text = (self._root / file).read_text(encoding="utf-8")
            through = self._through(file)
            if through and self.cold(Change(file, module, impossible(text)), through).outcome != "killed":
                raise ControlError(f"no function of {file} works, and its tests pass")
            if through:
                break  # each other file is tried where it is quicker, in what is loaded
        file, module = next(iter(self._modules.items()))
        verdict = self.cold(Change(file, module, (self._root / file).read_text(encoding="utf-8")), quick)
        if verdict.outcome != "survived":
            raise ControlError(f"unchanged, but {verdict.outcome} by {verdict.by}")

    def _through(self, file: str) -> list[str]:
        return [name for name, known in self._known.items() if any(place == file for place, _ in known.lines)]

    def _quick(self) -> list[str]:
        return sorted(self._known, key=lambda name: self._known[name].seconds)[:200]

    def cold(self, change: Change, tests: Sequence[str]) -> Verdict:
        """Import a change and run tests."""
        patience = 120 + 20 * sum(self._known[name].seconds for name in tests)
        return _verdict(forked(lambda say: cold(change, self._root, tests, self._known, say), patience))

    def run(self, mutants: Sequence[Mutant]) -> Iterator[Result]:
        """Run mutants: warm where the change is inside a function, cold where it is not or where it survived."""
        warm = self._warm([mutant for mutant in mutants if not mutant.at_import])
        for mutant in mutants:
            verdict = warm.get(id(mutant), Verdict("survived"))
            if verdict.outcome == "survived":
                change = Change(mutant.file, self._modules[mutant.file], mutant.source)
                through = self.tests(mutant)
                if through and not mutant.at_import and self._choices.twice:
                    verdict = self.cold(change, through)
                if verdict.outcome == "survived" and (mutant.at_import or not through):
                    every = self.tests(mutant, every=True)
                    near = [name for name in every if name.startswith(f"{self._tests[0]}::")]
                    verdict = self.cold(change, near) if near else verdict
                    verdict = self.cold(change, every) if verdict.outcome == "survived" else verdict
            yield Result(mutant, verdict)

    def _warm(self, mutants: Sequence[Mutant]) -> dict[int, Verdict]:
        def deed(say: Any) -> None:
            collected(self._tests, lambda items: self._serve(Warm(items, self._modules), mutants, say))

        verdicts = dict[int, Verdict]()
        said = forked(deed, 6 * 3600)
        if mutants and (not said or said[-1] != "served"):
            raise ControlError(f"the controls do not hold where changes are put into what is loaded: {said[-1:]}")
        for row in said[:-1]:
            verdicts[id(mutants[row[0]])] = Verdict(*row[1])
        return verdicts

    def _serve(self, server: Warm, mutants: Sequence[Mutant], say: Any) -> None:
        def inside(change: Change | None, tests: Sequence[str]) -> Verdict:
            def deed(tell: Any) -> None:
                if change is not None and not server.put_in(change):
                    tell("survived")  # it is looked at again, cold
                else:
                    until_failure([item for item in server.items if item.nodeid in wanted], self._known, tell)

            wanted = set(tests)
            return _verdict(forked(deed, 60 + 20 * sum(self._known[name].seconds for name in tests)))

        unchanged, alive = inside(None, self._quick()), list[str]()
        for file, module in self._modules.items():
            change = Change(file, module, impossible((self._root / file).read_text(encoding="utf-8")))
            if (through := self._through(file)) and inside(change, through).outcome == "survived":
                alive.append(file)
        if unchanged.outcome != "survived" or len(alive) == len(self._modules):
            say(f"unchanged: {unchanged}; passed although no function works: {alive}")
            return
        for number, mutant in enumerate(mutants):
            tests = self.tests(mutant)
            if tests:
                change = Change(mutant.file, self._modules[mutant.file], mutant.source)
                say([number, inside(change, tests)])
        say("served")


def _verdict(said: Sequence[Any]) -> Verdict:
    """Return what a run of tests means; a change that ends the process, or with which nothing is collected, is seen."""
    last = said[-1] if said else "died"
    if last in ("survived", "timeout"):
        return Verdict(last)
    return Verdict("killed", str(last))


def judged(results: Iterator[Result], known: dict[tuple[str, str, str, str], str], said: bool = True) -> list[Result]:
    """Return the results, each survivor with its reason if it has one; print one line for each that is alive."""
    all_of_them = []
    for result in results:
        reason = known.get(result.mutant.name, "") if result.verdict.outcome == "survived" else ""
        result = result._replace(reason=reason)
        all_of_them.append(result)
        if said and result.verdict.outcome == "survived" and not reason:
            mutant = result.mutant
            print(f"{mutant.file}:{mutant.at} {mutant.within}\n  - {mutant.line}\n  + {mutant.becomes}", flush=True)
    return all_of_them


def table(results: Sequence[Result]) -> str:
    """Return how many of each file were killed, as text."""
    lines = [f"{'file':44} {'mutants':>8} {'killed':>7} {'timeout':>8} {'alike':>6} {'alive':>6}"]
    for file in [*sorted({result.mutant.file for result in results}), ""]:
        of = [result for result in results if file in (result.mutant.file, "")]
        count = Counter("alike" if result.reason else result.verdict.outcome for result in of)
        numbers = f"{count['killed']:7} {count['timeout']:8} {count['alike']:6} {count['survived']:6}"
        lines.append(f"{file or 'all':44} {len(of):8} {numbers}")
    return "\n".join(lines)


def percent(results: Sequence[Result]) -> float:
    """Return how many percent were noticed, of those that a test can notice."""
    count = Counter("alike" if result.reason else result.verdict.outcome for result in results)
    noticed, alive = count["killed"] + count["timeout"], count["survived"]
    return 100 * noticed / (noticed + alive) if noticed + alive else 100.0


def record(name: str, choices: Choices, results: Sequence[Result], of: int) -> None:
    """Write the row of a group into results.md."""
    path = DATA / "results.md"
    count = Counter("alike" if result.reason else result.verdict.outcome for result in results)
    what = "all" if choices.sample is None or choices.sample >= of else f"sample of {of}, seed {choices.seed}"
    cells = [name, str(len(results)), what, str(count["killed"]), str(count["timeout"]), str(count["alike"])]
    row = f"| {' | '.join([*cells, str(count['survived']), f'{percent(results):.1f}%'])} |"
    text = path.read_text(encoding="utf-8")
    old = re.compile(rf"^\| {re.escape(name)} \|.*$", re.MULTILINE)
    anew = old.sub(lambda _: row, text) if old.search(text) else f"{text.rstrip()}\n{row}\n"
    path.write_text(anew, encoding="utf-8")


def run(name: str, group: Group, choices: Choices, out: Path | None = None, recorded: bool = False) -> bool:
    """Run a group, print what became of it, and say whether enough was noticed."""
    begin = time.monotonic()
    mutants = chosen(group, choices)
    of = sum(count_of(ROOT, file) for file in files_of(group))
    forget()
    lab = Lab(group, choices)
    lab.learn()
    lab.control()
    print(f"{name}: {len(mutants)} of {of} mutants; controls hold after {time.monotonic() - begin:.0f} s", flush=True)
    results = judged(lab.run(mutants), reasons())
    if choices.again is not None:  # what was killed stays killed: tests were added, and none was taken away
        run_again = {mutant.name for mutant in mutants}
        killed = [Result(Mutant(*row), verdict) for row, verdict in earlier(choices.again)]
        results += [one for one in killed if one.mutant.name not in run_again and one.verdict.outcome != "survived"]
    print(f"{table(results)}\n{name}: {percent(results):.1f}% noticed, {time.monotonic() - begin:.0f} s")
    if out is not None:
        rows = [[one.mutant._replace(source=""), one.verdict] for one in results]
        out.write_text(json.dumps(rows), encoding="utf-8")
    if recorded:
        record(name, choices, results, of)
    return percent(results) >= AIM


def main(arguments: Sequence[str]) -> int:
    """Run the groups that are named."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.mutation", description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "groups", nargs="+", choices=[*GROUPS, "all"], metavar="GROUP", help=", ".join([*GROUPS, "all"])
    )
    parser.add_argument("--sample", type=int, help="so many mutants of each group instead of all")
    parser.add_argument("--seed", type=int, default=1, help="which ones")
    parser.add_argument("--seconds", type=float, default=60, help="how long the tests of one mutant may take")
    parser.add_argument("--examples", type=int, default=20, help="most examples of one test of Hypothesis")
    parser.add_argument("--once", action="store_true", help="what survived is not looked at again, imported")
    parser.add_argument("--quick", action="store_true", help="at most 40 mutants, ten seconds of tests for each")
    parser.add_argument("--record", action="store_true", help="write the result into tests/data/mutation/results.md")
    parser.add_argument("--out", type=Path, help="a file for what survived")
    parser.add_argument("--again", type=Path, help="such a file: only what survived there is run")
    parser.add_argument("--tests", nargs="+", help="only these files of tests, such as those added since")
    given = parser.parse_args(arguments)
    os.chdir(ROOT)
    mutation_runs.EXAMPLES = given.examples
    sample = min(given.sample or 40, 40) if given.quick else given.sample
    seconds = min(given.seconds, 10) if given.quick else given.seconds
    choices = Choices(sample, given.seed, seconds, given.again, not (given.once or given.quick))
    names = [name for name, group in GROUPS.items() if files_of(group)] if "all" in given.groups else given.groups
    groups = {name: GROUPS[name]._replace(tests=tuple(given.tests or GROUPS[name].tests)) for name in names}
    enough = [run(name, group, choices, given.out, given.record) for name, group in groups.items()]
    return 0 if all(enough) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

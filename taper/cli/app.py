"""The commands, in the order of a day's work. Each is imported when it is run: `taper --help` loads none of them."""

from __future__ import annotations

import sys

from taper import __version__
from taper.cli.streams import is_terminal
from taper.errors import MissingExtraError, TaperError

try:
    from cyclopts import App, CycloptsError, Group
    from cyclopts.help import DefaultFormatter, PanelSpec
    from rich.box import Box
except ImportError:
    raise MissingExtraError("cyclopts", "cli", "the command line") from None

_NO_LINES = Box("    \n" * 8, ascii=True)  # not on a terminal: no boxes
_WORK = Group("Making and keeping a plan", sort_key=1)
_SERVING = Group("Serving other programs", sort_key=2)
_LOOK_UPS = Group("Looking things up", sort_key=3)
_OTHER = Group("Other", sort_key=4)

_COMMANDS = {
    _WORK: (
        (
            "desk:desk",
            "Open a page in the browser on which a plan is made, checked and printed.\n\n"
            "It is served by this machine for this machine alone: nothing leaves it, and nothing is kept.\n\n"
            "With --static, the same page is a folder for any web server (https, or this machine's own): the browser "
            "makes the plan itself, also offline, and nothing that is typed is sent. What it is made of, about 10 MB, "
            "is downloaded with npm and pip as they are set up here, and said first; with --from, nothing is.",
            "taper desk\ntaper desk --static page",
        ),
        (
            "starting:new",
            "Write a first order by question and answer.\n\n"
            "Each answer is checked at once, and nothing is filled in for you. Ctrl-C leaves no file.",
            "taper new my_order.toml",
        ),
        (
            "planning:plan",
            "Plan an order, check the plan, and print or write it.",
            "taper plan diazepam.toml --out out",
        ),
        (
            "checking:check",
            "Check an order, a plan document, or another tool's file.\n\n"
            "That is a table, FHIR, a calendar, a pharmacy history, or OMOP.",
            "taper check diazepam.toml --guideline asam-2025 --fail-on warning",
        ),
        (
            "auditing:audit",
            "Audit the histories of a whole practice: who is reduced too fast, or was stopped abruptly.\n\n"
            "The same rules as check, person by person. Shared tables have small counts redacted; nothing leaves the "
            "machine. A run that was cut off goes on when it is started again.",
            "taper audit audit/practice.csv --end-of-data 2025-12-31 --out audited",
        ),
        (
            "printing:render",
            "Print one paper of an order, a plan document or a table.",
            'taper render diazepam.toml --variant "large, gray" --out handout.pdf\n'
            "taper render diazepam.toml --sheet plan --out sheet.pdf\n"
            "taper render diazepam.toml --sheet card --on 2026-02-01 --out card.pdf",
        ),
        (
            "exporting:export",
            "Write a schedule for another tool: calendar, FHIR, CSV, Markdown, label texts, reminder app.",
            "taper export diazepam.toml --to ics --discreet --out calendar.ics\n"
            'taper export diazepam.toml --to sig --every "4 weeks"',
        ),
        (
            "plans:today",
            "Show one day of a plan: what to take, what comes next, how much is left.\n\n"
            "A day outside the plan is not an error: it says so.",
            "taper today diazepam.toml 2026-03-02",
        ),
        (
            "revising:revise",
            "Revise a plan: days before a date stay, the rest is planned anew and checked.\n\n"
            "Nothing is overwritten unless --out names the folder of the old plan. "
            "An error or Ctrl-C leaves every file as it was.",
            'taper revise diazepam.toml --on 2026-03-10 --hold "2 weeks" --out revised\n'
            'taper revise diazepam.toml --on 2026-03-10 --every "4 weeks" --by "Dr A" --json',
        ),
        (
            "plans:diff",
            "Compare two plans: days changed, supply gained and lost, findings gone and new.\n\n"
            "The files may be two revisions of one plan, or two plans. Findings do not matter for the exit code.",
            "taper diff diazepam.toml diazepam_liquid.toml",
        ),
        (
            "lists:options",
            "Compare an order with each single change that reaches its goal.\n\n"
            "Every line was planned and checked in full. None is a recommendation.",
            "taper options diazepam.toml",
        ),
    ),
    _SERVING: (
        (
            "serving:serve",
            "Serve the library over HTTP, and to record systems by CDS Hooks, until it is ended.\n\n"
            "On this machine alone, unless --host names another address; behind a proxy with HTTPS otherwise.",
            "taper serve --port 8080 --country US --origin https://ehr.example.org",
        ),
    ),
    _LOOK_UPS: (
        (
            "lists:keys",
            "List every key of an order: what it means, and an example.",
            "taper keys phase",
        ),
        (
            "lists:convert",
            "Show what every equivalence table makes of a dose, and how far they disagree.",
            'taper convert "lorazepam 2 mg" --to diazepam',
        ),
        (
            "lists:guidelines",
            "List the guidelines, or show one: every limit, its page, what was not read.",
            "taper guidelines asam-2025",
        ),
        (
            "lists:presets",
            "List the published tapers that a phase may name, or show one.",
            "taper presets bnf-eighth",
        ),
        (
            "lists:drugs",
            "List the drugs, or show one with every fact and its source.",
            "taper drugs lorazepam",
        ),
        (
            "lists:products",
            "List the products of a country: form, strength, score, label claim, source.",
            "taper products zopiclone --country GB",
        ),
        (
            "lists:rules",
            "List the rules of the checker.",
            "taper rules",
        ),
        (
            "lists:rule",
            "Explain one rule: what it looks for, why, and the published limits it reads.",
            "taper rule T101",
        ),
        (
            "lists:schema",
            "Print the JSON Schema (2020-12) of a document: plan, order, report (check --json), today or diff.",
            "taper schema order",
        ),
    ),
}
"""Module and function, help (the first line stands in the list of commands) and examples, in the order of a day."""

app = App(
    name="taper",
    help="Exact, makeable benzodiazepine tapers, checked against published guidance. "
    "It computes and warns; it never chooses a dose, a step or a drug for anyone.\n\n"
    "Start here:\n"
    "  taper desk                 opens a page in the browser, for those who never write files\n"
    "  taper new my_order.toml    asks what you decided, and writes it as an order\n"
    "  taper plan my_order.toml   plans it, checks the plan, and prints both\n"
    "  taper check my_order.toml  only what the check found\n\n"
    "taper COMMAND --help explains a command and shows an example. "
    "Exit codes: 0 clean, 1 alerts found (or what --fail-on names), 2 could not run, 130 interrupted.",
    version=__version__,
    suppress_keyboard_interrupt=False,  # `taper.cli.guard` says in one line what happened
    help_format="plaintext",
    help_formatter=DefaultFormatter() if is_terminal() else DefaultFormatter(panel_spec=PanelSpec(box=_NO_LINES)),
)

for _group, _commands in _COMMANDS.items():
    for _place, (_path, _help, _examples) in enumerate(_commands):
        app.command(
            f"taper.cli.{_path}",
            name=_path.partition(":")[2],
            help=_help,
            group=_group,
            sort_key=_place,
            help_epilogue=f"For example, in the folder examples/:\n{_examples}",
        )
app.command(
    "taper.cli.completion:install",
    name="--install-completion",
    group=_OTHER,
    help="Let the Tab key complete commands and options: writes a script below your home folder and a line into the "
    "startup file of the shell.",
)
for _flag in ("--help", "--version"):
    app[_flag].group = (_OTHER,)


def run(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code; `taper.cli.main` answers what is raised here.

    Args:
        arguments: What was typed after `taper`; that of the process if not given.
    """
    try:
        code = app(
            sys.argv[1:] if arguments is None else arguments,
            exit_on_error=False,
            print_error=False,
            result_action="return_value",
        )
        sys.stdout.flush()
    except CycloptsError as problem:
        from taper.cli.usage import explain  # a page of help does not need it

        raise TaperError(explain(problem)) from None
    return code if isinstance(code, int) else 0

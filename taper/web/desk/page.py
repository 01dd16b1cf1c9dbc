"""The page as HTML: whole, or only what changes when a field does."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import taper.paper
from taper.errors import MissingExtraError, TaperError
from taper.values import dataclass
from taper.web.desk.page_form import PageForm
from taper.web.desk.words import SAY, TAKE, VIEWS, Pairs
from taper.web.desk.work import Work

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent
_PAPERS = Path(taper.paper.__file__).parent / "renderers" / "templates"


@dataclass(frozen=True)
class Home:
    """Where the page lives.

    Attributes:
        today: The day that a printed paper bears.
        in_browser: Whether the browser itself answers, without a server; then no PDF can be made.
    """

    today: date
    in_browser: bool = False


@dataclass(frozen=True)
class Notice:
    """What is said at the top of the form, once.

    Attributes:
        title: What happened, such as that a file was not opened.
        text: Why, or where it comes from.
        grave: Whether something is wrong.
    """

    title: str
    text: str
    grave: bool = True


def whole_page(work: Work, home: Home, notice: Notice | None = None, focus: str = "") -> str:
    """Return the whole page.

    Args:
        work: What follows from its fields.
        home: Where the page lives.
        notice: What is said at its top.
        focus: Where the keyboard goes: a field, `answer` for the plan, `notice`, or `do:` and the deed of a button.
    """
    context = _context(work, home)
    context["form"].focus = focus
    context |= {"answer": rendered("answer.html.j2", context), "notice": notice, "take": _files(home)}
    if work.fields.get("history") and work.planned is not None:
        from taper.paper.phrases import Phrases, words_for
        from taper.paper.sections.clinician_facts import order_facts
        from taper.schedule.calendar import printable

        schedule = printable(work.planned)
        context["order_facts"] = list(order_facts(schedule, Phrases(schedule, words_for(schedule, "en"))))
    else:
        context["order_facts"] = []
    return rendered("page.html.j2", context).lstrip()


def changed_parts(work: Work, home: Home) -> str:
    """Return the plan, and beside the fields what is said of them, for a page that stands already."""
    context = _context(work, home)
    context["answer"] = rendered("answer.html.j2", context)
    return rendered("live.html.j2", context)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    """Return the templates of the page, which use those of the papers."""
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError:
        raise MissingExtraError("jinja2", "html", "a page") from None
    return Environment(
        loader=FileSystemLoader([_HERE / "templates", _PAPERS]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def rendered(name: str, context: dict[str, Any]) -> str:
    """Return a template of the page with what stands in it."""
    return _environment().get_template(name).render(context)


def _context(work: Work, home: Home) -> dict[str, Any]:
    try:
        page = _page(work, home.today)
    except TaperError as problem:  # a schedule that no paper can show, such as one of a changed document
        page = _unshown(work) | {"blocking": [_blocking("", problem.message, stuck=False)]} | _checked(work)
    return {
        "form": PageForm(work),
        "in_browser": home.in_browser,
        "say": SimpleNamespace(**SAY),  # no word hides behind a method of a dict, such as "update"
        "signs": _signs() if page["plan"] else {},
        "views": VIEWS,
        "page": page,
        "heard": _heard(page),
        "can_acknowledge": work.record is None and not work.fields.get("history"),
    }


def _files(home: Home) -> list[tuple[str, Pairs]]:
    """Return the files to take away, in columns: those that can be made where the page lives."""
    made = [
        (title, tuple(one for one in files if not (home.in_browser and one[0].endswith(".pdf"))))
        for title, files in TAKE
    ]
    return [(title, files) for title, files in made if files]


def _signs() -> dict[str, str]:
    """Return how marks and findings look without color."""
    from taper.paper.renderers.html import SIGNS

    return SIGNS


def _heard(page: dict[str, Any]) -> str:
    """Return what a screen reader says of a change: the plan and its findings, or what is in the way."""
    said = [one["title"] for one in page["blocking"]]
    said += [page["plan"]["title"], f"{SAY['findings']}: {page['plan']['summary']}"] if page["plan"] else []
    said += [f"{SAY['missing']}: {', '.join(page['missing'])}"] if page["missing"] and not said else []
    return ". ".join(said)


def _unshown(work: Work) -> dict[str, Any]:
    return {
        "welcome": work.is_empty,
        "missing": [SAY[f"missing_{key}"] for key in work.missing],
        "blocking": [],
        "ways": [],
        "ways_left_out": "",
        "difference": None,
        "plan": None,
        "remarks": (),
        "history": None,
        "unprinted": False,
        "view": asked if (asked := work.fields.get("view", "")) in dict(VIEWS) else VIEWS[0][0],
        "symbols": "",
    }


def _checked(work: Work) -> dict[str, Any]:
    """Return what was found in a schedule that cannot be shown: it is checked all the same."""
    schedule = work.schedule
    if schedule is None:
        return {}
    from taper.paper.phrases import Phrases, words_for
    from taper.web.desk.plan_view import findings_view

    try:
        found = findings_view(work.report, schedule.order, Phrases(schedule, words_for(schedule, "en")))
    except TaperError:
        return {}
    return {"plan": {"title": SAY["unprinted"], "called": "", "facts": (), "charts": []} | found, "unprinted": True}


def _page(work: Work, today: date) -> dict[str, Any]:
    page = _unshown(work)
    problems = work.problems
    page["blocking"] = [
        _blocking(problem.field, problem.text, stuck=work.stuck, unsaid=problem.unsaid)
        | ({"title": SAY["stuck_revision"]} if work.stuck and work.planned is not None else {})
        for problem in problems
    ]
    if work.record is not None and work.record.problem:
        page["blocking"] = [_blocking("", work.record.problem, stuck=False)]
    if work.stuck:
        from taper.web.desk.plan_view import ways_view

        page["ways"] = ways_view(work)
        page["ways_left_out"] = _left_out(work, len(page["ways"]))
    if page["ways"]:  # the message lists some of them as text
        page["blocking"][0]["text"] = problems[0].beside
    schedule = work.schedule
    if schedule is None or not schedule.steps:
        return page
    from taper.web.desk.plan_view import difference_view, history_view, plan_head, request_of, view

    request = request_of(schedule, work, today)
    page |= {
        "plan": plan_head(work, request.english),
        "difference": difference_view(work),
        "history": history_view(schedule.order, request.english),
        "remarks": [f"{remark.place}: {remark.text}" if remark.place else remark.text for remark in schedule.remarks],
    }
    return page | view(page["view"], work, request)


def _left_out(work: Work, offered: int) -> str:
    """Return why some change that leads out of a dead end, or any, has no button."""
    if work.ways_of_part > offered:
        return SAY["ways_more"].format(number=work.ways_of_part - offered) if offered else SAY["ways_none_whole"]
    if offered or work.order is None or work.is_at_dead_end:
        return ""  # all have one, or the message itself says that no single change helps
    return SAY["ways_none_compound" if work.order.compound else "ways_none"]


def _blocking(field: str, message: str, *, stuck: bool, unsaid: bool = False) -> dict[str, Any]:
    title = SAY["stuck"] if stuck else SAY["not_yet"] if unsaid else SAY["error"]
    return {"title": title, "text": message, "field": field, "label": PageForm.label(field), "unsaid": unsaid}

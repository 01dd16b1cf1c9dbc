"""The desk as a folder of files: made only of what fits and is whole, and the same page with the same answers."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import json
import marshal
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date

import lxml.html
import pytest

from taper.errors import OrderError
from taper.order.order import read_order
from taper.web.desk.answering import answer
from taper.web.desk.browser import sources as checking
from taper.web.desk.browser.bridge import POLICY, respond
from taper.web.desk.browser.building import ENGINE_POLICY, build
from taper.web.desk.browser.sources import check_sources, downloads, read_runtime, wanted
from taper.web.desk.form import to_fields
from taper.web.desk.words import SAY, VIEWS
from tests.support import wheels
from tests.tools.readme import README

TODAY = date(2026, 1, 2)
FIELDS = to_fields(read_order(README.parent / "examples" / "diazepam.toml").as_data())
Given = dict[str, bytes]


@pytest.fixture(scope="module")
def folder() -> Given:
    return build(check_sources(wheels.sources()), TODAY)


def told(script: bytes) -> dict[str, object]:
    """Return what the service worker was told."""
    found = re.search(rb"^const BUILD = (\{.*?\});? //", script, re.M)
    assert found is not None
    known: dict[str, object] = json.loads(found[1])
    return known


# What it is made of


def swap(given: Given, old: str, new: str, data: bytes) -> Given:
    return {name: content for name, content in given.items() if not name.startswith(old)} | {new: data}


def flipped(given: Given) -> Given:
    """One letter of a module is another one, in an archive that is whole."""
    name, into = "pypdf-7.9-py3-none-any.whl", io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(given[name])) as old, zipfile.ZipFile(into, "w") as new:
        for path in old.namelist():
            new.writestr(path, old.read(path).replace(b"NAME = 'pypdf'", b"NAME = 'pypdg'"))
    return given | {name: into.getvalue()}


FAULTS: dict[str, tuple[Callable[[Given], Given], str]] = {
    "no Pyodide": (lambda given: {k: v for k, v in given.items() if k.endswith(".whl")}, "one file pyodide"),
    "two of Pyodide": (lambda given: given | {"pyodide-314.0.8.tgz": wheels.pyodide()}, "there are 2"),
    "another version of Pyodide": (
        lambda given: swap(given, "pyodide-", "pyodide-313.0.0.tgz", wheels.pyodide("313.0.0")),
        "pyodide>=314,<315 is needed",
    ),
    "another npm package": (
        lambda given: swap(given, "pyodide-", "pyodide-1.tgz", wheels.pyodide(name="pyodine")),
        "is pyodine",
    ),
    "half of Pyodide": (
        lambda given: swap(given, "pyodide-", "pyodide-1.tgz", wheels.pyodide()[:300]),
        "is not the npm package",
    ),
    "a package is missing": (
        lambda given: {k: v for k, v in given.items() if not k.startswith("tzdata")},
        "tzdata is missing, which icalendar needs",
    ),
    "the wrong version of a need": (
        lambda given: swap(
            given, "pydantic_core", f"pydantic_core-2.61.0-{wheels.NATIVE}.whl", wheels.wheel("pydantic_core-2.61.0")
        ),
        "pydantic-core 2.61.0 does not fit: pydantic needs ==2.60.0",
    ),
    "out of our own range": (
        lambda given: swap(given, "pypdf", "pypdf-99-py3-none-any.whl", wheels.wheel("pypdf-99")),
        "pypdf 99 does not fit: this version of taper needs",
    ),
    "for another machine": (
        lambda given: swap(
            given,
            "pydantic_core",
            "pydantic_core-2.60.0-cp314-cp314-win_amd64.whl",
            wheels.wheel("pydantic_core-2.60.0"),
        ),
        "runs elsewhere",
    ),
    "twice": (lambda given: given | {"pypdf-7.8-py3-none-any.whl": wheels.wheel("pypdf-7.8")}, "is there twice"),
    "something else too": (
        lambda given: given | {"six-1.17-py3-none-any.whl": wheels.wheel("six-1.17")},
        "nothing needs",
    ),
    "another name outside": (
        lambda given: swap(given, "pypdf", "pypdf-7.8-py3-none-any.whl", wheels.wheel("pypdf-7.9")),
        "says that it is pypdf 7.9",
    ),
    "a changed file": (flipped, "pypdf/__init__.py is not what its record says"),
    "a file that climbs out": (
        lambda given: swap(
            given, "pypdf", "pypdf-7.9-py3-none-any.whl", wheels.wheel("pypdf-7.9", files={"../evil.py": b""})
        ),
        "is damaged",
    ),
    "no wheel at all": (lambda given: given | {"pypdf-7.9-py3-none-any.whl": b"GIF89a"}, "is not a wheel"),
    "a strange name": (lambda given: given | {"x.whl": b""}, "is not named as a wheel is"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_missing_damaged_or_does_not_fit_is_refused(fault: str) -> None:
    change, words = FAULTS[fault]
    given = change(wheels.sources())
    with pytest.raises(OrderError) as refused:
        check_sources(given)
    assert words in str(refused.value)


def test_a_known_name_with_another_content_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    given = wheels.sources()
    monkeypatch.setattr(checking, "_tested", lambda: {"pyodide-314.0.9.tgz": "0" * 64})
    with pytest.raises(OrderError, match="is not the file of this name that is known"):
        check_sources(given)


def test_a_version_that_was_not_tested_is_said() -> None:
    untested = check_sources(wheels.sources()).untested
    assert "pyodide-314.0.9.tgz" in untested
    assert not [name for name in untested if name.startswith("markupsafe")], "each machine has its own file of it"


def test_what_is_downloaded_is_what_is_needed_and_for_the_python_of_the_browser() -> None:
    *_, target = read_runtime("pyodide-314.0.9.tgz", wheels.pyodide())
    lines = downloads(target)
    asked = {word for line in lines for word in line}
    assert set(wanted()) <= asked
    assert {"pydantic<3,>=2.10", "markupsafe"} <= asked
    assert lines[0][lines[0].index("--platform") + 1] == "pyemscripten_2026_0_wasm32"
    assert lines[0][lines[0].index("--abi") + 1] == "cp314"
    assert not [word for word in asked if "://" in word], "indexes are the user's own"
    assert all(line[:2] == ("--only-binary", ":all:") for line in lines), "nothing that is downloaded is run"


# The folder


def test_the_folder_is_to_the_byte_the_same_from_the_same(folder: Given) -> None:
    assert build(check_sources(wheels.sources()), date(2027, 7, 7)) == folder


def test_every_file_that_is_kept_is_held_to_its_hash(folder: Given) -> None:
    listed = told(folder["keeper.js"])["files"]
    assert isinstance(listed, dict)
    for name, said in listed.items():
        assert said["sha256"] == hashlib.sha256(folder[name]).hexdigest()
        assert said["size"] == len(folder[name])
    assert set(folder) - set(listed) == {"boot.js", "contents.txt", "htmx-LICENSE.txt", "index.html", "keeper.js"}


def test_another_content_is_another_build(folder: Given) -> None:
    given = swap(wheels.sources(), "pypdf", "pypdf-7.8-py3-none-any.whl", wheels.wheel("pypdf-7.8"))
    other = build(check_sources(given), TODAY)
    assert told(other["keeper.js"])["id"] != told(folder["keeper.js"])["id"]


def test_what_a_web_server_hands_out_holds_no_form_and_no_page_names_another_machine(folder: Given) -> None:
    """So what is typed cannot reach a server: the page with the form is no page there."""
    boot = lxml.html.fromstring(folder["index.html"])
    assert not boot.cssselect("form, input, button, [action], [hx-post]")
    assert [name for name in folder if name.endswith((".html", ".htm"))] == ["index.html"]
    assert "form-action 'none'" in boot.cssselect("meta[http-equiv]")[0].get("content")
    for name in ("index.html", "page.txt"):
        for element in lxml.html.fromstring(folder[name]).iter():
            for key in ("src", "href", "action", "hx-post", "formaction"):
                assert not re.match(r"[a-z]+:|/", element.get(key) or ""), (name, element.tag, element.get(key))
    for name in ("home.js", "engine.js", "boot.js", "keeper.js"):
        assert not re.search(rb"https?://(?!127\.0\.0\.1)", folder[name]), name


def test_the_policies_let_the_page_run_its_own_files_and_the_worker_webassembly(folder: Given) -> None:
    known = told(folder["keeper.js"])
    assert known["policy"] == POLICY
    assert "unsafe" not in POLICY
    assert known["enginePolicy"] == ENGINE_POLICY
    assert "'wasm-unsafe-eval'" in ENGINE_POLICY
    assert "'unsafe-eval'" not in ENGINE_POLICY
    for policy in (POLICY, ENGINE_POLICY):
        assert policy.startswith("default-src 'none';")
        assert not set(re.findall(r"'[^']+'", policy)) - {"'none'", "'self'", "'wasm-unsafe-eval'"}


def test_the_packages_are_those_of_the_wheels_without_what_runs_elsewhere(folder: Given) -> None:
    with zipfile.ZipFile(io.BytesIO(folder["packages.zip"])) as archive:
        names = set(archive.namelist())
    assert {"taper/web/desk/answering.py", "pydantic_core/core.so", "markupsafe/_native.py"} <= names
    assert {"taper/web/desk/words.toml", "taper/__init__.pyi"} <= names
    assert "markupsafe/_speedups.so" not in names
    assert "pydantic_core/tests/test_core.py" not in names
    assert not [name for name in names if name.startswith("taper/cli/") or "__pycache__" in name]


def test_the_folder_says_what_it_is_made_of(folder: Given) -> None:
    text = folder["contents.txt"].decode()
    for name, data in wheels.sources().items():
        assert f"{hashlib.sha256(data).hexdigest()}  {name}" in text
    assert "MPL-2.0" in text


@pytest.fixture(scope="module")
def modules() -> bytes:
    """What this Python, in place of the browser's, compiles of this package."""
    code = "import sys; from taper.web.desk.browser import compiling; sys.stdout.buffer.write(compiling.compiled('{}'))"
    code = code.format(README.parent)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout


def test_what_is_compiled_is_what_the_page_loads_first_and_each_is_the_module(modules: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(modules)) as made:
        names = made.namelist()
        assert names == sorted(names)
        assert {"packages.zip/taper/web/desk/answering.pyc", "packages.zip/taper/planner/planning.pyc"} <= set(names)
        for name in (one for one in names if one.startswith("packages.zip/taper/")):
            _, _, path = name.partition("/")
            code = marshal.loads(made.read(name)[16:])
            source = (README.parent / path.removesuffix("c")).read_bytes()
            assert code == compile(source, path.removesuffix("c"), "exec", dont_inherit=True)
            assert made.read(name)[:4] == importlib.util.MAGIC_NUMBER


def test_compiled_modules_stand_in_place_of_their_sources(folder: Given, modules: bytes) -> None:
    own = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(modules)) as made, zipfile.ZipFile(own, "w") as kept:
        for name in (one for one in made.namelist() if one.startswith("packages.zip/taper/")):
            kept.writestr(zipfile.ZipInfo(name), made.read(name))
    sources = check_sources(wheels.sources())
    after = build(sources, TODAY, own.getvalue())
    assert build(sources, TODAY, own.getvalue()) == after
    assert told(after["keeper.js"])["id"] != told(folder["keeper.js"])["id"]

    def listed(of: Given) -> set[str]:
        with zipfile.ZipFile(io.BytesIO(of["packages.zip"])) as archive:
            return set(archive.namelist())

    assert {name.removesuffix("c") if name.endswith(".pyc") else name for name in listed(after)} == listed(folder)
    assert {"taper/web/desk/answering.pyc", "taper/web/desk/words.toml", "taper/__init__.pyi"} <= listed(after)
    assert "taper/web/desk/answering.py" not in listed(after)


def test_a_compiled_module_that_is_none_of_the_packages_is_refused() -> None:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as made:
        made.writestr("packages.zip/evil.pyc", b"")
    with pytest.raises(OrderError, match="evil"):
        build(check_sources(wheels.sources()), TODAY, into.getvalue())


# The page and its answers


def test_the_browser_gets_what_the_server_answers() -> None:
    """The same page but for what no browser can make: no PDF is offered, and one line says so."""
    for view, _ in VIEWS:
        fields = FIELDS | {"view": view}
        status, headers, body = respond("live", json.dumps(list(fields.items())), "2026-01-02")
        served = answer("live", fields, today=TODAY).body.decode()
        assert status == 200
        assert body.decode().replace('sandbox="allow-same-origin"', 'sandbox=""') == served
        assert json.loads(headers)["content-security-policy"] == POLICY
        assert json.loads(headers)["cache-control"] == "no-store"


def test_papers_are_html_in_the_browser_and_a_line_says_why(folder: Given) -> None:
    page = lxml.html.fromstring(folder["page.txt"])
    taken = [button.get("value") for button in page.cssselect("[name=take]")]
    assert not [value for value in taken if value.endswith(".pdf")]
    assert {"patient.html", "clinician.html", "order", "ics", "plan"} <= set(taken)
    assert SAY["browser_no_pdf"] in page.text_content()
    served = lxml.html.fromstring(answer("", None, today=TODAY).body)
    assert served.cssselect("[value='patient.pdf']"), "where a server makes it, it is offered"
    assert SAY["browser_no_pdf"] not in served.text_content()


def test_a_paper_keeps_its_own_policy_and_its_name() -> None:
    status, headers, body = respond("take", json.dumps([*FIELDS.items(), ("take", "patient.html")]), "2026-01-02")
    said = json.loads(headers)
    assert status == 200
    assert said["content-disposition"] == 'attachment; filename="handout.html"'
    assert "style-src 'sha256-" in said["content-security-policy"]
    assert body == answer("take", FIELDS | {"take": "patient.html"}, today=TODAY).body


def test_a_file_is_opened_in_the_browser() -> None:
    """A browser hands over a view of the bytes."""
    order = (README.parent / "examples" / "lorazepam.toml").read_bytes()
    _, _, body = respond("open", "[]", "2026-01-02", "order.toml", memoryview(order))
    assert lxml.html.fromstring(body).cssselect("#drug")[0].get("value") == "lorazepam"


def test_a_fault_is_told_by_its_kind_and_never_by_what_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("taper.web.desk.browser.bridge.answer", fail)
    status, _, body = respond("live", "[]", "2026-01-02")
    assert status == 500
    assert b"RuntimeError" in body
    assert b"secret" not in body

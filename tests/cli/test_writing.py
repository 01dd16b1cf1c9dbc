"""Files are written all or none: errors, signals, kill, links, devices, and two runs at the same time."""

from __future__ import annotations

import errno
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from taper.cli import main, writing
from taper.cli.writing import UNFINISHED, repair, write_all
from taper.errors import OrderError
from tests.tools.readme import README

DIAZEPAM = README.parent / "examples" / "diazepam.toml"
LORAZEPAM = README.parent / "examples" / "lorazepam.toml"
OLD = {"a.pdf": b"old a", "b.html": b"old b", "c.json": b"old c"}
NEW = {"a.pdf": b"new a", "b.html": b"new b", "c.json": b"new c", "d.json": b"new d"}
RENAMES = 1 + len(OLD) + len(NEW)  # the journal, the old files out of the way, the new ones in

# Writes NEW where signal NUMBER comes at the N-th rename, before it or after it.
HOOKED = """
import os, signal, sys
from pathlib import Path
from taper.cli.writing import write_all
folder, number, nth, when = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
rename, count = os.replace, 0
def hooked(*names):
    global count
    count += 1
    if count == nth and when == "before":
        signal.raise_signal(number)
    rename(*names)
    if count == nth and when == "after":
        signal.raise_signal(number)
os.replace = hooked
write_all(folder, {files!r})
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three old files and one that is nobody's business."""
    out = tmp_path / "out"
    write_all(out, OLD)
    (out / "notes.txt").write_bytes(b"mine")
    return out


def content(folder: Path) -> dict[str, bytes]:
    """Everything below a folder, hidden files too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if not path.is_dir()}


BEFORE = OLD | {"notes.txt": b"mine"}
AFTER = NEW | {"notes.txt": b"mine"}


def failing(monkeypatch: pytest.MonkeyPatch, *numbers: int) -> None:
    """Let the given renames fail, counted from 1, as on a file that another program has open."""
    rename, count = os.replace, iter(range(1, 100))

    def hooked(source: Path, target: Path) -> None:
        if next(count) in numbers:
            raise PermissionError(errno.EACCES, "Permission denied")
        rename(source, target)

    monkeypatch.setattr(os, "replace", hooked)


def interrupted(folder: Path, number: int, nth: int, when: str) -> subprocess.CompletedProcess[str]:
    code = HOOKED.replace("{files!r}", repr(NEW))
    command = [sys.executable, "-c", code, str(folder), str(int(number)), str(nth), when]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_set_is_replaced_whole_and_nothing_else_is_left(folder: Path) -> None:
    write_all(folder, NEW)
    assert content(folder) == AFTER
    assert not (folder / UNFINISHED).exists()


@pytest.mark.parametrize("nth", range(1, RENAMES + 1))
def test_a_rename_that_fails_leaves_every_file_as_it_was(
    nth: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, nth)
    with pytest.raises(OrderError, match=r"out: cannot be written \(Permission denied\); nothing was changed"):
        write_all(folder, NEW)
    assert content(folder) == BEFORE
    assert not (folder / UNFINISHED).exists()


def test_a_full_disk_leaves_every_file_as_it_was_and_no_new_folder(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for place in (folder, tmp_path / "fresh" / "deep"):
        with pytest.raises(OrderError, match="No space left on device"):
            write_all(place, NEW)
        with pytest.raises(OrderError, match=r"a\.pdf: .*No space left on device"):
            write_all(place, {"a.pdf": b"one"})
    assert content(folder) == BEFORE
    assert not (tmp_path / "fresh").exists()


def test_what_cannot_be_put_back_is_kept_named_and_put_back_by_the_next_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patched:
        failing(patched, 4, 5)  # the third old file cannot be moved away, the second not back
        with pytest.raises(OrderError, match=f"could not be put back .*{UNFINISHED}"):
            write_all(folder, NEW)
    write_all(folder, {"other.txt": b"x"})
    assert content(folder) == BEFORE | {"other.txt": b"x"}
    assert capsys.readouterr().err.startswith("taper: put back the files of ")


def test_the_papers_are_all_old_where_one_of_them_is_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A plan that goes on: its clinician's sheet cannot be replaced, so the handout is not either."""
    out = tmp_path / "out"
    assert main(["plan", str(DIAZEPAM), "--out", str(out), "--printed-on", "2026-01-05"]) == 0
    plan = tmp_path / "p.json"
    plan.write_bytes((out / "plan.json").read_bytes())
    (out / "clinician.pdf").unlink()
    (out / "clinician.pdf").mkdir()
    before = content(out)
    capsys.readouterr()
    asked = ["revise", str(plan), "--on", "2026-03-10", "--hold", "2 weeks", "--out", str(out)]
    assert main([*asked, "--printed-on", "2026-03-10"]) == 2
    shown = capsys.readouterr()
    assert shown.err == f"taper: error: {out / 'clinician.pdf'}: is a folder; name a file in it\n"
    assert shown.out == ""
    assert content(out) == before


@pytest.mark.posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
@pytest.mark.parametrize("nth", [1, 2, 4, 5, 6, RENAMES])
def test_a_signal_between_two_renames_takes_all_back(number: signal.Signals, nth: int, folder: Path) -> None:
    for when in ("before", "after"):
        done = interrupted(folder, number, nth, when)
        assert done.returncode != 0
        assert content(folder) == BEFORE
        assert not (folder / UNFINISHED).exists()


@pytest.mark.posix
@pytest.mark.parametrize("nth", range(1, RENAMES + 1))
def test_after_a_kill_old_and_new_never_stand_together_and_the_next_run_puts_back(nth: int, folder: Path) -> None:
    for when in ("before", "after"):
        assert interrupted(folder, signal.SIGKILL, nth, when).returncode == -signal.SIGKILL
        left = visible(folder)
        assert left.items() <= BEFORE.items() or left.items() <= AFTER.items()
        repair(folder)
        assert content(folder) == BEFORE
        assert not (folder / UNFINISHED).exists()


def visible(folder: Path) -> dict[str, bytes]:
    """What stands in the folder itself."""
    return {name: data for name, data in content(folder).items() if not name.startswith(UNFINISHED)}


@pytest.mark.posix
@pytest.mark.parametrize("nth", range(1, len(OLD) + len(NEW)))
def test_a_kill_while_files_are_put_back_mixes_nothing_and_is_mended_too(nth: int, folder: Path) -> None:
    assert interrupted(folder, signal.SIGKILL, RENAMES, "before").returncode == -signal.SIGKILL
    code = HOOKED.replace("write_all(folder, {files!r})", "from taper.cli.writing import repair; repair(folder)")
    command = [sys.executable, "-c", code, str(folder), str(int(signal.SIGKILL)), str(nth), "before"]
    assert subprocess.run(command, check=False).returncode in (0, -signal.SIGKILL)
    left = visible(folder)
    assert left.items() <= BEFORE.items() or left.items() <= AFTER.items()
    repair(folder)
    assert content(folder) == BEFORE


@pytest.mark.posix
def test_a_plan_that_a_kill_has_moved_away_is_found_again_by_who_reads_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["plan", str(DIAZEPAM), "--out", str(out), "--printed-on", "2026-01-05"]) == 0
    before = content(out)
    files = dict.fromkeys(before, b"new")
    code = HOOKED.replace("{files!r}", repr(files))
    subprocess.run([sys.executable, "-c", code, str(out), str(int(signal.SIGKILL)), "6", "after"], check=False)
    assert not (out / "plan.json").exists()
    assert main(["check", str(out / "plan.json")]) == 0
    assert content(out) == before


@pytest.mark.posix
def test_a_file_that_was_written_after_a_kill_is_not_replaced_by_the_older_one(folder: Path) -> None:
    assert interrupted(folder, signal.SIGKILL, 4, "after").returncode == -signal.SIGKILL
    (folder / "c.json").write_bytes(b"written by hand since then")
    with pytest.raises(OrderError, match=r"c\.json: was written anew .* keep the one that you want"):
        write_all(folder, NEW)
    assert (folder / "c.json").read_bytes() == b"written by hand since then"
    assert (folder / UNFINISHED / "old" / "c.json").read_bytes() == b"old c"


@pytest.mark.parametrize("names", [{"../notes.txt": ""}, {"..": ""}, {"": ""}, ["a.pdf"], None])
def test_a_journal_that_is_not_ours_moves_nothing(names: object, folder: Path) -> None:
    room = folder / UNFINISHED
    room.mkdir()
    (room / "journal.json").write_text(json.dumps({"files": names}), encoding="utf-8")
    with pytest.raises(OrderError, match="is not a journal that taper has written"):
        write_all(folder, NEW)
    assert visible(folder) == BEFORE


@pytest.mark.posix
def test_a_folder_of_somebody_else_is_not_trusted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / UNFINISHED).mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    with pytest.raises(OrderError, match="is not a folder of yours"):
        write_all(folder, NEW)
    write_all(folder, {"a.pdf": b"one file needs no such folder"})
    assert (folder / "a.pdf").read_bytes() == b"one file needs no such folder"


def link(path: Path) -> None:
    path.symlink_to(path.parent.parent / "target.txt")


def dangling(path: Path) -> None:
    path.symlink_to(path.parent.parent / "nowhere.txt")


def to_null(path: Path) -> None:
    path.symlink_to("/dev/null")


def bound(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


IRREGULAR: dict[str, tuple[Callable[[Path], None], str]] = {
    "link": (link, "a symbolic link"),
    "dangling link": (dangling, "a symbolic link"),
    "link to a device": (to_null, "a symbolic link"),
    "pipe": (getattr(os, "mkfifo", None), "a named pipe"),
    "folder": (os.mkdir, "a folder"),
    "socket": (bound, "a socket"),
}


@pytest.mark.posix
@pytest.mark.parametrize("kind", IRREGULAR)
def test_only_a_regular_file_is_ever_replaced(kind: str, tmp_path: Path, folder: Path) -> None:
    """Refused before anything is written, for a set and for a single file; the link's target is not touched."""
    make, named = IRREGULAR[kind]
    target = tmp_path / "target.txt"
    target.write_bytes(b"target")
    place = folder / "c.json"
    place.unlink()
    make(place)
    mode = place.lstat().st_mode
    for files in (NEW, {"c.json": b"one"}):
        with pytest.raises(OrderError, match=rf"c\.json: is {named}.*name"):
            write_all(folder, files)
    assert place.lstat().st_mode == mode
    assert (folder / "a.pdf").read_bytes() == b"old a"
    assert target.read_bytes() == b"target"
    assert not (tmp_path / "nowhere.txt").exists()
    assert not (folder / UNFINISHED).exists()


@pytest.mark.posix
@pytest.mark.parametrize(
    "arguments", [["render", "--to", "html"], ["export", "--to", "csv"]], ids=lambda value: value[0]
)
def test_out_names_no_device_and_no_link(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "link.html").symlink_to(tmp_path / "target.html")
    for place, named in ((Path("/dev/null"), "a device"), (tmp_path / "link.html", "a symbolic link")):
        mode = place.lstat().st_mode
        assert main([arguments[0], str(DIAZEPAM), *arguments[1:], "--out", str(place)]) == 2
        assert capsys.readouterr().err.startswith(f"taper: error: {place}: is {named}")
        assert place.lstat().st_mode == mode
    assert not (tmp_path / "target.html").exists()


@pytest.mark.posix
def test_a_single_file_is_old_or_new_after_every_signal(folder: Path) -> None:
    code = HOOKED.replace("{files!r}", repr({"a.pdf": b"new a"}))
    for number in (signal.SIGINT, signal.SIGTERM):
        command = [sys.executable, "-c", code, str(folder), str(int(number)), "1", "before"]
        assert subprocess.run(command, capture_output=True, check=False).returncode != 0
        assert content(folder) in (BEFORE, BEFORE | {"a.pdf": b"new a"})


def test_runs_at_the_same_time_leave_the_set_of_one_of_them(folder: Path) -> None:
    """Each of four processes writes its own set over and over; no set is ever made of two."""
    code = (
        "import sys; from pathlib import Path; from taper.cli.writing import write_all\n"
        "for n in range(12): write_all(Path(sys.argv[1]), {name: sys.argv[2].encode() for name in 'abc'})"
    )
    runs = [subprocess.Popen([sys.executable, "-c", code, str(folder), word]) for word in ("w", "x", "y", "z")]
    assert [run.wait() for run in runs] == [0, 0, 0, 0]
    assert len({(folder / name).read_bytes() for name in "abc"}) == 1
    assert set(content(folder)) == {*BEFORE, "a", "b", "c"}


@pytest.mark.posix
def test_a_run_that_waits_too_long_for_another_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_PATIENCE", 0)
    room = folder / UNFINISHED
    room.mkdir()
    code = (
        "import fcntl, sys; held = open(sys.argv[1], 'w'); fcntl.flock(held, fcntl.LOCK_EX)\n"
        "print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(room / "lock")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(OrderError, match="another run of taper is writing here; wait until it ends"):
            write_all(folder, NEW)
        other.communicate()
    assert visible(folder) == BEFORE


def test_another_thread_writes_too(folder: Path) -> None:
    """Signals belong to the main thread, so none is held back, and nothing breaks."""
    thread = threading.Thread(target=write_all, args=(folder, NEW))
    thread.start()
    thread.join()
    assert content(folder) == AFTER


@pytest.mark.posix
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"])
def test_a_plan_that_is_interrupted_while_it_is_written_says_so_and_changes_nothing(
    number: signal.Signals, code: int, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert main(["plan", str(DIAZEPAM), "--out", str(out)]) == 0
    before = content(out)
    hook = HOOKED.split("write_all(folder")[0] + "from taper.cli import main\nsys.exit(main(sys.argv[5:]))"
    command = [sys.executable, "-c", hook, str(out), str(int(number)), "7", "after"]
    done = subprocess.run(
        [*command, "plan", str(LORAZEPAM), "--out", str(out)], capture_output=True, text=True, check=False
    )
    assert done.returncode == code
    assert done.stdout == ""
    assert done.stderr == {130: "taper: interrupted\n", 143: "taper: terminated\n"}[code]
    assert content(out) == before


def test_a_file_whose_successor_cannot_take_its_place_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Alone, too, a file is never opened to be written over."""
    write_all(tmp_path, {"one.pdf": b"the old one"})

    def full(*_names: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OrderError, match="nothing was changed"):
        write_all(tmp_path, {"one.pdf": b"the new one, which is longer"})
    assert content(tmp_path) == {"one.pdf": b"the old one"}

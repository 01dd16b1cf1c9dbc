"""Writing files: one at once or not at all, several all or none.

Guaranteed: after an error, Ctrl-C or SIGTERM every file is as it was and nothing else is left. After ``kill -9`` or a
power cut no file is half written and old and new never stand side by side; files may be missing, and the next run that
writes there, or looks for one of them, puts the earlier ones back. Not guaranteed: that another program which looks
into the folder at that moment sees all of them.

Several files are first written into the folder ``taper-unfinished`` beside the old ones, with a journal of what is to
be replaced. Then the old ones move into it, the new ones move out of it, and the journal goes: that is the one moment
at which the set changes. A journal that is still there is the trace of a run that was cut off.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from taper.cli.signals import held
from taper.cli.streams import tell
from taper.errors import OrderError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

UNFINISHED = "taper-unfinished"
_PATIENCE = 10  # seconds to wait for another run that writes into the same folder
_KINDS = {
    stat.S_IFLNK: "a symbolic link, and nothing is written through one; name the file itself",
    stat.S_IFDIR: "a folder; name a file in it",
    stat.S_IFIFO: "a named pipe, not a file; name a file, or leave --out away and use standard output",
    stat.S_IFCHR: "a device, not a file; name a file, or leave --out away and use standard output",
    stat.S_IFBLK: "a device, not a file; name a file",
    stat.S_IFSOCK: "a socket, not a file; name a file",
}


def refuse(folder: Path, names: Iterable[str]) -> None:
    """Refuse early what could not be written, before anything is worked out.

    Args:
        folder: Where files are to go.
        names: Their names.

    Raises:
        OrderError: The folder is not one or not writable, or a name belongs to something that is not a regular file.
    """
    try:
        if folder.exists() and not folder.is_dir():
            raise OrderError("is a file, not a folder; name a folder for the output", file=str(folder))
        here = next(part for part in (folder, *folder.absolute().parents) if part.exists())
        if not here.is_dir() or not os.access(here, os.W_OK):
            raise OrderError(f"cannot be written ({here} is not a writable folder); name another", file=str(folder))
    except OSError as problem:
        raise OrderError(f"cannot be written ({problem.strerror}); name another folder", file=str(folder)) from None
    for name in names:
        _refuse_irregular(folder / name)


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files all or none, as the head of this module says.

    Args:
        folder: Where to; it is made if it is not there.
        files: Names and contents.

    Raises:
        OrderError: Something cannot be written or replaced. Every file is then as it was.
    """
    refuse(folder, files)
    place = folder / next(iter(files)) if len(files) == 1 else folder
    try:
        with held() as let_through, _folders(folder):
            if len(files) == 1:
                _repair(folder, let_through)
                _write_one(place, files[place.name], let_through)
            else:
                with _alone(folder, let_through) as room:
                    _write_several(folder, room, files, let_through)
    except OSError as problem:
        reason = problem.strerror or problem
        raise OrderError(f"cannot be written ({reason}); nothing was changed; name another", file=str(place)) from None


def repair(folder: Path) -> None:
    """Put back the files of a folder in which a run was cut off; others are left alone."""
    with suppress(OSError), held() as let_through:  # a folder that may only be read cannot be mended by a reader
        _repair(folder, let_through)


def _repair(folder: Path, let_through: Callable[[], None]) -> None:
    room = folder / UNFINISHED
    if os.path.lexists(room) and _ours(room):
        with _alone(folder, let_through):
            pass


def _refuse_irregular(path: Path) -> None:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    except OSError as problem:
        raise OrderError(f"cannot be written ({problem.strerror}); name another file", file=str(path)) from None
    if not stat.S_ISREG(mode):
        raise OrderError(f"is {_KINDS.get(stat.S_IFMT(mode), 'not a regular file; name a file')}", file=str(path))


@contextmanager
def _folders(folder: Path) -> Iterator[None]:
    """Make a folder, and take it back with those above it if the block fails."""
    missing = [level for level in (folder, *folder.parents) if not level.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for level in missing:
            with suppress(OSError):  # somebody else has put something into it
                level.rmdir()
        raise


def _write_one(path: Path, content: bytes, let_through: Callable[[], None]) -> None:
    temporary = path.parent / f".taper-{secrets.token_hex(8)}.tmp"  # not to be guessed, so nobody waits there
    try:
        _write(temporary, content)
        let_through()
        _refuse_irregular(path)
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _write_several(folder: Path, room: Path, files: Mapping[str, bytes], let_through: Callable[[], None]) -> None:
    new, old = room / "new", room / "old"
    new.mkdir()
    old.mkdir()
    for name, content in files.items():
        _write(new / name, content)
        let_through()
    _begin_journal(room, files)
    _settle(new, room, folder)
    try:
        for name in files:
            _refuse_irregular(folder / name)
            if (folder / name).exists():
                os.replace(folder / name, old / name)
            let_through()
        _settle(old, folder)  # so that no power cut shows a new file beside an old one
        for name in files:
            os.replace(new / name, folder / name)
            let_through()
        _settle(folder)
        _journal(room).unlink()
    except BaseException:
        _roll_back(folder, room)
        raise
    _settle(room)


def _journal(room: Path) -> Path:
    return room / "journal.json"


def _begin_journal(room: Path, files: Mapping[str, bytes]) -> None:
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    note = f"A run of taper was cut off here. The next one that writes beside {UNFINISHED} puts the files in old/ back."
    part = room / "journal.part"
    _write(part, json.dumps({"note": note, "files": digests}, indent=2).encode())
    os.replace(part, _journal(room))


def _roll_back(folder: Path, room: Path) -> None:
    """Put back what the journal says was replaced; the same again if this is cut off in turn."""
    try:
        files = _read_journal(room)
        for name, digest in files.items():
            target, staged = folder / name, room / "new" / name
            placed = not os.path.lexists(staged) and target.is_file() and not target.is_symlink()
            if placed and hashlib.sha256(target.read_bytes()).hexdigest() == digest:
                os.replace(target, staged)
        _settle(folder)  # first all new ones out of the way: here, too, the two never stand together
        for name in files:
            target, kept = folder / name, room / "old" / name
            if os.path.lexists(kept):
                if os.path.lexists(target):
                    raise OrderError(
                        f"was written anew after a run of taper was cut off, and the earlier one is {kept}; "
                        f"keep the one that you want, then remove {room}",
                        file=str(target),
                    )
                os.replace(kept, target)
        _settle(folder)
        _journal(room).unlink()
    except OSError as problem:
        raise OrderError(
            f"an earlier file could not be put back ({problem.strerror or problem}); it is in {room / 'old'}, "
            "and the next run that writes here tries again",
            file=str(folder),
        ) from None


def _read_journal(room: Path) -> dict[str, str]:
    try:
        names = json.loads(_journal(room).read_bytes())["files"]
        plain = (name for name in names if name not in ("", "..") and name == Path(name).name)
        known = {str(name): str(names[name]) for name in plain}
        if len(known) == len(names):
            return known
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        pass
    raise OrderError(
        "is not a journal that taper has written; look at it and remove the folder", file=str(_journal(room))
    )


@contextmanager
def _alone(folder: Path, let_through: Callable[[], None]) -> Iterator[Path]:
    """Hold the right to replace several files of a folder, put back what a run before left, and clean up."""
    room = folder / UNFINISHED
    lock = _locked(room, let_through)
    try:
        if _journal(room).exists():
            _roll_back(folder, room)
            tell(f"put back the files of {folder} that a run which was cut off had moved")
        _empty(room)
        yield room
    finally:
        if not _journal(room).exists():  # else something could not be put back, and must not be lost
            _empty(room)
            if sys.platform == "win32":
                os.close(lock)  # where no open file can be removed
            with suppress(OSError):
                (room / "lock").unlink()
                room.rmdir()
        if sys.platform != "win32":
            os.close(lock)


def _empty(room: Path) -> None:
    for name in ("new", "old"):
        shutil.rmtree(room / name, ignore_errors=True)
    with suppress(OSError):
        (room / "journal.part").unlink()


def _locked(room: Path, let_through: Callable[[], None]) -> int:
    """Make the room if needed and lock it; the system frees the lock of a process that ends in whatever way."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            room.mkdir()
        except FileExistsError:
            if not _ours(room):
                raise OrderError("is not a folder of yours; remove it or name another folder", file=str(room)) from None
        with suppress(FileNotFoundError):  # the other run has just ended and removed it
            lock = os.open(room / "lock", os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
            if _lock(lock) and _is_at(lock, room / "lock"):
                return lock
            os.close(lock)
        if time.monotonic() > until:
            raise OrderError("another run of taper is writing here; wait until it ends", file=str(room.parent))
        let_through()
        time.sleep(0.02)


def _lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:  # a file system without locks: two runs at once are then not told apart
        return True
    return True


def _is_at(handle: int, path: Path) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(handle), path.stat())
    return False


def _ours(room: Path) -> bool:
    """Return whether this is a folder that we have made: in a shared one, somebody may have laid a trap."""
    try:
        status = room.lstat()
    except FileNotFoundError:  # another run has just removed its own
        return True
    return stat.S_ISDIR(status.st_mode) and (sys.platform == "win32" or status.st_uid == os.geteuid())


def _write(path: Path, content: bytes) -> None:
    with open(path, "xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _settle(*folders: Path) -> None:
    """Have the names in folders written to the disk, where the system can do that."""
    for folder in folders:
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

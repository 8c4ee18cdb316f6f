"""A diary in a file on the person's own machine: nothing acknowledged is lost, whoever else writes.

A change is made under a lock, to what the file holds at that moment, and the new file takes the place of the
old one in a single step once it is safely on the disk. Whoever is killed half-way leaves the old file or the
new one.
"""

import glob
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lumbago.progress.diary import Diary, DiaryError, read_diary

__all__ = ["change_file", "load_file"]

HALF = ".half-"


def load_file(path: str | Path) -> Diary:
    """The diary of a file; an empty one if there is no such file yet.

    Raises:
        DiaryError: If the file cannot be read or is no diary.
    """
    try:
        content = Path(path).read_bytes()
    except FileNotFoundError:
        return Diary()
    except OSError as error:
        raise DiaryError(f"{path}: cannot be read: {error.strerror}") from None
    return read_diary(content, str(path))


def change_file(path: str | Path, change: Callable[[Diary], Diary]) -> Diary:
    """Change the diary of a file, and return it once the change is on the disk.

    Args:
        change: From what the file holds now to what it shall hold; called under the lock.

    Raises:
        DiaryError: If the file cannot be read or written, or is no diary.
        UserError: Whatever `change` raises; the file stays as it was.
    """
    target = Path(path).resolve()  # a link stays a link
    try:
        with _locked(target):
            diary = change(load_file(target))
            _replace(target, diary.to_json())
    except OSError as error:
        raise DiaryError(f"{path}: cannot be written: {error.strerror}") from None
    return diary


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Hold the lock of a file, which is a file beside it: the file itself is replaced."""
    with open(target.with_name(f".{target.name}.lock"), "a+b") as lock:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        for left in target.parent.glob(f".{glob.escape(target.name)}{HALF}*"):
            left.unlink(missing_ok=True)  # of somebody who was killed: nobody else writes now
        yield


def _replace(target: Path, content: bytes) -> None:
    # A new file is for its owner's eyes alone; one that was there keeps its permissions.
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}{HALF}")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, name)
        os.replace(name, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
    if sys.platform != "win32":
        _settle(target.parent)


def _settle(folder: Path) -> None:
    """See to it that the new name itself is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

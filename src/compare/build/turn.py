"""One build at a time in a project: another one waits for its turn."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = Path("build", "lock")
# Seconds between two looks at whether the other build has ended.
LOOK = 0.5


@contextmanager
def turn(root: Path, say: Callable[[str], None] = print) -> Iterator[None]:
    """Hold the project's lock, having waited for the build that holds it, and having said so.

    The lock goes with the processes that hold it, however they end: a killed build leaves none behind.
    """
    held = _opened(root / LOCK)
    try:
        told = False
        while held is not None and not _taken(held):
            if not told:
                say("Another build is at work in this project; this one goes on once it has ended.")
            told = True
            time.sleep(LOOK)
        yield
    finally:
        if held is not None:
            os.close(held)


def _opened(path: Path) -> int | None:
    """Return the lock's file, none where it cannot be made: what is written next tells why."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT)
    except OSError:
        return None


def _taken(held: int) -> bool:
    """Return whether the lock is held now; a disk that knows no locks is taken as it is."""
    try:
        _lock(held)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        pass
    return True


if sys.platform == "win32":
    import msvcrt

    def _lock(held: int) -> None:
        msvcrt.locking(held, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(held: int) -> None:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)

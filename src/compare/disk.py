"""Files are written whole or not at all; what a disk refuses is told to the person who can mend it."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from compare.errors import Problem, Refused
from compare.project import holds_tables

# A file that is still being written, with the number of the process that writes it before this ending.
PART = ".part"
AGAIN = "then run the command again"
TODO = {
    errno.ENOSPC: "make room on its disk",
    errno.EDQUOT: "make room on its disk",
    errno.EROFS: "make its disk writable",
    errno.EACCES: "give yourself the right to it, or close it where it is open",
    errno.EPERM: "give yourself the right to it, or close it where it is open",
    errno.EPIPE: "let what reads it read to the end",
}


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` under `path` so that no reader ever sees a part of it.

    Raises `Refused` where the disk does not take it; what stood under the name still stands then.
    """
    write_together({path: content})


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write files that belong together: none takes its name before all are written.

    Raises `Refused` where the disk does not take one of them.
    """
    parts = {path: path.with_name(f"{path.name}.{os.getpid()}{PART}") for path in files}
    try:
        for path, part in parts.items():
            with refusals(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                _see_to_file(path)
                part.write_bytes(files[path])
        for path, part in parts.items():
            with refusals(path):
                part.replace(path)
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink()


def remove(paths: Iterable[Path]) -> None:
    """Remove every file of `paths` that is there; then raise `Refused` naming those that could not be."""
    problems = []
    for path in paths:
        try:
            _see_to_file(path)
            path.unlink(missing_ok=True)
        except OSError as error:
            # A disk that can only be read refuses to remove even what is not there.
            if os.path.lexists(path):
                problems.append(_problem(error, path))
    if problems:
        raise Refused("What is out of date cannot be removed", problems)


def _see_to_file(path: Path) -> None:
    # Asked first: only some systems call it by this name.
    if path.is_dir() and not path.is_symlink():
        raise IsADirectoryError


@contextmanager
def refusals(path: Path | None = None) -> Iterator[None]:
    """Raise `Refused` for an `OSError` in the block: about the file that it names, else about `path`.

    What goes wrong between two processes is no file's fault and passes.
    """
    try:
        yield
    except ConnectionError:
        raise
    except OSError as error:
        raise refused(error, path) from error


def refused(error: OSError, path: Path | None = None) -> Refused:
    """Return an error of a file in words; one that names no file is about `path`, or standard output.

    >>> print(refused(OSError(errno.ENOSPC, "No space left on device"), Path("reports", "a.html")))
    A file cannot be read or written: 1 problem.
      1. reports/a.html: found "No space left on device"; make room on its disk, then run the command again
    """
    named = str(error.filename or "")
    if named and not named.endswith(PART):
        path = Path(named)
    return Refused("A file cannot be read or written", [_problem(error, path)])


def _problem(error: OSError, path: Path | None) -> Problem:
    if path and isinstance(error, FileExistsError | NotADirectoryError):
        barriers = (one for one in (path, *path.parents) if os.path.lexists(one) and not one.is_dir())
        path = next(barriers, path)
        found = "a link that leads nowhere" if path.is_symlink() else "a file"
        return Problem(_shown(path), None, found, "a folder", f"move it away, {AGAIN}")
    if path and isinstance(error, IsADirectoryError):
        return Problem(_shown(path), None, "a folder", "a file", f"move it away, {AGAIN}")
    todo = TODO.get(error.errno or 0, "see what is wrong with it")
    where = _shown(path) if path else "standard output"
    return Problem(where, None, error.strerror or type(error).__name__, todo=f"{todo}, {AGAIN}")


def _shown(path: Path) -> str:
    """Return a path as seen from the project that holds it; as it is where none does."""
    root = next(filter(holds_tables, path.parents), None)
    return path.relative_to(root).as_posix() if root else str(path)

"""Where the project stands: the one folder that holds the data, the notebooks and the pages."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path, PureWindowsPath

from compare.errors import CompareError, Problem

# Where the package stands and what it is imported from: asked of the package itself, since a count of
# folders up from a file goes wrong in silence once the file moves.
PACKAGE = Path(str(import_module("compare").__file__)).resolve().parent
SOURCES = PACKAGE.parent
CURATED = Path("data", "curated")
RAW = Path("data", "raw")
# The front page of each language.
FRONT = {"zh": "index.html", "en": "index.en.html"}


# The longest name that every disk takes, less what is put behind it while a file is written.
LONGEST = 200


def inside(folder: Path, name: str) -> Path | None:
    """Return where a name leads below a folder; None where it leads elsewhere (by .., as /a or C:a, by a
    link), or is none on some system.

    >>> inside(Path("raw"), "a/b.txt").as_posix(), inside(Path("raw"), "../b.txt"), inside(Path("raw"), "C:b")
    ('raw/a/b.txt', None, None)
    """
    told = PureWindowsPath(name)
    odd = told.drive or told.root or not told.parts or ".." in told.parts or set(name) & set('\\:*?"<>|')
    if odd or not name.isprintable() or any(len(part.encode()) > LONGEST for part in told.parts):
        return None
    path = folder / name
    try:
        return path if path.resolve().is_relative_to(folder.resolve()) else None
    except (OSError, RuntimeError):  # links in a circle
        return None


def holds_tables(folder: Path) -> bool:
    """Return whether a folder is a project's; False where the disk does not even let one look."""
    try:
        return (folder / CURATED / "datapackage.yaml").is_file()
    except (OSError, ValueError):  # a name too long, or one that no disk takes
        return False


def find_root(given: Path | None = None) -> Path:
    """Return the project folder: the one `given`, else the current one or one above it that holds the
    tables, else the repository this package stands in; raise `CompareError` where there are no tables.
    """
    try:
        here = (given or Path.cwd()).resolve()
        (here / CURATED / "datapackage.yaml").is_file()
    except (OSError, RuntimeError, ValueError) as error:  # links in a circle, no right to look, a NUL
        found = error.strerror if isinstance(error, OSError) else None
        raise _none(given or Path(), found or "a path that leads nowhere") from None
    # A folder that was named and is wrong must not be replaced in silence by one that happens to be near.
    others = [] if given else [*here.parents, *PACKAGE.parents]
    for folder in [here, *others]:
        if holds_tables(folder):
            return folder
    raise _none(here, "no tables")


def _none(here: Path, found: str) -> CompareError:
    wanted = f"a folder that holds {(CURATED / 'datapackage.yaml').as_posix()}"
    todo = "name the project's folder with --root"
    return CompareError("There is no project here", [Problem(here.name or ".", None, found, wanted, todo)])

"""What a page is made from: the values passed to its notebook, and the content of every file behind it.

Every module of the package counts for every page, and so does every table: a page that is made anew
without need costs seconds, one that stands wrongly costs trust.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from compare.build.plan import Briefing
from compare.project import PACKAGE, SOURCES

NOTEBOOKS = Path("notebooks")
TEXTS = NOTEBOOKS / "text"
LOCK = Path("requirements", "lean.txt")
DATA = (Path("data", "raw"), Path("data", "curated"))
# Stands among the files, with its version in the place of a digest.
PYTHON = "Python"
# What inputs are of, by how their names begin; what begins otherwise is code.
KINDS = {
    "documents": ("data/raw/",),
    "tables": ("data/curated/",),
    "notebooks": ("notebooks/",),
    "code": (),
    "environment": (LOCK.as_posix(), PYTHON),
}
# Hexadecimal digits of each kind in a fingerprint.
DIGITS = 6


@dataclass(frozen=True)
class Files:
    """Files by their names seen from the project, each with the SHA-256 of its content."""

    by_name: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """Return one digest of all names and contents."""
        return _digest(sorted(self.by_name.items()))

    @cached_property
    def by_kind(self) -> Mapping[str, str]:
        """Return one digest of all names and contents of each kind."""
        held: dict[str, list[tuple[str, str]]] = {kind: [] for kind in KINDS}
        for name, digest in sorted(self.by_name.items()):
            held[_kind(name)].append((name, digest))
        return {kind: _digest(files) for kind, files in held.items()}


@dataclass(frozen=True)
class Inputs:
    """What one page is made from: its parameters, the files behind every page, and those of its own."""

    parameters: Mapping[str, object]
    shared: Files
    own: Files

    @property
    def fingerprint(self) -> str:
        """Return all inputs in one word, which a page bears in its foot: six digits for each of `KINDS`.

        The parameters count with the notebooks.

        >>> Inputs({"topic": "5g"}, Files({"data/raw/a.txt": "1"}), Files()).fingerprint
        '929842-582dd6-54f8fa-582dd6-582dd6'
        """
        passed = {"notebooks": self.parameters}
        parts = {kind: [self.shared.by_kind[kind], self.own.by_kind[kind]] for kind in KINDS}
        return "-".join(_digest([*parts[kind], passed.get(kind)])[:DIGITS] for kind in KINDS)

    def changed_since(self, before: Inputs) -> list[str]:
        """Return in words what differs from what the page was made from `before`, nothing where all agrees.

        >>> old = Inputs({"as_of": "2026-11-21"}, Files({"a.csv": "1"}), Files({"b.md": "1"}))
        >>> new = Inputs({"as_of": "2027-01-01"}, Files({"a.csv": "2"}), Files({"c.md": "1"}))
        >>> new.changed_since(old)
        ['as_of is "2027-01-01", was "2026-11-21"', 'a.csv changed', 'b.md is gone', 'c.md is new']
        """
        passed = [
            f"{name} is {_worded(self.parameters, name)}, was {_worded(before.parameters, name)}"
            for name in dict.fromkeys([*self.parameters, *before.parameters])
            if _worded(self.parameters, name) != _worded(before.parameters, name)
        ]
        now, then = ({**one.shared.by_name, **one.own.by_name} for one in (self, before))
        names = sorted(name for name in {*now, *then} if now.get(name) != then.get(name))
        return passed + [_change(name, then.get(name), now.get(name)) for name in names]


def inputs_of(root: Path, briefings: Iterable[Briefing], shared: Files | None = None) -> dict[str, Inputs]:
    """Return, for each page, what it is made from as it is now."""
    briefings, shared = list(briefings), shared or shared_files(root)
    own = {one.source: one for one in briefings}
    held = {source: Files(_digests(_of_notebook(root, one))) for source, one in own.items()}
    return {one.page: Inputs(one.parameters, shared, held[one.source]) for one in briefings}


def inputs_of_all(root: Path, shared: Files | None = None, pages: Iterable[str] | None = None) -> Inputs:
    """Return what is made from the whole book at once is made from: the prose of every notebook too.

    `pages` are the names below `reports/` that a front page lists.
    """
    texts = _under(root / TEXTS, root)
    listed: dict[str, object] = {} if pages is None else {"pages": list(pages)}
    return Inputs(listed, shared or shared_files(root), Files(_digests(texts)))


def shared_files(root: Path) -> Files:
    """Return the files behind every page: the package, the data, the locked versions, prose of no notebook.

    The version of Python stands among them.
    """
    names = _notebooks(root)
    found = [*_under(PACKAGE, SOURCES.parent)]
    for folder in DATA:
        # What explains the tables to people is read by no page.
        found += [one for one in _under(root / folder, root) if one[1].suffix != ".md"]
    for name, path in _under(root / NOTEBOOKS, root):
        # What stands beside the notebooks can be imported by them.
        if path.suffix != ".ipynb" and path.name.split(".")[0] not in names:
            found.append((name, path))
    if (root / LOCK).is_file():
        found.append((LOCK.as_posix(), root / LOCK))
    return Files({PYTHON: platform.python_version()} | _digests(found))


def sha256(content: bytes) -> str:
    """Return the SHA-256 of `content` in hexadecimal.

    >>> sha256(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(content).hexdigest()


def _of_notebook(root: Path, briefing: Briefing) -> Iterator[tuple[str, Path]]:
    """Yield the notebook of a briefing and the texts that bear its name."""
    notebook, name = root / briefing.source, briefing.notebook
    if notebook.is_file():
        # One from elsewhere is known by its name alone: no folder of a machine is told.
        named = (NOTEBOOKS / notebook.name) if briefing.source.is_absolute() else briefing.source
        yield named.as_posix(), notebook
    yield from ((text, path) for text, path in _under(root / TEXTS, root) if path.name.split(".")[0] == name)


def _digest(value: object) -> str:
    return sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode())


def _kind(name: str) -> str:
    return next((kind for kind, starts in KINDS.items() if starts and name.startswith(starts)), "code")


def _notebooks(root: Path) -> set[str]:
    return {path.stem for path in (root / NOTEBOOKS).glob("*.ipynb")}


def _under(folder: Path, root: Path) -> Iterator[tuple[str, Path]]:
    """Yield every file below `folder`, named from `root`, but bytecode, hidden and backup files."""
    home = folder.resolve()
    for place, folders, files in os.walk(folder, followlinks=True):
        kept = [name for name in folders if name != "__pycache__" and not name.startswith(".")]
        folders[:] = [name for name in kept if _goes_down(Path(place, name), home)]
        for name in files:
            path = Path(place, name)
            if not name.startswith(".") and not name.endswith((".pyc", "~")) and path.is_file():
                yield path.relative_to(root).as_posix(), path


def _goes_down(folder: Path, home: Path) -> bool:
    """Tell a folder from a link that leads out of all that is read, or back to where it stands."""
    if not folder.is_symlink():
        return True
    real = folder.resolve()
    return real.is_relative_to(home) and not folder.parent.resolve().is_relative_to(real)


def _digests(files: Iterable[tuple[str, Path]]) -> dict[str, str]:
    return {name: sha256(path.read_bytes()) for name, path in files}


def _worded(parameters: Mapping[str, object], name: str) -> str:
    return json.dumps(parameters[name], ensure_ascii=False) if name in parameters else "not passed"


def _change(name: str, before: str | None, now: str | None) -> str:
    if name == PYTHON:
        return f"Python is {now}, was {before}"
    return f"{name} {'is new' if before is None else 'is gone' if now is None else 'changed'}"

"""What is stale: every page against the content of everything it was made from.

Nothing here looks at times of files. A page stands only while the digest of
its inputs and the digest of the page itself are those the manifest recorded.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from compare.briefings.build.plan import Briefing

REPORTS = Path("reports")
PAGES = Path("build", "pages")
MANIFEST = Path("build", "manifest.json")
PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Made:
    """One page as it was made: the digest of its inputs, and the SHA-256 of its bytes."""

    digest: str
    sha256: str


def digests(root: Path, briefings: Iterable[Briefing]) -> dict[str, str]:
    """Return, for each page, one digest of its parameters and of every file it is made from.

    These are the notebook with its texts, the package, the data and the locked versions; each by its
    relative name and content.
    """
    shared = _files_digest([*_under(PACKAGE, PACKAGE.parent), *_shared_files(root)])
    own = [(briefing, _files_digest(_own_files(root, briefing))) for briefing in briefings]
    return {one.page: sha256(_canonical([one.parameters, shared, files])) for one, files in own}


def takeaway_digest(root: Path) -> str:
    """Return one digest of every file that is made from the whole book, and of all prose."""
    texts = _under(root / "notebooks" / "text", root)
    return _files_digest([*_under(PACKAGE, PACKAGE.parent), *_shared_files(root), *texts])


def index_digest(pages: Mapping[str, str]) -> str:
    """Return the digest of an index over `pages` and the digests of their inputs.

    >>> index_digest({"a.html": "1", "b.html": "2"}) == index_digest({"b.html": "2", "a.html": "1"})
    True
    """
    return sha256(_canonical(sorted(pages.items())))


def read_manifest(root: Path) -> dict[str, Made]:
    """Return what the last builds made, by page; a manifest that cannot be read counts as none."""
    try:
        pages = json.loads((root / MANIFEST).read_bytes())["pages"]
        return {name: Made(**made) for name, made in pages.items() if ".." not in Path(name).parts}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def write_manifest(root: Path, made: Mapping[str, Made]) -> None:
    """Write what stands in `reports/` now, whole or not at all."""
    pages = {name: asdict(made[name]) for name in sorted(made)}
    write_whole(root / MANIFEST, json.dumps({"pages": pages}, indent=1).encode() + b"\n")


def stands(root: Path, page: str, made: Made | None, digest: str) -> bool:
    """Return whether `page` is in `reports/` as it was made, from inputs that are as they were."""
    if made is None or made.digest != digest:
        return False
    path = root / REPORTS / page
    return path.is_file() and sha256(path.read_bytes()) == made.sha256


def publish(root: Path, page: str, digest: str) -> Made:
    """Move a finished page from `build/pages/` to its final name, and return what was made."""
    ready = root / PAGES / page
    made = Made(digest, sha256(ready.read_bytes()))
    (root / REPORTS / page).parent.mkdir(parents=True, exist_ok=True)
    ready.replace(root / REPORTS / page)
    return made


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` under `path` so that no reader ever sees a part of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def sha256(content: bytes) -> str:
    """Return the SHA-256 of `content` in hexadecimal.

    >>> sha256(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(content).hexdigest()


def _shared_files(root: Path) -> list[tuple[str, Path]]:
    """Return the inputs of every page that stand in the project's folder."""
    lock = root / "requirements" / "lean.txt"
    data = [*_under(root / "data" / "raw", root), *_under(root / "data" / "curated", root)]
    return data + ([(_name(lock, root), lock)] if lock.is_file() else [])


def _own_files(root: Path, briefing: Briefing) -> list[tuple[str, Path]]:
    """Return the notebook and its texts, with the texts that belong to no notebook and so serve all."""
    others = {path.stem for path in (root / "notebooks").glob("*.ipynb")} - {briefing.notebook}
    texts = [
        (name, path)
        for name, path in _under(root / "notebooks" / "text", root)
        if path.name.split(".")[0] not in others
    ]
    notebook = root / briefing.source
    return ([(_name(notebook, root), notebook)] if notebook.is_file() else []) + texts


def _under(folder: Path, root: Path) -> list[tuple[str, Path]]:
    """Return every file below `folder`, named from `root`, but bytecode, hidden and backup files."""
    found = []
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__" and not name.startswith(".")]
        kept = [name for name in files if not name.startswith(".") and not name.endswith((".pyc", "~"))]
        found += [Path(place, name) for name in kept]
    return [(_name(path, root), path) for path in found]


def _files_digest(files: Iterable[tuple[str, Path]]) -> str:
    return sha256(_canonical([(name, sha256(path.read_bytes())) for name, path in sorted(files)]))


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=repr).encode()

"""What is stale: every page against the content of everything it was made from.

Nothing here looks at times of files. A page stands only while its inputs and
the page itself are those the manifest recorded.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compare.build.inputs import Files, Inputs, sha256
from compare.disk import remove, write_whole

REPORTS = Path("reports")
PAGES = Path("build", "pages")
LOGS = Path("build", "logs")
MANIFEST = Path("build", "manifest.json")


@dataclass(frozen=True)
class Made:
    """One page as it was made: its inputs, and the SHA-256 of its bytes.

    `sha256` is None once the page was taken out of `reports/`. `inputs` is None where an older
    manifest does not tell them: such a page counts as never built.
    """

    inputs: Inputs | None
    sha256: str | None


def read_manifest(root: Path) -> dict[str, Made]:
    """Return what the last builds made, by page; a manifest that cannot be read counts as none."""
    try:
        return made_of(json.loads((root / MANIFEST).read_bytes()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def made_of(record: Mapping[str, Any]) -> dict[str, Made]:
    """Return what a record tells, by page; raises one of several errors where it is none."""
    pages = {name: one for name, one in record["pages"].items() if ".." not in Path(name).parts}
    files = {key: Files(held) for key, held in record.get("files", {}).items()}
    return {name: _made(one, files) for name, one in pages.items()}


def _made(said: Mapping[str, Any], files: Mapping[str, Files]) -> Made:
    if "shared" not in said:
        return Made(None, said["sha256"])
    return Made(Inputs(said["parameters"], files[said["shared"]], files[said["own"]]), said["sha256"])


def write_manifest(root: Path, made: Mapping[str, Made]) -> None:
    """Write what stands in `reports/` now, whole or not at all."""
    said = json.dumps(record_of(made), indent=1, ensure_ascii=False)
    write_whole(root / MANIFEST, said.encode() + b"\n")


def record_of(made: Mapping[str, Made]) -> dict[str, Any]:
    """Return what was made as plain data; the files that pages share are told once."""
    files: dict[str, Mapping[str, str]] = {}
    pages: dict[str, dict[str, object]] = {}
    for name in sorted(made):
        inputs = made[name].inputs
        pages[name] = {"sha256": made[name].sha256}
        if inputs is not None:
            files |= {one.digest: one.by_name for one in (inputs.shared, inputs.own)}
            told = {"parameters": inputs.parameters, "shared": inputs.shared.digest, "own": inputs.own.digest}
            pages[name] |= told
    return {"pages": pages, "files": files}


def stands(root: Path, page: str, made: Made | None, inputs: Inputs) -> bool:
    """Return whether `page` is in `reports/` as it was made, from inputs that are as they were."""
    if made is None or made.sha256 is None or made.inputs != inputs:
        return False
    return in_reports(root, page) == made.sha256


def in_reports(root: Path, page: str) -> str | None:
    """Return the SHA-256 of a page as it is in `reports/`, None where it is not there or cannot be read."""
    try:
        return sha256((root / REPORTS / page).read_bytes())
    except OSError:
        return None


def publish(root: Path, page: str, inputs: Inputs) -> Made:
    """Give a finished page in `build/pages/` its final name, and return what was made."""
    ready = root / PAGES / page
    content = ready.read_bytes()
    # Written anew, not moved: the two folders may stand on two disks, and no move is whole between these.
    write_whole(root / REPORTS / page, content)
    remove([ready])
    return Made(inputs, sha256(content))

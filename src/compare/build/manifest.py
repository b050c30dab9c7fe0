"""reports/MANIFEST.json: each file of a build with its SHA-256, and all that it was made from.

It goes with the files wherever they are sent, so it holds no day, no hour and no folder of a machine:
the same inputs give the same bytes. Word documents are not in it, since the pictures in them depend on
the browser that draws them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compare.build import stale
from compare.build.inputs import LOCK, PYTHON, Files, Inputs, sha256
from compare.build.stale import Made
from compare.disk import remove, write_whole
from compare.tables.edition import read_edition

NAME = "MANIFEST.json"
# What makes the values and what draws them.
TOLD = ("pandas", "plotly")
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Manifest:
    """What a build says of itself: the edition, the locked environment, and each file as it was made."""

    edition: str
    locked: Mapping[str, str]
    outputs: Mapping[str, Made]


def files_behind(inputs: Iterable[Inputs | None]) -> dict[str, str]:
    """Return the digest of each file that stands among any of some inputs."""
    parts = [part for one in inputs if one is not None for part in (one.shared, one.own)]
    return {name: digest for part in parts for name, digest in part.by_name.items()}


def keep(root: Path, content: bytes | None) -> None:
    """Write the manifest of what stands in `reports/` unless it is there; where nothing stands, remove it."""
    if content is not None and stale.in_reports(root, NAME) == sha256(content):
        return
    # An older list does not outlive what it lists, should there be no room for another.
    remove([root / stale.REPORTS / NAME])
    if content is not None:
        write_whole(root / stale.REPORTS / NAME, content)


def manifest_bytes(stated: Mapping[str, Any], made: Mapping[str, Made]) -> bytes:
    """Return the manifest of files that were made under the edition and in the environment `stated`."""
    record = stale.record_of(made)
    for name, one in made.items():
        if one.inputs is not None:
            record["pages"][name]["inputs"] = one.inputs.fingerprint
    said = {**stated, "outputs": record["pages"], "inputs": record["files"]}
    return json.dumps(said, indent=1, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def stated(root: Path) -> dict[str, Any]:
    """Return the edition in force and the locked environment; raises CompareError without an edition."""
    return {**read_edition(root), "locked": locked(root)}


def locked(root: Path) -> dict[str, str]:
    """Return the environment: Python's version, the digest of the lock, and the versions that it tells."""
    from platform import python_version

    path = root / LOCK
    lock = path.read_bytes() if path.is_file() else b""
    pins = dict(re.findall(r"^([\w.-]+)==([\w.+!]+)", lock.decode("utf-8", "replace"), re.MULTILINE))
    versions = {name: pins[name] for name in TOLD if name in pins}
    return {PYTHON: python_version(), LOCK.as_posix(): sha256(lock), **versions}


def read_manifest(content: bytes) -> Manifest:
    """Return what a manifest says; raises ValueError in words where it is none, or was altered by hand."""
    try:
        said = json.loads(content)
        outputs = stale.made_of({"pages": said["outputs"], "files": said["inputs"]})
        whole = Manifest(str(said["edition"]), _texts(said["locked"]), outputs)
        wrong = [*_other_digests(said["inputs"]), *_other_inputs(said["outputs"], outputs)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ValueError("no manifest of a build") from None
    if wrong:
        raise ValueError(f"a manifest altered by hand, at {wrong[0][:20]}")
    return whole


def _other_digests(files: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of sets of files that are not the digests of these sets."""
    yield from (digest for digest, held in files.items() if Files(_texts(held)).digest != digest)


def _other_inputs(told: Mapping[str, Any], outputs: Mapping[str, Made]) -> Iterator[str]:
    """Yield the names of files that bear no digest, or another fingerprint than that of their inputs."""
    for name, one in outputs.items():
        whole = one.inputs is not None and one.inputs.fingerprint == told[name]["inputs"]
        if not whole or not SHA256.fullmatch(str(one.sha256)):
            yield name


def _texts(said: Any) -> dict[str, str]:
    if not isinstance(said, dict) or not all(isinstance(one, str) for one in said.values()):
        raise TypeError("expected names with texts")
    return dict(said)

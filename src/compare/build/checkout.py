"""One file held against a checkout: what was built there, and from what it would be built now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from compare.build import stale
from compare.build.altered import first_difference, shown
from compare.build.inputs import KINDS, Inputs, sha256
from compare.build.manifest import NAME, manifest_bytes, read_manifest
from compare.build.received import AGAIN, said_by, unlike
from compare.build.site import FRONTS, Site
from compare.errors import Problem

KINDS_IN_WORDS = {
    "documents": "documents (data/raw)",
    "tables": "tables (data/curated)",
    "notebooks": "notebooks, prose or parameters (notebooks)",
    "code": "code (src/compare)",
    "environment": "environment (Python, requirements/lean.txt)",
}
MAKE = "make"
# Names of inputs told in one line.
NAMED = 8


@dataclass(frozen=True)
class Checkout:
    """A project with its last build, against which files are held; nothing in it is built or changed."""

    site: Site

    @property
    def edition(self) -> str:
        """Return the edition in force."""
        return str(self.site.stated["edition"])

    @cached_property
    def fronts(self) -> Inputs:
        """Return what the front pages are made from."""
        return self.site.index_inputs()

    def inputs(self, name: str) -> Inputs | None:
        """Return what a file is made from as it is now; None for a file that is not planned."""
        return self.fronts if name in FRONTS else self.site.inputs.get(name)

    def is_ready(self, name: str) -> bool:
        """Return whether the last build made a file from what its inputs are now."""
        made = self.site.made.get(name)
        return made is not None and made.inputs == self.inputs(name)

    @property
    def is_up_to_date(self) -> bool:
        """Return whether all that the last build made is what a build would make now."""
        return all(map(self.is_ready, self.site.made))

    def content(self, name: str) -> bytes | None:
        """Return a file as the last build made it, None where it no longer stands so in `reports/`."""
        path = self.site.root / stale.REPORTS / name
        content = path.read_bytes() if path.is_file() else b""
        return content if sha256(content) == self.site.made[name].sha256 else None

    def meant(self, called: str, content: bytes, suffix: str) -> str:
        """Return the file that one is meant to be: by its bytes, by its name, else by most of its lines.

        Empty where none is like it.
        """
        digest = sha256(content)
        same = {name for name, one in self.site.made.items() if one.sha256 == digest}
        named = {name for name in (*self.site.inputs, *FRONTS) if Path(name).name == called}
        if found := same & named or same or named:
            return min(found)
        lines = _lines(content)
        ours = {name: self.content(name) for name in self.site.made if name.endswith(suffix)}
        if len(ours) == 1:
            return min(ours)
        kept = {name: _share(lines, _lines(one)) for name, one in ours.items() if one}
        best = max(kept, key=lambda name: kept[name], default="")
        return best if kept.get(best, 0) > 0.5 else ""

    def problems(
        self, label: str, name: str, content: bytes, listed: Inputs | None = None, run: str = MAKE
    ) -> list[Problem]:
        """Return what is wrong with a file that is meant to be `name`, nothing where it has its bytes.

        `label` is what the file is called in them; `listed` is what it was made from, where a manifest that
        came with it says so; `run` is the command that builds what is not built yet.
        """
        made, now = self.site.made.get(name), self.inputs(name)
        if now is None:
            return [unlike(label, "a file that this checkout does not make", "one that it makes", AGAIN)]
        if made and made.inputs and made.sha256 == sha256(content):
            return [] if made.inputs == now else [_older(label, made.inputs, now)]
        theirs = listed.fingerprint if listed else said_by(content).get("inputs", "")
        if otherwise := [*self._edition(label, content), *self._inputs(label, name, now, theirs)]:
            return otherwise
        ours = self.content(name) if self.is_ready(name) else None
        return [not_built(label, run)] if ours is None else [_altered(label, name, content, ours)]

    def command(self, name: str) -> str:
        """Return the shortest command that builds a file."""
        briefing = next((one.name for one in self.site.briefings if one.page == name), "")
        return f"python -m compare build --only {briefing}" if briefing else MAKE

    def spoilt(self) -> Iterator[Problem]:
        """Yield a problem where the checkout's own manifest is not what its last build wrote."""
        path = self.site.root / stale.REPORTS / NAME
        content = path.read_bytes() if path.is_file() else b""
        try:
            same = read_manifest(content).outputs == self.site.made
        except ValueError:
            same = not content and not self.site.made
        if same and content and self.is_up_to_date:
            same = content == manifest_bytes(self.site.stated, self.site.made)
        if not same:
            found = "other words than the last build wrote" if content else "missing"
            todo = "python -m compare build writes it anew"
            yield unlike(f"{stale.REPORTS}/{NAME} of this checkout", found, "its own", todo)

    def _edition(self, label: str, content: bytes) -> Iterator[Problem]:
        edition = said_by(content).get("edition", self.edition)
        if edition != self.edition:
            todo = "hold it against a checkout of its own edition"
            yield unlike(label, f"edition {shown(edition)}", f"edition {self.edition}", todo)

    def _inputs(self, label: str, name: str, now: Inputs, theirs: str) -> Iterator[Problem]:
        """Yield of which other inputs a file was made; where the last build had them, what changed since."""
        made = self.site.made.get(name)
        if not theirs or theirs == now.fingerprint:
            return
        todo = "hold it against a checkout of these; whether it was altered besides cannot be told from here"
        if made and made.inputs and made.inputs.fingerprint == theirs:
            todo = f"run make; since this checkout's last build: {_few(now.changed_since(made.inputs))}"
        found = f"made from other {_kinds(theirs, now.fingerprint)}"
        yield unlike(label, found, "those of this checkout", todo)


def not_built(label: str, run: str = MAKE) -> Problem:
    """Return that there is nothing yet that a file could be held against, and the command to run first."""
    found = "nothing built here that it could be held against"
    return unlike(label, found, "the finished file", f"run {run}, then verify again")


def _older(label: str, then: Inputs, now: Inputs) -> Problem:
    todo = f"run make; since then: {_few(now.changed_since(then))}"
    return unlike(label, "what this checkout's last build made", "what it would make now", todo)


def _altered(label: str, name: str, content: bytes, ours: bytes) -> Problem:
    parted = first_difference(content, ours, Path(name).suffix)
    more = f"; {parted.count} passages differ" if parted.count > 1 else ""
    # Only a page says what it was made from.
    told = "altered after it was built" if said_by(content) else "altered, or made from other inputs"
    return unlike(f"{label}, {parted.place}", parted.found, f'"{parted.expected}"', f"{told}{more}; {AGAIN}")


def _kinds(theirs: str, ours: str) -> str:
    """Return in words of which kinds the inputs differ that two fingerprints stand for.

    >>> _kinds("00-11-22-33-44", "00-11-22-34-45")
    'code (src/compare), environment (Python, requirements/lean.txt)'
    """
    pairs = zip(KINDS, theirs.split("-"), ours.split("-"), strict=False)
    apart = [KINDS_IN_WORDS[kind] for kind, one, other in pairs if one != other]
    return ", ".join(apart) or f"inputs, {shown(theirs)}"


def _few(changes: Sequence[str]) -> str:
    more = len(changes) - NAMED
    return "; ".join(changes[:NAMED]) + (f"; and {more} more" if more > 0 else "")


def _lines(content: bytes) -> set[bytes]:
    head, body, rest = content.partition(b"<body")
    return set((rest if body else head).splitlines())


def _share(lines: set[bytes], ours: set[bytes]) -> float:
    return len(lines & ours) / max(len(lines), len(ours), 1)

"""Draw a sample of places in the code, and one change for each."""

from __future__ import annotations

import difflib
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.mutants_code.changes import Change, changed, changes

FLOORS = ("language", "texts", "rules", "analysis")


@dataclass(frozen=True)
class Mutant:
    """One module with one change; `module` is its path from the root, `text` its source then."""

    module: str
    change: Change
    text: str
    was: str

    @property
    def name(self) -> str:
        """Return what it is listed by: module, the line that was, and the line that is."""
        return f"{self.module}:{self.change.line} {self.change.operator}"

    @property
    def diff(self) -> str:
        """Return the lines taken away and put in, each behind its sign."""
        lines = difflib.ndiff(self.was.splitlines(), self.text.splitlines())
        return "\n".join(f"{line[0]} {line[2:].strip()}" for line in lines if line[0] in "-+")


def sources(root: Path) -> dict[str, str]:
    """Return the text of every module that is changed, by its path from the root."""
    paths = [path for floor in FLOORS for path in sorted((root / "src" / "compare" / floor).glob("*.py"))]
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def places(source: str) -> dict[tuple[int, int], list[Change]]:
    """Return the changes of a source by the place in which they stand."""
    found: dict[tuple[int, int], list[Change]] = defaultdict(list)
    for change in changes(source):
        found[change.place].append(change)
    return dict(found)


def draw(modules: Mapping[str, str], seed: int, most: int) -> list[Mutant]:
    """Return up to `most` mutants, one for each place drawn, in the order of the draw.

    A place is drawn by the words of its line: another line more or less leaves it drawn or not, as it was.
    """
    drawn = sorted(
        (lot, module, change) for module, text in modules.items() for lot, change in _lots(module, text, seed)
    )[:most]
    return [
        Mutant(module, change, changed(modules[module], change), modules[module])
        for _, module, change in drawn
    ]


def _lots(module: str, text: str, seed: int) -> Iterator[tuple[float, Change]]:
    lines, seen = text.splitlines(), defaultdict(int)
    for place, found in sorted(places(text).items()):
        words = lines[place[0] - 1].strip()
        seen[words] += 1
        dice = random.Random(f"{seed} {module} {words} {seen[words]}")
        yield dice.random(), dice.choice(found)

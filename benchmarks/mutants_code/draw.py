"""Draw a sample of places in the code, and one change for each."""

from __future__ import annotations

import difflib
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from pathlib import Path

from benchmarks.mutants_code.changes import Change, changed, matters, possible

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


def draw(modules: Mapping[str, str], seed: int, most: int) -> list[Mutant]:
    """Return up to `most` mutants, one for each place drawn, in the order of the draw.

    A place is drawn by the words of its line: another line more or less leaves it drawn or not, as it was.
    """
    lots = [(*lot, module) for module, text in modules.items() for lot in _lots(module, text, seed)]
    return list(islice(_made(sorted(lots, key=itemgetter(0)), modules), most))


def _made(lots: Sequence[tuple[float, list[Change], str]], modules: Mapping[str, str]) -> Iterator[Mutant]:
    for _, found, module in lots:
        text = modules[module]
        for change in found:
            if matters(text, change):
                yield Mutant(module, change, changed(text, change), text)
                break


def _lots(module: str, text: str, seed: int) -> Iterator[tuple[float, list[Change]]]:
    """Yield the lot of each place, and its changes in the order in which they are tried."""
    lines, seen = text.splitlines(), Counter[str]()
    places: dict[tuple[int, int], list[Change]] = defaultdict(list)
    for change in possible(text):
        places[change.place].append(change)
    for (line, _), found in sorted(places.items()):
        words = lines[line - 1].strip()
        seen[words] += 1
        dice = random.Random(f"{seed} {module} {words} {seen[words]}")
        yield dice.random(), dice.sample(found, len(found))

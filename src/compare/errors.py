"""What went wrong, said so that the person who can mend it knows where and how.

Checks gather every problem before anything is raised; one `CompareError`
then carries them all. Nothing here is specific to a floor.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

# So many problems a reader takes in, and so many characters of what was found; then of what is to be done.
SHOWN, WORDS, ADVICE = 100, 200, 1000


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where it stands, what was found, what was expected, what to do.

    `row` counts as a spreadsheet does, the header being row 1.

    >>> print(Problem("jinan/targets.csv", "value_low", found="200", expected="210",
    ...               todo="correct it", row=3, key="t-jinan-0001"))
    jinan/targets.csv, row 3 (t-jinan-0001), column value_low: found "200"; expected 210; correct it
    """

    file: str
    column: str | None = None
    found: str = ""
    expected: str = ""
    todo: str = ""
    row: int | None = None
    key: str | None = None
    # The document it is about, where one is: not told, but used to spare a reader what follows from it.
    source: str | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        place = [self.file]
        if self.row is not None:
            place.append(f"row {self.row}" + (f" ({self.key})" if self.key else ""))
        if self.column:
            place.append(f"column {self.column}")
        said = [f'found "{brief(self.found)}"']
        if self.expected:
            said.append(f"expected {brief(self.expected, ADVICE)}")
        if self.todo:
            said.append(brief(self.todo, ADVICE))
        return ", ".join(brief(part) for part in place) + ": " + "; ".join(said)


def brief(words: str, most: int = WORDS) -> str:
    """Return words on one line, at most so many characters of them, those that no reader sees as ‹U+202E›.

    >>> brief("a\\nb\\u202ec"), brief("abcdef", 3)
    ('a⏎b‹U+202E›c', 'abc… (6 characters)')
    """
    kept = words[:most].replace("\n", "⏎")
    if not kept.isprintable():
        kept = "".join(sign if _is_seen(sign) else f"‹U+{ord(sign):04X}›" for sign in kept)
    return kept if len(words) <= most else f"{kept}… ({len(words):,} characters)"


def _is_seen(sign: str) -> bool:
    return sign.isprintable() or unicodedata.category(sign) == "Zs"


class CompareError(Exception):
    """The problems found in one go, each worded for the person who mends it.

    All are held in `problems`; the words tell the first hundred, and how many more there are in which file.

    >>> raise CompareError("The topic is unknown", [Problem("parameters", "topic", "5G", '"5g"')])
    Traceback (most recent call last):
    ...
    compare.errors.CompareError: The topic is unknown: 1 problem.
      1. parameters, column topic: found "5G"; expected "5g"
    """

    def __init__(self, summary: str, problems: Iterable[Problem] = ()) -> None:
        self.summary = summary
        self.problems = tuple(problems)
        super().__init__(self._wording())

    def _render_traceback_(self) -> list[str]:
        """Return what Jupyter shows in the place of a traceback: the words, which are meant to be enough."""
        return [f"{type(self).__name__}: {self}"]

    def _wording(self) -> str:
        if not self.problems:
            return self.summary
        count = len(self.problems)
        lines = [f"{self.summary}: {count:,} problem{'s' if count > 1 else ''}."]
        lines += [f"  {number}. {problem}" for number, problem in enumerate(self.problems[:SHOWN], 1)]
        return "\n".join([*lines, *self._rest()])

    def _rest(self) -> Iterator[str]:
        """Yield how many problems there are beyond those told, the files with most of them first."""
        rest = Counter(problem.file for problem in self.problems[SHOWN:])
        if rest:
            yield f"  … and {rest.total():,} more:"
        for file, count in rest.most_common(SHOWN):
            yield f"    {brief(file)}: {count:,}"
        if len(rest) > SHOWN:
            yield f"    and {len(rest) - SHOWN:,} other files"


class Refused(CompareError):
    """A file or folder that the disk refuses to give, take or let go."""


class UnknownName(CompareError):
    """A name that stands in no list, with the nearest names that do."""


def near(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Return the `most` known names that look most like `name`, best first.

    >>> near("dezho", ["jinan", "dezhou", "dongying"])
    ['dezhou']
    """
    import difflib

    return difflib.get_close_matches(name, list(known), n=most, cutoff=0.5)

"""What went wrong, said so that the person who can mend it knows where and how.

Checks gather every problem before anything is raised; one `CompareError`
then carries them all. Nothing here is specific to a floor.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
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
        # One problem is one line, whatever was found.
        found = self.found.replace("\n", "⏎")
        said = [f'found "{found}"']
        if self.expected:
            said.append(f"expected {self.expected}")
        if self.todo:
            said.append(self.todo)
        return ", ".join(place) + ": " + "; ".join(said)


class CompareError(Exception):
    """The problems found in one go, each worded for the person who mends it.

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
        lines = [f"{self.summary}: {count} problem{'s' if count > 1 else ''}."]
        lines += [f"  {number}. {problem}" for number, problem in enumerate(self.problems, 1)]
        return "\n".join(lines)


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

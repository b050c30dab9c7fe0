"""What depends on a whole page: the number of every row, and where each is shown first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from compare.sections.section import Chart, Section, parts, runs

# Looks of runs by which a row is only referred to: they are no place to go back to.
REFERRING = ("number", "back")


@dataclass(frozen=True)
class Arranged:
    """The numbers of a page's rows and figures, and the section that shows each row before its sentence."""

    numbers: dict[str, int] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    figures: dict[str, int] = field(default_factory=dict)


def arrange(sections: Sequence[Section]) -> Arranged:
    """Return the numbers and places of the rows of a page, a pure function of its sections.

    Rows are numbered as the closing sections list them, which is by city, document and place in the text,
    figures from elsewhere after; a row that none of them lists, as in a section alone, in order of reading.

    >>> from compare.words.text import Run
    >>> first = Section("a", (Run("90%", "value", row="t-2"), Run("70%", "value", row="t-1")))
    >>> arrange([first, Section("b", (), evidence=("t-1", "t-2"))]).numbers
    {'t-1': 1, 't-2': 2}
    """
    listed = [row for section in sections for row in section.evidence]
    named = [run for section in sections if not section.evidence for run in runs(section) if run.row]
    numbers: dict[str, int] = {}
    for row in (*listed, *(run.row for run in named)):
        numbers.setdefault(row, len(numbers) + 1)
    shown: dict[str, str] = {}
    for section in sections[1:]:
        for run in () if section.evidence else runs(section):
            if run.row and run.look not in REFERRING:
                shown.setdefault(run.row, section.key)
    drawn = [one.key for one in sections if any(True for _ in parts(one, Chart))]
    return Arranged(numbers, shown, {key: at for at, key in enumerate(drawn, 1)})

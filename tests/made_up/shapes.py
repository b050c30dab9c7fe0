"""What a made-up project looks like: how many cities, which documents, which figures from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

One = TypeVar("One")


@dataclass(frozen=True)
class Paper:
    """One document of a city.

    `targets` is how many indicators it puts a number to; `dated` is false where no time expression governs
    any of them. `layout` is how the page was scraped: plain, web (navigation and footer), crlf, chunks
    (markers in the midst of words). A document of one year names months without their year.
    """

    status: str = "adopted"
    coding_state: str = "complete"
    first_year: int = 2023
    years: int = 3
    targets: int = 5
    tasks: int = 6
    dated: bool = True
    script: str = "Hans"
    layout: str = "plain"
    ledger: bool = False

    @property
    def last_year(self) -> int:
        return self.first_year + self.years - 1


@dataclass(frozen=True)
class Shape:
    """A made-up project. What differs from city to city is a sequence, taken in turn.

    `topics` are those with targets (None: any); `figures` is whether provinces state figures; `equal` gives
    every city the same values; `lower` are the indicators of which less is better here; `odd_marks` puts
    `<`, `&`, quotes and backslashes into quotes.

    >>> Shape(population=(True, False)).of_city("population", 3)
    False
    """

    cities: int = 4
    provinces: int = 1
    papers: Sequence[Sequence[Paper]] = ((Paper(),),)
    topics: Sequence[Sequence[str] | None] = (None,)
    population: Sequence[bool] = (True,)
    outcomes: Sequence[bool] = (True,)
    not_found: bool = True
    figures: bool = True
    equal: bool = False
    lower: Sequence[str] = ()
    odd_marks: bool = False

    def of_city(self, name: str, number: int) -> object:
        """Return what the city of this number, counted from 0, gets of a sequence."""
        return in_turn(getattr(self, name), number)


def in_turn(values: Sequence[One], number: int) -> One:
    """Return the value at a place of a sequence that begins anew at its end."""
    return values[number % len(values)]


# Six cities, each with documents of another kind: what a project grown over years looks like.
MIXED = Shape(
    cities=6,
    provinces=2,
    papers=(
        (Paper(), Paper("draft", first_year=2021, years=1, layout="chunks", ledger=True)),
        (Paper("work_points", first_year=2024, years=1, script="Hant"),),
        (Paper(layout="web"), Paper("not_obtained", "registered", first_year=2020)),
        (Paper(coding_state="in_review", first_year=2022, layout="crlf"),),
        (Paper(first_year=2024, years=1, ledger=True), Paper(coding_state="registered", first_year=2021)),
        (Paper("not_obtained", "registered"),),
    ),
    population=(True, True, False),
    outcomes=(True, False),
)

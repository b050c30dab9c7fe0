"""A text and where its words stand: rows name places in it, and are worded once it is finished."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

Row = dict[str, Any]


class Place(NamedTuple):
    """A range of the text as it was written, before anything was put between its words."""

    start: int
    end: int

    def to(self, other: Place) -> Place:
        """Return the range from here to the end of another."""
        return Place(self.start, other.end)


@dataclass(frozen=True)
class Cut:
    """A cell that holds what stands at a place: the words, or where they begin or end."""

    place: Place
    what: str = "words"


def cut(words: str, place: Place, start: str = "start", end: str = "end") -> Row:
    """Return the three cells that say what stands where."""
    return {words: Cut(place), start: Cut(place, "start"), end: Cut(place, "end")}


class Writing:
    """A text that grows; whatever is said is told its place."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0

    def say(self, words: str) -> Place:
        """Return where the words stand that are now the text's last."""
        start = self._length
        self._parts.append(words)
        self._length += len(words)
        return Place(start, self._length)

    @property
    def text(self) -> str:
        return "".join(self._parts)


class Insert(NamedTuple):
    """What the scraping put before a character; `kind` is the class of page furniture, empty for noise."""

    at: int
    words: str
    kind: str = ""


class Scraped:
    """A finished text with what a page and its scraping put around and between its words.

    >>> page = Scraped("达到90%", [Insert(3, "⏎2、")])
    >>> page.raw, page.cell(Cut(Place(2, 5))), page.cell(Cut(Place(2, 5), "end"))
    ('达到9⏎2、0%', '90%', 8)
    """

    def __init__(self, text: str, inserts: Iterable[Insert]) -> None:
        self.text = text
        self.furniture: list[tuple[int, int, Insert]] = []
        parts: list[str] = []
        starts: list[int] = []
        done = moved = 0
        for insert in sorted(inserts, key=lambda one: one.at):
            parts += [text[done : insert.at], insert.words]
            starts += range(done + moved, insert.at + moved)
            done = insert.at
            if insert.kind:
                self.furniture.append((done + moved, done + moved + len(insert.words), insert))
            moved += len(insert.words)
        parts.append(text[done:])
        starts += range(done + moved, len(text) + moved)
        self.raw, self._starts = "".join(parts), starts

    def cell(self, value: Any) -> Any:
        """Return a cell in words, or as it is where it names no place."""
        if not isinstance(value, Cut):
            return value
        if value.what == "start":
            return self._starts[value.place.start]
        if value.what == "end":
            return self._starts[value.place.end - 1] + 1
        return self.text[value.place.start : value.place.end]

    def row(self, row: Row) -> Row:
        """Return a row in words."""
        return {name: self.cell(value) for name, value in row.items()}


def traditional(text: str) -> str:
    """Return a text in Traditional characters, one for one, each of which leads back.

    >>> traditional("智慧社区")
    '智慧社區'
    """
    return "".join(map(_traditional, text))


@cache
def _traditional(character: str) -> str:
    forth, back = _converters()
    turned = str(forth.convert(character))
    return turned if len(turned) == 1 and back.convert(turned) == character else character


@cache
def _converters():  # type: ignore[no-untyped-def]  # opencc ships no types
    from opencc import OpenCC

    return OpenCC("s2t"), OpenCC("t2s")

"""Hold the pages built now against those kept: what is lost, new or moved, and which of it is meant."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.inventory.files import Item
from benchmarks.inventory.keep import Pages, matches
from benchmarks.inventory.take import Section

NAMED = Path(__file__).with_name("differences.csv")


class Difference(NamedTuple):
    """An item that a section holds more or less often than it did; a section moved from is `from > to`."""

    page: str
    section: str
    change: str
    kind: str
    item: str
    before: int
    after: int

    def __str__(self) -> str:
        return "\t".join((*self[:5], f"{self.before} → {self.after}"))


class Meant(NamedTuple):
    """Differences that are meant, by patterns in which `*` stands for anything, and the reason for them."""

    page: str
    section: str
    change: str
    kind: str
    item: str
    reason: str

    def names(self, one: Difference) -> bool:
        return self.reason.strip() != "" and all(map(matches, self[:5], one[:5]))


def meant(path: Path = NAMED) -> list[Meant]:
    """Return the differences that are meant, as their table has them."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Meant(**row) for row in csv.DictReader(file)]


def unnamed(found: Iterable[Difference], names: list[Meant]) -> tuple[list[Difference], list[Meant]]:
    """Return the differences that no name covers, and the names that cover nothing."""
    covering = {one: [name for name in names if name.names(one)] for one in found}
    used = {name for some in covering.values() for name in some}
    return [one for one, some in covering.items() if not some], [one for one in names if one not in used]


def differences(before: Pages, after: Pages) -> Iterator[Difference]:
    """Yield every difference between two inventories, page by page."""
    for page in sorted({*before, *after}):
        if page in before and page in after:
            yield from sorted(page_differences(page, before[page], after[page]))
        else:
            gone = page in before
            yield Difference(page, "", "lost" if gone else "new", "page", page, int(gone), int(not gone))


def page_differences(page: str, before: list[Section], after: list[Section]) -> Iterator[Difference]:
    """Yield what differs on a page; what one section lost and another gained is moved."""
    names = {one.title: one.key for one in before if one.title} | {one.key: one.key for one in before}
    was, now = _by_key(before, names), _by_key(after, names)
    order, placed = [key for key in was if key in now], [key for key in now if key in was]
    if order != placed:
        yield Difference(page, "", "moved", "order", " ".join(placed), 1, 1)
    for item in sorted({item for section in (*was.values(), *now.values()) for item in section}):
        yield from _item_differences(page, item, _counts(was, item), _counts(now, item))


def _item_differences(page: str, item: Item, was: Counter[str], now: Counter[str]) -> Iterator[Difference]:
    fewer, more = was - now, now - was
    for old in fewer:
        for new in more:
            if moved := min(fewer[old], more[new]):
                fewer[old], more[new] = fewer[old] - moved, more[new] - moved
                yield Difference(page, f"{old} > {new}", "moved", *item, was[old], was[old] - moved)
    for change, sections in (("lost", fewer), ("new", more)):
        for key, count in sections.items():
            if count:
                yield Difference(page, key, change, *item, was[key], now[key])


def _counts(sections: dict[str, Counter[Item]], item: Item) -> Counter[str]:
    return Counter({key: items[item] for key, items in sections.items() if item in items})


def _by_key(sections: list[Section], names: dict[str, str]) -> dict[str, Counter[Item]]:
    """Return the items of each section by its key, or by the key that its title went by before."""
    found: dict[str, Counter[Item]] = {}
    for section in sections:
        key = names.get(section.key) or names.get(section.title) or section.key
        found.setdefault(key, Counter({("section", key): 1})).update(section.items)
    return found

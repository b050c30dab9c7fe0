"""A section of a page as frozen, plain data: words, tables, charts and the rows they name, without numbers.

It is made from frames, travels in a notebook's output as JSON, and is what every output renders.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from compare.words.text import Run, Text

MIMETYPE = "application/x.compare.section+json"


@dataclass(frozen=True)
class Paragraph:
    """Words in a paragraph, or one line of a table's cell."""

    text: Text
    look: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading below the section's own."""

    text: Text
    look: str = ""
    anchor: str = ""
    level: int = 3


@dataclass(frozen=True)
class Items:
    """A list, an item being a text or some blocks."""

    items: tuple[Any, ...]
    look: str = ""


@dataclass(frozen=True)
class Facts:
    """Terms, each with what is said of it."""

    pairs: tuple[tuple[Text, Text], ...]
    look: str = "facts"


@dataclass(frozen=True)
class Cell:
    """A cell of a table: lines, whose place's colour it bears, whether it is a head.

    `label` is what a narrow screen shows before it.
    """

    lines: tuple[Any, ...]
    look: str = ""
    place: str = ""
    head: bool = False
    columns: int = 1
    rows: int = 1
    label: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a table; `anchor` is where links into it lead."""

    cells: tuple[Cell, ...]
    look: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Group:
    """Rows of a table that belong together, with a head over them where there is one."""

    rows: tuple[Row, ...]
    head: Text = ()
    look: str = ""


@dataclass(frozen=True)
class Table:
    """A table: rows of heads, groups of rows, and a caption that is read out."""

    head: tuple[Row, ...]
    groups: tuple[Group, ...]
    look: str = "plain"
    caption: str = ""
    foot: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """A chart drawn for one width: a Plotly figure as JSON, of a size in pixels."""

    width: int
    height: int
    figure: str


@dataclass(frozen=True)
class Take:
    """Rows to take away as files: their name, the columns with their widths, the rows, and the kinds.

    SVG is that of the chart around them; `words` stand before the links, where they are others than usual.
    """

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Any, ...], ...]
    kinds: tuple[str, ...] = ("CSV", "XLSX", "SVG")
    words: str = ""


@dataclass(frozen=True)
class Event:
    """An all-day event of a calendar: the row it stands for, its day (ISO), its words, and its repetition."""

    row: str
    day: str
    title: str
    words: str
    topics: tuple[str, ...] = ()
    recurrence: str = ""
    until: str = ""


@dataclass(frozen=True)
class Calendar:
    """Events to take away as a calendar file: its name, title and description, and the day it speaks on."""

    name: str
    title: str
    about: str
    as_of: str
    events: tuple[Event, ...]
    lang: str = "zh"


@dataclass(frozen=True)
class Bar:
    """A bar whose length is a share (0 to 1) of the room it has."""

    share: float
    look: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart with its words: a drawing per width, the widest first, a table twin and the rows behind it.

    The twin stands `open` where the drawing shows no values.
    """

    title: Text
    deck: Text
    alt: str
    drawings: tuple[Drawing, ...]
    twin: Table | None = None
    take: Take | None = None
    look: str = ""
    note: Text = ()
    open: bool = False


@dataclass(frozen=True)
class Fold:
    """Blocks behind a line that opens them."""

    summary: Text
    blocks: tuple[Any, ...]
    look: str = ""
    open: bool = False
    anchor: str = ""


@dataclass(frozen=True)
class Part:
    """Blocks that stand together: side by side (`panels`), a passage, a quotation (`quoted`) or an aside.

    A part with a `label` is a region of that name, which a reader can scroll by the keys.
    """

    blocks: tuple[Any, ...]
    look: str = ""
    anchor: str = ""
    lang: str = ""
    label: str = ""


@dataclass(frozen=True)
class Section:
    """One section of a page.

    `key` is its anchor, `evidence` the rows whose sentence or source it gives, in their order.
    """

    key: str
    title: Text
    kicker: Text = ()
    deck: Text = ()
    blocks: tuple[Any, ...] = ()
    look: str = ""
    lang: str = "zh"
    evidence: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Return the section as JSON that `from_json` reads back.

        >>> from_json(Section("a", (Run("b"),)).to_json()) == Section("a", (Run("b"),))
        True
        """
        return json.dumps(_packed(self), ensure_ascii=False, separators=(",", ":"))


Block = Paragraph | Heading | Items | Facts | Table | Chart | Fold | Part | Take | Calendar | Bar
KINDS = {
    kind.__name__: kind
    for kind in (Run, Paragraph, Heading, Items, Facts, Cell, Row, Group, Table)
    + (Drawing, Take, Event, Calendar, Bar, Chart, Fold, Part, Section)
}


def from_json(said: str) -> Section:
    """Return the section that `to_json` wrote."""
    made = _unpacked(json.loads(said))
    assert isinstance(made, Section)
    return made


def runs(part: Any) -> Iterator[Run]:
    """Return every run of a section or of a part of one, in reading order.

    >>> [run.text for run in runs(Paragraph((Run("a"), Run("b"))))]
    ['a', 'b']
    """
    return parts(part, Run)


def parts(part: Any, kind: type) -> Iterator[Any]:
    """Yield every part of a section that is of one kind, in reading order."""
    if isinstance(part, kind):
        yield part
    elif isinstance(part, tuple | list):
        for one in part:
            yield from parts(one, kind)
    elif type(part) in KINDS.values():
        for field in fields(part):
            yield from parts(getattr(part, field.name), kind)


def _packed(part: Any) -> Any:
    if isinstance(part, tuple):
        return [_packed(one) for one in part]
    if type(part) in KINDS.values():
        # What is as usual is left out: sections are long.
        held = {field.name: (getattr(part, field.name), field.default) for field in fields(part)}
        said = {name: _packed(value) for name, (value, usual) in held.items() if value != usual}
        return {"kind": type(part).__name__} | said
    return part


def _unpacked(said: Any) -> Any:
    if isinstance(said, list):
        return tuple(_unpacked(one) for one in said)
    if isinstance(said, dict):
        kind = KINDS[said["kind"]]
        return kind(**{name: _unpacked(value) for name, value in said.items() if name != "kind"})
    return said

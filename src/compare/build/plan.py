"""Which briefings exist: what the portfolio calls for, in each language.

A topic has a page where two cities commit to something, in numbers or in words; everything else has one once
there is such a topic.

Only the standard library and a small YAML reader are used here, so that a
build with nothing to do costs no more than reading a few tables.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from compare.asked import LANGUAGES as LANGUAGES
from compare.build.portfolio import Entry, read_portfolio
from compare.errors import CompareError, Problem
from compare.project import CURATED
from compare.tables.edition import read_edition
from compare.tables.lines import LARGEST

# A comparison needs two sides: a page on one city alone is not made.
FEWEST_CITIES = 2


@dataclass(frozen=True)
class Briefing:
    """One page to build: a notebook and the values of its parameters.

    >>> Briefing("topic-5g.zh", "topic_comparison", {"topic": "5g", "lang": "zh"}, "zh").page
    'topic-5g.zh.html'
    """

    name: str
    notebook: str
    parameters: dict[str, object] = field(hash=False)
    lang: str
    path: Path | None = None

    @property
    def page(self) -> str:
        """Return the name of its file in `reports/`."""
        return f"{self.name}.html"

    @property
    def source(self) -> Path:
        """Return where its notebook stands, seen from the root."""
        return self.path or Path("notebooks", f"{self.notebook}.ipynb")


def plan(root: Path) -> list[Briefing]:
    """Return every briefing that the portfolio and the tables in `root` call for, in the order of the former.

    Raises `CompareError` where a table or a column it needs is missing, or the portfolio holds no entries.
    """
    cities = _cities(root)
    edition = read_edition(root)
    coded = _coded_topics(root, cities)
    topics = [row["topic_id"] for row in rows(root / CURATED / "topics.csv", root, "topic_id")]
    held = {"topic": [one for one in topics if len(coded.get(one, ())) >= FEWEST_CITIES], "city": cities}
    if not held["topic"]:
        return []
    return [
        Briefing(f"{name}.{lang}", entry.notebook, own | {"lang": lang, "as_of": edition["as_of"]}, lang)
        for entry in read_portfolio(root)
        # A notebook that is not there yet has no briefings.
        if (root / "notebooks" / f"{entry.notebook}.ipynb").is_file()
        for name, own in _pages(entry, held, cities)
        for lang in LANGUAGES
    ]


def _pages(
    entry: Entry, held: dict[str, list[str]], cities: list[str]
) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the names of an entry's pages with the parameters that are theirs."""
    if not entry.each:
        yield entry.name, {"cities": cities, **entry.parameters}
        return
    others: dict[str, object] = {} if entry.each == "city" else {"cities": cities}
    for one in held[entry.each]:
        yield entry.name.replace("{" + entry.each + "}", one), {entry.each: one, **others, **entry.parameters}


def _cities(root: Path) -> list[str]:
    """Return the places that have a folder of tables, in the order of their division codes."""
    places = rows(root / CURATED / "places.csv", root, "place_id", "division_code")
    ordered = sorted(places, key=lambda row: (row["division_code"], row["place_id"]))
    return [row["place_id"] for row in ordered if (root / CURATED / row["place_id"]).is_dir()]


def _coded_topics(root: Path, cities: list[str]) -> dict[str, set[str]]:
    """Return, for each topic, the cities that have at least one coded row of it."""
    indicators = rows(root / CURATED / "indicators.csv", root, "indicator_id", "topic_id")
    topic_of = {row["indicator_id"]: row["topic_id"] for row in indicators}
    coded: dict[str, set[str]] = {}
    for city in cities:
        for topic in _topics_in(root / CURATED / city, root, topic_of):
            coded.setdefault(topic, set()).add(city)
    return coded


def _topics_in(folder: Path, root: Path, topic_of: dict[str, str]) -> Iterator[str]:
    """Yield the topic of every target, status and commitment of one city; a table it lacks has none."""
    if (folder / "targets.csv").is_file():
        targets = rows(folder / "targets.csv", root, "indicator_id")
        yield from (topic_of.get(row["indicator_id"], "") for row in targets)
    if (folder / "commitments.csv").is_file():
        yield from (row["topic_id"] for row in rows(folder / "commitments.csv", root, "topic_id"))


def rows(path: Path, root: Path, *needed: str) -> list[dict[str, str]]:
    """Return a table's rows as text, once its `needed` columns are seen to be there."""
    if not path.is_file():
        raise CompareError("A table is missing", [Problem(_shown(path, root), found="no such file")])
    if path.stat().st_size > LARGEST:
        problem = Problem(_shown(path, root), found=f"more than {LARGEST:,} bytes", expected="a table")
        raise CompareError("A table is too large", [problem])
    # Bytes that are not UTF-8 must not stop the plan: the data check names the file and the place.
    with path.open(encoding="utf-8", errors="replace", newline="") as lines:
        reader = csv.DictReader(lines)
        try:
            header = list(reader.fieldnames or ())
            lacking = [column for column in needed if column not in header]
            if lacking:
                found = ", ".join(header)
                problem = Problem(_shown(path, root), lacking[0], found=found, expected="this column")
                raise CompareError("A column is missing", [problem])
            return [{column: row[column] or "" for column in needed} for row in reader]
        except csv.Error as error:
            row = max(reader.line_num, 1)
            problem = Problem(_shown(path, root), found=str(error), expected="rows of a table", row=row)
            raise CompareError("A table cannot be read", [problem]) from None


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()

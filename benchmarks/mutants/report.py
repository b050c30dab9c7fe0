"""Count what was caught, way by way, and say why the rest cannot be seen without the release."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from benchmarks.between import write_between
from benchmarks.mutants.draw import Mutant, Way
from benchmarks.mutants.judge import Verdict

REASONS = Path(__file__).with_name("reasons.csv")
TARGET = Path("docs", "reliability.md")
BEGIN, END = "<!-- mutants: written by make mutants -->", "<!-- end of mutants -->"
# These tables are the release itself: without it there is nothing to change.
RELEASED = "release"

Drawn = Mapping[Way, list[Mutant]]
Verdicts = Mapping[str, Verdict]


def reason_of(way: Way) -> str:
    """Return why no rule on content can see a way, empty where nobody has said so.

    Lines of reasons.csv are tried in order; table, column and kind may hold `*`.
    """
    with REASONS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if all(fnmatchcase(getattr(way, name), row[name]) for name in ("table", "column", "kind")):
                return row["reason"]
    return ""


def survivors(found: list[Mutant], verdicts: Verdicts) -> list[Mutant]:
    """Return the mutants of a way that no rule on content caught."""
    return [one for one in found if not verdicts[one.name].rule]


def unexplained(drawn: Drawn, verdicts: Verdicts) -> Iterator[str]:
    """Yield the ways that something is wrong with: a crash, a change the release misses, no reason given."""
    for way, found in drawn.items():
        for one in found:
            if verdicts[one.name].crash:
                yield f"{one.name}: ended in {verdicts[one.name].crash}"
            elif not verdicts[one.name].release:
                yield f"{one.name}: passes with the release too"
        if way.table != RELEASED and survivors(found, verdicts) and not reason_of(way):
            left = survivors(found, verdicts)
            told = f"{len(left)} of {len(found)} pass without the release"
            yield f"{way.table}.{way.column} / {way.kind}: {told}"


def report(drawn: Drawn, verdicts: Verdicts, seed: int) -> str:
    """Return the section of docs/reliability.md."""
    content = {way: found for way, found in drawn.items() if way.table != RELEASED}
    made = [one for found in drawn.values() for one in found]
    inside = [one for found in content.values() for one in found]
    caught = [one for one in inside if verdicts[one.name].rule]
    sealed = [one for one in made if verdicts[one.name].release]
    whole = [way for way, found in content.items() if found and not survivors(found, verdicts)]
    drawable = [way for way, found in content.items() if found]
    head = [
        f"Seed {seed}: {len(drawn)} ways, {len(made)} mutants. "
        f"{sum(not found for found in drawn.values())} ways can change nothing "
        "(an empty column, a cell without a figure, a table without a city).",
        "",
        f"- With the release: {len(sealed)} of {len(made)} caught ({_share(len(sealed), len(made))}).",
        f"- Without it: {len(caught)} of {len(inside)} caught ({_share(len(caught), len(inside))}); "
        f"{len(whole)} of {len(drawable)} ways at 100 %.",
        "",
        "| table | ways | mutants | caught without the release | ways at 100 % |",
        "|---|---|---|---|---|",
    ]
    tables = dict.fromkeys(way.table for way in content)
    lines = [
        _table(table, {w: f for w, f in content.items() if w.table == table}, verdicts) for table in tables
    ]
    return "\n".join([*head, *lines, "", *_short(content, verdicts)])


def _table(table: str, ways: Drawn, verdicts: Verdicts) -> str:
    found = [one for mutants in ways.values() for one in mutants]
    caught = sum(bool(verdicts[one.name].rule) for one in found)
    drawable = [mutants for mutants in ways.values() if mutants]
    whole = sum(not survivors(mutants, verdicts) for mutants in drawable)
    return f"| {table} | {len(drawable)} | {len(found)} | {_share(caught, len(found))} | {whole} |"


def _short(ways: Drawn, verdicts: Verdicts) -> Iterator[str]:
    yield "Ways short of 100 % without the release, with the survivors and why no rule can see them:"
    yield ""
    yield "| way | caught | survivors | why |"
    yield "|---|---|---|---|"
    for way, found in ways.items():
        left = survivors(found, verdicts)
        if left:
            place = f"{way.table}.{way.column}" if way.column else way.table
            ids = ", ".join(f"{one.number} ({_key(one)})" for one in left)
            caught = f"{len(found) - len(left)} of {len(found)}"
            yield f"| {place} / {way.kind} | {caught} | {ids} | {reason_of(way)} |"


def _key(mutant: Mutant) -> str:
    return re.sub(r"[|\n]", " ", mutant.row)[:40]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def write_report(root: Path, text: str) -> Path:
    """Write the section between its marks in docs/reliability.md and return its path."""
    write_between(root / TARGET, (BEGIN, END), text)
    return TARGET

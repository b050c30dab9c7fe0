"""What can be said of a document's rows only once all is written."""

from __future__ import annotations

import re

from compare.texts.keywords import keyword_hits
from compare.texts.source import Document
from made_up.coding import Coding
from made_up.writing import Cut, Place, Row, cut

RUNS = re.compile(r"\d+|[〇零一二三四五六七八九十百千万亿两半]+")
EXACT = ("day", "ten_day", "month", "quarter", "half_year", "year")


def settle(coding: Coding) -> None:
    """Let every promise that is stated more than once point at its operative statement.

    That is the one dated most exactly; what else is a numeral is told to be part of a name.
    """
    stated: dict[str, list[Row]] = {}
    for row in coding.rows.get("targets", ()):
        stated.setdefault(row["indicator_id"], []).append(row)
    for rows in stated.values():
        promised = [row for row in rows if row["kind"] == "target"]
        operative = min(promised, key=_exactness)
        for row in rows:
            if row["kind"] == "status":
                operative["baseline_target_id"] = row["target_id"]
            elif row is not operative:
                row["restates_target_id"] = operative["target_id"]
    _names(coding)


def _names(coding: Coding) -> None:
    """Exclude the numerals of names, such as that of 5G: they are all that nothing explains yet."""
    places = [
        cell.place
        for table in ("targets", "deadlines", "exclusions")
        for row in coding.rows.get(table, ())
        for name in ("value_text", "due_text", "text")
        if isinstance(cell := row.get(name), Cut)
    ]
    known = bytearray(len(coding.writing.text))
    for start, end in places:
        known[start:end] = b"\x01" * (end - start)
    for run in RUNS.finditer(coding.writing.text):
        if not all(known[run.start() : run.end()]):
            coding.exclude("name", Place(*run.span()), "名称里的数字")


def keep(coding: Coding, topics: set[str]) -> None:
    """Keep the rows of these topics alone: what else the document holds is not coded yet."""
    of = {row["commitment_id"]: row for row in coding.rows.get("commitments", ())}
    kept = {key: row for key, row in of.items() if row["topic_id"] in topics}
    coding.rows["commitments"] = list(kept.values())
    coding.rows["targets"] = [r for r in coding.rows.get("targets", ()) if r["topic_id"] in topics]
    coding.rows["mentions"] = [r for r in coding.rows.get("mentions", ()) if r["topic_id"] in topics]
    dated = {row["deadline_id"] for row in kept.values()}
    coding.rows["deadlines"] = [r for r in coding.rows.get("deadlines", ()) if r["deadline_id"] in dated]
    shown = {
        r.get("target_id") or r.get("mention_id") for n in ("targets", "mentions") for r in coding.rows[n]
    }
    coding.rows["translations"] = [r for r in coding.rows.get("translations", ()) if r["row_id"] in shown]


def explain(coding: Coding, keywords: dict[str, list[str]]) -> None:
    """Add a mention for every place where a keyword of an indicator says something else.

    The places are the library's own hits: where cells of a table lost their borders, a clause is longer than
    what was said in one go.
    """
    document = Document("as-written", coding.writing.text, "")
    for indicator, words in keywords.items():
        own = [row for row in _figures(coding) if row["indicator_id"] == indicator]
        quoted = [row["quote"].place for row in own]
        for _, hit in keyword_hits(document, ";".join(words)):
            if not any(place.start <= hit.start and hit.end <= place.end for place in quoted):
                quoted.append(_other_sense(coding, indicator, Place(hit.start, hit.end)))


def _figures(coding: Coding) -> list[Row]:
    return [*coding.rows.get("targets", ()), *coding.rows.get("mentions", ())]


def _other_sense(coding: Coding, indicator: str, hit: Place) -> Place:
    around = [place for place in coding.clauses_said if place.start <= hit.start and hit.end <= place.end]
    place = min(around, key=lambda one: one.end - one.start, default=hit)
    dues = {row["deadline_id"]: row["due_on"] for row in coding.rows.get("deadlines", ())}
    days = [
        dues.get(row["deadline_id"], "")
        for row in coding.rows.get("commitments", ())
        if row["action_zh"].place == place
    ]
    coding.add("mentions", mention_id=coding.keys.next("m"), indicator_id=indicator, note="另有所指",
        due_on=(days or [""])[0],
             **{"class": "other_sense"}, **cut("quote", place, "quote_start", "quote_end"))  # fmt: skip
    return place


def _exactness(row: Row) -> tuple[int, int, str]:
    source = {"carried": 1, "period": 2}.get(row["due_source"], 0)
    return source, EXACT.index(row["due_precision"]), row["due_on"]

"""Rules that read again what a document prints of itself: its metadata, tasks, ledger and agencies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from compare.errors import CompareError, Problem
from compare.language.spans import Span
from compare.language.stated import read_stated
from compare.rules.rows import Row, rows_of, shown
from compare.tables.book import Book
from compare.texts.cleaning import simplified
from compare.texts.quotes import locate
from compare.texts.source import Document

ROLES = ("lead_ids", "support_ids", "responsible_ids")
CLOSING = "。.!！?？;；)）”’」"
# Brackets that copies lose: 〔2020〕47号 becomes 202047号.
BRACKETS = str.maketrans("", "", "〔〕[]［］()（） \u3000\n\r")
DRAFT, WORK_POINTS = ("代拟稿", "征求意见", "草案", "讨论稿", "送审稿"), ("要点",)
# From this share of its characters on that Simplified script writes otherwise, a text is Traditional.
TRADITIONAL = 0.05


def sources_are_printed(book: Book) -> Iterator[Problem]:
    """Title, number, issuer, dates, period and script of a document stand in its text, or, where it is not
    at hand, in that of one that cites it."""
    texts = {name: document.raw.translate(BRACKETS) for name, document in book.documents.items()}
    for row in rows_of(book, "sources"):
        document = book.documents.get(row.cells["source_id"])
        printed = [texts[row.cells["source_id"]]] if document else list(texts.values())
        yield from _named(row, document, book)
        yield from _numbered(row, printed)
        yield from _period(row, printed)
        if document:
            yield from _at_hand(row, document)
        else:
            yield from _elsewhere(row)


def _named(row: Row, document: Document | None, book: Book) -> Iterator[Problem]:
    documents = [document] if document else list(book.documents.values())
    where = "the document" if document else "a document at hand"
    for column in ("title_zh", "issuer_zh") if document else ("title_zh",):
        words = row.cells[column]
        # What is supplied stands in 〔〕; the years behind a title may be missing where others cite it.
        if pd.isna(words) or words.startswith("〔"):
            continue
        bare = words if document else re.sub(r"[(（][^()（）]*[)）]$", "", words)
        if not any(locate(one, bare) for one in documents) and not _part_of(words, book, row):
            yield row.problem(
                column, words, f"words that {where} prints", "correct it, or put a supplied one in 〔〕"
            )
    cited = [] if pd.isna(row.cells["cites_zh"]) else row.cells["cites_zh"].split(";")
    for words in cited:
        if document is None or not locate(document, words):
            yield row.problem("cites_zh", words, "words that the document prints", "correct it or remove it")


def _part_of(title: str, book: Book, row: Row) -> bool:
    """Tell the annex of a document at hand, which is named after it."""
    titles = book.sources["title_zh"][book.sources["place_id"] == row.cells["place_id"]]
    return any(title != other and title.startswith(other) for other in titles)


def _numbered(row: Row, printed: list[str]) -> Iterator[Problem]:
    number = row.cells["document_number"]
    if not pd.isna(number) and not any(number.translate(BRACKETS) in text for text in printed):
        yield row.problem("document_number", number, "a number that a document at hand prints", "correct it")


def _period(row: Row, printed: list[str]) -> Iterator[Problem]:
    words = row.cells["period_text"]
    columns = ("period_start", "period_end")
    if pd.isna(words):
        for column in columns:
            if not pd.isna(row.cells[column]):
                yield row.problem(column, row.cells[column], "nothing", "period_text names no period")
        return
    try:
        said = read_stated(words)
    except CompareError as error:
        yield row.problem("period_text", words, "years as 2020, 2019/2022 or 十四五", str(error))
        return
    for column, day in zip(columns, (said.start, said.end), strict=True):
        if pd.isna(row.cells[column]) or row.cells[column].date() != day:
            yield row.problem(column, row.cells[column], day.isoformat(), f"period_text says {words}")
    named = [row.cells["title_zh"]] if pd.isna(row.cells["path"]) else printed
    for part in words.split("/"):
        if not any(part[:4] in text for text in named):
            yield row.problem(
                "period_text", words, "years that the document names", f"it does not say {part[:4]}"
            )


def _at_hand(row: Row, document: Document) -> Iterator[Problem]:
    cells = row.cells
    text = document.raw.translate(BRACKETS)
    for column in ("drawn_up_on", "published_on"):
        day = cells[column]
        if not pd.isna(day) and not any(form in text for form in _forms(day)):
            yield row.problem(column, day, "a day that the text prints", "correct it, or leave it empty")
    expected = f"{cells['place_id']}/{cells['source_id']}.txt"
    if cells["path"] != expected:
        yield row.problem("path", cells["path"], expected, "the file is named after the document")
    changed = sum(len(edit.new) for edit in simplified(document.reading.text))
    script = "Hant" if changed > TRADITIONAL * len(document.reading.text) else "Hans"
    if cells["script"] != script:
        yield row.problem("script", cells["script"], script, "the characters of the text say so")
    yield from _status(row)
    dated = [cells[name] for name in ("drawn_up_on", "published_on") if not pd.isna(cells[name])]
    if dated != sorted(dated):
        yield row.problem(
            "published_on",
            cells["published_on"],
            f"a day from {shown(dated[0])} on",
            "nothing is published before it is signed",
        )


def _forms(day: pd.Timestamp) -> tuple[str, ...]:
    return (f"{day.year}年{day.month}月{day.day}日", f"{day:%Y-%m-%d}", f"{day:%Y/%m/%d}", f"{day:%Y.%m.%d}")


def _status(row: Row) -> Iterator[Problem]:
    title, status = shown(row.cells["title_zh"]), row.cells["status"]
    told = (
        "draft"
        if any(word in title for word in DRAFT)
        else ("work_points" if any(word in title for word in WORK_POINTS) else "adopted")
    )
    if status != told and pd.isna(row.cells["note"]):
        yield row.problem("status", status, told, "the title says so; if it misleads, say why in note")
    elif status != told and status == "adopted":
        yield row.problem("status", status, told, "the title says so")
    elif status == "draft" and not any(word in title for word in DRAFT):
        yield row.problem("status", status, told, "no word of the title says that it is a draft")
    elif status == "work_points" and told != "work_points":
        yield row.problem("status", status, told, "no word of the title says so")


def _elsewhere(row: Row) -> Iterator[Problem]:
    for column in ("drawn_up_on", "published_on", "script", "sha256", "coded_topics"):
        if not pd.isna(row.cells[column]):
            yield row.problem(column, row.cells[column], "nothing", "the document is not at hand")
    if row.cells["coding_state"] != "registered":
        yield row.problem(
            "coding_state", row.cells["coding_state"], "registered", "nothing of it can be coded"
        )


def tasks_are_printed(book: Book) -> Iterator[Problem]:
    """A task begins with its number and title, ends with its last mark, and holds its commitments."""
    held: dict[tuple[str, str], list[Row]] = {}
    for row in rows_of(book, "tasks"):
        section, running = _section(row.cells["number"])
        held.setdefault((row.cells["source_id"], section), []).append(row)
        document = book.documents.get(row.cells["source_id"])
        if document and row.span("start", "end"):
            yield from _edges(row, document)
    for rows in held.values():
        yield from _sequence(book, sorted(rows, key=lambda row: row.cells["start"]))


def _section(number: Any) -> tuple[str, int]:
    """Return what a task's number stands under, and the number itself: 二(一)3 is the third of 二(一)."""
    number = shown(number)
    match = re.fullmatch("(.*?)([0-9]+)", number)
    if match:
        return match[1], int(match[2])
    head, _, last = number.rpartition("(")
    digits = "零一二三四五六七八九十"
    return f"{head}(", digits.find(last.rstrip(")")) if last.rstrip(")") in digits else 0


def _sequence(book: Book, rows: list[Row]) -> Iterator[Problem]:
    """Yield the tasks of one section whose number or title does not follow from the text before them."""
    for at, row in enumerate(rows):
        before = rows[at - 1] if at else None
        section, running = _section(row.cells["number"])
        expected = 1 if before is None else _section(before.cells["number"])[1] + 1
        if running != expected:
            yield row.problem(
                "number",
                row.cells["number"],
                f"the number {expected} of {section or 'the plan'}",
                "numbers run on: restore the task that is missing, or correct the number",
            )
        document = book.documents.get(row.cells["source_id"])
        if document and row.span("start", "end") and not _opens(row, before, document):
            yield row.problem(
                "title_zh",
                row.cells["title_zh"],
                "the words behind the number, where the range begins",
                f"the text reads “{document.reading.cut(Span(row.cells['start'], row.cells['start'] + 40))}”",
            )


def _opens(row: Row, before: Row | None, document: Document) -> bool:
    """Tell whether a task's words open with its number and title, or go on under a head already given."""
    number, title = shown(row.cells["number"]), shown(row.cells["title_zh"])
    text = document.reading.cut(Span(row.cells["start"], row.cells["end"]))
    section, running = _section(number)
    marks = [f"{running}.", f"{running}、", f"{running}．", f"{running} "] if section[-1:] != "(" else []
    marks += [number[number.rfind("(") :]] if number.endswith(")") else []
    marks += [section[section.rfind("(") :]] if section.endswith(")") and before is None else []
    if any(text.startswith(f"{mark}{title}") for mark in marks):
        return True
    if before is not None and section and section[-1:] != "(":
        return bool(before.cells["title_zh"] == title)
    ahead = document.reading.cut(Span(max(0, row.cells["start"] - len(title) - 8), row.cells["start"]))
    return bool(section) and before is None and f"{section}、{title}" in ahead


def _edges(row: Row, document: Document) -> Iterator[Problem]:
    start, end = row.cells["start"], row.cells["end"]
    words, after = document.raw[start:end], document.raw[end : end + 1]
    whole = words == words.strip() and words[-1:] in CLOSING and after not in tuple(CLOSING)
    # A column of agencies closes an entry without a mark.
    if not whole and not (words == words.strip() and row.table == "ledger"):
        yield row.problem(
            "end", end, "the place behind the last mark of the task", f"the range ends with “{words[-12:]}”"
        )


def tasks_hold_their_clauses(book: Book) -> Iterator[Problem]:
    """A commitment names the task whose range it stands in, and none where it stands in none."""
    spans: dict[str, list[tuple[int, int, str]]] = {}
    for cells in book.records("tasks"):
        spans.setdefault(cells["source_id"], []).append((cells["start"], cells["end"], cells["task_id"]))
    for row in rows_of(book, "commitments"):
        inside = [
            task
            for start, end, task in spans.get(row.cells["source_id"], ())
            if start <= row.cells["start"] < end
        ]
        told = shown(row.cells["task_id"])
        if told != (inside[0] if inside else ""):
            yield row.problem(
                "task_id",
                told,
                inside[0] if inside else "nothing",
                "tasks.csv says where each task begins and ends",
            )


def ledgers_are_printed(book: Book) -> Iterator[Problem]:
    """An entry of a ledger is its number, unit, task, plan and other leads, as they follow in the text."""
    before: dict[str, Any] = {}
    for row in rows_of(book, "ledger"):
        document = book.documents.get(row.cells["source_id"])
        if document is None or row.span("start", "end") is None:
            continue
        text = _bare(document.reading.cut(Span(row.cells["start"], row.cells["end"])))
        cells = [shown(row.cells[name]) for name in ("task_zh", "plan_zh", "other_leads_zh")]
        rest, unit = _bare("".join(cells)), _bare(shown(row.cells["unit_zh"]))
        # A cell joined over several entries prints number and unit once, or its unit once for each of them.
        head = text.removesuffix(rest) if text.endswith(rest) else None
        joined = (before.get("number"), before.get("unit_zh")) == (row.cells["number"], row.cells["unit_zh"])
        opened = head is not None and re.fullmatch(f"{row.cells['number']}(?:{re.escape(unit)})+", head)
        if not opened and not (head == "" and joined):
            yield row.problem(
                "number, unit_zh, task_zh, plan_zh, other_leads_zh",
                "".join(map(str, [row.cells["number"], unit, rest]))[:40],
                f"the words of its range: “{text[:40]}”",
                "correct the cells or the range",
            )
        before = row.cells


def _bare(words: str) -> str:
    return "".join(words.split())


def agencies_are_named(book: Book) -> Iterator[Problem]:
    """Every agency that a task names is listed, belongs to its city or a place above it, and stands in the
    task's words; every agency listed is named by a task or by an annexed ledger."""
    agencies = {cells["agency_id"]: cells for cells in book.records("agencies")}
    above = dict(zip(book.places["place_id"], book.places["parent_id"], strict=True))
    used: set[str] = set()
    for row in rows_of(book, "tasks"):
        homes = _lineage(row.cells["city_id"], above)
        document = book.documents.get(row.cells["source_id"])
        span = row.span("start", "end")
        words = document.reading.cut(span) if document and span else ""
        held: dict[str, str] = {}
        for role in ROLES:
            for name in [] if pd.isna(row.cells[role]) else row.cells[role].split(";"):
                used.add(name)
                if name in held:
                    yield row.problem(role, name, "one role for each agency", f"{held[name]} names it too")
                held[name] = role
                agency = agencies.get(name)
                if agency is None:
                    yield row.problem(role, name, "an agency of agencies.csv", "correct it or add the agency")
                elif agency["place_id"] not in homes:
                    yield row.problem(
                        role,
                        name,
                        f"an agency of {' or '.join(homes)}",
                        f"that one is of {agency['place_id']}",
                    )
                elif not any(_bare(one) in _bare(words) for one in names_of(agency)):
                    yield row.problem(
                        role,
                        name,
                        "an agency that the task names",
                        f"the task does not say {agency['name_zh']}",
                    )
        yield from _unlisted(row, words, agencies)
    places = dict(zip(book.sources["source_id"], book.sources["place_id"], strict=True))
    leads: dict[str, list[str]] = {}
    for cells in book.records("ledger"):
        told = (cells["unit_zh"], cells["other_leads_zh"])
        leads.setdefault(cells["city_id"], []).extend(words for words in told if not pd.isna(words))
    for row in rows_of(book, "agencies"):
        said = leads.get(row.cells["place_id"], [])
        named = any(name in words for name in names_of(row.cells) for words in said)
        if row.cells["agency_id"] not in used and not named:
            expected = "an agency that a task or a ledger names"
            yield row.problem("agency_id", row.cells["agency_id"], expected, "remove it")
        texts = [one for name, one in book.documents.items() if places[name] == row.cells["place_id"]]
        other = names_of(row.cells)[1:]
        # The full name may stand nowhere, the names in use must.
        for name in other or names_of(row.cells):
            if not any(name in one.raw or locate(one, name) for one in texts):
                column = "aliases_zh" if other else "name_zh"
                yield row.problem(column, name, "a name that a document of the place prints", "correct it")


def _lineage(place: str, above: dict[str, str]) -> list[str]:
    """Return a place and those above it; a circle of parents ends where it closes."""
    found: list[str] = []
    while place in above and place not in found:
        found.append(place)
        place = above[place]
    return found


def names_of(agency: dict[str, Any]) -> list[str]:
    """Return the names of an agency, its own first."""
    other = agency["aliases_zh"]
    return [agency["name_zh"], *([] if pd.isna(other) else other.split(";"))]


def _unlisted(row: Row, words: str, agencies: dict[str, dict[str, Any]]) -> Iterator[Problem]:
    """Yield the agencies of the city that a closing note of agencies names and no role holds."""
    note = re.search("[(（][^()（）]*(?:牵头|负责|责任单位|配合)[^()（）]*[)）]$", _bare(words))
    if note is None:
        return
    listed = {name for role in ROLES if not pd.isna(row.cells[role]) for name in row.cells[role].split(";")}
    own = [agency for agency in agencies.values() if agency["place_id"] == row.cells["city_id"]]
    claimed = [_bare(name) for agency in own if agency["agency_id"] in listed for name in names_of(agency)]
    rest = note[0]
    for name in sorted(claimed, key=len, reverse=True):
        rest = rest.replace(name, "｜")
    for agency in own:
        if agency["agency_id"] not in listed and any(_bare(name) in rest for name in names_of(agency)):
            yield row.problem(
                "lead_ids, support_ids, responsible_ids",
                agency["agency_id"],
                "an agency in one of the roles",
                f"the note reads {note[0][:60]}",
            )

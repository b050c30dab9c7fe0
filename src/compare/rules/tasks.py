"""Rules that read again the tasks of a document and the entries of its annexed table `ledger`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.errors import Problem
from compare.language.spans import Span
from compare.rules.rows import Row, grouped, rows_of
from compare.tables.book import Book
from compare.texts.source import Document

CLOSING = "。.!！?？;；)）”’」"
DIGITS = "零一二三四五六七八九十"
ENTRY = ("number", "unit_zh", "task_zh", "plan_zh", "other_leads_zh")


def tasks_are_printed(book: Book) -> Iterator[Problem]:
    """A task begins with its number and title, ends with its last mark, and follows the one before it."""
    sections: dict[tuple[str, str], list[Row]] = {}
    for row in rows_of(book, "tasks"):
        section, _ = _section(row.text("number"))
        sections.setdefault((row["source_id"], section), []).append(row)
        if row.document and row.span():
            yield from _edges(row, row.document)
    for rows in sections.values():
        yield from _sequence(sorted(rows, key=lambda row: row["start"]))


def _section(number: str) -> tuple[str, int]:
    """Return what a task's number stands under, and the number itself: 二(一)3 is the third of 二(一)."""
    match = re.fullmatch("(.*?)([0-9]+)", number)
    if match:
        return match[1], int(match[2])
    head, _, last = number.rpartition("(")
    return f"{head}(", max(0, DIGITS.find(last.rstrip(")")))


def _edges(row: Row, document: Document) -> Iterator[Problem]:
    words, after = document.raw[row["start"] : row["end"]], document.raw[row["end"] : row["end"] + 1]
    if words != words.strip() or words[-1:] not in CLOSING or after in tuple(CLOSING):
        expected = "the place behind the last mark of the task"
        yield row.wrong("end", expected, f"the range ends with “{words[-12:]}”")


def _sequence(rows: list[Row]) -> Iterator[Problem]:
    """Yield the tasks of one section whose number or title does not follow from the text before them."""
    before = None
    for row in rows:
        section, running = _section(row.text("number"))
        expected = 1 if before is None else _section(before.text("number"))[1] + 1
        if running != expected:
            todo = "numbers run on: restore the task that is missing, or correct the number"
            yield row.wrong("number", f"the number {expected} of {section or 'the plan'}", todo)
        if row.document and row.span() and not _opens(row, before, row.document):
            opening = row.document.reading.cut(Span(row["start"], row["start"] + 40))
            expected_words = "the words behind the number, where the range begins"
            yield row.wrong("title_zh", expected_words, f"the text reads “{opening}”")
        before = row


def _opens(row: Row, before: Row | None, document: Document) -> bool:
    """Tell whether a task's words open with its number and title, or go on under a head already given."""
    number, title = row.text("number"), row.text("title_zh")
    section, running = _section(number)
    under_digit = section[-1:] != "("
    marks = [f"{running}{mark}" for mark in ".、． "] if under_digit else []
    marks += [number[number.rfind("(") :]] if number.endswith(")") else []
    marks += [section[section.rfind("(") :]] if section.endswith(")") and before is None else []
    if any(row.words().startswith(f"{mark}{title}") for mark in marks):
        return True
    if before is not None:
        return bool(section) and under_digit and before["title_zh"] == title
    ahead = document.reading.cut(Span(max(0, row["start"] - len(title) - 8), row["start"]))
    return bool(section) and f"{section}、{title}" in ahead


def tasks_hold_their_clauses(book: Book) -> Iterator[Problem]:
    """A commitment names the task whose range it stands in, and none where it stands in none."""
    tasks = grouped(rows_of(book, "tasks"), "source_id")
    for row in rows_of(book, "commitments"):
        around = tasks.get((row["source_id"],), ())
        inside = [task["task_id"] for task in around if task["start"] <= row["start"] < task["end"]]
        told = {"task_id": inside[0] if inside else ""}
        yield from row.unlike(told, "tasks.csv says where each task begins and ends")


def ledgers_are_printed(book: Book) -> Iterator[Problem]:
    """An entry of a ledger is its number, unit, task, plan and other leads, as they follow in the text."""
    before: tuple[str, ...] = ()
    for row in rows_of(book, "ledger"):
        if row.document is None or row.span() is None:
            continue
        text = bare(row.words())
        number, unit, *cells = (bare(row.text(name)) for name in ENTRY)
        rest = "".join(cells)
        # A cell joined over several entries prints number and unit once, or its unit once for each of them.
        head = text.removesuffix(rest) if text.endswith(rest) else None
        opened = head is not None and re.fullmatch(f"{number}(?:{re.escape(unit)})+", head)
        if not opened and not (head == "" and before == (number, unit)):
            expected = f"the words of its range: “{text[:40]}”"
            found = f"{number}{unit}{rest}"[:40]
            yield row.problem(", ".join(ENTRY), found, expected, "correct the cells or the range")
        before = (number, unit)


def bare(words: str) -> str:
    """Return words without blanks.

    >>> bare("大数 据局")
    '大数据局'
    """
    return "".join(words.split())

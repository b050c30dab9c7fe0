"""Rules across rows, tables and texts: every curated figure is held against the words it came from.

Each rule takes the book and yields problems; `check` runs them all. Rules speak
of one thing each, so that a new rule is a new function in `RULES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pandas as pd
import regex

from compare.errors import CompareError, Problem
from compare.language.dates import Due, parse_due
from compare.language.quantities import Quantity, parse_quantity
from compare.language.spans import Span
from compare.tables.book import Book
from compare.texts.quotes import locate
from compare.texts.source import Document

SPANS = {
    "deadlines": (("due_text", "due_start", "due_end"),),
    "commitments": (("action_zh", "start", "end"),),
    "other_clauses": (("text_zh", "start", "end"),),
    "exclusions": (("text", "start", "end"),),
    "mentions": (("quote", "quote_start", "quote_end"),),
    "targets": (("value_text", "value_start", "value_end"), ("due_text", "due_start", "due_end"),
                ("quote", "quote_start", "quote_end")),
}
NEW_IN_PERIOD = ("新建", "新增", "新开通", "新開通", "新創建", "新创建")


def check(book: Book) -> list[Problem]:
    """Return every problem of the book's content, in the order of tables and rows."""
    return [problem for rule in RULES for problem in rule(book)]


class Row(NamedTuple):
    """One row with the words to name it by."""

    book: Book
    table: str
    at: int
    cells: dict[str, Any]

    def problem(self, column: str, found: object, expected: str, todo: str) -> Problem:
        file, row = self.book.origins[self.table][self.at]
        key = next((_shown(self.cells[name]) for name in self.cells if name.endswith("_id") and name not in
                    ("city_id", "topic_id")), None)
        return Problem(file, column, _shown(found), expected, todo, row=row, key=key)

    def span(self, start: str, end: str) -> Span | None:
        a, b = self.cells[start], self.cells[end]
        return None if pd.isna(a) or pd.isna(b) or a > b else Span(int(a), int(b))


def _shown(value: Any) -> str:
    """Return a cell as its file writes it."""
    return "" if pd.isna(value) else f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


def rows_of(book: Book, table: str) -> Iterator[Row]:
    """Return the rows of a table one by one."""
    frame: pd.DataFrame = getattr(book, table)
    for at, cells in enumerate(frame.to_dict("records")):
        yield Row(book, table, at, cells)


def texts_stand(book: Book) -> Iterator[Problem]:
    """Every quoted text is re-sliced from the raw file by its offsets."""
    for table, triples in SPANS.items():
        for row in rows_of(book, table):
            for triple in triples:
                yield from _resliced(row, *triple)


def _resliced(row: Row, text: str, start: str, end: str) -> Iterator[Problem]:
    words = row.cells[text]
    if pd.isna(words):
        if not pd.isna(row.cells[start]):
            yield row.problem(text, "", "the words of its offsets", f"give the words or empty {start} and {end}")
        return
    document = row.book.documents.get(row.cells["source_id"])
    if document is None:
        yield row.problem("source_id", row.cells["source_id"], "a document at hand", "its text is not under data/raw")
        return
    span = row.span(start, end)
    if span is None or span.end > len(document.raw):
        yield row.problem(start, row.cells[start], f"offsets within the {len(document.raw)} characters of the raw text",
                          f"set {start} and {end} to where the words stand")
        return
    inner = document.reading.from_raw(span)
    if inner.slice(document.reading.text) == words and document.reading.to_raw(inner) == span:
        return
    nearest = sorted(locate(document, words), key=lambda hit: abs(hit.start - span.start))[:3]
    found = [f"{hit.start}–{hit.end}" for hit in nearest]
    where = f"the words stand at {' or '.join(found)}" if found else "the document does not say these words"
    yield row.problem(f"{start}–{end}", f"{span.start}–{span.end} = {document.raw[span.start:span.end][:40]}",
                      f"“{words[:40]}”", where)


def values_agree(book: Book) -> Iterator[Problem]:
    """Every value is read again from its words."""
    for row in rows_of(book, "targets"):
        try:
            said = parse_quantity(row.cells["value_text"])
        except CompareError as error:
            yield row.problem("value_text", row.cells["value_text"], "a numeral with its unit", str(error))
            continue
        for column, value in _stated(said).items():
            held = row.cells[column]
            held = None if pd.isna(held) else held
            if held != value:
                yield row.problem(column, _plain(held), _plain(value) or "nothing",
                                  f"the text says “{row.cells['value_text']}”")


def _stated(said: Quantity) -> dict[str, Any]:
    return {"comparator": said.comparator, "value_low": said.low, "value_high": said.high}


def _plain(value: Any) -> str:
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)


def dates_agree(book: Book) -> Iterator[Problem]:
    """Every date is read again from its words, the year from the plan where the words lack it."""
    ends = book.sources.set_index("source_id")["period_end"]
    for table in ("deadlines", "targets"):
        for row in rows_of(book, table):
            end = ends[row.cells["source_id"]]
            if pd.isna(row.cells["due_text"]) or pd.isna(end):
                continue
            year = None if row.cells["due_source"] == "explicit" else end.year
            try:
                due = parse_due(row.cells["due_text"], year=year)
            except CompareError as error:
                yield row.problem("due_text", row.cells["due_text"], "a time expression", str(error))
                continue
            yield from _same_due(row, due)


def _same_due(row: Row, due: Due) -> Iterator[Problem]:
    told = {"due_on": due.on, "due_precision": due.precision, "recurrence": due.recurrence or None}
    for column, value in told.items():
        held = row.cells[column]
        held = None if pd.isna(held) else held.date() if column == "due_on" else held
        if held != value:
            yield row.problem(column, held or "", str(value or "nothing"), f"the text says “{row.cells['due_text']}”")


def dues_follow(book: Book) -> Iterator[Problem]:
    """A target's due date is its deadline's, or the plan's end where no phrase governs it."""
    deadlines = book.deadlines.set_index("deadline_id").to_dict("index")
    ends = book.sources.set_index("source_id")["period_end"]
    for row in rows_of(book, "targets"):
        cells = row.cells
        if cells["kind"] == "status":
            if not pd.isna(cells["due_on"]):
                yield row.problem("due_on", cells["due_on"], "nothing", "a status has no due date")
        elif cells["due_source"] == "period":
            end = ends[cells["source_id"]]
            if not pd.isna(end) and cells["due_on"] != end:
                yield row.problem("due_on", cells["due_on"], _shown(end), "due_source period takes the plan's own end")
        elif pd.isna(cells["deadline_id"]):
            yield row.problem("deadline_id", "", "a deadline", "name it, or set due_source to period")
        else:
            yield from _as_deadline(row, deadlines[cells["deadline_id"]])


def _as_deadline(row: Row, deadline: dict[str, Any]) -> Iterator[Problem]:
    for column in ("source_id", "due_text", "due_start", "due_end", "due_on", "due_precision"):
        held, told = row.cells[column], deadline[column]
        if _shown(held) != _shown(told):
            yield row.problem(column, held, _shown(told) or "nothing",
                              f"{row.cells['deadline_id']} says so in deadlines.csv")
    document = row.book.documents.get(row.cells["source_id"])
    if document is None or pd.isna(row.cells["due_end"]):
        return
    start, end = int(row.cells["due_end"]), int(row.cells["value_start"])
    crossed = start < end and any(mark in document.reading.cut(Span(start, end)) for mark in "。\n")
    expected = "carried" if crossed else deadline["due_source"]
    if row.cells["due_source"] != expected:
        yield row.problem("due_source", row.cells["due_source"], expected,
                          "the time expression stands in " + ("an earlier sentence" if crossed else "the same sentence"))


def quotes_hold(book: Book) -> Iterator[Problem]:
    """The value stands inside its quote, and the quote inside or around its commitment's clause."""
    clauses = {cells["commitment_id"]: cells for cells in book.commitments.to_dict("records")}
    for row in rows_of(book, "targets"):
        value, quote = row.span("value_start", "value_end"), row.span("quote_start", "quote_end")
        if value and quote and not quote.contains(value):
            yield row.problem("quote_start–quote_end", f"{quote.start}–{quote.end}", f"a range around {value.start}–{value.end}",
                              "quote the words that hold the value")
        clause = clauses.get(row.cells["commitment_id"])
        if row.cells["kind"] == "target" and clause is None:
            yield row.problem("commitment_id", "", "a commitment", "a target quantifies one")
        elif clause and value and not (clause["source_id"] == row.cells["source_id"]
                                       and clause["start"] <= value.start <= value.end <= clause["end"]):
            yield row.problem("commitment_id", row.cells["commitment_id"], "the clause that holds the value",
                              f"that clause is “{clause['action_zh'][:30]}”")


def measures_fit(book: Book) -> Iterator[Problem]:
    """Unit and basis fit the indicator and the wording; one statement is one row."""
    indicators = book.indicators.set_index("indicator_id")["unit_id"]
    for row in rows_of(book, "targets"):
        cells = row.cells
        if cells["unit_id"] != indicators[cells["indicator_id"]]:
            yield row.problem("unit_id", cells["unit_id"], indicators[cells["indicator_id"]],
                              f"{cells['indicator_id']} is kept in it")
        rate = cells["basis"] in ("rate", "growth")
        if rate != (cells["unit_id"] == "percent"):
            yield row.problem("basis", cells["basis"], "rate or growth" if not rate else "stock, flow or ambiguous",
                              f"the unit is {cells['unit_id']}")
        before = regex.split("[,，;；。]", cells["quote"].split(cells["value_text"])[0])[-1]
        new = [word for word in NEW_IN_PERIOD if word in before]
        if new and cells["basis"] in ("stock", "ambiguous"):
            yield row.problem("basis", cells["basis"], "flow", f"the text says “{new[0]}” before the value")
    for at in book.targets.index[book.targets.duplicated(["source_id", "value_start", "indicator_id"])]:
        row = Row(book, "targets", int(at), book.targets.loc[at].to_dict())
        yield row.problem("value_start", row.cells["value_start"], "one row per statement and indicator",
                          "this statement has been coded twice: keep one row")


def links_hold(book: Book) -> Iterator[Problem]:
    """Restatements point at an operative target of the same document and indicator; rows stay in their city."""
    targets = {cells["target_id"]: cells for cells in book.targets.to_dict("records")}
    for row in rows_of(book, "targets"):
        other = targets.get(row.cells["restates_target_id"])
        if other is None:
            continue
        for column in ("source_id", "indicator_id"):
            if other[column] != row.cells[column]:
                yield row.problem("restates_target_id", other["target_id"], f"a target of the same {column}",
                                  f"that one's is {other[column]}")
        if not pd.isna(other["restates_target_id"]):
            yield row.problem("restates_target_id", other["target_id"], str(other["restates_target_id"]),
                              "point at the operative statement itself")
    homes = book.sources.set_index("source_id")["place_id"]
    for table in ("furniture", "tasks", "ledger", *SPANS):
        for row in rows_of(book, table):
            if homes[row.cells["source_id"]] != row.cells["city_id"]:
                yield row.problem("source_id", row.cells["source_id"], f"a document of {row.cells['city_id']}",
                                  f"move the row to the folder {homes[row.cells['source_id']]}/")


def sources_hold(book: Book) -> Iterator[Problem]:
    """A document at hand has its text, its period and its city's folder; one that is not has none of these."""
    topics = set(book.topics["topic_id"])
    for row in rows_of(book, "sources"):
        cells, at_hand = row.cells, row.cells["status"] != "not_obtained"
        if at_hand != (not pd.isna(cells["path"])):
            yield row.problem("path", "" if at_hand else cells["path"], "a file under data/raw" if at_hand else "nothing",
                              f"the status is {cells['status']}")
        if at_hand and pd.isna(cells["period_end"]):
            yield row.problem("period_end", "", "a date", "undated targets take the plan's end")
        if at_hand and cells["place_id"] not in book.cities:
            yield row.problem("place_id", cells["place_id"], f"a folder data/curated/{cells['place_id']}",
                              "the city's curated tables are missing")
        coded = [] if pd.isna(cells["coded_topics"]) else cells["coded_topics"].split(";")
        for topic in [name for name in coded if name not in topics]:
            yield row.problem("coded_topics", topic, "a topic of topics.csv", "correct it or add the topic")
    for row in rows_of(book, "furniture"):
        document, span = book.documents.get(row.cells["source_id"]), row.span("start", "end")
        if document and (span is None or not document.raw[span.start : span.end].strip("\n").startswith(
                row.cells["first_words"].replace("\\n", ""))):
            yield row.problem("first_words", row.cells["first_words"], "the first words of its range", "correct the offsets")


def silence_is_backed(book: Book) -> Iterator[Problem]:
    """Every hit of an indicator's keywords in a coded body lies in a row of that indicator."""
    quotes = quoted_spans(book)
    indicators = book.indicators.to_dict("records")
    # A city without a folder has said nothing yet: that is one problem, not one for every hit.
    homes = book.sources["path"].notna() & book.sources["place_id"].isin(book.cities)
    for source in book.sources[homes].to_dict("records"):
        coded = [] if pd.isna(source["coded_topics"]) else source["coded_topics"].split(";")
        document = book.documents[source["source_id"]]
        for indicator in [entry for entry in indicators if entry["topic_id"] in coded]:
            explained = quotes.get((source["source_id"], indicator["indicator_id"]), [])
            explained = explained + _longer_words(document, indicator, indicators)
            for word, span in keyword_hits(document, indicator["keywords_zh"]):
                if not any(quote.contains(span) for quote in explained):
                    yield _unexplained(document, indicator["indicator_id"], word, span)


def keyword_hits(document: Document, keywords: str) -> list[tuple[str, Span]]:
    """Return every hit of the keywords (separated by `;`) in a document's body, with its raw range."""
    return [(word, span) for word in keywords.split(";") for span in locate(document, word)]


def quoted_spans(book: Book) -> dict[tuple[str, str], list[Span]]:
    """Return, by document and indicator, the raw ranges that targets and mentions quote."""
    spans: dict[tuple[str, str], list[Span]] = {}
    for frame in (book.targets, book.mentions):
        columns = [frame[name] for name in ("source_id", "indicator_id", "quote_start", "quote_end")]
        for source, indicator, start, end in zip(*columns, strict=True):
            if start <= end:
                spans.setdefault((source, indicator), []).append(Span(int(start), int(end)))
    return spans


def _longer_words(document: Document, indicator: dict[str, Any], indicators: list[dict[str, Any]]) -> list[Span]:
    """Return where a longer keyword of another indicator holds one of this one's: the hit is that one's."""
    own = indicator["keywords_zh"].split(";")
    others = [word for entry in indicators if entry is not indicator for word in entry["keywords_zh"].split(";")]
    longer = {word for word in others if any(key in word and key != word for key in own)}
    return [span for word in sorted(longer) for span in locate(document, word)]


def _unexplained(document: Document, indicator_id: str, word: str, span: Span) -> Problem:
    words = document.raw[max(0, span.start - 12) : span.end + 12]
    return Problem("data/curated/indicators.csv", "keywords_zh", f"{word} in “{words}”", "a row that explains it",
                   f"add a target or a mention of {indicator_id} at {span.start}–{span.end} of {document.source_id}",
                   key=indicator_id)


def english_is_there(book: Book) -> Iterator[Problem]:
    """Every statement that pages show has a working translation, every scope and denominator a term."""
    translated, terms = set(book.translations["row_id"]), set(book.terms["term_zh"])
    shown: set[str] = set()
    for table, key in (("targets", "target_id"), ("mentions", "mention_id")):
        for row in rows_of(book, table):
            if table == "mentions" and row.cells["class"] != "unquantified":
                continue
            shown.add(row.cells[key])
            if row.cells[key] not in translated:
                yield row.problem(key, row.cells[key], "a working translation", "add the row to translations.csv")
            for column in ("scope_zh", "denominator_zh"):
                if not pd.isna(row.cells.get(column)) and row.cells[column] not in terms:
                    yield row.problem(column, row.cells[column], "a row of terms.csv", "add its English there")
    for row in rows_of(book, "translations"):
        if row.cells["row_id"] not in shown:
            yield row.problem("row_id", row.cells["row_id"], "a target or an unquantified mention",
                              "remove the row, or correct its id")


Rule = Callable[[Book], Iterator[Problem]]
RULES: tuple[Rule, ...] = (sources_hold, texts_stand, values_agree, dates_agree, dues_follow, quotes_hold,
                           measures_fit, links_hold, silence_is_backed, english_is_there)

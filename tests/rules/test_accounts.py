"""The account of numerals and clauses: nothing is left of the real plans, and what is missing is told."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
import regex

import compare
from compare.errors import CompareError, UnknownName
from compare.language.spans import Span
from compare.rules import accounts
from compare.rules.accounts import (
    CLASSES,
    Account,
    clause_remainder,
    commitment_share,
    ledger,
    ledger_csv,
    ledger_summary,
    runs,
)
from compare.rules.remainder import nothing_is_left
from compare.tables.book import Book
from compare.texts.clauses import segments
from compare.texts.source import Document

ARABIC, CHINESE = re.compile("[0-9]+"), re.compile("[〇零一二三四五六七八九十百千万萬亿億两兩]+")
# Numerals that stand in the plans as parts of words alone (隊伍, 内陆), and those that they do not hold.
OTHER = re.compile("[壹贰叁肆伍陆陸柒捌玖拾佰仟]+|[半倍番]|[①-⓿❶-➓Ⅰ-ⅿ¼-¾]+")
PLANS = ("dezhou-2020", "dezhou-2023", "dongying-2022", "jinan-2019", "qingdao-2020")


def numerals(raw: str) -> list[tuple[int, int]]:
    """Return where every run of figures and of Chinese numerals stands, found without the library."""
    return sorted(found.span() for kind in (ARABIC, CHINESE, OTHER) for found in kind.finditer(raw))


@pytest.fixture(scope="module")
def ledgers(book: Book) -> dict[str, pd.DataFrame]:
    return {source: ledger(book, source) for source in book.documents}


@pytest.fixture(scope="module")
def printed(book: Book) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ledger_csv(book, book.documents))))


# ── the plans ──────────────────────────────────────────────────────────────────


def test_all_plans_at_hand_are_accounted_for(book: Book) -> None:
    assert set(PLANS) <= set(book.documents)
    complete = book.sources[book.sources["coding_state"] == "complete"]["source_id"]
    assert set(PLANS) <= set(complete)


@pytest.mark.parametrize("source", PLANS)
def test_every_numeral_of_the_raw_file_stands_in_the_ledger(
    book: Book, ledgers: dict[str, pd.DataFrame], source: str
) -> None:
    raw, held = book.read(source).raw, ledgers[source]
    assert list(zip(held["start"], held["end"], strict=True)) == numerals(raw)
    assert [raw[start:end] for start, end in numerals(raw)] == list(held["text"])


@pytest.mark.parametrize("source", PLANS)
def test_every_numeral_has_a_class_and_something_that_gives_it(
    ledgers: dict[str, pd.DataFrame], source: str
) -> None:
    held = ledgers[source]
    assert set(held["class"]) <= set(CLASSES)
    assert (held["by"] != "").all()


@pytest.mark.parametrize("source", PLANS)
def test_every_clause_of_the_body_stands_in_a_row(book: Book, source: str) -> None:
    assert clause_remainder(book, source) == []
    document = book.read(source)
    rows = [
        (int(row["start"]), int(row["end"]))
        for table in ("commitments", "other_clauses")
        for row in book.records(table)
        if row["source_id"] == source
    ]
    read = {
        at for at, words in zip(document.reading.starts, document.reading.text, strict=True) if words.strip()
    }
    coded = {at for start, end in rows for at in range(start, end)}
    for span in map(document.reading.to_raw, segments(document.reading.text)):
        assert read & set(range(span.start, span.end)) <= coded


def test_the_whole_check_finds_nothing_left(book: Book) -> None:
    assert list(nothing_is_left(book)) == []


@pytest.mark.parametrize("source", PLANS)
def test_every_curated_value_stands_in_the_ledger_under_its_kind(
    book: Book, ledgers: dict[str, pd.DataFrame], source: str
) -> None:
    held, document = ledgers[source], book.read(source)
    noise = set(range(len(document.raw))) - {
        at for a, b in zip(document.reading.starts, document.reading.ends, strict=True) for at in range(a, b)
    }
    for row in book.targets[book.targets["source_id"] == source].itertuples():
        inside = held[(held["start"] >= row.value_start) & (held["end"] <= row.value_end)]
        own = inside[[start not in noise for start in inside["start"]]]
        assert len(own) >= 1, row.target_id
        assert set(own["class"]) == {row.kind}, row.target_id


@pytest.mark.parametrize(
    ("words", "classes"),
    [
        pytest.param("超过9\n17、0%。", ["target", "chunk_marker", "target"], id="90 %"),
        pytest.param("20\n38、0", ["target", "chunk_marker", "target"], id="200"),
        pytest.param("6月底前\n43、,完善", ["deadline", "chunk_marker"], id="behind a deadline"),
    ],
)
def test_a_number_cut_by_a_chunk_marker_keeps_both_halves(
    book: Book, ledgers: dict[str, pd.DataFrame], words: str, classes: list[str]
) -> None:
    held, start = ledgers["dezhou-2020"], book.read("dezhou-2020").raw.index(words)
    inside = held[(held["start"] >= start) & (held["end"] <= start + len(words))]
    assert list(inside["class"]) == classes


@pytest.mark.parametrize(
    ("source", "words", "numeral", "kind", "reason"),
    [
        ("dongying-2022", "大数据人才队伍支撑", "伍", "lexical", "a banker's five in the word for a team"),
        ("qingdao-2020", "干部隊伍的專業素養", "伍", "lexical", "the same word in Traditional script"),
        ("jinan-2019", "国际内陆港建设", "陆", "lexical", "a banker's six in the word for inland"),
        ("jinan-2019", "九大业务系统", "九", "target", "a number in words"),
        ("dezhou-2020", "千名左右", "千", "target", "a scale alone"),
        ("dongying-2022", "60亿元", "亿", "target", "the scale behind its figures"),
        ("qingdao-2020", "260億", "億", "target", "a scale in Traditional script"),
        ("dezhou-2020", "12底前", "12", "deadline", "a month without its 月"),
    ],
)
def test_what_counts_or_only_looks_so_is_told_apart_in_the_plans(
    book: Book,
    ledgers: dict[str, pd.DataFrame],
    source: str,
    words: str,
    numeral: str,
    kind: str,
    reason: str,
) -> None:
    held, start = ledgers[source], book.read(source).raw.index(words)
    inside = held[(held["start"] >= start) & (held["end"] <= start + len(words))]
    assert (numeral, kind) in set(zip(inside["text"], inside["class"], strict=True)), reason


def test_every_chunk_marker_is_one(book: Book, ledgers: dict[str, pd.DataFrame]) -> None:
    """The markers number the lines of the one plan that was scraped in chunks."""
    raw, held = book.read("dezhou-2020").raw, ledgers["dezhou-2020"]
    markers = {found.span(1) for found in re.finditer("^([0-9]+)、", raw, re.MULTILINE)}
    assert len(markers) == len(raw.rstrip("\n").split("\n"))
    noise = held[held["class"] == "chunk_marker"]
    assert markers <= set(zip(noise["start"], noise["end"], strict=True))


# ── what the command prints ────────────────────────────────────────────────────


def test_the_csv_has_the_agreed_columns_and_a_row_per_numeral(
    book: Book, printed: list[dict[str, str]]
) -> None:
    assert list(printed[0]) == ["source_id", "start", "end", "text", "class"]
    expected = [
        (source, str(start), str(end), document.raw[start:end])
        for source, document in book.documents.items()
        for start, end in numerals(document.raw)
    ]
    assert [(row["source_id"], row["start"], row["end"], row["text"]) for row in printed] == expected


def test_the_counts_of_the_summary_add_up_to_the_rows_of_the_csv(
    book: Book, printed: list[dict[str, str]]
) -> None:
    table, _, _ = ledger_summary(book, book.documents).partition("\n\n")
    head, _, *lines = table.splitlines()
    counts = Counter((row["class"], row["source_id"]) for row in printed)
    sources = head.split()
    for line in lines[: len(CLASSES)]:
        kind, *numbers = line.split()
        assert list(map(int, numbers)) == [counts[kind, source] for source in sources]
    rows = {line.rsplit(maxsplit=len(sources))[0].strip(): line.split()[-len(sources) :] for line in lines}
    assert [line.split()[0] for line in lines[: len(CLASSES)]] == list(CLASSES)
    totals = Counter(row["source_id"] for row in printed)
    assert list(map(int, rows["numerals"])) == [totals[source] for source in sources]
    assert rows["unaccounted"] == rows["clauses left"] == ["0"] * len(sources)


@pytest.mark.parametrize("source", PLANS)
def test_the_share_that_undertakes_something_is_that_of_its_characters(book: Book, source: str) -> None:
    """Counted again, character by character."""
    document = book.read(source)
    inside: set[int] = set()
    for row in book.records("commitments"):
        if row["source_id"] == source:
            inside |= set(range(int(row["start"]), int(row["end"])))
    places = [at for span in segments(document.reading.text) for at in range(span.start, span.end)]
    share = sum(document.reading.starts[at] in inside for at in places) / len(places)
    assert commitment_share(book, source) == pytest.approx(share, abs=0.002)
    assert 0.5 < share < 1


def test_a_document_that_is_not_at_hand_is_refused_with_those_that_are(book: Book) -> None:
    with pytest.raises(UnknownName, match='No document "dezhou-2022" is at hand; there are dezhou-202'):
        ledger(book, "dezhou-2022")


def test_the_ledger_is_offered_at_the_door() -> None:
    assert compare.ledger is ledger


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("第三批20家", ["三", "20"]),
        ("1.2万个", ["1", "2", "万"]),
        ("两千五百", ["两千五百"]),
        ("10億元", ["10", "億"]),
        ("二〇二〇年零三亿兩", ["二〇二〇", "零三亿兩"]),
        ("3-5个", ["3", "5"]),
        ("没有", []),
        ("建成⼗个、⼆⼗个", ["⼗", "⼆⼗"]),
        ("壹佰个、贰拾萬元", ["壹佰", "贰拾萬"]),
        ("廿个、卅余家、卌项", ["廿", "卅", "卌"]),
        ("⑩个、⑴建设、Ⅻ项、½以上", ["⑩", "⑴", "Ⅻ", "½"]),
        ("５０％、𝟓项、٣个", ["５０", "𝟓", "٣"]),
        ("二○二五年,○建设", ["二○二五"]),
        ("半数以上、一半、过半、半年", ["半", "一", "半", "半", "半"]),
        ("九成以上、几成、数成", ["九", "几成", "数成"]),
        ("翻番、翻两番、翻倍、成倍", ["番", "两", "番", "倍", "倍"]),
        ("㋅底前、㏠、俩人", ["㋅", "㏠", "俩"]),
        ("队伍、内陆港", ["伍", "陆"]),
        ("10²级", ["10", "²"]),
        ("多数成员、成为", []),
    ],
)
def test_runs(raw: str, found: list[str]) -> None:
    assert [span.slice(raw) for span in runs(raw)] == found


# ── rules and words ────────────────────────────────────────────────────────────


def holds_a_numeral(words: str) -> bool:
    return any(kind.search(words) for kind in (ARABIC, CHINESE, OTHER))


def test_every_rule_explains_a_numeral_somewhere(book: Book) -> None:
    unused = {rule["rule_id"] for rule in book.records("number_rules")}
    for rule in book.records("number_rules"):
        pattern = regex.compile(rule["pattern"], regex.MULTILINE)
        for document in book.documents.values():
            pieces = [document.reading.text, *(span.slice(document.raw) for span in document.furniture)]
            if any(holds_a_numeral(found.group()) for text in pieces for found in pattern.finditer(text)):
                unused.discard(rule["rule_id"])
    assert unused == set()


def test_every_lexical_numeral_stands_in_a_plan_and_holds_a_numeral(book: Book) -> None:
    words = list(book.lexical_numerals["word_zh"])
    texts = [document.matching.text for document in book.documents.values()]
    assert [word for word in words if not any(word in text for text in texts)] == []
    assert [word for word in words if not holds_a_numeral(word)] == []


# ── what is missing is told ────────────────────────────────────────────────────


def altered(book: Book, **changes: Any) -> Book:
    return replace(book, **changes)


def with_text(book: Book, source: str, change: Callable[[str], str]) -> Book:
    """Return the book with another raw text, as if its checksum had been recorded anew."""
    old = book.read(source)
    raw = change(old.raw)
    new = Document(source, raw, sha256(raw.encode("utf-8")).hexdigest(), old.furniture)
    return altered(book, documents=book.documents | {source: new})


def told(book: Book) -> list[str]:
    return [str(problem) for problem in nothing_is_left(book)]


def source_row(book: Book, source: str) -> str:
    at = list(book.sources["source_id"]).index(source)
    file, row = book.origins["sources"][at]
    return f"{file}, row {row} ({source}), column coding_state"


def test_a_promise_added_to_the_text_is_told_by_its_numeral_and_its_clause(book: Book) -> None:
    end = len(book.read("dongying-2022").raw)
    where = source_row(book, "dongying-2022")
    around = book.read("dongying-2022").raw[end - 9 :].replace("\n", "⏎") + "⏎新建88个平台"
    assert told(with_text(book, "dongying-2022", lambda raw: raw + "\n新建88个平台")) == [
        f'{where}: found "88 in “{around}”"; expected every numeral explained; '
        f"code {end + 3}–{end + 5} of dongying-2022 or exclude it",
        f'{where}: found "新建88个平台"; expected every clause coded; '
        f"code {end + 1}–{end + 8} of dongying-2022 as a commitment or another clause",
    ]


@pytest.mark.parametrize(
    ("added", "left"),
    [
        pytest.param("建成三百六十个中心", ["三百六十", "建成三百六十个中心"], id="a Chinese numeral"),
        pytest.param("统一标准", ["统一标准"], id="a word that holds a numeral is explained, the clause not"),
        pytest.param(",。;", [], id="marks need no row"),
        pytest.param(" \u3000", [], id="blanks need no row"),
    ],
)
def test_what_is_added_is_left(book: Book, added: str, left: list[str]) -> None:
    found = [problem.found for problem in nothing_is_left(
        with_text(book, "jinan-2019", lambda raw: raw + "\n" + added))]  # fmt: skip
    assert [words.split(" in “")[0] for words in found] == left


@pytest.mark.parametrize(
    ("added", "left"),
    [
        pytest.param("建成⼗个中心", ["⼗"], id="a radical"),
        pytest.param("建成壹佰个中心", ["壹佰"], id="banker's numerals"),
        pytest.param("建成廿个中心", ["廿"], id="an old ten"),
        pytest.param("建成⑩个中心", ["⑩"], id="a circled number"),
        pytest.param("建成⑿个中心", ["⑿"], id="a bracketed number"),
        pytest.param("建成Ⅻ个中心", ["Ⅻ"], id="a Roman number"),
        pytest.param("建成５个中心", ["５"], id="a full-width figure"),
        pytest.param("半数以上的社区达标", ["半"], id="half of all"),
        pytest.param("网格覆盖过半", ["半"], id="more than half"),
        pytest.param("产值翻番", ["番"], id="doubling"),
        pytest.param("用户成倍增长", ["倍"], id="a multiple"),
        pytest.param("提高几成", ["几成"], id="tenths without a number"),
        pytest.param("不足½的社区", ["½"], id="a fraction in one sign"),
        pytest.param("㋅底前完成", ["㋅"], id="a month in one sign"),
        pytest.param("加强队伍建设", [], id="a word that holds 伍"),
        pytest.param("融入內陸港建设", [], id="a word in the other script"),
    ],
)
def test_no_numeral_is_invisible(book: Book, added: str, left: list[str]) -> None:
    """Whatever counts is left until a row, a rule or a word explains it, and shown as it stands."""
    more = with_text(book, "jinan-2019", lambda raw: raw + "\n" + added)
    found = [str(problem.found) for problem in nothing_is_left(more)]
    assert [words.split(" in “")[0] for words in found if " in “" in words] == left
    assert found[-1] == added  # the clause itself
    held = ledger(more, "jinan-2019")
    assert list(held[held["class"] == ""]["text"]) == left


@pytest.mark.parametrize(
    ("table", "words"),
    [("number_rules", "壹佰"), ("number_rules", "半数"), ("number_rules", "⑩"), ("number_rules", "[倍番]")]
    + [("lexical_numerals", "十"), ("lexical_numerals", "半"), ("lexical_numerals", "三千五百")]
    + [("lexical_numerals", "壹佰"), ("lexical_numerals", "⑩"), ("lexical_numerals", "一半")],
)
def test_what_would_explain_any_numeral_away_is_told(book: Book, table: str, words: str) -> None:
    frame = getattr(book, table)
    row = dict.fromkeys(frame.columns, "x") | {"pattern": words, "word_zh": words, "class": "name"}
    more = pd.concat([frame, pd.DataFrame([row])[frame.columns]], ignore_index=True)
    file = f"data/curated/{table}.csv"
    origins = book.origins | {table: [*book.origins[table], (file, 999)]}
    problems = told(altered(book, **{table: more}, origins=origins))
    column = "pattern" if table == "number_rules" else "word_zh"
    assert any(
        f"{file}, row 999" in told and f'column {column}: found "{words}"' in told for told in problems
    )


@pytest.mark.parametrize(
    ("words", "comparator", "low", "unit"),
    [
        ("九成以上", "ge", 90.0, "percent"),
        ("半数以上", "ge", 50.0, "percent"),
        ("过半", "gt", 50.0, "percent"),
        ("三分之二以上", "ge", 66.6666666666667, "percent"),
        ("⼋成", "eq", 80.0, "percent"),
        ("伍拾%", "eq", 50.0, "percent"),
        ("千分之五", "eq", 5.0, "per_mille"),
        ("万分之三", "eq", 3.0, "per_myriad"),
    ],
)
def test_a_share_in_words_can_be_coded(
    book: Book, words: str, comparator: str, low: float, unit: str
) -> None:
    """Value, unit and basis hold together, another value is told, and the account names the target."""
    source = "dongying-2022"
    more = with_text(book, source, lambda raw: f"{raw}\n覆盖率达到{words}")
    start = len(more.read(source).raw) - len(words)
    like = book.targets[book.targets["unit_id"] == "percent"].iloc[[0]]
    place = {"value_text": words, "value_start": start, "value_end": start + len(words), "unit_id": unit}
    value = {
        "comparator": comparator,
        "value_low": low,
        "value_high": low if comparator == "eq" else float("nan"),
    }
    quote = {"quote": words, "quote_start": start, "quote_end": start + len(words)}
    row = like.assign(target_id="t-x-0001", source_id=source, basis="rate", **place, **value, **quote)
    indicators = book.indicators.assign(
        unit_id=book.indicators["unit_id"].mask(
            book.indicators["indicator_id"] == like["indicator_id"].iloc[0], unit
        )
    )
    origins = book.origins | {"targets": [*book.origins["targets"], ("x.csv", 2)]}

    def problems(target: pd.DataFrame) -> list[str]:
        targets = pd.concat([book.targets, target], ignore_index=True)
        changed = altered(more, targets=targets, indicators=indicators, origins=origins)
        read = ("value_text", "value_low", "value_high", "comparator", "basis", "unit_id")
        return [
            str(problem.column) for problem in compare.check(changed)
            if problem.key == "t-x-0001" and problem.column in read
        ]  # fmt: skip

    assert problems(row) == []
    assert "value_low" in problems(row.assign(value_low=low + 1))
    held = ledger(altered(more, targets=pd.concat([book.targets, row], ignore_index=True)), source)
    assert set(held[held["start"] >= start]["class"]) == {"target"}


@pytest.mark.parametrize("state", ["registered", "in_review"])
def test_a_source_whose_coding_is_not_complete_may_have_more(book: Book, state: str) -> None:
    more = with_text(book, "dongying-2022", lambda raw: raw + "\n新建88个平台")
    sources = more.sources.assign(
        coding_state=more.sources["coding_state"].mask(more.sources["source_id"] == "dongying-2022", state)
    )
    assert told(altered(more, sources=sources)) == []


def test_a_spared_source_is_left_out(book: Book) -> None:
    more = with_text(book, "dongying-2022", lambda raw: raw + "\n新建88个平台")
    assert list(nothing_is_left(more, {"dongying-2022"})) == []
    assert len(list(nothing_is_left(more, {"jinan-2019", None}))) == 2


def test_a_single_exclusion_explains_its_numeral_and_no_other(book: Book) -> None:
    raw = book.read("dongying-2022").raw
    more = with_text(book, "dongying-2022", lambda raw: raw + "\n新建88个平台99个中心")
    at = len(raw) + 3
    row = {"city_id": "dongying", "source_id": "dongying-2022", "text": "88", "start": at, "end": at + 2}
    excluded = pd.DataFrame([{**dict.fromkeys(book.exclusions.columns), **row, "class": "name"}])
    held = ledger(altered(more, exclusions=excluded), "dongying-2022")
    assert list(held["class"][-2:]) == ["name", ""]
    assert list(held["by"][-2:]) == ["exclusions.csv", ""]


def test_a_rule_that_never_ends_is_told_by_its_row(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "PATIENCE", 0.2)
    rules = book.number_rules.copy()
    rules.loc[2, "pattern"] = "(1|11)+x"
    slow = with_text(altered(book, number_rules=rules), "dongying-2022", lambda raw: raw + "1" * 60)
    with pytest.raises(CompareError, match="data/curated/number_rules.csv, row 4 .*narrow it"):
        accounts.ledger(slow, "dongying-2022")


def test_what_nothing_explains_is_not_looked_for_in_every_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many steps as numerals: a text of noise once took as many as numerals times accounts."""
    asked: list[Span] = []
    contains = Span.contains
    monkeypatch.setattr(Span, "contains", lambda one, other: asked.append(other) or contains(one, other))
    known = [Account(Span(at, at + 1), "name", "rule") for at in range(0, 4_000, 2)]
    find = accounts._finder(SimpleNamespace(raw="1 " * 4_000), known)
    told = [find(Span(at, at + 1)) for at in range(0, 8_000, 2)]
    assert told == [("name", "rule")] * 2_000 + [("", "")] * 2_000
    assert len(asked) <= len(told)

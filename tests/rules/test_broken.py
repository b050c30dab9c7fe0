"""Tables broken on purpose, one way each: what the curator is told is held word for word.

Every case breaks a copy of the real data and loads it. Its messages are told in their order; other rules may
tell of the same fault, but nothing of a file that neither the case breaks nor its messages or `also` name.
In a message `{row}` and `{key}` stand for the edited row, `{row of X}` for the row of the key X: rows may be
added to the tables without touching this file.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import regex

from compare.errors import CompareError
from compare.rules.load import load
from compare.tables.codebook import Table, read_codebook, read_table, repeated_keys

TARGETS = "dongying/targets.csv"
DEADLINES = "dongying/deadlines.csv"
TARGET = "data/curated/dongying/targets.csv, row {row}"
DEADLINE = "data/curated/dongying/deadlines.csv, row {row}"
ALL_OF_DEADLINES = (
    "deadline_id, source_id, due_text, due_start, due_end, due_on, due_precision, due_source, recurrence, "
    "note, coder"
)
T8 = "data/curated/dongying/targets.csv, row {row} (t-dongying-0008)"
SOURCE = "data/curated/sources.csv, row {row} (dongying-2022)"
Place = tuple[int, str]
Break = Callable[[Path], Place | None]


class Case(NamedTuple):
    reason: str
    breaks: Break
    messages: tuple[str, ...]
    # Files below data/curated that depend on what is broken, and of which problems may be told too.
    also: tuple[str, ...] = ()


# ── ways to break ──────────────────────────────────────────────────────────────


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)


def place(rows: list[list[str]], holds: str) -> int:
    """Return where the row stands whose key, or else one of whose cells, is `holds`."""
    return next(
        at for column in (slice(1), slice(None)) for at, row in enumerate(rows) if holds in row[column]
    )


def edit(table: str, holds: str, **cells: str) -> Break:
    def breaks(project: Path) -> Place:
        path = project / "data" / "curated" / table
        rows = read(path)
        at = place(rows, holds)
        key = rows[at][0]
        for column, value in cells.items():
            rows[at][rows[0].index(column)] = value
        write(path, rows)
        return at + 1, key

    return breaks


def again(table: str, holds: str, **cells: str) -> Break:
    """Repeat a row at the table's end, with some of its cells changed."""

    def breaks(project: Path) -> Place:
        path = project / "data" / "curated" / table
        rows = read(path)
        row = list(rows[place(rows, holds)])
        for column, value in cells.items():
            row[rows[0].index(column)] = value
        write(path, [*rows, row])
        return len(rows) + 1, row[0]

    return breaks


def moved(table: str, holds: str, other: str) -> Break:
    def breaks(project: Path) -> Place:
        source, target = (project / "data" / "curated" / name for name in (table, other))
        rows, there = read(source), read(target)
        row = rows.pop(place(rows, holds))
        write(source, rows)
        write(target, [*there, row])
        return len(there) + 1, row[0]

    return breaks


def dropped(table: str, holds: str) -> Break:
    def breaks(project: Path) -> Place:
        path = project / "data" / "curated" / table
        rows = read(path)
        at = place(rows, holds)
        row = rows.pop(at)
        write(path, rows)
        return at + 1, row[0]

    return breaks


def shortened(table: str, holds: str) -> Break:
    def breaks(project: Path) -> Place:
        path = project / "data" / "curated" / table
        rows = read(path)
        at = place(rows, holds)
        rows[at].pop()
        write(path, rows)
        return at + 1, rows[at][0]

    return breaks


def without_column(table: str, column: str) -> Break:
    def breaks(project: Path) -> None:
        path = project / "data" / "curated" / table
        rows = read(path)
        at = rows[0].index(column)
        write(path, [row[:at] + row[at + 1 :] for row in rows])

    return breaks


def rewritten(file: str, change: Callable[[bytes], bytes]) -> Break:
    """Change the bytes of any file under data/."""

    def breaks(project: Path) -> None:
        path = project / "data" / file
        path.write_bytes(change(path.read_bytes()))

    return breaks


def removed(file: str) -> Break:
    def breaks(project: Path) -> None:
        path = project / "data" / file
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return breaks


def added_folder(name: str) -> Break:
    return lambda project: (project / "data" / "curated" / name).mkdir()


def filled(message: str, edited: Place | None, project: Path) -> str:
    """Return a message with the rows that it speaks of."""
    row, key = edited or (0, "")
    file = project / message.split(",")[0]
    asked = r"\{row of ([^}]+)\}"
    message = regex.sub(asked, lambda found: str(place(read(file), found[1]) + 1), message)
    return message.replace("{row}", str(row)).replace("{key}", key)


def contents(project: Path) -> dict[str, bytes]:
    files = (path for path in (project / "data").rglob("*") if path.is_file())
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in files}


def in_order(wanted: list[str], held: list[str]) -> bool:
    """Tell whether the wanted messages stand among those held one after the other."""
    rest = iter(held)
    return all(message in rest for message in wanted)


# ── what the curator is told ───────────────────────────────────────────────────

FORM = [
    Case("a byte order mark, as Excel's “CSV UTF-8” writes it",
         rewritten("curated/dongying/targets.csv", lambda content: b"\xef\xbb\xbf" + content),
         ('data/curated/dongying/targets.csv: found "a byte order mark"; expected UTF-8 without BOM; '
          "save it again as plain UTF-8 (not “CSV UTF-8” of Excel), or: python -m compare mend",)),
    Case("Windows line ends",
         rewritten("curated/dongying/targets.csv", lambda content: content.replace(b"\n", b"\r\n")),
         ('data/curated/dongying/targets.csv, row 1: found "a carriage return (CR)"; '
          "expected lines that end in LF alone; convert the line ends, or: python -m compare mend",)),
    Case("a table saved as GBK",
         rewritten("curated/dongying/deadlines.csv", lambda content: content.decode().encode("gbk")),
         ('data/curated/dongying/deadlines.csv, row 2: found "bytes that are not UTF-8"; expected UTF-8; '
          "save it again as UTF-8 (GBK is the usual cause), or: python -m compare mend",)),
    Case("a table emptied, header and all",
         rewritten("curated/dongying/deadlines.csv", lambda _: b""),
         ('data/curated/dongying/deadlines.csv: found "an empty file"; expected a header and rows; '
          "restore the file",)),
    Case("a table deleted",
         removed("curated/dongying/deadlines.csv"),
         ('data/curated/dongying/deadlines.csv: found "no file"; expected the table deadlines; '
          "restore it; a table without rows still has its header",)),
    Case("a column renamed",
         rewritten("curated/dongying/deadlines.csv",
                   lambda content: content.replace(b'"due_on"', b'"due_date"')),
         ('data/curated/dongying/deadlines.csv, row 1: found "deadline_id, source_id, due_text, due_start, '
          'due_end, due_date, due_precision, due_source, recurrence, note, coder"; expected '
          f"{ALL_OF_DEADLINES}; "
          "add due_on; remove or rename due_date (did you mean due_on?)",)),
    Case("a column left out",
         without_column(DEADLINES, "note"),
         ('data/curated/dongying/deadlines.csv, row 1: found "deadline_id, source_id, due_text, due_start, '
          'due_end, due_on, due_precision, due_source, recurrence, coder"; expected '
          f"{ALL_OF_DEADLINES}; "
          "add note",)),
    Case("two columns changed about",
         rewritten("curated/measures.csv",
                   lambda content: content.replace(b'"measure_id","kind"', b'"kind","measure_id"')),
         ('data/curated/measures.csv, row 1: found "kind, measure_id, name_zh, name_en, unit_id, '
          'act, topic_id, indicator_id, note"; '
          "expected measure_id, kind, name_zh, name_en, unit_id, act, topic_id, indicator_id, note; "
          "put the columns in the dictionary's order",)),
    Case("a row with a field too few",
         shortened(DEADLINES, "d-dongying-0001"),
         ('data/curated/dongying/deadlines.csv, row {row} (d-dongying-0001): found "10 fields"; expected 11; '
          "quote every field that holds a comma or a quote",)),
    Case("a code misspelt",
         edit(DEADLINES, "d-dongying-0001", due_precision="yaer"),
         (f'{DEADLINE}, column due_precision: found "yaer"; '
          "expected year or quarter; How exact the expression is.",)),
    Case("a month that does not exist",
         edit(DEADLINES, "d-dongying-0001", due_on="2022-13-31"),
         (f'{DEADLINE}, column due_on: found "2022-13-31"; expected a date as '
          "2025-12-31; Last day that keeps the promise, empty for recurring ones.",)),
    Case("a day that does not exist",
         edit(DEADLINES, "d-dongying-0001", due_on="2022-02-30"),
         (f'{DEADLINE}, column due_on: found "2022-02-30"; expected a date as '
          "2025-12-31; Last day that keeps the promise, empty for recurring ones.",)),
    Case("a date without its dashes, which Python would take",
         edit(DEADLINES, "d-dongying-0001", due_on="20221231"),
         (f'{DEADLINE}, column due_on: found "20221231"; expected a date as '
          "2025-12-31; Last day that keeps the promise, empty for recurring ones.",)),
    Case("nan, which Python would take for a number and pandas for a gap",
         edit(TARGETS, "t-dongying-0008", value_low="nan"),
         (f'{TARGET}, column value_low: found "nan"; expected a plain number; '
          "Lower bound in full (percent as 90), empty where open.",)),
    Case("a full-width digit, which Python would take for a number",
         edit(TARGETS, "t-dongying-0008", multiplier="１"),
         (f'{TARGET}, column multiplier: found "１"; expected a whole number; '
          "How many groups the value holds for (各50项 for two groups: 2), else 1.",)),
    Case("an offset before the text",
         edit(TARGETS, "t-dongying-0008", value_start="-1"),
         (f'{TARGET}, column value_start: found "-1"; expected 0 or more; '
          "First code point.",)),
    Case("a required cell left empty",
         edit(TARGETS, "t-dongying-0008", unit_id=""),
         (f'{TARGET}, column unit_id: found ""; expected a value; '
          "Unit of the value.",)),
    Case("a key without its four digits",
         edit(TARGETS, "t-dongying-0008", target_id="t-dongying-8"),
         (f'{TARGET}, column target_id: found "t-dongying-8"; '
          "expected the form t-[a-z_]+-\\d{4}; Key of the target, never used again.",)),
    Case("a key with a digit too many",
         edit(TARGETS, "t-dongying-0008", target_id="t-dongying-00088"),
         (f'{TARGET}, column target_id: found "t-dongying-00088"; '
          "expected the form t-[a-z_]+-\\d{4}; Key of the target, never used again.",)),
    Case("a space behind a word",
         edit(TARGETS, "t-dongying-0008", scope_zh="全市 "),
         (f'{TARGET}, column scope_zh: found "全市 "; '
          "expected no space at either end; Area or objects the value covers, as the text says.",)),
    Case("a row copied, key and all",
         again(TARGETS, "t-dongying-0004"),
         (f'{TARGET}, column target_id: found "t-dongying-0004"; '
          "expected a key that stands once; remove the repeated row or give it a key of its own",)),
    Case("a key repeated beside another fault of the same table: both are told at once",
         again(TARGETS, "t-dongying-0004", unit_id=""),
         (f'{TARGET}, column unit_id: found ""; expected a value; '
          "Unit of the value.",
          f'{TARGET}, column target_id: found "t-dongying-0004"; '
          "expected a key that stands once; remove the repeated row or give it a key of its own")),
]  # fmt: skip

KEYS = [
    Case("the key of another city's row",
         again("dezhou/deadlines.csv", "d-dezhou-0001", deadline_id="d-jinan-0001"),
         ('data/curated/dezhou/deadlines.csv, row {row}, column deadline_id: found "d-jinan-0001"; '
          "expected a key that stands once; remove the repeated row or give it a key of its own",)),
    Case("an indicator misspelt",
         edit(TARGETS, "t-dongying-0008", indicator_id="base_station_5g"),
         (f'{T8}, column indicator_id: found "base_station_5g"; expected base_stations_5g; '
          "correct it or add it to indicators",)),
    Case("a deadline that has no row",
         edit(TARGETS, "t-dongying-0008", deadline_id="d-dongying-0099"),
         (f'{T8}, column deadline_id: found "d-dongying-0099"; expected d-dongying-0009 or '
          "d-dongying-0013 or d-dongying-0012; correct it or add it to deadlines",)),
    Case("a key like no other",
         edit(TARGETS, "t-dongying-0008", unit_id="???"),
         (f'{T8}, column unit_id: found "???"; expected a unit_id of units.csv; '
          "correct it or add it to units",)),
    Case("a folder of no known place",
         added_folder("weifang"),
         ('data/curated/places.csv, column place_id: found "no row"; expected weifang; '
          "add the place whose tables stand in weifang/",)),
    Case("a row in another city's folder",
         moved("dongying/mentions.csv", "整合119、120、网格化、政务热线等渠道数据", "jinan/mentions.csv"),
         ("data/curated/jinan/mentions.csv, row {row} ({key}), column source_id: "
          'found "dongying-2022"; expected a document of jinan; move the row to the folder dongying/',)),
    Case("a topic that is none among the coded ones",
         edit("sources.csv", "dongying-2022", coded_topics="5g;opendata"),
         (f'{SOURCE}, column coded_topics: found "opendata"; expected a topic of topics.csv; '
          "correct it or add the topic",)),
    Case("a restatement of another document's target",
         edit(TARGETS, "t-dongying-0001", restates_target_id="t-dezhou-0009"),
         ("data/curated/dongying/targets.csv, row {row} (t-dongying-0001), column restates_target_id: "
          'found "t-dezhou-0009"; expected a target of the same source_id; that one\'s is dezhou-2023',)),
    Case("a restatement of another indicator's target",
         edit(TARGETS, "t-dongying-0001", restates_target_id="t-dongying-0008"),
         ("data/curated/dongying/targets.csv, row {row} (t-dongying-0001), column restates_target_id: "
          'found "t-dongying-0008"; expected a target of the same indicator_id; '
          "that one's is base_stations_5g",)),
    Case("a restatement of a restatement",
         edit("dezhou/targets.csv", "t-dezhou-0002", restates_target_id="t-dezhou-0001"),
         ("data/curated/dezhou/targets.csv, row {row} (t-dezhou-0002), column restates_target_id: "
          'found "t-dezhou-0001"; expected t-dezhou-0003; point at the operative statement itself',)),
]  # fmt: skip

WORDS = [
    Case("a value's offsets one too far",
         edit(TARGETS, "t-dongying-0008", value_start="5716", value_end="5721"),
         (f'{T8}, column value_start–value_end: found "5716–5721 = 000个,"; expected “2000个”; '
          "the words stand at 5715–5720 or 499–504",
          f'{T8}, column quote_start–quote_end: found "5702–5720"; expected a range around 5716–5721; '
          "quote the words that hold the value",
          f'{T8}, column commitment_id: found "c-dongying-0233"; expected the clause that holds the value; '
          "that clause is “年内全市新建并开通5g基站2000个”")),
    Case("a quote's offsets one too far",
         edit("dezhou/mentions.csv", "推动城市千兆宽带网络接入", quote_start="3132", quote_end="3144"),
         ("data/curated/dezhou/mentions.csv, row {row} ({key}), column quote_start–quote_end: "
          'found "3132–3144 = 动城市千兆宽带网络接入和"; expected “推动城市千兆宽带网络接入”; '
          "the words stand at 3131–3143 or 9403–9419",)),
    Case("offsets that run on into a chunk marker: they say the same words, but are not theirs",
         edit("dezhou/deadlines.csv", "d-dezhou-0103", due_end="12760"),
         ("data/curated/dezhou/deadlines.csv, row {row} (d-dezhou-0103), column due_start–due_end: "
          'found "12754–12760 = 6月底前⏎4"; expected “6月底前”; '
          "the words stand at 12754–12758 or 12504–12508 or 12024–12028",
          "data/curated/dezhou/targets.csv, row {row of t-dezhou-0007} (t-dezhou-0007), column due_end: "
          'found "12758"; expected 12760; d-dezhou-0103 says so in deadlines.csv')),
    Case("offsets that take in the mark before the words",
         edit("dezhou/targets.csv", "t-dezhou-0007", quote_start="12753"),
         ("data/curated/dezhou/targets.csv, row {row} (t-dezhou-0007), column quote_start–quote_end: "
          'found "12753–12781 = 。6月底前⏎43、,完善基础库,全面启动12个主题库建设"; '
          "expected “6月底前,完善基础库,全面启动12个主题库建设”; the words stand at 12754–12781",)),
    Case("words that the document does not say",
         edit(TARGETS, "t-dongying-0008", value_text="3000个", value_low="3000", value_high="3000"),
         (f'{T8}, column value_start–value_end: found "5715–5720 = 2000个"; expected “3000个”; '
          "the document does not say these words",)),
    Case("offsets beyond the text, and the keyword they leave unexplained",
         edit("dezhou/mentions.csv", "实现省级医保数据集中", quote_start="99067", quote_end="99077"),
         ('data/curated/dezhou/mentions.csv, row {row} ({key}), column quote_start: found "99067"; '
          "expected offsets within the 13083 characters of the raw text; "
          "set quote_start and quote_end to where the words stand",
          "data/curated/indicators.csv, column keywords_zh: "
          'found "数据集 in “成监控系统,实现省级医保数据集中。12月底前,选择试点”"; '
          "expected a row that explains it; "
          "add a target or a mention of open_datasets at 9073–9076 of dezhou-2020"),
         # A correction of the row carries its seal.
         also=("corrections.csv",)),
    Case("an end before its start breaks no other check",
         edit("dongying/commitments.csv", "c-dongying-0233", start="5720", end="5702"),
         ('data/curated/dongying/commitments.csv, row {row} (c-dongying-0233), column start: found "5720"; '
          "expected offsets within the 7524 characters of the raw text; "
          "set start and end to where the words stand",
          "data/curated/dongying/targets.csv, row {row of t-dongying-0008} (t-dongying-0008), "
          'column commitment_id: found "c-dongying-0233"; expected the clause that holds the value; '
          "that clause is “年内全市新建并开通5g基站2000个”")),
    Case("a mention whose end stands before its start",
         edit("dongying/mentions.csv", "10.全面打造智慧社区", quote_start="4154", quote_end="4143"),
         ('data/curated/dongying/mentions.csv, row {row} ({key}), column quote_start: found "4154"; '
          "expected offsets within the 7524 characters of the raw text; "
          "set quote_start and quote_end to where the words stand",
          "data/curated/indicators.csv, column keywords_zh: "
          'found "智慧社区 in “门单位)⏎10.全面打造智慧社区。实施智慧社区建设突破行”"; '
          "expected a row that explains it; add a target or a mention of smart_communities at 4150–4154 of "
          "dongying-2022")),
    Case("a quote that ends before the value",
         edit(TARGETS, "t-dongying-0008", quote="年内全市新建并开通5g基站", quote_end="5715"),
         (f'{T8}, column quote_start–quote_end: found "5702–5715"; expected a range around 5715–5720; '
          "quote the words that hold the value",),
         also=("translations.csv",)),
    Case("a commitment that is another clause",
         edit(TARGETS, "t-dongying-0008", commitment_id="c-dongying-0007"),
         (f'{T8}, column commitment_id: found "c-dongying-0007"; expected the clause that holds the value; '
          "that clause is “新建智慧社区70个以上”",)),
    Case("a commitment at the same offsets of another document",
         edit("dezhou/commitments.csv", "c-dezhou-0209", source_id="dezhou-2023", action_zh="面协同",
              start="5125", end="5142"),
         ("data/curated/dezhou/commitments.csv, row {row} (c-dezhou-0209), column start–end: "
          'found "5125–5142 = 登记等数字化应用,推动政务服务事项"; expected “面协同”; '
          "the document does not say these words",
          "data/curated/dezhou/targets.csv, row {row of t-dezhou-0003} (t-dezhou-0003), "
          'column commitment_id: found "c-dezhou-0209"; expected the clause that holds the value; '
          "that clause is “面协同”"),
         # The clause is dated no more, and has a translation.
         also=("translations.csv",)),
    Case("a target without a commitment",
         edit(TARGETS, "t-dongying-0008", commitment_id=""),
         (f'{T8}, column commitment_id: found ""; expected a commitment; a target quantifies one',)),
    Case("a keyword's hit that no row explains any more",
         dropped("dongying/mentions.csv", "整合119、120、网格化、政务热线等渠道数据"),
         ("data/curated/indicators.csv, column keywords_zh: "
          'found "网格 in “”,整合119、120、网格化、政务热线等渠道数据,”"; '
          "expected a row that explains it; "
          "add a target or a mention of grid_management_coverage at 1887–1889 of dongying-2022",)),
]  # fmt: skip

FIGURES = [
    Case("two digits of the value changed about",
         edit(TARGETS, "t-dongying-0009", value_low="21000"),
         ("data/curated/dongying/targets.csv, row {row} (t-dongying-0009), column value_low: "
          'found "21000"; expected 12000; the text says “超过1.2万个”',)),
    Case("a value in words that is not the document's",
         edit(TARGETS, "t-dongying-0008", value_text="3000个"),
         (f'{T8}, column value_start–value_end: found "5715–5720 = 2000个"; expected “3000个”; '
          "the document does not say these words",
          f'{T8}, column value_low: found "2000"; expected 3000; the text says “3000个”',
          f'{T8}, column value_high: found "2000"; expected 3000; the text says “3000个”')),
    Case("a bound that the text leaves open",
         edit("jinan/targets.csv", "t-jinan-0006", value_high="100"),
         ("data/curated/jinan/targets.csv, row {row} (t-jinan-0006), column value_high: "
          'found "100"; expected nothing; the text says “85%以上”',)),
    Case("a bound left open that the text sets",
         edit("jinan/targets.csv", "t-jinan-0006", value_low=""),
         ("data/curated/jinan/targets.csv, row {row} (t-jinan-0006), column value_low: "
          'found ""; expected 85; the text says “85%以上”',)),
    Case("more than, where the text says at least",
         edit("jinan/targets.csv", "t-jinan-0006", comparator="gt"),
         ("data/curated/jinan/targets.csv, row {row} (t-jinan-0006), column comparator: "
          'found "gt"; expected ge; the text says “85%以上”',)),
    Case("a close miss is shown in full, not rounded into agreement",
         edit(TARGETS, "t-dongying-0009", value_low="12000.004"),
         ("data/curated/dongying/targets.csv, row {row} (t-dongying-0009), column value_low: "
          'found "12000.004"; expected 12000; the text says “超过1.2万个”',)),
    Case("a stock, where the text says newly built",
         edit(TARGETS, "t-dongying-0005", basis="stock"),
         ("data/curated/dongying/targets.csv, row {row} (t-dongying-0005), column basis: "
          'found "stock"; expected flow; the text says “新建” before the value',)),
    Case("a count given as a share",
         edit(TARGETS, "t-dongying-0004", basis="stock"),
         ("data/curated/dongying/targets.csv, row {row} (t-dongying-0004), column basis: "
          'found "stock"; expected rate or growth; the unit is percent',)),
    Case("a unit that is not the indicator's",
         edit(TARGETS, "t-dongying-0008", unit_id="item"),
         (f'{T8}, column unit_id: found "item"; expected count; base_stations_5g is kept in it',)),
    Case("one statement coded twice under two keys",
         again(TARGETS, "t-dongying-0004", target_id="t-dongying-0099"),
         ("data/curated/dongying/targets.csv, row {row} (t-dongying-0099), column value_start: "
          'found "516"; expected one row per statement and indicator; '
          "this statement has been coded twice: keep one row",
          "data/curated/dongying/targets.csv, row {row} (t-dongying-0099), column target_id: "
          'found "t-dongying-0099"; expected a working translation; add the row to translations.csv')),
]  # fmt: skip

DATES = [
    Case("a deadline a year late, and the target that follows it",
         edit("jinan/deadlines.csv", "d-jinan-0010", due_on="2021-12-31"),
         ("data/curated/jinan/deadlines.csv, row {row} (d-jinan-0010), column due_on: "
          'found "2021-12-31"; expected 2020-12-31; the text says “2020年年底前”',
          "data/curated/jinan/targets.csv, row {row of t-jinan-0002} (t-jinan-0002), column due_on: "
          'found "2020-12-31"; expected 2021-12-31; d-jinan-0010 says so in deadlines.csv'),
         also=("jinan/mentions.csv",)),
    Case("a target a year late",
         edit("jinan/targets.csv", "t-jinan-0002", due_on="2021-12-31"),
         ("data/curated/jinan/targets.csv, row {row} (t-jinan-0002), column due_on: "
          'found "2021-12-31"; expected 2020-12-31; the text says “2020年年底前”',
          "data/curated/jinan/targets.csv, row {row} (t-jinan-0002), column due_on: "
          'found "2021-12-31"; expected 2020-12-31; d-jinan-0010 says so in deadlines.csv')),
    Case("an undated target that is not due at its plan's end",
         edit(TARGETS, "t-dongying-0004", due_on="2023-12-31"),
         ("data/curated/dongying/targets.csv, row {row} (t-dongying-0004), column due_on: "
          'found "2023-12-31"; expected 2022-12-31; due_source period takes the plan\'s own end',)),
    Case("carried, where the time expression stands in the same sentence",
         edit(TARGETS, "t-dongying-0008", due_source="carried"),
         (f'{T8}, column due_source: found "carried"; expected inherited_year; '
          "the time expression stands in the same sentence",)),
    Case("explicit, where the time expression stands in an earlier sentence",
         edit("jinan/targets.csv", "t-jinan-0003", due_source="explicit"),
         ("data/curated/jinan/targets.csv, row {row} (t-jinan-0003), column due_source: "
          'found "explicit"; expected carried; the time expression stands in an earlier sentence',)),
    Case("a time expression without its offsets",
         edit(TARGETS, "t-dongying-0008", due_start="", due_end=""),
         (f'{T8}, column due_start: found ""; expected offsets within the 7524 characters of the raw text; '
          "set due_start and due_end to where the words stand",
          f'{T8}, column due_start: found ""; expected 5702; d-dongying-0009 says so in deadlines.csv',
          f'{T8}, column due_end: found ""; expected 5704; d-dongying-0009 says so in deadlines.csv')),
    Case("offsets without their time expression",
         edit(TARGETS, "t-dongying-0008", due_text=""),
         (f'{T8}, column due_text: found ""; expected the words of its offsets; '
          "give the words or empty due_start and due_end",
          f'{T8}, column due_text: found ""; expected 年内; d-dongying-0009 says so in deadlines.csv')),
    Case("a dated target that names no deadline",
         edit(TARGETS, "t-dongying-0008", deadline_id=""),
         (f'{T8}, column deadline_id: found ""; expected a deadline; name it, or set due_source to period',)),
    Case("a status with a due date",
         edit("qingdao/targets.csv", "t-qingdao-0001", due_on="2020-12-31"),
         ("data/curated/qingdao/targets.csv, row {row} (t-qingdao-0001), column due_on: "
          'found "2020-12-31"; expected nothing; a status has no due date',)),
    Case("a plan without an end is one problem, not one for every target that takes it",
         edit("sources.csv", "dongying-2022", period_end=""),
         (f'{SOURCE}, column period_end: found ""; expected a date; undated targets take the plan\'s end',)),
]  # fmt: skip

DOCUMENTS = [
    Case("a raw text edited by one byte",
         rewritten("raw/dongying/dongying-2022.txt", lambda content: content.replace(b"11%", b"12%", 1)),
         ('data/curated/sources.csv, row {row of dongying-2022} (dongying-2022), column sha256: '
          'found "3fe6604ab4e4d3ca87edcdd28289a780c7faef76e55087fb93b76c47f1f9577d"; '
          "expected 56ee69648b3de215fad9cd8ab96ee68b7e88c55a78aa36539afd528498293e64; "
          "the raw text was changed: restore it, or recode the source",)),
    Case("a raw text without a checksum",
         edit("sources.csv", "dongying-2022", sha256=""),
         (f'{SOURCE}, column sha256: found ""; '
          "expected 3fe6604ab4e4d3ca87edcdd28289a780c7faef76e55087fb93b76c47f1f9577d; "
          "the raw text was changed: restore it, or recode the source",)),
    Case("a raw text saved as GBK",
         rewritten("raw/qingdao/qingdao-2020.txt", lambda content: content.decode().encode("gbk")),
         ('qingdao-2020.txt: found "bytes that are not UTF-8 at position 5"; expected UTF-8; '
          "save it as UTF-8 (GBK is the usual cause) before any offset is taken",)),
    Case("a raw text emptied",
         rewritten("raw/dongying/dongying-2022.txt", lambda _: b""),
         ('dongying-2022.txt: found "an empty file"; expected the scraped text; scrape it again',)),
    Case("a path where nothing stands",
         edit("sources.csv", "dongying-2022", path="dongying/dongying-2023.txt"),
         ('dongying-2023.txt: found "no file"; expected the raw text of dongying-2022; '
          "put the scraped file there or mark the source not_obtained",)),
    Case("a text at hand that is said not to be",
         edit("sources.csv", "dongying-2022", status="not_obtained"),
         (f'{SOURCE}, column path: found "dongying/dongying-2022.txt"; expected nothing; '
          "the status is not_obtained",)),
    Case("furniture that runs past the text",
         edit("qingdao/furniture.csv", "qingdao-2020", end="6000"),
         ('data/curated/qingdao/furniture.csv, column start–end: found "5297–6000"; '
          "expected ranges apart from one another within the 5308 characters of the raw text; "
          "correct the offsets",)),
    Case("furniture that overlaps furniture",
         again("qingdao/furniture.csv", "qingdao-2020", start="5300"),
         ('data/curated/qingdao/furniture.csv, column start–end: found "5300–5308"; '
          "expected ranges apart from one another within the 5308 characters of the raw text; "
          "correct the offsets",)),
    Case("furniture whose end stands before its start",
         edit("qingdao/furniture.csv", "qingdao-2020", start="5307", end="5300"),
         ("data/curated/qingdao/furniture.csv, row {row} (qingdao-2020), column first_words: "
          'found "掃一掃在手機打開當前頁"; expected the first words of its range; correct the offsets',)),
    Case("furniture that begins a character late",
         edit("qingdao/furniture.csv", "qingdao-2020", start="5298"),
         ("data/curated/qingdao/furniture.csv, row {row} (qingdao-2020), column first_words: "
          'found "掃一掃在手機打開當前頁"; expected the first words of its range; correct the offsets',)),
]  # fmt: skip


COMPLETE = "data/curated/sources.csv, row {row of dongying-2022} (dongying-2022), column coding_state"
COMPLETENESS = [
    Case("a target left out: its numeral is left over, as is its translation",
         dropped(TARGETS, "t-dongying-0043"),
         ("data/curated/translations.csv, row {row of t-dongying-0043} (t-dongying-0043), column row_id: "
          'found "t-dongying-0043"; expected a target, an unquantified mention or a commitment; '
          "remove the row, or correct its id",
          f'{COMPLETE}: found "20 in “i应用试点示范行动,打造20个以上典型应用场景。提升”"; '
          "expected every numeral explained; code 5374–5376 of dongying-2022 or exclude it"),
         also=("indicators.csv",)),
    Case("a commitment left out",
         dropped("dongying/commitments.csv", "c-dongying-0006"),
         (f'{COMPLETE}: found "深化拓展应用场景"; expected every clause coded; '
          "code 433–441 of dongying-2022 as a commitment or another clause",)),
    Case("a heading left out: a rule explains its numeral, but no row its words",
         dropped("dongying/other_clauses.csv", "o-dongying-0009"),
         (f'{COMPLETE}: found "一、工作目标"; expected every clause coded; '
          "code 342–348 of dongying-2022 as a commitment or another clause",)),
    Case("a rule left out",
         dropped("number_rules.csv", "n16"),
         (f'{COMPLETE}: found "119 in “全市融合接警平台”,整合119、120、网格化、政务热”"; '
          "expected every numeral explained; code 1879–1882 of dongying-2022 or exclude it",
          f'{COMPLETE}: found "120 in “接警平台”,整合119、120、网格化、政务热线等渠道”"; '
          "expected every numeral explained; code 1883–1886 of dongying-2022 or exclude it")),
    Case("a word left out",
         dropped("lexical_numerals.csv", "六户镇"),
         (f'{COMPLETE}: found "六 in “。积极推动利津县、东营区六户镇、垦利区董集镇、广饶”"; '
          "expected every numeral explained; code 4443–4444 of dongying-2022 or exclude it",)),
    Case("a rule that explains any number alone",
         again("number_rules.csv", "n50", rule_id="n97", pattern="^3000$"),
         ('data/curated/number_rules.csv, row {row} (n97), column pattern: found "^3000$"; '
          "expected literal text beside the numeral; it explains a bare 3000: name its context",)),
    Case("a rule that explains any Chinese numeral alone",
         again("number_rules.csv", "n50", rule_id="n97", pattern="^三千五?百?$|九亿"),
         ('data/curated/number_rules.csv, row {row} (n97), column pattern: found "^三千五?百?$|九亿"; '
          "expected literal text beside the numeral; it explains a bare 三千五百: name its context",)),
    Case("a rule that explains a target away",
         again("number_rules.csv", "n50", rule_id="n97", pattern="新建并开通5g基站\\d+个"),
         ('data/curated/number_rules.csv, row {row} (n97), column pattern: found "新建并开通5g基站2000个"; '
          "expected no numeral of t-dongying-0008; narrow the rule: it explains a target away",)),
]  # fmt: skip


@pytest.fixture(scope="module")
def codebook(root: Path) -> dict[str, Table]:
    return read_codebook(root)


@pytest.fixture(autouse=True)
def same_codebook(codebook: dict[str, Table], monkeypatch: pytest.MonkeyPatch) -> None:
    """No case breaks the dictionary: it is read once for all of them."""
    monkeypatch.setattr("compare.tables.book.read_codebook", lambda _root: codebook)


@pytest.mark.parametrize("case", FORM, ids=lambda case: case.reason)
def test_what_is_told_of_a_file(project: Path, codebook: dict[str, Table], case: Case) -> None:
    edited = case.breaks(project)
    file = regex.match(r"data/curated/[\w/]+\.csv", case.messages[0])[0]
    table = codebook[Path(file).stem]
    rows = read_table(table, project / file, file)
    told = [*rows.problems, *repeated_keys(table, rows)]
    assert [str(problem) for problem in told] == [
        filled(message, edited, project) for message in case.messages
    ]


@pytest.mark.parametrize(
    "case", KEYS + WORDS + FIGURES + DATES + DOCUMENTS + COMPLETENESS, ids=lambda case: case.reason
)
def test_what_is_told_of_the_book(project: Path, case: Case) -> None:
    before = contents(project)
    edited = case.breaks(project)
    with pytest.raises(CompareError) as told:
        load(project, thorough=True)
    messages = [filled(message, edited, project) for message in case.messages]
    held = [str(problem) for problem in told.value.problems]
    assert [message for message in messages if message not in held] == []
    assert in_order(messages, held)
    broken = {file for file, content in contents(project).items() if before.get(file) != content}
    named = {message.split(", ")[0].split(": ")[0] for message in messages}
    strange = {problem.file for problem in told.value.problems} - broken - named
    assert strange <= {f"data/curated/{file}" for file in case.also}, held


def test_a_rule_that_holds_no_whole_numeral_of_a_target_explains_nothing_away(project: Path) -> None:
    beside = "开通5g基站20(?=00个)|(?<=2000)个,10g"
    last = read(project / "data" / "curated" / "number_rules.csv")[-1][0]
    following = f"n{int(last.removeprefix('n')) + 1}"
    again("number_rules.csv", "n50", rule_id=following, pattern=beside)(project)
    assert following in set(load(project, thorough=True).number_rules["rule_id"])


def test_a_citys_missing_folder_is_told_first_and_not_once_for_every_word_of_its_plan(project: Path) -> None:
    removed("curated/dongying")(project)
    with pytest.raises(CompareError) as told:
        load(project, thorough=True)
    first, *rest = map(str, told.value.problems)
    assert first == filled(
        "data/curated/sources.csv, row {row of dongying-2022} (dongying-2022), column place_id: "
        'found "dongying"; expected a folder data/curated/dongying; '
        "the city's curated tables are missing",
        None,
        project,
    )
    # What only that city's rows used is told beside it.
    unused = ("translations.csv", "indicators.csv", "agencies.csv", "terms.csv", "corrections.csv")
    assert {message.split(", ")[0].removeprefix("data/curated/") for message in rest} <= set(unused)


def test_a_missing_path_is_told_first(project: Path) -> None:
    edited = edit("sources.csv", "dongying-2022", path="")(project)
    with pytest.raises(CompareError) as told:
        load(project, thorough=True)
    message = f'{SOURCE}, column path: found ""; expected a file under data/raw; the status is adopted'
    assert str(told.value.problems[0]) == filled(message, edited, project)


def test_all_problems_come_at_once_and_are_counted(project: Path) -> None:
    first, _ = edit("jinan/deadlines.csv", "d-jinan-0001", due_on="2022")(project)
    second, _ = edit(DEADLINES, "d-dongying-0001", due_precision="yaer")(project)
    with pytest.raises(CompareError) as told:
        load(project, thorough=True)
    assert str(told.value) == (
        "The curated tables do not hold: 2 problems.\n"
        f'  1. data/curated/jinan/deadlines.csv, row {first}, column due_on: found "2022"; '
        "expected a date as 2025-12-31; Last day that keeps the promise, empty for recurring ones.\n"
        f'  2. data/curated/dongying/deadlines.csv, row {second}, column due_precision: found "yaer"; '
        "expected year or quarter; How exact the expression is."
    )


def test_problems_of_content_in_two_cities_come_at_once(project: Path) -> None:
    edit(TARGETS, "t-dongying-0009", value_low="21000")(project)
    edit("jinan/targets.csv", "t-jinan-0006", comparator="gt")(project)
    with pytest.raises(CompareError) as told:
        load(project, thorough=True)
    assert [(problem.key, problem.column) for problem in told.value.problems] == [
        ("t-jinan-0006", "comparator"),
        ("t-dongying-0009", "value_low"),
    ]


def test_an_editors_hidden_folder_is_no_city(project: Path) -> None:
    added_folder(".ipynb_checkpoints")(project)
    assert ".ipynb_checkpoints" not in load(project, thorough=True).cities


def test_without_the_dictionary_there_is_no_project(project: Path) -> None:
    removed("curated/datapackage.yaml")(project)
    with pytest.raises(CompareError) as told:
        load(project, thorough=True)
    assert str(told.value) == (
        "There is no project here: 1 problem.\n"
        '  1. project: found "no tables"; expected a folder that holds data/curated/datapackage.yaml; '
        "name the project's folder with --root"
    )

"""What a document prints of itself, broken on purpose: metadata, citations, tasks, ledger, times."""

from __future__ import annotations

import pytest

from .breaking import Bench, Case, case, edit

S = "sources.csv"


def source(key: str, column: str, reason: str, **cells: str) -> Case:
    return case(reason, edit("sources", key, **cells), told=(S, key, column))


def task(key: str, column: str, reason: str, **cells: str) -> Case:
    city = key.split("-")[1]
    return case(reason, edit("tasks", key, **cells), told=(f"{city}/tasks.csv", key, column))


SOURCES = [
    source(
        "dongying-2022", "title_zh", "a title with another year", title_zh="东营市数字变革创新2023年行动方案"
    ),
    source(
        "jinan-2019", "title_zh", "a title that the text does not print", title_zh="济南市数字政府建设方案"
    ),
    source("dongying-2022", "issuer_zh", "another issuer", issuer_zh="东营市人民政府公办室"),
    source(
        "dongying-2022",
        "document_number",
        "a digit of the number changed",
        document_number="东政办字〔2022〕37号",
    ),
    source(
        "jinan-2019", "document_number", "a number left out, though the text prints it", document_number=""
    ),
    source(
        "shandong-2022",
        "document_number",
        "another number than the one cited",
        document_number="鲁政办字〔2022〕29号",
    ),
    source(
        "shandong-2020-infrastructure",
        "document_number",
        "two numbers of one province changed about",
        document_number="鲁政办字〔2020〕47号",
    ),
    source("dongying-2022", "drawn_up_on", "a day that the text does not print", drawn_up_on="2022-07-02"),
    source("jinan-2019", "drawn_up_on", "a signed date left out, though the text is signed", drawn_up_on=""),
    source("dezhou-2023", "published_on", "published before it was signed", published_on="2023-03-05"),
    source("dezhou-2023", "published_on", "published in 2062", published_on="2062-04-05"),
    source("dongying-2022", "drawn_up_on", "signed in a year to come", drawn_up_on="2031-07-01"),
    source("dongying-2022", "period_end", "a period that ends before it begins", period_end="2021-12-31"),
    source("jinan-2019", "period_end", "a year too long", period_end="2023-12-31"),
    source("jinan-2019", "period_text", "a period the other way about", period_text="2022/2019"),
    source(
        "dezhou-2023",
        "period_text",
        "years that the document does not name",
        period_text="2023/2026",
        period_end="2026-12-31",
    ),
    source("dongying-2021", "period_end", "the fourteenth five-year plan to 2026", period_end="2026-12-31"),
    source("qingdao-2020", "script", "a Traditional text called Simplified", script="Hans"),
    source("jinan-2019", "script", "a Simplified text called Traditional", script="Hant"),
    source("dezhou-2020", "status", "a draft called adopted", status="adopted"),
    source("dongying-2022", "status", "an adopted plan called a draft", status="draft"),
    source("jinan-2019", "status", "a plan called work points", status="work_points"),
    source(
        "shandong-2022", "coding_state", "a document not at hand called complete", coding_state="complete"
    ),
    source("shandong-2022", "published_on", "a day of a document not at hand", published_on="2022-03-05"),
    source("shandong-2022", "script", "a script of a document not at hand", script="Hans"),
    source(
        "jinan-2019", "cites_zh", "a citation that the text does not print", cites_zh="《数字中国建设规划》"
    ),
    case(
        "a document cited that no row lists",
        edit("sources", "dongying-2021", title_zh="东营市“十四五”数字规划"),
        told=(S, "dongying-2022", "cites_zh"),
    ),
    case(
        "the number of a document that another cites, taken from it",
        edit("sources", "china-2022", document_number=""),
        told=(S, "china-2022", "document_number"),
    ),
    case(
        "a goal that names no document, though its page is headed by one",
        edit("outside_targets", "g-shandong-0010", source_id=""),
        told=("outside_targets.csv", "g-shandong-0010", "source_id"),
    ),
    case(
        "a goal that names another document than its page",
        edit("outside_targets", "g-shandong-0010", source_id="shandong-2023"),
        told=("outside_targets.csv", "g-shandong-0010", "source_id"),
    ),
    case(
        "a goal of a newspaper given to a document",
        edit("outside_targets", "g-qingdao-0002", source_id="qingdao-2020"),
        told=("outside_targets.csv", "g-qingdao-0002", "source_id"),
    ),
]
TASKS = [
    task("k-dongying-0010", "number", "a number out of its turn", number="12"),
    task("k-qingdao-0012", "number", "a part's number twice", number="三(一)"),
    task("k-jinan-0016", "number", "a letter for a number", number="十四"),
    task("k-dongying-0010", "title_zh", "a character of the title changed", title_zh="全面打造智能社区"),
    task("k-jinan-0016", "title_zh", "another task's title", title_zh="数字社保"),
    task("k-dongying-0010", "end", "a range that ends before the last mark", end="4200"),
    task("k-jinan-0016", "title_zh", "a range that begins late", start="7520"),
    case(
        "a range that runs into the next task",
        edit("tasks", "k-dezhou-0017", end="5745"),
        told=("dezhou/tasks.csv", "k-dezhou-0018", "start"),
    ),
    case(
        "a range that takes in the next task",
        edit("tasks", "k-jinan-0016", end="8086"),
        told=("jinan/tasks.csv", "k-jinan-0017", "start"),
    ),
    task(
        "k-dongying-0005", "lead_ids", "a leader that the note does not name", lead_ids="dongying-education"
    ),
]
L = "dezhou/ledger.csv"
# The rule names all cells of an entry at once.
ALL = "number, unit_zh, task_zh, plan_zh, other_leads_zh"
LEDGER = [
    case(reason, edit("ledger", "l-dezhou-0002", **cells), told=(L, "l-dezhou-0002", ALL))
    for reason, cells in (
        ("another number of an entry", {"number": "3"}),
        ("another unit of an entry", {"unit_zh": "市委政法委"}),
        ("a word of an entry's task left out", {"task_zh": "完善云、网、数一体化安全保障体系。"}),
        ("a month of an entry's plan changed", {"plan_zh": "11月底前,建设互联网应急指挥平台。"}),
        ("a leading unit that no entry prints", {"other_leads_zh": "市公安局"}),
        ("an entry that begins a little late", {"start": "3810"}),
        ("an entry that ends early", {"end": "3960"}),
    )
]

TIMES = [
    case(
        "a clause that names a later time expression",
        edit("commitments", "c-dongying-0171", deadline_id="d-dongying-0008"),
        told=("dongying/commitments.csv", "c-dongying-0171", "deadline_id"),
    ),
    case(
        "a clause that names one two before",
        edit("commitments", "c-dongying-0233", deadline_id="d-dongying-0001"),
        told=("dongying/commitments.csv", "c-dongying-0233", "deadline_id"),
    ),
    case(
        "a clause that forgot the time inside it",
        edit("commitments", "c-dongying-0233", deadline_id=""),
        told=("dongying/commitments.csv", "c-dongying-0233", "deadline_id"),
    ),
    case(
        "a target under another deadline than its clause",
        edit("commitments", "c-dongying-0172", deadline_id=""),
        told=("dongying/targets.csv", "t-dongying-0006", "deadline_id"),
    ),
    case(
        "a deadline that governs nothing",
        edit("commitments", "c-dongying-0056", deadline_id=""),
        edit("targets", "t-dongying-0018", deadline_id="d-dongying-0002"),
        told=("dongying/deadlines.csv", "d-dongying-0001", "deadline_id"),
    ),
    case(
        "a mention due on another day than its clause",
        edit("mentions", "m-jinan-0001", due_on="2021-12-31"),
        told=("jinan/mentions.csv", "m-jinan-0001", "due_on"),
    ),
    case(
        "a mention that lost its day",
        edit("mentions", "m-jinan-0002", due_on=""),
        told=("jinan/mentions.csv", "m-jinan-0002", "due_on"),
    ),
    case(
        "a mention without a time given one",
        edit("mentions", "m-dongying-0001", due_on="2022-12-31"),
        told=("dongying/mentions.csv", "m-dongying-0001", "due_on"),
    ),
]

TOGETHER = [
    case(
        "a restatement unlinked, its note struck out",
        edit("targets", "t-dezhou-0001", restates_target_id="", note=""),
        edit("targets", "t-dezhou-0003", note=""),
        told=("dezhou/targets.csv", "t-dezhou-0003", "restates_target_id"),
    ),
    case(
        "the same number twice, unlinked",
        edit("targets", "t-dongying-0001", restates_target_id="", note=""),
        told=("dongying/targets.csv", "t-dongying-0005", "restates_target_id"),
    ),
    case(
        "a part that forgot its whole",
        edit("targets", "t-jinan-0023", part_of_target_id=""),
        told=("jinan/targets.csv", "t-jinan-0023", "part_of_target_id"),
    ),
    case(
        "a part of something else",
        edit("targets", "t-jinan-0023", part_of_target_id="t-jinan-0021"),
        told=("jinan/targets.csv", "t-jinan-0023", "part_of_target_id"),
    ),
    case(
        "a part where no 其中 stands",
        edit("targets", "t-jinan-0022", part_of_target_id="t-jinan-0021"),
        told=("jinan/targets.csv", "t-jinan-0022", "part_of_target_id"),
    ),
    case(
        "a target for a baseline",
        edit("targets", "t-jinan-0016", baseline_target_id="t-jinan-0015"),
        told=("jinan/targets.csv", "t-jinan-0016", "baseline_target_id"),
    ),
    case(
        "a status of another indicator for a baseline",
        edit("targets", "t-qingdao-0010", baseline_target_id="t-qingdao-0001"),
        told=("qingdao/targets.csv", "t-qingdao-0010", "baseline_target_id"),
    ),
]


@pytest.mark.parametrize(
    "broken", SOURCES + TASKS + LEDGER + TIMES + TOGETHER, ids=lambda broken: broken.reason
)
def test_what_is_told_of_what_is_printed(bench: Bench, broken: Case) -> None:
    bench.holds(broken)

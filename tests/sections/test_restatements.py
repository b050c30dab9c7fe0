"""Where a plan says a thing twice, the page says how the two sayings differ, or that they do not."""

from __future__ import annotations

import pytest

import compare as cp
from compare.sections.sentences import restatement
from compare.sections.shown import by_row
from compare.tables.book import Book
from compare.words.messages import messages
from compare.words.text import plain

# A statement that repeats another one, what is said of it in both languages, and why.
TWICE = [
    ("t-dezhou-0022", "此处没有“力争”一类的词", "firm here", "firm in the ledger, 力争 in the plan"),
    ("t-dezhou-0023", "两处期限相同，“以上”“超过”一类的词也相同",
     "deadline and bound are the same in both places", "争取 beside 力争"),
    ("t-dezhou-0001", "此处是投用", "here: put into use", "开通 in the plan, 建成 in its ledger"),
    ("t-dongying-0003", "此处没有写明口径", "basis not stated here", "建成并开通 beside 新建并开通"),
    ("t-jinan-0001", "此处期限为2022年底", "here due end-2022", "the goal of 2022 is the task of 2020"),
    ("t-jinan-0008", "此处期限为2022年底", "here due end-2022", "the goal of 2022 is due in June 2020"),
    ("t-dezhou-0019", "“以上”“超过”一类的词不同", "the bound differs", "推出100项 beside 不少于100项"),
    ("t-dezhou-0018", "此处是要达到的水平", "here: a level to reach", "集成服务不少于100项 beside 实现100项"),
]  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("row_id", "zh", "en", "reason"), TWICE, ids=[case[0] for case in TWICE])
def test_a_page_says_how_two_statements_of_one_promise_differ(
    book: Book, row_id: str, zh: str, en: str, reason: str, lang: str
) -> None:
    topic = book.targets.set_index("target_id").at[row_id, "topic_id"]
    known = by_row(cp.figures(book, topic=topic))
    here, counts = known[row_id], known[known[row_id]["restates_target_id"]]
    said = restatement(here, counts, messages(lang), lang)
    assert {run.row for run in said if run.row} == {row_id, counts["row_id"]}
    assert (zh if lang == "zh" else en) in plain(said), reason

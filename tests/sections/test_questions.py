"""What is asked of a city: every gap of a row raises its question, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import compare as cp
from compare.sections.section import runs
from compare.tables.book import Book
from compare.words.text import plain

from .telling import read_rows

ROW = "t-dongying-0006"


def asked(book: Book) -> set[str]:
    rows = cp.questions(book, "dongying", "smart_community")
    return {row["code"] for row in rows.to_dict("records") if ROW in row["row_ids"].split(";")}


@pytest.mark.parametrize(
    ("cells", "code", "reason"),
    [
        ({"basis": "ambiguous"}, "total_or_new", "new or in total is not said"),
        ({"denominator_zh": None}, "denominator", "a rate of nothing named"),
        ({"due_source": "period"}, "when", "the plan's end is taken for want of a date"),
        ({"comparator": "approx"}, "how_far", "about so many"),
        ({"commitment_id": None}, "led", "no task names anybody"),
    ],
)
def test_a_gap_raises_its_question(book: Book, cells: dict[str, Any], code: str, reason: str) -> None:
    at = book.targets["target_id"] == ROW
    whole = book.targets.copy()
    for name, value in {
        "basis": "rate",
        "denominator_zh": "社区",
        "due_source": "explicit",
        "comparator": "eq",
    }.items():
        whole.loc[at, name] = value
    gap = whole.copy()
    for name, value in cells.items():
        gap.loc[at, name] = value
    before, after = (asked(replace(book, targets=rows)) for rows in (whole, gap))
    assert after - before == {code} - before and code in after, reason


def test_every_draft_is_asked_about_and_no_other(book: Book) -> None:
    held = cp.questions(book)
    ids = {one for cell in held.loc[held["code"] == "issued", "row_ids"] for one in cell.split(";")}
    drafts = {row["source_id"] for row in read_rows("sources") if row["status"] == "draft" and row["path"]}
    rows = [row for row in read_rows("targets") if row["source_id"] in drafts and row["kind"] == "target"]
    assert ids == {row["target_id"] for row in rows if not row["restates_target_id"]}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_question_leads_to_the_figures_that_raise_it(book: Book, lang: str) -> None:
    held, figures = cp.questions(book, topic="5g"), cp.figures(book, "5g")
    made = cp.sections.questions(held, figures, lang)
    for fold in made.blocks:
        own = [plain(fold.summary).startswith(one) for one in held[f"question_{lang}"]]
        assert {run.row for run in runs(fold) if run.row} == set(
            ";".join(held.loc[own, "row_ids"]).split(";")
        )
    none = figures[figures["place_id"] == "qingdao"]
    assert not cp.sections.questions(held, none, lang).blocks

"""Which topics come first, and of each the finding that leads it: what compares, else what stands alone."""

from __future__ import annotations

from typing import Any

import pandas as pd

from compare.analysis.differences import own_scope
from compare.analysis.figures import promised
from compare.analysis.ranks import AS_STATED
from compare.analysis.selection import counted
from compare.tables.book import Book
from compare.tables.edition import edition_of

# How many topics are featured where the edition names none.
FEATURED = 3
# Readings under which a list of values by size is still true: bounds are shown, doubts are told.
ADMITTED = {"", "bound=written", "confidence=all", "bound=written;confidence=all"}
# What a pair says of time where it says that one asks for more and gives more time.
APART = ("more_later", "less_earlier")


def topics_in_order(book: Book) -> list[str]:
    """Return every topic in its order: the featured, those that the edition orders, the rest."""
    held, known = edition_of(book.root), list(book.topics["topic_id"])
    return [one for one in dict.fromkeys((*held.featured, *held.topic_order, *known)) if one in known]


def featured(book: Book) -> list[str]:
    """Return the topics that the edition features, else those to which most cities put numbers."""
    named = [one for one in edition_of(book.root).featured if one in set(book.topics["topic_id"])]
    if named:
        return named
    held = promised(counted(book), book.cities).groupby("topic_id")["place_id"].nunique()
    ranked = sorted((one for one in topics_in_order(book) if one in held), key=lambda one: -held[one])
    return ranked[:FEATURED]


def compared(order: pd.DataFrame, figures: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return groups of figures that compare at one time, each from most to least, the first to be told first.

    A group holds figures of one item and one deadline, one a place, of whose amounts every pair is told in
    `order`. What rests on no doubt comes before what does, then what has more places, headline indicators,
    and their order.
    """
    own = figures.drop_duplicates("row_id").set_index("row_id")
    rows = order[(order["normaliser"] == AS_STATED) & order["left_id"].isin(own.index)]
    rows = rows[rows["right_id"].isin(own.index) & rows["readings"].isin(ADMITTED)]
    rows = rows[(rows["time"] == "same") & (rows["relation"] != "not_told")]
    groups = []
    for _, held in rows.groupby("item_id", sort=False):
        for _, ids in own.loc[_ids(held)].groupby("due_on", dropna=False, sort=False):
            groups += [_agreeing(held, own.loc[list(ids.index)])]
    groups = [group for group in groups if len(group) > 1]
    return sorted(groups, key=lambda group: _rank(own.loc[list(group)]))


def apart(order: pd.DataFrame, figures: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return pairs of which one asks for more and gives more time, the higher first; sure ones first."""
    own = figures.drop_duplicates("row_id").set_index("row_id")
    rows = order[(order["normaliser"] == AS_STATED) & order["relation"].isin(APART)]
    rows = rows[rows["left_id"].isin(own.index) & rows["right_id"].isin(own.index)]
    pairs = [
        (one.left_id, one.right_id) if one.relation == "more_later" else (one.right_id, one.left_id)
        for one in rows.itertuples()
    ]
    return sorted(pairs, key=lambda pair: _rank(own.loc[list(pair)]))


def weightiest(figures: pd.DataFrame, shared: pd.Series | None = None) -> list[str]:
    """Return the targets that count by their weight: issued before drafts, headline, firm, of the
    whole city, of a topic that comes first, of a basis told, of indicators that more cities quantify
    (`shared`), then as indicators stand."""
    held = figures[(figures["kind"] == "target") & figures["operative"].astype(bool)]
    counts = held["indicator_id"].map(shared) if shared is not None else 0
    made = held.assign(
        drafted=held["status"] == "draft",
        lesser=held["headline"] != "yes",
        soft=held["force"] != "firm",
        partial=[bool(narrowed(row)) for row in held.to_dict("records")],
        reach=-pd.Series(counts, index=held.index).astype("float64"),
        open=held["basis"] == "ambiguous",
    )
    keys = [
        "drafted",
        "lesser",
        "soft",
        "partial",
        "topic_order",
        "open",
        "reach",
        "indicator_order",
        "row_id",
    ]
    return list(made.sort_values(keys)["row_id"])


def narrowed(figure: dict[str, Any]) -> str:
    """Return the part of a city that a figure is of, empty for the whole or where the item's name says it.

    >>> narrowed({"scope_zh": "全市农村", "item_zh": "家庭"})
    '农村'
    >>> narrowed({"scope_zh": "农村", "item_zh": "农村家庭"})
    ''
    """
    scope, name = own_scope(figure["scope_zh"]), str(figure["item_zh"])
    return "" if scope in name or name in scope else scope


def _ids(rows: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys([*rows["left_id"], *rows["right_id"]]))


def _agreeing(pairs: pd.DataFrame, rows: pd.DataFrame) -> tuple[str, ...]:
    """Return as many figures, one a place, as are all told of one another, from most to least."""
    told = {frozenset(ids) for ids in zip(pairs["left_id"], pairs["right_id"], strict=True)}
    size = rows["value_low"].fillna(rows["value_high"])
    way = rows["better"].eq("lower").any()
    rows = rows.assign(size=size if way else -size, open=~rows["comparator"].isin(["ge", "gt"]))
    kept: list[str] = []
    for row in rows.sort_values(["size", "open", "division_code"]).index:
        if all(frozenset((row, other)) in told for other in kept):
            kept.append(str(row))
    return tuple(kept)


def _rank(rows: pd.DataFrame) -> tuple[bool, int, bool, int, float, int]:
    doubtful = bool((rows["confidence"] == "medium").any() or rows["disputed"].astype(bool).any())
    drafted = bool((rows["status"] == "draft").any())
    order = rows["indicator_order"].min()
    latest = rows["due_on"].max()
    return (
        doubtful or drafted, -rows["place_id"].nunique(), not (rows["headline"] == "yes").all(),
        0 if pd.isna(latest) else -latest.toordinal(), 1e9 if pd.isna(order) else float(order), 0,
    )  # fmt: skip

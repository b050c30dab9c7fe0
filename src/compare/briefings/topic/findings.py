"""Finding sentences made from the data, so that they stay true when the data change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup, escape

from compare.analysis.differences import BY_CODE, GRADES
from compare.analysis.grid import STATUS

if TYPE_CHECKING:
    from compare.briefings.topic.briefing import TopicBriefing

# How many figures a standfirst may hold before it turns into a table.
MOST_FIGURES = 5
# What cities that put no number to the topic say of it instead, in the order in which it is told.
WITHOUT = ("unquantified", "status_only", "not_coded", "not_applicable", "silent", "not_obtained")


def title(brief: TopicBriefing) -> str:
    """Return the finding that heads the page: what compares, or that nothing does."""
    said = _verdict(brief)
    return brief.titled(said[0].upper() + said[1:])


def _verdict(brief: TopicBriefing) -> str:
    cities = brief.promised["city_id"].nunique()
    values = {
        "topic": brief.labels.name("topics", brief.topic),
        "topic_en": _in_sentence(brief),
        "cities": brief.labels.count(cities),
    }
    like = int((brief.pairs["grade"] == "like").sum())
    if like:
        return brief.words(
            "title.like.one" if like == 1 else "title.like", pairs=brief.labels.count(like), **values
        )
    if cities < 2:
        return brief.words("title.alone" if cities else "title.none", **values)
    if brief.pairs.empty:
        return brief.words("title.apart", **values)
    return brief.words("title.unlike_all" if cities == len(brief.shown) else "title.unlike", **values)


def _in_sentence(brief: TopicBriefing) -> str:
    name = brief.labels.name("topics", brief.topic)
    return name if name[:2].isupper() or name[0].isdigit() else name[0].lower() + name[1:]


def standfirst(brief: TopicBriefing) -> Markup:
    """Return two or three figures with their years, linked, and one caution."""
    chosen = _leading_figures(brief)
    parts = []
    for indicator, rows in chosen:
        figures = [
            Markup(
                brief.words(
                    "standfirst.figure",
                    city=_city(brief, cells["city_id"]),
                    due=escape(brief.labels.due(cells)),
                    value=_link(brief, cells),
                )
            )
            for cells in rows
        ]
        joined = Markup(brief.labels.comma).join(figures)
        parts.append(
            Markup(
                brief.words(
                    "standfirst.indicator",
                    indicator=escape(brief.labels.name("indicators", indicator)),
                    figures=joined,
                )
            )
        )
    return Markup(" " if brief.lang == "en" else "").join([*parts, *map(Markup, _cautions(brief))])


def _leading_figures(brief: TopicBriefing) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the indicators that most cities put a number to, headline ones first, with their targets."""
    promised = brief.promised
    counts = promised.groupby("indicator_id")["city_id"].nunique()
    indicators = brief.book.indicators.set_index("indicator_id")
    order = {name: at for at, name in enumerate(indicators.index)}
    ranked = sorted(
        counts.index, key=lambda name: (-counts[name], indicators.at[name, "headline"] != "yes", order[name])
    )
    chosen: list[tuple[str, list[dict[str, Any]]]] = []
    for name in ranked[:3]:
        rows = (
            promised[promised["indicator_id"] == name].sort_values(["due_on", "target_id"]).to_dict("records")
        )
        if chosen and sum(len(held) for _, held in chosen) + len(rows) > MOST_FIGURES:
            break
        chosen.append((name, rows))
    return chosen


def _cautions(brief: TopicBriefing) -> list[str]:
    said = []
    promised = set(brief.promised["city_id"])
    named = [cells for _, rows in _leading_figures(brief) for cells in rows]
    told = {cells["city_id"] for cells in named}
    others = [brief.place(city) for city in brief.shown if city in promised - told]
    if others:
        said.append(brief.words("caution.others", cities=brief.labels.all_of(others)))
    # Only what sets apart the figures that the reader has just been given.
    ids = {cells["target_id"] for cells in named}
    pairs = brief.pairs[brief.pairs["left_id"].isin(ids) & brief.pairs["right_id"].isin(ids)]
    differs = differences(brief, pairs)
    if differs and not (brief.pairs["grade"] == "like").any():
        said.append(brief.words("caution.differ", differences=differs))
    if brief.pairs.empty and len(promised) > 1:
        said.append(brief.words("caution.apart"))
    return said + _without(brief, promised)


def differences(brief: TopicBriefing, pairs: pd.DataFrame) -> str:
    """Return what sets the two sides of some pairs apart, as a running list; empty where nothing grades."""
    codes = [code for codes in pairs["differences"] for code in codes.split(";") if code]
    nouns = dict.fromkeys(BY_CODE[code].noun for code in codes if BY_CODE[code].noun)
    return brief.labels.all_of([brief.words(f"difference.{noun}") for noun in nouns])


def _without(brief: TopicBriefing, promised: set[str]) -> list[str]:
    """Return what the cities without a number say of the topic instead: words, nothing, or not known."""
    said = []
    for state in WITHOUT:
        held = [city for city in brief.shown if city not in promised and brief.states[city]["state"] == state]
        if held:
            names = [
                _words_of(brief, city) if state == "unquantified" else brief.place(city) for city in held
            ]
            said.append(brief.words(f"caution.{state}", cities=brief.labels.all_of(names)))
    return said


def _words_of(brief: TopicBriefing, city: str) -> str:
    """Return a city with the number of its commitments in words, linked to the first of them, as HTML."""
    row = brief.states[city]
    if not row["link"]:
        return brief.place(city)
    count = brief.words("caution.count" if row["count"] != 1 else "caution.count.one", count=row["count"])
    link = Markup('<a href="{}" title="{}">{}</a>').format(row["link"], row["link"].partition("#")[0], count)
    return brief.words("caution.counted", city=brief.place(city), count=link)


def shared_rows(brief: TopicBriefing) -> str:
    """Return how many rows of the table hold numbers from two cities or more, as its heading."""
    rows = [row for row in brief.grid if row.group != STATUS]
    shared = sum(sum(cell.state == "quantified" for cell in row.cells) > 1 for row in rows)
    return brief.words("table.title" if shared else "table.title.none", rows=len(rows), shared=shared)


def _city(brief: TopicBriefing, city: str) -> Markup:
    return Markup('<b class="city c-{}">{}</b>').format(city, brief.place(city))


def _link(brief: TopicBriefing, cells: dict[str, Any]) -> Markup:
    figure = brief.figure(cells["target_id"])
    link = Markup('<a class="v" href="#{}">{}</a>').format(figure["id"], figure["value"])
    draft = Markup(' <span class="tag draft-tag">{}</span>').format(brief.words("mark.draft"))
    partly = Markup(' <span class="tag partly">{}</span>').format(figure["partly"])
    return (
        brief.acted(link, figure["done"])
        + (draft if figure["draft"] else "")
        + (partly if figure["partly"] else "")
    )


def grouped_pairs(brief: TopicBriefing) -> list[dict[str, Any]]:
    """Return the pairs by grade, then numbers against words, then figures that stand alone."""
    made: list[dict[str, Any]] = []
    for grade in GRADES:
        rows = brief.pairs[brief.pairs["grade"] == grade].to_dict("records")
        if rows:
            made.append(
                {
                    "key": grade,
                    "pairs": [
                        {
                            "indicator": brief.labels.name("indicators", row["indicator_id"]),
                            "left": brief.figure(row["left_id"]),
                            "right": brief.figure(row["right_id"]),
                            "reason": row[f"reason_{brief.lang}"],
                        }
                        for row in rows
                    ],
                }
            )
    distinct = list({(figure["city"], figure["quote"]): figure for figure in _in_words(brief)}.values())
    if distinct:
        made.append({"key": "words", "figures": distinct})
    alone = [brief.figure(name) for name in _alone(brief)]
    if alone:
        made.append({"key": "alone", "figures": alone})
    return made


def _in_words(brief: TopicBriefing) -> Iterator[dict[str, Any]]:
    """Yield what a city says without a number of each headline indicator that it puts no number to."""
    numbered = set(brief.promised[["city_id", "indicator_id"]].itertuples(index=False, name=None))
    held = brief.coverage[brief.coverage["state"] == "unquantified"]
    for indicator in brief.indicators():
        rows = held[held["indicator_id"] == indicator].drop_duplicates("city_id")
        for city, row_id in zip(rows["city_id"], rows["evidence_id"], strict=True):
            if (city, indicator) not in numbered and _headline(brief, indicator):
                yield brief.figure(row_id)


def _headline(brief: TopicBriefing, indicator: str) -> bool:
    rows = brief.book.indicators.set_index("indicator_id")
    return bool(rows.at[indicator, "headline"] == "yes")


def _alone(brief: TopicBriefing) -> list[str]:
    promised = brief.promised
    counts = promised.groupby("indicator_id")["city_id"].transform("nunique")
    return list(promised.loc[counts == 1, "target_id"])

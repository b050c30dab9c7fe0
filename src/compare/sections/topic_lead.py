"""The head of a topic's page: the finding, two or three figures with their years, and some facts."""

from __future__ import annotations

import pandas as pd

from compare.sections.leads import documents_fact, lead, promised_fact, years_fact
from compare.sections.section import Section
from compare.sections.shown import Figure, acted, enumerated, operative, place, tags
from compare.sections.topic_words import differences, in_sentence
from compare.sections.worded_lead import worded_title
from compare.words.labels import Labels
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.signs import signs
from compare.words.text import Run, Text, joined, text

# How many figures a standfirst may hold before it turns into a table.
MOST_FIGURES = 5
# What cities that put no number to the topic say of it instead, in the order in which it is told.
WITHOUT = ("unquantified", "status_only", "not_coded", "not_applicable", "silent", "not_obtained")


def topic_lead(
    figures: pd.DataFrame, pairs: pd.DataFrame, cities: pd.DataFrame, documents: pd.DataFrame,
    lang: str = "zh",
) -> Section:  # fmt: skip
    """Return title, standfirst and facts of a topic's page.

    The frames are those of `cp.figures`, `cp.pairs`, `cp.cities` and `cp.documents` for one topic.
    """
    said = messages(lang, "topic_comparison")
    promised = operative(figures)
    # What others report of a city is no promise of its documents, and heads no page as one.
    pairs = pairs[pairs["reported"] == 0]
    leading = _leading(promised)
    parts = [
        said.text(
            "standfirst.indicator",
            indicator=rows[0][f"indicator_{lang}"],
            figures=joined([_figure(row, said, lang) for row in rows], signs(lang).comma),
        )
        for rows in leading
    ]
    parts += _cautions(promised, pairs, cities, leading, said, lang)
    facts = {
        "facts.documents": documents_fact(documents, said, lang),
        "facts.promised": promised_fact(promised, said, lang) if len(promised) else "",
        "facts.years": years_fact(promised, lang),
    }
    return lead(_verdict(promised, pairs, cities, figures, said, lang), parts, facts, documents, said, lang)


def _verdict(
    promised: pd.DataFrame, pairs: pd.DataFrame, cities: pd.DataFrame, figures: pd.DataFrame,
    said: Messages, lang: str,
) -> str:  # fmt: skip
    count = promised["place_id"].nunique()
    labels = Labels(None, lang)
    topic = figures.attrs.get("topic") or cities[f"topic_{lang}"].iloc[0]
    values = {"topic": topic, "topic_en": in_sentence(topic), "cities": labels.count(count)}
    like = int((pairs["grade"] == "like").sum())
    if like:
        key = "title.like.one" if like == 1 else "title.like"
        words = said.say(key, pairs=labels.count(like), **values)
    elif not count:
        words = worded_title(cities, topic, said, lang) or said.say("title.none", **values)
    elif count < 2:
        words = said.say("title.alone", **values)
    elif pairs.empty:
        words = said.say("title.apart", **values)
    else:
        words = said.say("title.unlike_all" if count == len(cities) else "title.unlike", **values)
    return words[0].upper() + words[1:]


def _figure(row: Figure, said: Messages, lang: str) -> Text:
    return said.text(
        "standfirst.figure",
        city=place(row, lang),
        due=row[f"due_{lang}"],
        value=text(acted(row, lang, said, "bare"), tags(row, lang, said)),
    )


def _leading(promised: pd.DataFrame) -> list[list[Figure]]:
    """Return the targets of the indicators that most cities put a number to, headline ones first."""
    counts = promised.groupby("indicator_id", sort=False)["place_id"].nunique()
    headline = promised.drop_duplicates("indicator_id").set_index("indicator_id")["headline"]
    order = {
        name: at for at, name in enumerate(promised.sort_values("indicator_order")["indicator_id"].unique())
    }
    ranked = sorted(counts.index, key=lambda name: (-counts[name], headline[name] != "yes", order[name]))
    chosen: list[list[Figure]] = []
    for name in ranked[:3]:
        rows = promised[promised["indicator_id"] == name].sort_values(["due_on", "row_id"])
        if chosen and sum(map(len, chosen)) + len(rows) > MOST_FIGURES:
            break
        chosen.append(list(records(rows)))
    return chosen


def _cautions(
    promised: pd.DataFrame, pairs: pd.DataFrame, cities: pd.DataFrame, leading: list[list[Figure]],
    said: Messages, lang: str,
) -> list[Text]:  # fmt: skip
    labels, made = Labels(None, lang), []
    names = dict(zip(cities["city_id"], cities[f"place_{lang}"], strict=True))
    held = set(promised["place_id"])
    told = {row["place_id"] for rows in leading for row in rows}
    others = [name for city, name in names.items() if city in held - told]
    if others:
        made.append(said.text("caution.others", cities=labels.all_of(others)))
    # Only what sets apart the figures that the reader has just been given.
    ids = {row["row_id"] for rows in leading for row in rows}
    differs = differences(pairs[pairs["left_id"].isin(ids) & pairs["right_id"].isin(ids)], said, lang)
    if differs and not (pairs["grade"] == "like").any():
        made.append(said.text("caution.differ", differences=differs))
    if pairs.empty and len(held) > 1:
        made.append(said.text("caution.apart"))
    for state in WITHOUT:
        rows = [row for row in records(cities) if row["city_id"] not in held and row["state"] == state]
        if rows:
            told_of = [
                _in_words(row, said, lang) if state == "unquantified" else text(row[f"place_{lang}"])
                for row in rows
            ]
            made.append(said.text(f"caution.{state}", cities=enumerated(told_of, lang)))
    return made


def _in_words(row: Figure, said: Messages, lang: str) -> Text:
    """Return a city with the number of its commitments in words, linked to the first of them."""
    if not row["link"]:
        return text(row[f"place_{lang}"])
    count = said.say(
        "caution.count.one" if signs(lang).form(row["count"]) == "one" else "caution.count",
        count=row["count"],
    )
    run = Run(count, to=f"sources/{row['link_source']}.{lang}.html#{row['link']}")
    return said.text("caution.counted", city=row[f"place_{lang}"], count=run)

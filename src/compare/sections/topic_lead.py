"""The head of a topic's page: the finding, two or three figures with their years, and some facts."""

from __future__ import annotations

import pandas as pd

from compare.sections.findings import Finding, finding, plainly, rest, told
from compare.sections.leads import documents_fact, lead, promised_fact, years_fact
from compare.sections.section import Section
from compare.sections.shown import Figure, acted, enumerated, operative, place, tags
from compare.sections.stances import cautioned
from compare.sections.topic_words import differences
from compare.sections.worded_lead import worded_title
from compare.words.labels import Labels
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.signs import signs
from compare.words.text import Run, Text, joined, plain, text

# How many figures a standfirst may hold before it turns into a table.
MOST_FIGURES = 5
# What cities that put no number to the topic say of it instead, in the order in which it is told.
WITHOUT = ("unquantified", "status_only", "not_coded", "not_applicable", "silent", "not_obtained")


def topic_lead(
    figures: pd.DataFrame, order: pd.DataFrame, pairs: pd.DataFrame, cities: pd.DataFrame,
    documents: pd.DataFrame, lang: str = "zh",
) -> Section:  # fmt: skip
    """Return title, standfirst and facts of a topic's page; the title says what holds, in values.

    The frames are those of the door that bear these names, for one topic.
    """
    said = messages(lang, "topic_comparison")
    promised = operative(figures)
    # What others report of a city is no promise of its documents, and heads no page as one.
    pairs = pairs[pairs["reported"] == 0]
    found = finding(figures, order)
    inside = {row["row_id"] for row in found.rows} if found else set()
    leading = _without(_leading(promised), inside)
    parts = _led(found, said, lang)
    parts += [
        said.text(
            "standfirst.indicator",
            indicator=rows[0][f"indicator_{lang}"],
            figures=joined([_figure(row, said, lang) for row in rows], signs(lang).comma),
        )
        for rows in leading
    ]
    parts += _cautions(promised, pairs, cities, leading, inside, said, lang)
    facts = {
        "facts.documents": documents_fact(documents, said, lang),
        "facts.promised": promised_fact(promised, said, lang) if len(promised) else "",
        "facts.years": years_fact(promised, lang),
    }
    return lead(_title(found, figures, cities, said, lang), parts, facts, documents, said, lang)


def _title(
    found: Finding | None, figures: pd.DataFrame, cities: pd.DataFrame, said: Messages, lang: str
) -> str:
    """Return what holds on the topic, and in the same line what of it is unsure."""
    if found is None:
        topic = figures.attrs.get("topic") or cities[f"topic_{lang}"].iloc[0]
        return worded_title(cities, topic, said, lang) or said.say("title.none", topic=topic)
    words = plain(told(found, said, lang, lambda row: plainly(row, lang)))
    if not found.compares:
        words += rest(records(cities), figures, found, said, lang)
    return cautioned(words, found.rows, said, lang)


def _led(found: Finding | None, said: Messages, lang: str) -> list[Text]:
    """Return the finding with its links, of the figures that others report with who says so."""
    if found is None:
        return []
    made = [said.text("finding.stop", finding=told(found, said, lang, lambda row: acted(row, lang, said)))]
    reported = [row for row in found.rows if row["kind"] == "elsewhere"]
    if reported:
        names = list(dict.fromkeys(row[f"place_{lang}"] for row in reported))
        made.append(said.text("standfirst.reported", cities=signs(lang).all_of(names)))
    return made


def _without(leading: list[list[Figure]], inside: set[str]) -> list[list[Figure]]:
    """Return the leading figures that the finding has not given yet."""
    kept = [[row for row in rows if row["row_id"] not in inside] for rows in leading]
    return [rows for rows in kept if rows]


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
    inside: set[str], said: Messages, lang: str,
) -> list[Text]:  # fmt: skip
    labels, made = Labels(None, lang), []
    names = dict(zip(cities["city_id"], cities[f"place_{lang}"], strict=True))
    held = set(promised["place_id"])
    given = {row["row_id"] for rows in leading for row in rows} | inside
    shown = set(promised.loc[promised["row_id"].isin(given), "place_id"])
    others = [name for city, name in names.items() if city in held - shown]
    if others:
        made.append(said.text("caution.others", cities=labels.all_of(others)))
    # Only what sets apart the figures that the reader has just been given.
    differs = differences(pairs[pairs["left_id"].isin(given) & pairs["right_id"].isin(given)], said, lang)
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

"""Values against due dates: a chart per indicator that two cities put a number to."""

from __future__ import annotations

import pandas as pd

from compare.charts.values import values as drawn_values
from compare.sections.drawn import FIGURE, PANEL_WIDTHS, Line, charted
from compare.sections.section import Chart, Part, Section
from compare.sections.shown import Figure, promises
from compare.sections.table import due_group
from compare.sections.topic_words import differences
from compare.words.labels import Labels
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.signs import signs


def values(
    figures: pd.DataFrame, pairs: pd.DataFrame, cascade: pd.DataFrame | None = None, lang: str = "zh"
) -> Section:
    """Return the charts of indicators that two cities of `cp.figures` put a number to, with a title over all.

    `pairs` is the frame of `cp.pairs`; with that of `cp.cascade` a chart also holds the targets of places
    above that compare one to one. Nothing where fewer than two cities give a number.
    """
    said = messages(lang, "topic_comparison")
    promised = promises(figures[figures["indicator_id"].notna()])
    above = _above(promised, cascade)
    order = promised.sort_values("indicator_order", kind="stable")["indicator_id"].unique()
    charts = [
        _panel(figures, promised[promised["indicator_id"] == name], pairs, above, said, lang)
        for name in order
        if promised.loc[promised["indicator_id"] == name, "place_id"].nunique() > 1
    ]
    if promised["place_id"].nunique() < 2:
        return Section("values", (), lang=lang)
    if not charts:
        none = said.text("values.title.none"), (), said.text("values.none")
        return Section("values", *none, (), "figure", lang)
    key = "values.title.like" if (pairs["grade"] == "like").any() else "values.title"
    title = said.text(key, differences=differences(pairs, said, lang))
    kicker = said.text("values.kicker", number=FIGURE)
    return Section("values", title, kicker, (), (Part(tuple(charts), "panels"),), "figure", lang)


def _above(promised: pd.DataFrame, cascade: pd.DataFrame | None) -> dict[str, list[str]]:
    """Return, for each target that compares one to one with targets of places above, their ids."""
    if cascade is None:
        return {}
    one_to_one = cascade[(cascade["relation"] == "like") & cascade["gap"].notna()]
    held = one_to_one[one_to_one["row_id"].isin(promised["row_id"])]
    return held.groupby("row_id", sort=False)["above_row_id"].agg(list).to_dict()


def _panel(
    figures: pd.DataFrame, promised: pd.DataFrame, pairs: pd.DataFrame, above: dict[str, list[str]],
    said: Messages, lang: str,
) -> Chart:  # fmt: skip
    rows = records(promised.sort_values(["due_on", "row_id"]))
    indicator = rows[0]["indicator_id"]
    own = [name for row in rows for name in above.get(row["row_id"], ())]
    here = figures["row_id"].isin([row["row_id"] for row in rows])
    without = (figures["indicator_id"] == indicator) & figures["kind"].isin(["mention", "absent"])
    frame = figures[here | figures["row_id"].isin(own) | without]
    labels, name = Labels(None, lang), rows[0][f"indicator_{lang}"]
    held = list(dict.fromkeys(row[f"place_{lang}"] for row in rows if row["row_id"] in above))
    cities = held or list(dict.fromkeys(row[f"place_{lang}"] for row in rows))
    grades = pairs.loc[pairs["indicator_id"] == indicator, "grade"]
    verdict = "panel.like" if (grades == "like").any() else "panel.above" if held else "panel.unlike"
    drawn = records(frame[frame["row_id"].isin([*own, *(row["row_id"] for row in rows)])])
    shown = _in_order(drawn, {row["place_id"] for row in rows})
    told = labels.all_of(
        [f"{one[f'place_{lang}']} {one[f'value_{lang}']} ({due_group(one, lang)})" for one in shown]
    )
    lines = [Line(one, due_group(one, lang), _words(one, one["row_id"] in own, said, lang)) for one in shown]
    return charted(
        f"{rows[0]['topic_id']}-{indicator}",
        lambda width: drawn_values(frame, lang=lang, width=width, title=""),
        PANEL_WIDTHS, lines, said, lang,
        title=said.text(verdict, indicator=name, cities=labels.all_of(cities)),
        deck=said.text("panel.deck", unit=rows[0][f"unit_{lang}"]),
        alt=said.say("panel.alt", indicator=name, figures=told),
    )  # fmt: skip


def _in_order(rows: list[Figure], places: set[str]) -> list[Figure]:
    """Return figures by due group, those of places above first in theirs."""
    last = pd.Timestamp.max
    dated = sorted(rows, key=lambda row: (row["due_on"] or last, row["row_id"]))
    return sorted(dated, key=lambda row: ((row["due_on"] or last).year, row["place_id"] in places))


def _words(row: Figure, above: bool, said: Messages, lang: str) -> str:
    if above:
        parts = [said.say("panel.benchmark"), row[f"denominator_{lang}"]]
    else:
        parts = [row[f"basis_{lang}"], row[f"denominator_{lang}"]]
        parts += [said.say("mark.draft")] if row["status"] == "draft" else []
        parts += [said.say("mark.outside")] if row["kind"] != "target" else []
        parts.append(row[f"partly_{lang}"])
        parts += [said.say("mark.aspirational")] if row["force"] == "aspirational" else []
    return signs(lang).listed(parts)

"""How a figure is shown wherever it stands: as runs, and as a row to take away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from compare.charts.look import GLYPH, OUTSIDE_GLYPH
from compare.sections.section import Take
from compare.words.messages import Messages
from compare.words.named import OUTSIDE, records
from compare.words.signs import signs
from compare.words.text import Run, Text, joined, looking, text

Figure = dict[str, Any]
SCRIPTS = {"Hant": "zh-Hant", "Hans": "zh-Hans"}
# What is taken away of a figure, with the width of each column in digits.
COLUMNS = {
    "place": 8, "indicator": 22, "value": 14, "low": 12, "high": 12, "unit": 8, "basis": 12, "scope": 18,
    "denominator": 18, "due": 14, "status": 12, "quote": 60, "source": 40, "origin": 30,
    "address": 40, "row": 18,
}  # fmt: skip
GAP_WIDTH = 24


def by_row(figures: pd.DataFrame) -> dict[str, Figure]:
    """Return the figures of a frame by their row, those without one left out; a missing cell is None."""
    return {row["row_id"]: row for row in records(figures) if row["row_id"]}


def operative(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the targets of documents that count."""
    return figures[(figures["kind"] == "target") & figures["operative"].astype(bool)]


def promises(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the targets that count, and what others report that places with documents here shall reach."""
    here = figures.loc[~figures["kind"].isin(OUTSIDE), "place_id"]
    reported = (figures["kind"] == "elsewhere") & figures["place_id"].isin(here)
    return figures[((figures["kind"] == "target") | reported) & figures["operative"].astype(bool)]


def value(figure: Figure, lang: str) -> Run:
    """Return a figure's bounded value as a run that leads to its row."""
    return Run(figure[f"value_{lang}"], "value", row=figure["row_id"])


def acted(figure: Figure, lang: str, messages: Messages, look: str = "value") -> Text:
    """Return a figure's value, with what is done with what it counts where its name does not say it."""
    run = replace(value(figure, lang), look=look)
    done = figure[f"done_{lang}"]
    return messages.text("figure.acted", value=run, act=done) if done else text(run)


def quote(figure: Figure, lang: str) -> Run:
    """Return the words of a statement, in another language as a working translation where there is one."""
    if signs(lang).foreign and figure[f"quote_{lang}"]:
        inside = figure[f"quote_{lang}"].replace("“", "‘").replace("”", "’")
        return Run(f"“{inside}”", "quote", row=figure["row_id"])
    return Run(quoted(figure["quote"]), "quote", lang=script(figure), row=figure["row_id"])


def quoted(words: str) -> str:
    """Return words of a document in quotation marks, unless they hold some of their own.

    >>> quoted("推动一批"), quoted("部署“一体机”")
    ('“推动一批”', '部署“一体机”')
    """
    return words if "“" in words or "”" in words else f"“{words}”"


def script(figure: Figure) -> str:
    """Return the language tag of a document's words."""
    return SCRIPTS.get(str(figure["script"]), "zh-Hans")


def place(figure: Figure, lang: str) -> Run:
    """Return the name of a figure's place in its colour."""
    return Run(figure[f"place_{lang}"], "city", place=figure["place_id"])


def shape(figure: Figure) -> Run:
    """Return the shape of a figure's basis, hollow for a draft, an outline with a dot for a figure from
    elsewhere; where nothing draws it, its sign."""
    outside = figure["kind"] in OUTSIDE
    mark = " outside" if outside else " draft" if figure["status"] == "draft" else ""
    sign = (OUTSIDE_GLYPH if outside else GLYPH)[figure["basis"]]
    return Run(sign, f"shape s-{figure['basis']}{mark}", place=figure["place_id"])


def tags(figure: Figure, lang: str, messages: Messages) -> Text:
    """Return what is marked wherever a document is drawn on: that it is a draft, or partly coded."""
    draft = Run(messages.say("mark.draft"), "tag draft-tag") if figure["status"] == "draft" else None
    partly = Run(figure[f"partly_{lang}"], "tag partly") if figure[f"partly_{lang}"] else None
    return text(*(part for one in (draft, partly) if one for part in (" ", one)))


def marked(figure: Figure, lang: str, messages: Messages) -> Text:
    """Return the tags of a figure that stands among a city's promises: also that others report it."""
    outside = Run(messages.say("mark.outside"), "tag outside-tag")
    return tags(figure, lang, messages) + (text(" ", outside) if figure["kind"] == "elsewhere" else ())


def stated(figure: Figure, lang: str, messages: Messages) -> Text:
    """Return a figure with its deadline, its basis, what is done with what it counts, and its tags."""
    about = listed(lang, [figure[f"due_{lang}"], figure[f"measured_{lang}"]])
    return text(value(figure, lang), " ", looking(about, "quiet"), tags(figure, lang, messages))


def titled(source: Figure, lang: str) -> Text:
    """Return a document's title, in another language before its own, and its number."""
    title, own = Run(source["title_zh"], lang="zh"), signs(lang)
    foreign = text(source[f"title_{own.names}"], " (", title, ")")
    words = foreign if own.foreign else text(source["title_zh"])
    number = source["document_number"]
    return text(words, " " if number else "", Run(number, "quiet", lang="zh") if number else None)


def listed(lang: str, parts: Iterable[Any]) -> Text:
    """Return what there is of some words in a running list."""
    return joined([one for one in parts if one], signs(lang).comma)


def enumerated(parts: list[Text], lang: str) -> Text:
    """Return texts joined as an enumeration of the language.

    >>> from compare.words.text import plain
    >>> plain(enumerated([text("a"), text("b"), text("c")], "en"))
    'a, b and c'
    """
    own, (*first, last) = signs(lang), parts or [()]
    return text(joined(first, own.item), own.last if first else None, last)


def take(
    name: str, figures: Iterable[Figure], messages: Messages, lang: str, gaps: Mapping[str, str] | None = None
) -> Take:
    """Return figures to take away, a row each, once.

    With `gaps`, words by row, a last column says how far each lies from the one it stands beside.
    """
    widths = COLUMNS | ({"gap": GAP_WIDTH} if gaps else {})
    heads = {key: messages.say("above.column.gap" if key == "gap" else f"export.{key}") for key in widths}
    rows = {figure["row_id"]: _taken(figure, lang, gaps) for figure in figures}
    return Take(
        name,
        tuple((heads[key], width) for key, width in widths.items()),
        tuple(tuple(row[key] for key in widths) for row in rows.values()),
    )


def _taken(figure: Figure, lang: str, gaps: Mapping[str, str] | None) -> dict[str, Any]:
    valued = bool(figure[f"value_{lang}"])
    return {
        "place": figure[f"place_{lang}"],
        "indicator": figure[
            f"item_{lang}" if figure["kind"] in ("elsewhere", "outcome") else f"indicator_{lang}"
        ],
        "value": figure[f"value_{lang}"],
        "low": _whole(figure["value_low"]),
        "high": _whole(figure["value_high"]),
        "unit": figure[f"unit_{lang}"] if valued else "",
        "basis": figure[f"measured_{lang}"],
        "scope": figure[f"scope_{lang}"],
        "denominator": figure[f"denominator_{lang}"],
        "due": figure[f"due_{lang}"],
        "status": figure[f"standing_{lang}"],
        "quote": figure["quote"] or "",
        "source": figure[f"cited_{lang}"],
        "origin": figure[f"origin_{lang}"],
        "address": figure["address"],
        "row": figure["row_id"],
        "gap": (gaps or {}).get(figure["row_id"], ""),
    }


def _whole(number: Any) -> Any:
    return int(number) if isinstance(number, float) and number.is_integer() else number

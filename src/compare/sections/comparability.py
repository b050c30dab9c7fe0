"""What can and cannot be compared, pair by pair with the reasons; then words, and what stands alone."""

from __future__ import annotations

import pandas as pd

from compare.analysis.differences import GRADES
from compare.sections.section import Fold, Heading, Items, Part, Section
from compare.sections.shown import Figure, acted, by_row, marked, place, promises, quote
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.text import Run, Text, text

FEW = 2


def comparability(figures: pd.DataFrame, pairs: pd.DataFrame, lang: str = "zh") -> Section:
    """Return the pairs of `cp.pairs` by grade, then words and figures of `cp.figures` that stand alone.

    Only what stands in the frames is told: a city left out of `figures` is in no pair either. Nothing where
    there is neither a figure nor words on a headline indicator.
    """
    said, known = messages(lang, "topic_comparison"), by_row(figures)
    groups: list[tuple[str, list[Text]]] = []
    for grade in GRADES:
        held = records(pairs[pairs["grade"] == grade])
        both = [row for row in held if row["left_id"] in known and row["right_id"] in known]
        groups.append((grade, [_pair(row, known, said, lang) for row in both]))
    words = [_told(row, text(quote(row, lang)), said, lang) for row in _in_words(figures)]
    groups.append(("words", words))
    groups.append(("alone", [_alone(row, said, lang) for row in _single(figures)]))
    blocks = tuple(_group(key, items, said) for key, items in groups if items)
    if not blocks:
        return Section("comparability", (), lang=lang)
    return Section(
        "comparability", said.text("comparability.title"), look="comparability", lang=lang,
        blocks=(Part(blocks, "verdicts"),),
    )  # fmt: skip


def _group(key: str, items: list[Text], said: Messages) -> Part:
    """Return one grade: what compares stands open, of the rest so much as takes no more room than a fold."""
    listed: Items | Fold = Items(tuple(items))
    if key != GRADES[0] and len(items) > FEW:
        listed = Fold(said.text("comparability.more", count=len(items)), (listed,), "more")
    inner = Part((Heading(said.text(f"comparability.{key}")), listed))
    return Part((text(Run("", f"sign sign-{key}")), inner), "verdict")


def _pair(row: Figure, known: dict[str, Figure], said: Messages, lang: str) -> Text:
    left, right = (_side(known[row[f"{side}_id"]], said, lang) for side in ("left", "right"))
    name = Run(known[row["left_id"]][f"indicator_{lang}"], "name")
    if row[f"reason_{lang}"]:
        return text(name, " ", said.text("pair", left=left, right=right, reason=row[f"reason_{lang}"]))
    agreement = said.say(agreeing(known[row["left_id"]], known[row["right_id"]]))
    return text(name, " ", said.text("pair.like", left=left, right=right, agreement=agreement))


def agreeing(left: Figure, right: Figure) -> str:
    """Return the message for what two figures agree in that compare one to one; only rates are divided."""
    if left["basis"] != "rate":
        return "above.like.undivided"
    stated = left["denominator_zh"] or right["denominator_zh"]
    return "above.like" if stated else "above.like.unstated"


def _side(row: Figure, said: Messages, lang: str) -> Text:
    return text(place(row, lang), " ", acted(row, lang, said), marked(row, lang, said))


def _told(row: Figure, words: Text, said: Messages, lang: str) -> Text:
    name = Run(row[f"indicator_{lang}"], "name")
    return text(name, " ", place(row, lang), " ", words, marked(row, lang, said))


def _alone(row: Figure, said: Messages, lang: str) -> Text:
    return _told(row, text(acted(row, lang, said), " ", Run(row[f"due_{lang}"], "quiet")), said, lang)


def _in_words(figures: pd.DataFrame) -> list[Figure]:
    """Return what a city says without a number of each headline indicator that it puts no number to.

    Words of a document that gives the status in numbers are none without a number.
    """
    held = figures[(figures["kind"] == "mention") & (figures["headline"] == "yes")]
    for of, kinds in (("source_id", ["target", "status"]), ("place_id", ["target"])):
        key = [of, "indicator_id"]
        numbered = pd.MultiIndex.from_frame(figures.loc[figures["kind"].isin(kinds), key])
        held = held[~pd.MultiIndex.from_frame(held[key]).isin(numbered)]
    return records(held.drop_duplicates(["place_id", "indicator_id"]).drop_duplicates(["place_id", "quote"]))


def _single(figures: pd.DataFrame) -> list[Figure]:
    """Return the figures of indicators of which there are figures of one city alone."""
    promised = promises(figures[figures["indicator_id"].notna()])
    return records(promised[promised.groupby("indicator_id")["place_id"].transform("nunique") == 1])

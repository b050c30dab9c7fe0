"""What heads a city's page: how many targets fell due, how many can be judged, and what to be careful about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from compare.analysis.verdicts import REACHED
from compare.sections.documents import Document, at_hand, drafts, titled, whole
from compare.sections.section import Facts, Paragraph, Section
from compare.sections.shown import COMMA, SPACE, Figure, tags
from compare.words.labels import EVERY
from compare.words.messages import Messages, messages
from compare.words.named import records
from compare.words.text import Run, Text, joined, text

NOTEBOOK = "city_briefing"
DECIDED = (*REACHED, "missed")
UNSOUGHT = ("no_figure", "not_due")
# How many figures a standfirst holds.
FIGURES = 3
Documents = Mapping[str, Document]


def city_lead(
    figures: pd.DataFrame,
    every: pd.DataFrame,
    documents: pd.DataFrame,
    attainment: pd.DataFrame,
    as_of: str,
    lang: str = "zh",
) -> Section:
    """Return title, standfirst and facts of a city's page as of a day.

    `figures` are those of the city, `every` those of all cities, which say whose indicators are shared;
    `attainment` holds a verdict per promised figure.
    """
    held = at_hand(documents)
    promised = operative(figures)
    chosen = selected(promised, drafts(held), as_of)
    verdicts = dict(zip(attainment["row_id"], attainment["verdict"], strict=True))
    said = messages(lang, NOTEBOOK)
    city = next((row[f"place_{lang}"] for row in [*records(documents), *records(figures)]), "")
    shown = [_figure(row, lang, said) for row in _leading(chosen, operative(every))]
    parted = joined(shown, "；" if lang == "zh" else "; ")
    told = [said.text("standfirst", figures=parted)] if shown else []
    cautions = _cautions(promised, chosen, held, verdicts, as_of, said)
    standfirst = joined([*told, *cautions], SPACE[lang])
    return Section(
        "lead",
        text(titled(_title(chosen, held, verdicts, as_of, said, city), held, lang)),
        blocks=(
            *((Paragraph(standfirst, "standfirst"),) if standfirst else ()),
            _facts(promised, documents, held, said, lang),
        ),
        look="lead",
        lang=lang,
    )


def operative(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the targets of documents that count."""
    return figures[(figures["kind"] == "target") & figures["operative"].astype(bool)]


def selected(promised: pd.DataFrame, drafted: list[str], as_of: str) -> pd.DataFrame:
    """Return the targets whose term is over, those of drafts only where no others are; all where none is.

    What the title counts is of these, and so is every example and every caution beside it.
    """
    due = promised[promised["due_on"] <= pd.Timestamp(as_of)]
    issued = due[~due["source_id"].isin(drafted)]
    past = due if issued.empty else issued
    return promised if past.empty else past


def _is_past(rows: pd.DataFrame, as_of: str) -> bool:
    return bool((rows["due_on"] <= pd.Timestamp(as_of)).all())


def _title(
    chosen: pd.DataFrame, held: Documents, verdicts: dict[str, str], as_of: str, said: Messages, city: str
) -> str:
    known = sum(verdicts.get(row) in DECIDED for row in chosen["row_id"])
    values = {"city": city, "due": len(chosen), "known": known, "count": len(chosen)}
    if chosen.empty:
        unread = len(whole(held)) < len(held)
        name = "title.absent" if not held else "title.unread" if unread else "title.none"
    elif not _is_past(chosen, as_of):
        name = "title.ahead"
    else:
        name = "title.judged" if known else "title.unjudged"
    return said.say(name, **values)


def _leading(chosen: pd.DataFrame, every: pd.DataFrame) -> list[Figure]:
    """Return the targets whose indicators most cities quantify, headline ones first, one of each."""
    shared = every.groupby("indicator_id")["place_id"].nunique()
    rows = chosen[chosen["due_on"].notna()].sort_values(["due_on", "row_id"])
    rows = rows.drop_duplicates("indicator_id", keep="last")
    ranked = sorted(
        records(rows),
        key=lambda row: (
            -shared.get(row["indicator_id"], 0), row["headline"] != "yes", row["indicator_id"],
        ),
    )  # fmt: skip
    return sorted(ranked[:FIGURES], key=lambda row: (row["due_on"], row["row_id"]))


def _figure(figure: Figure, lang: str, said: Messages) -> Text:
    link = Run(figure[f"value_{lang}"], "plain", row=figure["row_id"])
    value = text(link, tags(figure, lang, said))
    names = {name: figure[f"{name}_{lang}"] for name in ("indicator", "due")}
    return said.text("standfirst.figure", value=value, **names)


def _cautions(
    promised: pd.DataFrame,
    chosen: pd.DataFrame,
    held: Documents,
    verdicts: dict[str, str],
    as_of: str,
    said: Messages,
) -> list[str]:
    past = chosen if _is_past(chosen, as_of) else chosen[:0]
    inferred = int((past["due_source"] == "period").sum())
    made = [said.say("caution.period", past=len(past), count=inferred)] if inferred else []
    # Drafts are either all that is counted, some of it, or told beside it.
    drafted, among = (int(rows["source_id"].isin(drafts(held)).sum()) for rows in (promised, chosen))
    if drafted == len(promised) and drafted:
        made.append(said.say("caution.draft.only", count=drafted))
    elif drafted:
        made.append(said.say("caution.draft.among" if among else "caution.draft", count=among or drafted))
    known = {verdicts.get(row) for row in past["row_id"]}
    if known and not known & set(DECIDED):
        sought = sum(verdicts.get(row, UNSOUGHT[0]) not in UNSOUGHT for row in past["row_id"])
        made.append(said.say("caution.unjudged" if sought else "caution.unsought", sought=sought))
    if {row["status"] for row in held.values()} == {"work_points"}:
        made.append(said.say("caution.work_points"))
    return made


def _facts(
    promised: pd.DataFrame, documents: pd.DataFrame, held: Documents, said: Messages, lang: str
) -> Facts:
    unfinished = [name for name in held if name not in whole(held)]
    drafted, partly = (int(promised["source_id"].isin(names).sum()) for names in (drafts(held), unfinished))
    pairs = {
        "facts.documents": _counted(said, lang, {
            "facts.documents.value": len(held), "facts.drafts": len(drafts(held)),
            "facts.partly": len(unfinished),
        }),
        "facts.promised": _counted(said, lang, {
            "facts.promised.value": len(promised), "facts.promised.draft": drafted,
            "facts.promised.partly": partly,
        }),
        "facts.years": _years(promised, lang),
        "facts.edition": next((row["edition"] for row in records(documents)), ""),
    }  # fmt: skip
    return Facts(tuple((text(said.say(name)), text(words)) for name, words in pairs.items() if words))


def _counted(said: Messages, lang: str, counts: dict[str, Any]) -> str:
    """Return a count, and the parts of it that there are."""
    (first, whole_count), *parts = counts.items()
    words = [said.say(first, count=whole_count)]
    return SPACE[lang].join(words + [said.say(name, count=count) for name, count in parts if count])


def _years(promised: pd.DataFrame, lang: str) -> str:
    years = promised["due_on"].dropna().dt.year
    if years.empty:
        return ""
    span = "–".join(dict.fromkeys(str(year) for year in (years.min(), years.max())))
    each = EVERY[lang]["year"] if promised["recurrence"].notna().any() else ""
    return COMMA[lang].join(filter(None, [span, each]))

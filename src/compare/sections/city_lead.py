"""What heads a city's page: its weightiest promise, how many fell due, what to be careful about."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pandas as pd

from compare.analysis.findings import weightiest
from compare.analysis.verdicts import REACHED
from compare.sections.documents import Documents
from compare.sections.findings import named
from compare.sections.leads import documents_fact, lead, promised_fact, years_fact
from compare.sections.section import Section
from compare.sections.shown import Figure, acted, by_row, operative, tags
from compare.sections.stances import cautioned
from compare.words.named import records
from compare.words.signs import signs
from compare.words.text import Run, Said, Text, joined, plain, text

DECIDED = (*REACHED, "missed")
# How many figures a standfirst holds.
FIGURES = 3


def city_lead(
    figures: pd.DataFrame, every: pd.DataFrame, documents: pd.DataFrame, attainment: pd.DataFrame,
    as_of: str | datetime.date, lang: str = "zh",
) -> Section:  # fmt: skip
    """Return title, standfirst and facts of a city's page as of a day.

    The title is the weightiest promise: of issued documents before drafts, of a headline indicator, firm, of
    the whole city, of a topic that comes first, with a basis that is told, of the indicator that
    most cities quantify, then as indicators stand.

    `figures` are those of the city, `every` those of all cities, which say how many share an indicator;
    `attainment` holds a verdict per promised figure, as `cp.attainment` gives it.
    """
    papers, promised = Documents(documents, lang), operative(figures)
    chosen = selected(promised, papers.drafts, as_of)
    past = chosen[chosen["due_on"] <= pd.Timestamp(as_of)]
    verdicts = dict(zip(attainment["row_id"], attainment["verdict"], strict=True))
    city = next(iter(figures[f"place_{lang}"]), "")
    shared = operative(every).groupby("indicator_id")["place_id"].nunique()
    heaviest = by_row(promised).get(next(iter(weightiest(figures, shared)), ""))
    leading = [
        row for row in _leading(chosen, operative(every)) if row["row_id"] != (heaviest or {}).get("row_id")
    ]
    parted = joined([_figure(row, papers) for row in leading], signs(lang).semicolon)
    # Where one of all has no day or is still ahead, none is said to be past.
    past = past if len(past) == len(chosen) else past[:0]
    said, title = papers.words, _title(heaviest, papers, city)
    told: list[Said] = _opening(heaviest, chosen, past, verdicts, papers)
    told += [papers.words.text("standfirst", figures=parted)] if leading else []
    facts = {
        "facts.documents": documents_fact(documents, said, lang),
        "facts.promised": promised_fact(promised, said, lang),
        "facts.years": years_fact(promised, lang),
    }
    told += _cautions(promised, chosen, past, papers)
    return lead(title, told, facts, documents, said, lang)


def selected(promised: pd.DataFrame, drafts: list[str], as_of: str | datetime.date) -> pd.DataFrame:
    """Return the targets whose term is over, those of drafts only where no others are; all where none is.

    What the title counts is of these, and so is every example and every caution beside it.
    """
    due = promised[promised["due_on"] <= pd.Timestamp(as_of)]
    issued = due[~due["source_id"].isin(drafts)]
    past = due if issued.empty else issued
    return promised if past.empty else past


def _title(heaviest: Figure | None, papers: Documents, city: str) -> str:
    """Return the promise that heads the page, with what in it is unsure; why there is none."""
    if heaviest is None:
        name = "title.absent" if not papers.held else "title.unread" if papers.unread else "title.none"
        return papers.say(name, city=city)
    words = _promise(heaviest, Run(heaviest[f"value_{papers.lang}"]), papers)
    return cautioned(plain(words), [heaviest], papers.words, papers.lang)


def _promise(row: Figure, value: Run, papers: Documents) -> Text:
    lang = papers.lang
    said = text(value, signs(lang).space, papers.say("finding.draft")) if row["status"] == "draft" else value
    values = {
        "city": row[f"place_{lang}"],
        "indicator": named(row, papers.words, lang),
        "due": row[f"due_{lang}"],
    }
    return papers.words.text("title.promise", value=said, **values)


def _opening(
    heaviest: Figure | None, chosen: pd.DataFrame, past: pd.DataFrame, verdicts: Mapping[str, str],
    papers: Documents,
) -> list[Said]:  # fmt: skip
    """Return the promise of the title with its link, and how many fell due."""
    if heaviest is None:
        return []
    known = sum(verdicts.get(row) in DECIDED for row in chosen["row_id"])
    name = "due.ahead" if past.empty else "due.judged" if known else "due.unjudged"
    counted = papers.say(name, due=len(chosen), known=known, count=len(chosen))
    return [papers.words.text("finding.stop", finding=_figure(heaviest, papers)), counted]


def _leading(chosen: pd.DataFrame, every: pd.DataFrame) -> list[Figure]:
    """Return the targets whose indicators most cities quantify, headline ones first, one of each."""
    shared = every.groupby("indicator_id")["place_id"].nunique()
    rows = chosen[chosen["due_on"].notna()].sort_values(["due_on", "row_id"])
    rows = rows.drop_duplicates("indicator_id", keep="last")
    rows = rows.assign(shared=rows["indicator_id"].map(shared), lesser=rows["headline"] != "yes")
    ranked = rows.sort_values(["shared", "lesser", "indicator_order"], ascending=[False, True, True])
    return list(records(ranked[:FIGURES].sort_values(["due_on", "row_id"])))


def _figure(row: Figure, papers: Documents) -> Text:
    lang = papers.lang
    link = text(acted(row, lang, papers.words, "bare"), tags(row, lang, papers.words))
    names = {name: row[f"{name}_{lang}"] for name in ("indicator", "due")}
    return papers.words.text("standfirst.figure", value=link, **names)


def _cautions(
    promised: pd.DataFrame, chosen: pd.DataFrame, past: pd.DataFrame, papers: Documents
) -> list[str]:
    inferred = int((past["due_source"] == "period").sum())
    made = [papers.say("caution.period", past=len(past), count=inferred)] if inferred else []
    # Drafts are either all that is counted, some of it, or told beside it.
    drafted, among = (int(rows["source_id"].isin(papers.drafts).sum()) for rows in (promised, chosen))
    if drafted == len(promised) and drafted:
        made.append(papers.say("caution.draft.only", count=drafted))
    elif drafted:
        made.append(papers.say("caution.draft.among" if among else "caution.draft", count=among or drafted))
    if {row["status"] for row in papers.held.values()} == {"work_points"}:
        made.append(papers.say("caution.work_points"))
    return made

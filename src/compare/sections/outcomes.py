"""What became of a city's figures: the verdict on each, with every outcome seen, and the rest by verdict."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import pandas as pd

from compare.analysis.verdicts import REACHED
from compare.asked import read_day
from compare.sections.city_lead import DECIDED
from compare.sections.documents import Documents
from compare.sections.grown import grown
from compare.sections.section import Cell, Fold, Heading, Items, Part, Row, Section, Table
from compare.sections.series import dated
from compare.sections.shown import Figure, by_row, listed, tags, value
from compare.sections.stances import cautioned
from compare.sections.tables import cell, heads, line, table
from compare.words.named import Cells, records
from compare.words.text import Run, Text, looking, text

# Verdicts that no figure at hand stands behind: their figures are named in lists.
EMPTY = ("not_found", "no_figure", "not_due")
ORDER = (*REACHED, "missed", "unknown", "not_found", "not_due", "no_figure")
Known = Mapping[str, Figure]


def outcomes(
    attainment: pd.DataFrame, observations: pd.DataFrame, increments: pd.DataFrame, figures: pd.DataFrame,
    documents: pd.DataFrame, as_of: str | datetime.date, lang: str = "zh",
) -> Section:  # fmt: skip
    """Return what became of every promised figure of a city: all that was seen of it, or that nothing was.

    The frames are those of the door that bear these names. Nothing where no figure is promised.
    """
    papers, known = Documents(documents, lang), by_row(figures)
    rows = [row for row in records(attainment) if row["row_id"] in known]
    if not rows:
        return Section("attained", (), lang=lang)
    rows.sort(key=lambda row: ORDER.index(row["verdict"]))
    seen: dict[str, list[Cells]] = {row["row_id"]: [] for row in rows}
    for one in records(observations):
        if one["row_id"] in seen and one["outcome_id"] in known:
            seen[one["row_id"]].append(one)
    told = [row for row in rows if row["verdict"] not in EMPTY or seen[row["row_id"]]]
    blank = [row for row in rows if row["verdict"] in EMPTY and not seen[row["row_id"]]]
    groups = (_group(name, [known[row["row_id"]] for row in blank if row["verdict"] == name], papers)
              for name in EMPTY)  # fmt: skip
    day = papers.style.day(read_day(as_of))
    return papers.section(
        "attained", _title(rows, known, papers),
        *([_table(told, seen, known, papers)] if told else []),
        *(group for group in groups if group),
        *grown(increments, known, lang),
        *dated(figures, lang, {known[row["row_id"]]["place_id"] for row in rows}),
        deck=(papers.say("outcomes.count", count=len(rows), day=day), papers.say("attained.deck")),
    )  # fmt: skip


def _title(rows: Sequence[Cells], known: Known, papers: Documents) -> str:
    """Return for how many target figures an outcome decides, those from elsewhere among them."""
    settled = [row for row in rows if row["verdict"] in DECIDED]
    if not settled:
        return papers.say("attained.title.none")
    outside = sum(not row["row_id"].startswith("t-") for row in rows)
    name = "outcomes.title.outside" if outside else "outcomes.title"
    title = papers.say(name, count=len(rows), outside=outside, known=len(settled))
    rest_on = [known[row[key]] for row in settled for key in ("row_id", "outcome_id") if row[key] in known]
    return cautioned(title, rest_on, papers.words, papers.lang)


def _table(
    rows: Sequence[Cells], seen: Mapping[str, Sequence[Cells]], known: Known, papers: Documents
) -> Table:
    names = ("attained.column.target", "attained.column.verdict", "outcomes.column.seen")
    lines = [
        Row((
            _target(known[row["row_id"]], papers),
            _verdict(row, papers),
            _seen(row, seen[row["row_id"]], known, papers),
        ))
        for row in rows
    ]  # fmt: skip
    return table(heads(map(papers.say, names)), lines, "plain stack thirds")


def _target(figure: Figure, papers: Documents) -> Cell:
    named = text(figure[f"item_{papers.lang}"], " ", value(figure, papers.lang))
    about = text(_due(figure, papers), tags(figure, papers.lang, papers.words))
    return cell(named, line(about, look=""), head=True)


def _due(figure: Figure, papers: Documents) -> Text:
    elsewhere = papers.say("outcomes.elsewhere") if figure["kind"] == "elsewhere" else ""
    return listed(papers.lang, [figure[f"due_{papers.lang}"], elsewhere])


def _verdict(row: Cells, papers: Documents) -> Cell:
    verdict, days = row["verdict"], row["lead_days"] or 0
    which = "outcomes" if verdict in ("no_figure", "not_due") else "attained"
    said = Run(papers.say(f"{which}.verdict.{verdict}"), "state")
    when = " " + papers.say("outcomes.early" if days > 0 else "outcomes.late", days=abs(days)) if days else ""
    return cell(text(said, when), line("" if verdict in EMPTY else row[f"reason_{papers.lang}"]))


def _seen(row: Cells, seen: Sequence[Cells], known: Known, papers: Documents) -> Cell:
    """Return the outcomes of the same thing, the deciding one first, and behind a fold those of others."""
    deciding = row["outcome_id"] if row["verdict"] in DECIDED else None
    ordered = sorted(seen, key=lambda one: one["outcome_id"] != deciding)
    beside, apart = (
        tuple(
            _outcome(one, known[one["outcome_id"]], one["outcome_id"] == deciding, papers)
            for one in ordered
            if (one["meets"] is not None) == compares
        )
        for compares in (True, False)
    )
    summary = text(papers.say("outcomes.apart", count=len(apart)))
    fold = Fold(summary, apart, "more") if apart else ""
    return cell(*beside, fold) if seen else cell(line("–", look="quiet"))


def _outcome(one: Cells, figure: Figure, decides: bool, papers: Documents) -> Part:
    lang = papers.lang
    about = listed(lang, [figure[f"{name}_{lang}"] for name in ("item", "due", "measured")])
    mark = (papers.style.signs.comma, Run(papers.say("outcomes.decides"), "strong")) if decides else ()
    said = text(value(figure, lang), " ", looking(about, "quiet"), *mark)
    return Part(tuple(part for part in (said, line(one[f"reason_{lang}"])) if part), "seen")


def _group(verdict: str, figures: Sequence[Figure], papers: Documents) -> Part | None:
    """Return the figures of one verdict of which nothing was seen."""
    lang = papers.lang
    items = tuple(
        text(
            Run(figure[f"item_{lang}"], "name"), " ", value(figure, lang), " ",
            looking(_due(figure, papers), "quiet"), tags(figure, lang, papers.words),
        )
        for figure in figures
    )  # fmt: skip
    head = text(Run("", f"glyph g-{verdict}"), papers.say(f"outcomes.group.{verdict}", count=len(items)))
    return Part((Heading(head), Items(items, "named columns")), "unseen") if items else None

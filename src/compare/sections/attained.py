"""What was reached of what was promised, contradicting sources side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from compare.analysis.verdicts import REACHED
from compare.sections.grown import grown
from compare.sections.section import Cell, Fold, Group, Paragraph, Row, Section, Table
from compare.sections.shown import Figure, by_row, listed, place, stated, value
from compare.sections.stances import cautioned, parts
from compare.words.messages import Messages, messages
from compare.words.named import Cells, records
from compare.words.signs import signs
from compare.words.text import Run, Text, joined, looking, text

COLUMNS = ("place", "target", "verdict", "outcome", "why")
# Verdicts that an outcome, or a search for one, stands behind.
ORDER = (*REACHED, "missed", "unknown", "not_found")
BREAK = (Run("", "break"),)


def attained(
    attainment: pd.DataFrame,
    observations: pd.DataFrame,
    increments: pd.DataFrame,
    figures: pd.DataFrame,
    lang: str = "zh",
) -> Section:
    """Return the verdict on every figure of which an outcome was seen or sought, and what totals grew by.

    The frames are those of the door that bear these names; a verdict on no row of `figures` is left out.
    """
    said, known = messages(lang), by_row(figures)
    verdicts = [row for row in records(attainment) if row["row_id"] in known]
    shown = sorted(
        (row for row in verdicts if row["verdict"] in ORDER), key=lambda row: ORDER.index(row["verdict"])
    )
    seen = _seen(shown, observations, known)
    table = _table(shown, seen, known, said, lang)
    return Section(
        "attained",
        text(_title(shown, known, said, lang)),
        text(said.say("attained.kicker")),
        text(said.say("attained.deck")),
        (*table, _note(verdicts, said, lang), *grown(increments, known, lang)),
        "attained",
        lang,
    )


def _seen(
    shown: Sequence[Cells], observations: pd.DataFrame, known: Mapping[str, Figure]
) -> dict[str, list[str]]:
    """Return the outcomes of the same matter beside the one that decides, by promised figure."""
    decides = {row["row_id"]: row["outcome_id"] for row in shown}
    found: dict[str, list[str]] = {name: [] for name in decides}
    for row in records(observations):
        name, outcome = row["row_id"], row["outcome_id"]
        if name in found and row["same"] != "other" and outcome in known and outcome != decides[name]:
            found[name].append(outcome)
    return found


def _title(shown: Sequence[Cells], known: Mapping[str, Figure], said: Messages, lang: str) -> str:
    """Return how many targets of the cities were reached, and how many of higher levels."""
    if not any(row["verdict"] in (*REACHED, "missed") for row in shown):
        return said.say("attained.title.none")
    own, above = (_judged([row for row in shown if row["above"] == is_above], said, lang)
                  for is_above in (False, True))  # fmt: skip
    more = said.say("attained.title.above", parts=above) if above else ""
    title = said.say("attained.title.cities", parts=own) + more
    if not own:
        title = said.say("attained.title.above.alone", parts=above)
    ids = [row[key] for row in shown if row["outcome_id"] in known for key in ("row_id", "outcome_id")]
    return cautioned(title, [known[name] for name in ids], said, lang)


def _judged(rows: Sequence[Cells], said: Messages, lang: str) -> str:
    """Return how many targets were reached, missed or cannot be told."""
    counts = Counter("reached" if row["verdict"] in REACHED else row["verdict"] for row in rows)
    return parts(counts, said, lang)


def _table(
    shown: Sequence[Cells],
    seen: Mapping[str, Sequence[str]],
    known: Mapping[str, Figure],
    said: Messages,
    lang: str,
) -> tuple[Table, ...]:
    head = Row(tuple(Cell((text(said.say(f"attained.column.{one}")),), head=True) for one in COLUMNS))
    rows = tuple(_row(row, seen[row["row_id"]], known, said, lang) for row in shown)
    return (Table((head,), (Group(rows),)),) if rows else ()


def _row(row: Cells, others: Sequence[str], known: Mapping[str, Figure], said: Messages, lang: str) -> Row:
    figure, verdict = known[row["row_id"]], row["verdict"]
    outcome = [_outcome(known[row["outcome_id"]], lang)] if row["outcome_id"] in known else []
    told = joined([_outcome(known[one], lang) for one in others], BREAK)
    more = [Fold(text(said.say("attained.also", count=len(others))), (told,), "more")] if others else []
    what = text(Run(figure[f"item_{lang}"], "quiet"), BREAK, stated(figure, lang, said))
    cells = (
        Cell((text(place(figure, lang)),)),
        Cell((what,)),
        Cell((text(Run(said.say(f"attained.verdict.{verdict}"), "strong")),), f"verdict-{verdict}"),
        Cell((*outcome, *more)),
        Cell((text(row[f"reason_{lang}"]),), "quiet"),
    )
    return Row(cells)


def _outcome(figure: Figure, lang: str) -> Text:
    about = listed(lang, [figure[f"{name}_{lang}"] for name in ("due", "item", "standing")])
    return text(value(figure, lang), " ", looking(about, "quiet"))


def _note(verdicts: Sequence[Cells], said: Messages, lang: str) -> Paragraph:
    counts = Counter(row["verdict"] for row in verdicts)
    names = [name for name in ("not_due", "no_figure") if counts[name] or name == "no_figure"]
    told = [said.say(f"attained.{name}", count=counts[name]) for name in names]
    return Paragraph(joined(told, signs(lang).space), "note")

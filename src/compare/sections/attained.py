"""What was reached of what was promised, contradicting sources side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from compare.analysis.verdicts import REACHED
from compare.sections.grown import grown
from compare.sections.section import Fold, Paragraph, Row, Section, Table
from compare.sections.series import dated
from compare.sections.shown import Figure, by_row, listed, place, stated, value
from compare.sections.stances import cautioned, parts
from compare.sections.tables import cell, heads, table
from compare.words.messages import Messages, messages
from compare.words.named import Cells, records
from compare.words.signs import signs
from compare.words.text import Run, Text, joined, looking, text

COLUMNS = ("place", "target", "verdict", "outcome", "why")
# So many verdicts stand open.
MOST = 5
# Verdicts that an outcome, or a search for one, stands behind.
ORDER = (*REACHED, "missed", "unknown", "not_found")
BREAK = (Run("", "break"),)


def attained(
    attainment: pd.DataFrame, observations: pd.DataFrame, increments: pd.DataFrame, figures: pd.DataFrame,
    lang: str = "zh",
) -> Section:  # fmt: skip
    """Return the verdict on every figure of which an outcome was seen or sought, and what totals grew by.

    The frames are those of the door that bear these names; a verdict on no row of `figures` is left out.
    """
    said, known = messages(lang), by_row(figures)
    if not known:
        return Section("attained", (), lang=lang)
    verdicts = [row for row in records(attainment) if row["row_id"] in known]
    shown = [row for name in ORDER for row in verdicts if row["verdict"] == name]
    seen = _seen(shown, observations, known)
    blocks = (
        *_table(shown, seen, known, said, lang), _note(verdicts, said, lang), *grown(increments, known, lang),
        *dated(figures, lang),
    )  # fmt: skip
    return Section(
        "attained", text(_title(shown, known, said, lang)), said.text("attained.kicker"),
        said.text("attained.deck"), blocks, "attained", lang,
    )  # fmt: skip


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
    shown: Sequence[Cells], seen: Mapping[str, Sequence[str]], known: Mapping[str, Figure], said: Messages,
    lang: str,
) -> tuple[Table | Fold, ...]:  # fmt: skip
    """Return the verdicts as a table, those beyond the first behind a fold."""
    head = heads(said.say(f"attained.column.{one}") for one in COLUMNS)
    rows = [_row(row, seen[row["row_id"]], known, said, lang) for row in shown]
    if len(rows) <= MOST + 1:
        return (table(head, rows, "plain"),) if rows else ()
    rest = said.text("attained.more", count=len(rows) - MOST)
    return table(head, rows[:MOST], "plain"), Fold(rest, (table(head, rows[MOST:], "plain"),), "folded")


def _row(row: Cells, others: Sequence[str], known: Mapping[str, Figure], said: Messages, lang: str) -> Row:
    figure, verdict = known[row["row_id"]], row["verdict"]
    outcome = [_outcome(known[row["outcome_id"]], lang)] if row["outcome_id"] in known else []
    also = joined([_outcome(known[one], lang) for one in others], BREAK)
    more = [Fold(said.text("attained.also", count=len(others)), (also,), "more")] if others else []
    what = text(Run(figure[f"item_{lang}"], "quiet"), BREAK, stated(figure, lang, said))
    told = Run(said.say(f"attained.verdict.{verdict}"), "strong")
    return Row((
        cell(place(figure, lang)),
        cell(what),
        cell(told, look=f"verdict-{verdict}"),
        cell(*outcome, *more),
        cell(row[f"reason_{lang}"], look="quiet"),
    ))  # fmt: skip


def _outcome(figure: Figure, lang: str) -> Text:
    about = listed(lang, [figure[f"{name}_{lang}"] for name in ("due", "item", "standing")])
    return text(value(figure, lang), " ", looking(about, "quiet"))


def _note(verdicts: Sequence[Cells], said: Messages, lang: str) -> Paragraph:
    counts = Counter(row["verdict"] for row in verdicts)
    names = [name for name in ("not_due", "no_figure") if counts[name] or name == "no_figure"]
    told = [said.say(f"attained.{name}", count=counts[name]) for name in names]
    return Paragraph(joined(told, signs(lang).space), "note")

"""From compared rows to charts: figures beside the one above, shares beside the population's, ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from compare.briefings.charts.canvas import Entry
from compare.briefings.charts.drawing import PANEL_WIDTHS, Chart
from compare.briefings.charts.plots import nice_ticks
from compare.briefings.charts.plots_beside import Beside, Interval, beside, intervals
from compare.briefings.material import Cells
from compare.charts.look import colours

if TYPE_CHECKING:
    from compare.briefings.comparisons import Comparisons


def charts_above(brief: Comparisons, alike: list[Cells]) -> list[Chart]:
    """Return a chart of rates beside those above and one of shares beside the population's, where any."""
    rates = [
        row for row in alike if not pd.isna(row["gap"]) and brief.cells(row["row_id"])["unit_id"] == "percent"
    ]
    shares = [row for row in alike if not pd.isna(row["population_share"])]
    made = []
    if len(rates) > 1:
        pairs = [
            Beside(
                _entry(
                    brief,
                    row,
                    brief.words(
                        "above.beside",
                        place=brief.figure(row["above_row_id"])["city_name"],
                        above=brief.figure(row["above_row_id"])["value"],
                    ),
                ),
                _value(brief.cells(row["row_id"])),
                _value(brief.cells(row["above_row_id"])),
            )
            for row in rates
        ]
        made.append(_chart(brief, "above.rates", pairs, 100))
    if len(shares) > 1:
        pairs = [
            Beside(
                _entry(brief, row, "", brief.labels.share(row["share"])),
                row["share"],
                row["population_share"],
            )
            for row in shares
        ]
        top = nice_ticks(max(max(pair.value, pair.other) for pair in pairs))[-1]
        made.append(_chart(brief, "above.shares", pairs, top))
    return made


def _chart(brief: Comparisons, key: str, pairs: list[Beside], top: float) -> Chart:
    ticks = [(tick, f"{brief.labels.number(tick)}%") for tick in nice_ticks(top)]
    plots = [beside(pairs, top, ticks, width, brief.lang) for width in PANEL_WIDTHS]
    entries = [pair.entry for pair in pairs]
    higher, equal = (
        sum(pair.value > pair.other for pair in pairs),
        sum(pair.value == pair.other for pair in pairs),
    )
    counts = {"higher": higher, "equal": equal, "lower": len(pairs) - higher - equal, "all": len(pairs)}
    figures = brief.labels.all_of([f"{e.city_name} {e.value} {e.words}" for e in entries])
    return Chart(
        f"{brief.key}-{key.replace('.', '-')}",
        brief.cautioned(_title(brief, key, counts), (name for e in entries for name in (e.row_id, e.beside))),
        brief.words(f"{key}.deck"),
        brief.words(f"{key}.alt", figures=figures, **counts),
        plots,
        entries,
    )


def _title(brief: Comparisons, key: str, counts: dict[str, int]) -> str:
    if key == "above.rates":
        stances = [name for name in ("higher", "equal", "lower") if counts[name]]
        if len(stances) == 1:
            return brief.words(f"above.rates.all.{stances[0]}", all=counts["all"])
        return brief.words("above.rates.title", all=counts["all"], stances=brief.parts(counts))
    extent = {0: ".none", counts["all"]: ".all"}.get(counts["higher"], "")
    return brief.words(f"above.shares.title{extent}", all=counts["all"], higher=counts["higher"])


def _value(cells: Cells) -> float:
    return float(cells["value_high"] if pd.isna(cells["value_low"]) else cells["value_low"])


def _entry(brief: Comparisons, row: Cells, words: str, value: str = "") -> Entry:
    cells, figure = brief.cells(row["row_id"]), brief.figure(row["row_id"])
    year = brief.words("axis.year", year=cells["due_on"].year)
    named = brief.labels.comma.join(filter(None, [figure["indicator"], year, words, _draft(brief, figure)]))
    return Entry(
        row_id=row["row_id"],
        city=row["place_id"],
        city_name=figure["city_name"],
        colour=colours(brief.shown)[row["place_id"]],
        value=value or figure["value"],
        words=named,
        group=year,
        low=_value(cells),
        high=None,
        basis=cells["basis"],
        draft=figure["draft"],
        derived=bool(value),
        beside=row["above_row_id"],
        gap=brief.gap(row),
    )


def _draft(brief: Comparisons, figure: Cells) -> str:
    return brief.words("mark.draft") if figure["draft"] else ""


def chart_ranks(brief: Comparisons, item: str, rows: list[Cells]) -> Chart:
    """Return one item's ranks as intervals, the title saying whether any place in the order is certain."""
    without = [brief.place(row["city_id"]) for row in rows if pd.isna(row["best"])]
    rows = [row for row in rows if not pd.isna(row["best"])]
    rows = sorted(rows, key=lambda row: (row["best"], row["worst"]))
    made, entries = zip(*(_ranked(brief, row) for row in rows), strict=True)
    certain = sum(one.best == one.worst for one in made)
    name = brief.labels.item(item)
    values = {"item": name, "certain": certain, "cities": len(made), "sets": int(rows[0]["choice_sets"])}
    key = (
        "ranked.title.none" if not certain else "ranked.title.all" if certain == len(made) else "ranked.title"
    )
    figures = brief.labels.all_of([f"{one.city_name} {one.words}" for one in made])
    return Chart(
        f"{brief.key}-rank-{item}",
        brief.cautioned(
            brief.words(key, **values), (name for row in rows for name in _listed(row["row_ids"]))
        ),
        brief.words("ranked.deck.one", **values),
        brief.words("ranked.alt", item=name, figures=figures),
        [intervals(made, len(made), width, brief.lang) for width in PANEL_WIDTHS],
        list(entries),
        _left_out(brief, without, str(rows[0]["dropped_by"])),
    )


def _ranked(brief: Comparisons, row: Cells) -> tuple[Interval, Entry]:
    """Return one city's interval, and its figure with the choices that move its rank."""
    figure, colour = brief.figure(str(row["row_ids"]).split(";")[0]), colours(brief.shown)[row["city_id"]]
    best, worst = int(row["best"]), int(row["worst"])
    words = brief.words("ranked.place" if best == worst else "ranked.places", best=best, worst=worst)
    choices = [brief.words(f"ranked.choice.{name}") for name in _listed(row["moved_by"])]
    said = [_moved(brief, brief.labels.all_of(choices)), _draft(brief, figure)]
    entry = Entry(
        row_id=figure["id"],
        city=row["city_id"],
        city_name=figure["city_name"],
        colour=colour,
        value=figure["value"],
        words=brief.labels.comma.join(filter(None, said)),
        group=words,
        low=None,
        high=None,
        basis=figure["basis_key"],
        draft=figure["draft"],
    )
    return Interval(row["city_id"], figure["city_name"], colour, best, worst, words), entry


def _moved(brief: Comparisons, choices: str) -> str:
    return brief.words("ranked.moved", choices=choices) if choices else brief.words("ranked.certain")


def _left_out(brief: Comparisons, without: list[str], dropped: str) -> str:
    """Return the cities without a like figure, and the choices after which too few cities remain."""
    said = [brief.words("ranked.without", cities=brief.labels.all_of(without))] if without else []
    names = dict.fromkeys(_listed(dropped.replace("+", ";")))
    if names:
        choices = brief.labels.all_of([brief.words(f"ranked.choice.{name}") for name in names])
        said.append(brief.words("ranked.dropped", choices=choices))
    return ("" if brief.lang == "zh" else " ").join(said)


def _listed(names: object) -> list[str]:
    return names.split(";") if isinstance(names, str) and names else []

"""From the rows of a briefing to the entries, labels and titles of its charts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from compare.briefings.charts.canvas import Entry, Label, Plot
from compare.briefings.charts.plots import nice_ticks
from compare.briefings.charts.plots import values as draw_values
from compare.briefings.charts.timeline import timeline as draw_timeline
from compare.briefings.charts.timeline import timeline_upright
from compare.charts.look import INK, colours

if TYPE_CHECKING:
    from compare.briefings.topic.briefing import TopicBriefing

PANEL_WIDTHS = (516, 340)
TIMELINE_WIDTHS = (1080, 720)
PHONE = 340
MONTH = 365.2425 / 12


@dataclass(frozen=True)
class Chart:
    """A chart as a page shows it: one plot per width, words around it, and the rows behind it."""

    name: str
    title: str
    deck: str
    alt: str
    plots: list[Plot]
    entries: list[Entry]
    note: str = ""

    @property
    def row_ids(self) -> list[str]:
        """The figures behind the chart: each target, and the figure it stands beside."""
        return [row_id for entry in self.entries for row_id in (entry.row_id, entry.beside) if row_id]

    @property
    def gaps(self) -> dict[str, str]:
        """What lies between a target and the figure it stands beside, by the target."""
        return {entry.row_id: entry.gap for entry in self.entries if entry.gap}

    def json(self, plot: Plot) -> Markup:
        """Return a plot's figure as JSON that is safe inside a script element."""
        figure = json.loads(plot.figure.to_json())
        figure["layout"].pop("template", None)
        return Markup(json.dumps(figure, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/"))


def _entry(brief: TopicBriefing, cells: dict[str, Any], words: str) -> Entry:
    source = brief.sources[cells["source_id"]]
    low, high = (None if pd.isna(cells[name]) else float(cells[name]) for name in ("value_low", "value_high"))
    return Entry(
        row_id=cells["target_id"],
        city=cells["city_id"],
        city_name=brief.place(cells["city_id"]),
        colour=colours(brief.shown)[cells["city_id"]],
        value=brief.labels.value(cells),
        words=words,
        group=_group(brief, cells),
        low=low,
        high=high,
        basis=cells["basis"],
        draft=source["status"] == "draft",
        issued=None if pd.isna(source["drawn_up_on"]) else _year(source["drawn_up_on"]),
        started=_year(source["period_start"]),
        due=None if pd.isna(cells["due_on"]) else _year(cells["due_on"]) + 1 / 365,
    )


def _year(day: pd.Timestamp) -> float:
    return float(day.year + (day.day_of_year - 1) / (366 if day.is_leap_year else 365))


def _group(brief: TopicBriefing, cells: dict[str, Any]) -> str:
    return brief.group_name(
        f"every_{cells['recurrence']}" if pd.isna(cells["due_on"]) else str(cells["due_on"].year)
    )


def panels(brief: TopicBriefing) -> list[Chart]:
    """Return one chart per indicator that two cities put a number to, none where there is none."""
    promised = brief.promised
    made = []
    for indicator in brief.book.indicators["indicator_id"]:
        rows = promised[promised["indicator_id"] == indicator].sort_values(["due_on", "target_id"])
        if rows["city_id"].nunique() > 1:
            made.append(_panel(brief, indicator, rows.to_dict("records")))
    return made


def _panel(brief: TopicBriefing, indicator: str, rows: list[dict[str, Any]]) -> Chart:
    promises = [_entry(brief, cells, _panel_words(brief, cells)) for cells in rows]
    above = _above(brief, {entry.row_id for entry in promises})
    entries = list(_with_benchmarks(brief, promises, above))
    share = rows[0]["unit_id"] == "percent"
    highest = max(value for entry in entries for value in (entry.low, entry.high) if value is not None)
    ticks = nice_ticks(100 if share else highest)
    # Above an open bound there must be room for the values that keep it.
    top = 100 if share else max(ticks[-1], highest * 1.15)
    words = [(tick, f"{brief.labels.number(tick)}{'%' if share else ''}") for tick in ticks]
    absent = _absent(brief, indicator, {entry.city for entry in entries})
    plots = [
        draw_values(entries, absent, top, words, width, brief.lang, brief.words("panel.absent"))
        for width in PANEL_WIDTHS
    ]
    name = brief.labels.name("indicators", indicator)
    figures = brief.labels.all_of([f"{e.city_name} {e.value} ({e.group})" for e in entries])
    held = list(dict.fromkeys(e.city_name for e in promises if e.row_id in above))
    cities = held or list(dict.fromkeys(e.city_name for e in promises))
    verdict = "panel.like" if _any_like(brief, indicator) else "panel.above" if held else "panel.unlike"
    return Chart(
        f"{brief.key}-{indicator}",
        brief.words(verdict, indicator=name, cities=brief.labels.all_of(cities)),
        brief.words("panel.deck", unit=brief.labels.unit_name(rows[0]["unit_id"])),
        brief.words("panel.alt", indicator=name, figures=figures),
        plots,
        entries,
    )


def _above(brief: TopicBriefing, ids: set[str]) -> dict[str, list[str]]:
    """Return, for each target that compares one to one with targets of places above, their ids."""
    found: dict[str, list[str]] = {}
    for row in brief.cascade:
        if row["row_id"] in ids and row["relation"] == "like" and not pd.isna(row["gap"]):
            found.setdefault(row["row_id"], []).append(row["above_row_id"])
    return found


def _with_benchmarks(
    brief: TopicBriefing, promises: list[Entry], above: dict[str, list[str]]
) -> Iterator[Entry]:
    """Yield the targets of cities by the year they fall due, each year's targets of places above first."""
    for group in dict.fromkeys(entry.group for entry in promises):
        own = [entry for entry in promises if entry.group == group]
        for name in dict.fromkeys(name for entry in own for name in above.get(entry.row_id, [])):
            yield _benchmark(brief, name, group)
        yield from own


def _benchmark(brief: TopicBriefing, row_id: str, group: str) -> Entry:
    cells, figure = brief.cells(row_id), brief.figure(row_id)
    low, high = (None if pd.isna(cells[name]) else float(cells[name]) for name in ("value_low", "value_high"))
    return Entry(
        row_id=row_id,
        city=figure["city"],
        city_name=figure["city_name"],
        colour=INK,
        value=figure["value"],
        words=brief.labels.comma.join(filter(None, [brief.words("panel.benchmark"), figure["denominator"]])),
        group=group,
        low=low,
        high=high,
        basis=cells["basis"],
        draft=False,
        benchmark=True,
    )


def _panel_words(brief: TopicBriefing, cells: dict[str, Any]) -> str:
    parts = [brief.labels.basis(cells["basis"]), brief.term(cells["denominator_zh"])]
    if brief.sources[cells["source_id"]]["status"] == "draft":
        parts.append(brief.words("mark.draft"))
    parts.append(brief.bearing(cells["source_id"])["partly"])
    if cells["force"] == "aspirational":
        parts.append(brief.words("mark.aspirational"))
    return brief.labels.comma.join(part for part in parts if part)


def _any_like(brief: TopicBriefing, indicator: str) -> bool:
    rows = brief.pairs[brief.pairs["indicator_id"] == indicator]
    return bool((rows["grade"] == "like").any())


def _absent(brief: TopicBriefing, indicator: str, present: set[str]) -> list[Label]:
    """Return the words for the cities without a number; `look` carries the name to print in front."""
    labels = []
    for city in [name for name in brief.shown if name not in present]:
        said = brief.coverage[
            (brief.coverage["city_id"] == city) & (brief.coverage["indicator_id"] == indicator)
        ]
        spoken = said[said["state"] == "unquantified"]
        name, colour = brief.place(city), colours(brief.shown)[city]
        if not spoken.empty:
            figure = brief.figure(spoken["evidence_id"].iloc[0])
            words = _shortened(figure["translation"] or figure["quote"])
            labels.append(
                Label(0, 0, brief.words("panel.words"), words, figure["id"], look=name, colour=colour)
            )
        else:
            words = brief.labels.all_of(
                [
                    brief.words(
                        "panel.state",
                        source=brief.labels.source(brief.sources[row["source_id"]]),
                        state=brief.labels.state(row["state"]),
                    )
                    for row in said.to_dict("records")
                ]
                or [brief.labels.state("not_obtained")]
            )
            labels.append(Label(0, 0, "", words, look=name, colour=colour))
    return labels


def _shortened(words: str, most: int = 26) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def timeline(brief: TopicBriefing) -> Chart | None:
    """Return the timeline of the topic's dated targets, None where there are none."""
    promised = brief.promised
    dated = promised[promised["due_on"].notna()].sort_values(["due_on", "target_id"]).to_dict("records")
    if not dated:
        return None
    entries = [
        _entry(brief, cells, brief.labels.name("indicators", cells["indicator_id"])) for cells in dated
    ]
    first = int(min(entry.issued or entry.started or 0 for entry in entries))
    last = int(max(entry.due or 0 for entry in entries) - 0.01) + 1
    years = [(float(year), brief.words("axis.year", year=year)) for year in range(first, last + 1)]
    cities = [(city, brief.place(city), colours(brief.shown)[city]) for city in brief.shown]
    silent = {city: brief.words("timeline.none") for city in brief.shown}
    plots = [draw_timeline(entries, years, cities, width, brief.lang, silent) for width in TIMELINE_WIDTHS]
    plots.append(timeline_upright(entries, years, cities, PHONE, brief.lang, silent))
    figures = brief.labels.all_of([f"{e.city_name} {e.value} {e.words} ({e.group})" for e in entries])
    return Chart(
        f"{brief.key}-timeline",
        _timeline_title(brief, dated),
        brief.words("timeline.deck"),
        brief.words("timeline.alt", figures=figures),
        plots,
        entries,
    )


def _timeline_title(brief: TopicBriefing, dated: list[dict[str, Any]]) -> str:
    months = [
        round((cells["due_on"] - brief.sources[cells["source_id"]]["drawn_up_on"]).days / MONTH)
        for cells in dated
        if not pd.isna(brief.sources[cells["source_id"]]["drawn_up_on"])
    ]
    # One promise makes no shortest and no longest.
    if len(months) < 2:
        first, last = (one(cells["due_on"].year for cells in dated) for one in (min, max))
        section = "timeline.title.undated" if first == last else "timeline.title.span"
        return brief.words(section, first=first, last=last)
    if min(months) == max(months):
        return brief.words("timeline.title.one", months=months[0])
    return brief.words("timeline.title", shortest=min(months), longest=max(months))

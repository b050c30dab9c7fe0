"""What the deadline calendar says in sentences and draws in its chart, made from the rows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from markupsafe import Markup

from compare.briefings.calendar.chart import Bar, Interval, Lane, Today, draw, interval
from compare.briefings.calendar.days import Cells, anchor
from compare.briefings.charts.drawing import Chart
from compare.charts.look import colours

if TYPE_CHECKING:
    from compare.briefings.calendar.briefing import CalendarBriefing

# Each width with the intervals a year has in it.
WIDTHS = ((1080, 2), (720, 2), (340, 1))


def title(brief: CalendarBriefing) -> str:
    """Return the finding that heads the page: how many dated promises have fallen due."""
    return brief.titled(_verdict(brief))


def _verdict(brief: CalendarBriefing) -> str:
    dated, past = brief.counts["dated"], brief.counts["past"]
    if not dated:
        return brief.words("title.empty")
    if not past:
        return brief.words("title.before", dated=brief.count(dated))
    if past == dated:
        return brief.words("title.all", dated=brief.count(dated))
    drafts = sum(row["status"] == "draft" for row in brief.dated if row["state"] == "past")
    section = "title.some.draft" if drafts else "title.some"
    return brief.words(section, dated=brief.count(dated), past=brief.count(past), drafts=brief.count(drafts))


def standfirst(brief: CalendarBriefing) -> Markup:
    """Return the fullest half-year, what is still to come, what has no date, and the caution."""
    parts = [_most(brief), _open(brief)] if brief.dated else []
    undated, recurring = (brief.count(brief.counts[name]) for name in ("undated", "recurring"))
    parts.append(brief.words("lead.rest", undated=undated, recurring=recurring))
    if brief.counts["drafts"]:
        parts.append(brief.words("lead.draft", count=brief.count(brief.counts["drafts"])))
    parts.append(brief.words("lead.caution"))
    return Markup(" " if brief.lang == "en" else "").join(map(Markup, parts))


def _most(brief: CalendarBriefing) -> str:
    half, rows = fullest(brief)
    said = []
    for city in brief.shown:
        for draft in (False, True):
            held = [row for row in rows if row["city_id"] == city and (row["status"] == "draft") == draft]
            if held:
                section = "lead.part.draft" if draft else "lead.part"
                count = _link(anchor(city, held[0]["due_on"].year), brief.count(len(held)))
                said.append(brief.words(section, city=_city(brief, city), count=count))
    return brief.words("lead.most", half=half, count=brief.count(len(rows)), parts=brief.labels.all_of(said))


def _open(brief: CalendarBriefing) -> str:
    rows = [row for row in brief.dated if row["state"] == "open"]
    if not rows:
        return brief.words("lead.open.none", day=brief.day())
    last = max(rows, key=lambda row: row["due_on"])
    due = Markup('<a class="v" href="#{}">{}</a>').format(last["deadline_id"], brief.labels.due(last))
    city = _city(brief, last["city_id"])
    if len(rows) == 1:
        return brief.words("lead.open.one", day=brief.day(), due=due, city=city)
    same = all((row["due_on"], row["city_id"]) == (last["due_on"], last["city_id"]) for row in rows)
    section = "lead.open.same" if same else "lead.open"
    return brief.words(section, day=brief.day(), count=brief.count(len(rows)), due=due, city=city)


def _city(brief: CalendarBriefing, city: str) -> Markup:
    return Markup('<b class="city c-{}">{}</b>').format(city, brief.place(city))


def _link(target: str, words: str) -> Markup:
    return Markup('<a href="#{}">{}</a>').format(target, words)


def fullest(brief: CalendarBriefing) -> tuple[str, list[Cells]]:
    """Return the half-year in which most commitments fall due, the first of equals, and its rows."""
    halves: dict[Interval, list[Cells]] = {}
    for row in sorted(brief.dated, key=lambda row: row["due_on"]):
        halves.setdefault(interval(row["due_on"].date(), 2), []).append(row)
    rows = max(halves.values(), key=len)
    return brief.labels.when(rows[0]["due_on"], "half_year"), rows


def lanes(brief: CalendarBriefing, per_year: int) -> list[Lane]:
    """Return each city's bars over half-years (`per_year` 2) or years (1), in the order of time."""
    made = []
    for city in brief.shown:
        held: dict[Interval, list[Cells]] = {}
        for row in brief.dated:
            if row["city_id"] == city:
                held.setdefault(interval(row["due_on"].date(), per_year), []).append(row)
        bars = [
            Bar(
                city,
                at,
                len(rows),
                sum(row["status"] == "draft" for row in rows),
                anchor(city, at.year),
                brief.labels.when(rows[0]["due_on"], "half_year" if per_year == 2 else "year"),
            )
            for at, rows in sorted(held.items())
        ]
        made.append(Lane(city, brief.place(city), colours(brief.shown)[city], tuple(bars)))
    return made


def chart(brief: CalendarBriefing) -> Chart | None:
    """Return the chart of promises by half-year and city, None where none has a date."""
    if not brief.dated:
        return None
    half, rows = fullest(brief)
    heading = brief.words("chart.title", half=half, count=brief.count(len(rows)))
    past, ahead = brief.counts["past"], brief.counts["today"] + brief.counts["open"]
    day = date.fromisoformat(brief.as_of)
    today = Today(
        day,
        brief.words("chart.past", count=brief.count(past)),
        brief.words("chart.open", count=brief.count(ahead)),
    )
    absent = brief.words("chart.absent")
    plots = [
        draw(lanes(brief, per_year), today, absent, width, brief.lang, per_year) for width, per_year in WIDTHS
    ]
    between = "；" if brief.lang == "zh" else "; "
    series = [
        brief.words("chart.series", city=lane.name, figures=_figures(brief, lane)) for lane in lanes(brief, 2)
    ]
    alt = brief.words(
        "chart.alt",
        title=heading,
        series=between.join(series),
        day=brief.day(),
        past=brief.count(past),
        open=brief.count(ahead),
    )
    return Chart(f"{brief.key}-due", heading, brief.words("chart.deck"), alt, plots, [])


def _figures(brief: CalendarBriefing, lane: Lane) -> str:
    said = [
        brief.words("chart.figure.draft", half=bar.when, count=bar.count, draft=bar.drafts)
        if bar.drafts
        else brief.words("chart.figure", half=bar.when, count=bar.count)
        for bar in lane.bars
    ]
    return brief.labels.all_of(said) if said else brief.words("chart.absent")


def twin(brief: CalendarBriefing) -> list[tuple[str, list[Bar | None], int]]:
    """Return the chart as rows: each half-year in words, a bar or nothing per city, and the sum."""
    by_city = [{bar.at: bar for bar in lane.bars} for lane in lanes(brief, 2)]
    made = []
    for at in sorted({at for bars in by_city for at in bars}):
        cells = [bars.get(at) for bars in by_city]
        held = [bar for bar in cells if bar is not None]
        made.append((held[0].when, cells, sum(bar.count for bar in held)))
    return made

"""What a reader takes away from a page: the rows shown and no others, as plain values, harmless to open."""

from __future__ import annotations

import base64
import re
from typing import Any

from bs4 import Tag

from compare.outputs.takeaway import XLSX
from taken import OPENINGS, Taken

KINDS = {"csv": "data:text/csv;charset=utf-8;base64,", "xlsx": f"data:{XLSX};base64,"}


def decoded(link: str, form: str) -> bytes:
    assert link.startswith(KINDS[form])
    return base64.b64decode(link.removeprefix(KINDS[form]), validate=True)


def taken_from(links: dict[str, Tag]) -> Taken:
    return Taken(*(decoded(str(links[form]["href"]), form) for form in ("csv", "xlsx")))


def takes(page: Any) -> list[tuple[Tag, dict[str, Tag]]]:
    """Return every offer to take data away: the table it stands under, and its links by their form."""
    found = []
    for offer in page.tree.select("p.take"):
        links = {str(link["download"]).rpartition(".")[2]: link for link in offer.select("a[download]")}
        if set(links) == set(KINDS):
            # A table that can be scrolled across stands in a region of its own.
            table = offer.find_previous_sibling(["table", "details"])
            table = table or offer.find_previous_sibling(class_="cal-across")
            assert table is not None, f"{page.name}: data to take away, and no table above it"
            if "folded" in table.get("class", []):
                # Rows of one city alone are a table of their own, behind a line.
                table = offer.find_parent("section")
            found.append((table, links))
    return found


def ids_shown(table: Tag) -> list[str]:
    """Return the rows that a table shows, each once, in the order in which they first stand."""
    # A target's row may name, beside its own, a figure of another row or one that repeats it.
    links = table.select(".worth a.v, a.v.q" if table.select(".worth") else "a.v")
    return list(dict.fromkeys(str(link["href"])[1:] for link in links))


def counts_shown(table: Tag) -> list[tuple[str, str]]:
    """Return the first and the last cell of each line of a table: what is counted, and how many in all."""
    lines = [[cell.get_text().strip() for cell in row.find_all(["th", "td"])] for row in table.select("tr")]
    return [(line[0], line[-1]) for line in lines]


def test_each_table_can_be_taken_away_as_it_stands(page: Any) -> None:
    assert takes(page) or page.is_worded, f"{page.name} gives nothing away"
    for table, links in takes(page):
        made, name = taken_from(links), str(links["csv"]["download"])
        if not ids_shown(table):
            assert counts_shown(table) == [(line[0], line[-1]) for line in made.cells], (page.name, name)
            continue
        taken = [row["row"] for row in made.rows]
        assert sorted(taken) == sorted(ids_shown(table)), (page.name, name)
        assert taken == ids_shown(table) or table.name in ("table", "section"), f"{name}: order of the chart"
        column = list(made.rows[0]).index("row")
        assert [line[column].value for line in made.sheet.iter_rows(min_row=2)] == taken


def test_every_chart_and_the_table_of_a_topic_can_be_taken_away(topic_page: Any) -> None:
    charts = topic_page.tree.select("details.twin")
    under = [table for table, _ in takes(topic_page)]
    assert len(under) == len(charts) + 1
    assert all(any(chart is one for one in under) for chart in charts)
    [table] = [one for one in under if one.name in ("table", "section")]
    held = [table] if table.name == "table" else table.select("table.grid")
    assert len(held) == len(topic_page.tree.select("table.grid"))


def test_files_are_named_for_what_is_in_them(page: Any) -> None:
    """A folder of downloads must tell them apart: page, chart, form; the same stem in each form."""
    stems = []
    for _, links in takes(page):
        names = [str(link["download"]) for link in links.values()]
        stem = names[0].removesuffix(".csv")
        assert names == [f"{stem}.csv", f"{stem}.xlsx"]
        picture = links["csv"].find_parent("p").find("button", class_="svg")
        assert picture is None or picture["data-name"] == f"{stem}.svg"
        assert re.fullmatch(r"[a-z0-9]+([_-][a-z0-9]+)*", stem), stem
        given = page.briefing.parameters
        # A series is the same on every page that shows it.
        about = given.get("topic", given.get("city", page.name.split(".")[0]))
        assert stem.split("-")[0] == about or "-series-" in stem
        stems.append(stem)
    assert len(set(stems)) == len(stems)


def test_a_chart_of_gaps_gives_both_figures_and_what_lies_between(page: Any) -> None:
    """Each row of the table twin: the city's figure with the gap in words, then the one it stands beside."""
    for table, links in takes(page):
        made = taken_from(links)
        lines = [line for line in table.select("tr") if len(line.select("td")) == 6]
        assert bool(lines) == ("gap" in (made.rows or [{}])[0]), links["csv"]["download"]
        gaps = {row["row"]: row["gap"] for row in made.rows if lines}
        for line in lines:
            own, other = (str(link["href"])[1:] for link in line.select("a.v"))
            assert gaps[own] == line.select("td")[-1].get_text().strip() != ""
            assert other in gaps


def test_pages_hold_no_formula_and_nothing_that_python_writes(page: Any) -> None:
    for _, links in takes(page):
        made = taken_from(links)
        assert not [cell for line in made.cells for cell in line if cell.startswith(OPENINGS)]
        assert not {"nan", "NaN", "NaT", "None", "<NA>"} & {cell for line in made.cells for cell in line}
        assert {cell.data_type for line in made.sheet.iter_rows() for cell in line} <= {"s", "n"}

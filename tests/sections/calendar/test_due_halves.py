"""The chart's section: every count by half-year and city, in its table, its words and its file."""

from __future__ import annotations

from collections import Counter

from bs4 import Tag

from compare.sections.section import Chart, Take, parts

from .conftest import Page, Told, half_of, number, numbers


def counts(told: Told, drafts: bool = False) -> Counter[tuple[tuple[int, int], str]]:
    """Return how many commitments fall due, by half-year and city."""
    rows = [row for row in told.dated if not drafts or row["source_id"] in told.drafts]
    return Counter((half_of(row), row["city_id"]) for row in rows)


def test_the_table_counts_half_years_by_city(tree: Tag, told: Told) -> None:
    halves = sorted({half for half, _ in counts(told)})
    lines = tree.select(".cal-when-due .twin tbody tr")
    assert len(lines) == len(halves)
    for half, line in zip(halves, lines, strict=True):
        *cells, last = line.find_all("td")
        for city, cell in zip(told.book.cities, cells, strict=True):
            wanted, link = counts(told)[half, city], cell.find("a")
            assert (link.get_text() if link else cell.get_text()) == (str(wanted) if wanted else "–")
            assert (not link) or link["href"] == f"#due-{city}-{half[0]}"
            drafted = counts(told, drafts=True)[half, city]
            assert bool(cell.select(".draft-tag")) == bool(drafted)
            if drafted and drafted != wanted:
                assert numbers(cell.select_one(".draft-tag").get_text()) == [drafted]
        assert int(last.get_text()) == sum(counts(told)[half, city] for city in told.book.cities)


def test_the_title_is_the_fullest_half_year(page: Page, told: Told) -> None:
    halves = Counter(map(half_of, told.dated))
    title = page.tree.find(id="chart")
    assert title and numbers(title.get_text())[-1] == max(halves.values())


def test_the_chart_says_its_counts_to_those_who_do_not_see_it(page: Page, told: Told) -> None:
    (chart,) = parts(page.sections, Chart)
    title = page.tree.find(id="chart")
    assert title and chart.alt.startswith(title.get_text())
    assert set(counts(told).values()) <= set(numbers(chart.alt))
    past = sum(told.state(row) == "past" for row in told.dated)
    assert {past, len(told.dated) - past} <= set(numbers(chart.alt))
    silent = set(told.book.cities) - {city for _, city in counts(told)}
    assert chart.alt.count(page.say("chart.absent")) == len(silent)


def test_the_file_holds_every_count_drafts_apart(page: Page, told: Told) -> None:
    take = next(one for one in parts(page.sections[1], Take))
    assert len({head for head, _ in take.columns}) == len(take.columns) == 2 + 2 * len(told.book.cities)
    all_of, drafted = counts(told), counts(told, drafts=True)
    halves = sorted({half for half, _ in all_of})
    for half, (_, *cells, total) in zip(halves, take.rows, strict=True):
        pairs = list(zip(cells[::2], cells[1::2], strict=True))
        assert pairs == [(all_of[half, city], drafted[half, city]) for city in told.book.cities]
        assert total == sum(cells[::2])


def test_every_width_is_drawn(page: Page) -> None:
    (chart,) = parts(page.sections, Chart)
    assert [one.width for one in chart.drawings] == [1080, 720, 340]
    assert number(str(chart.drawings[0].height)) > 100

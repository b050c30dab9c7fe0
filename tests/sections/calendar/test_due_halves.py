"""The counts by half-year and city: in the table with its bars, its words and its file."""

from __future__ import annotations

from collections import Counter

from bs4 import Tag

from compare.sections.section import Bar, Take, parts

from .conftest import Page, Told, half_of, numbers


def counts(told: Told, drafts: bool = False) -> Counter[tuple[tuple[int, int], str]]:
    """Return how many commitments fall due, by half-year and city."""
    rows = [row for row in told.dated if not drafts or row["source_id"] in told.drafts]
    return Counter((half_of(row), row["city_id"]) for row in rows)


def test_the_table_counts_half_years_by_city(tree: Tag, told: Told) -> None:
    halves = sorted({half for half, _ in counts(told)})
    lines = tree.select(".cal-halves tbody tr")
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
    title = page.tree.find(id="halves")
    assert title and numbers(title.get_text())[-1] == max(halves.values())


def test_the_deck_says_what_is_past_and_what_is_open(page: Page, told: Told) -> None:
    past = sum(told.state(row) == "past" for row in told.dated)
    deck = page.tree.find(id="halves").find_next("p", class_="deck")
    assert {past, len(told.dated) - past} <= set(numbers(deck.get_text()))


def test_bars_are_shares_of_the_longest_the_parts_of_drafts_hollow(page: Page, told: Told) -> None:
    all_of, drafted = counts(told), counts(told, drafts=True)
    most = max(all_of.values())
    wanted = Counter((number - drafted[key], "cal-amount") for key, number in all_of.items())
    wanted += Counter((number, "cal-amount cal-hollow") for number in drafted.values())
    bars = Counter((round(bar.share * most), bar.look) for bar in parts(page.sections[1], Bar))
    assert bars == Counter({key: count for key, count in wanted.items() if key[0]})


def test_the_file_holds_every_count_drafts_apart(page: Page, told: Told) -> None:
    take = next(one for one in parts(page.sections[1], Take))
    assert len({head for head, _ in take.columns}) == len(take.columns) == 2 + 2 * len(told.book.cities)
    all_of, drafted = counts(told), counts(told, drafts=True)
    halves = sorted({half for half, _ in all_of})
    for half, (_, *cells, total) in zip(halves, take.rows, strict=True):
        pairs = list(zip(cells[::2], cells[1::2], strict=True))
        assert pairs == [(all_of[half, city], drafted[half, city]) for city in told.book.cities]
        assert total == sum(cells[::2])

"""What became of a city's figures: each judged once, headed by how many are settled."""

from __future__ import annotations

from compare.tables.book import Book

from .cities import linked, numbers_in, pages, promised, prose, text_of
from .telling import read_rows


def test_every_target_figure_is_judged_once(book: Book) -> None:
    for city, _, page in pages(book):
        section = page.find(id="attained").find_parent("section")
        told = [linked(line.th)[0] for line in section.select("table:not(.twin table) tbody tr")]
        told += [linked(line)[0] for line in section.select(".unseen li")]
        own = {row["target_id"] for row in promised(city)}
        same = {
            row["fact_id"]
            for row in read_rows("outside_targets")
            if row["place_id"] == city and row["confidence"] != "suspect"
        }
        assert len(told) == len(set(told)) and own <= set(told) <= own | same
        sought = {
            row["item_id"] for row in read_rows("not_found") if row["place_id"] == city and row["date_text"]
        }
        for row in promised(city):
            if row["indicator_id"] in sought:
                group = section.find("a", href=f"#{row['target_id']}").find_parent("div")
                assert group.select_one("h3 .g-not_found"), row["target_id"]


def test_outcomes_are_headed_by_how_many_targets_they_settle(book: Book) -> None:
    """Those reported elsewhere are told apart; without an outcome that settles, nothing is counted."""
    for _, lang, page in pages(book):
        section = page.find(id="attained").find_parent("section")
        told = [linked(line)[0] for line in section.select("table:not(.twin table) tbody th, .unseen li")]
        elsewhere = sum(name.startswith("g-") for name in told)
        settled = sum(
            prose(lang)["outcomes.decides"] in text_of(line)
            for line in section.select("table:not(.twin table) tbody tr")
        )
        counts = {"count": len(told), "outside": elsewhere, "known": settled}
        title = prose(lang)["outcomes.title.outside" if elsewhere else "outcomes.title"].format(**counts)
        # Unsure figures are told behind what rests on them.
        assert section.h2.get_text().startswith(title) == bool(settled)
        assert bool(numbers_in(section.h2.get_text())) == bool(settled)

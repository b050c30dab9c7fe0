"""The head of a city's page: what fell due, examples with their years, and what to be careful about."""

from __future__ import annotations

from compare.tables.book import Book

from .cities import (
    counts_said,
    is_draft,
    linked,
    names_of,
    numbers_in,
    pages,
    past_term,
    promised,
    prose,
    text_of,
)
from .telling import read_rows


def test_titles_give_a_promise_and_the_standfirst_counts_what_fell_due(book: Book) -> None:
    for city, lang, page in pages(book):
        title, said = page.h1.get_text(), text_of(page.select_one("p.standfirst"))
        first = linked(page.select_one("p.standfirst"))[0]
        row = {row["target_id"]: row for row in promised(city)}[first]
        assert names_of("places", lang)[city] in title and row["due_on"][:4] in title
        assert not is_draft(row) and row["force"] == "firm"
        assert f"{float(row['value_low']):,g}" in title or f"{float(row['value_low']):g}" in title
        assert counts_said(said, prose(lang)["due.unjudged"]) == [{"due": len(past_term(city))}]
        # A line at 1200 pixels holds about so many; a value and its date want their room.
        assert len(title) <= 28 if lang == "zh" else len(title.split()) <= 14, title


def test_standfirsts_hold_figures_with_years_and_mark_drafts(book: Book) -> None:
    for city, _, page in pages(book):
        standfirst = page.select_one("p.standfirst")
        rows = {row["target_id"]: row for row in promised(city)}
        figures = linked(standfirst)
        assert 2 <= len(figures) <= 4 and not standfirst.select(".chip")
        assert all(rows[name]["due_on"][:4] in text_of(standfirst) for name in figures)
        assert len(standfirst.select(".draft-tag")) == sum(is_draft(rows[name]) for name in figures)


def test_standfirsts_count_what_to_be_careful_about(book: Book) -> None:
    """Deadlines that are the plan’s, promises of a draft: each if there is one."""
    kinds = {row["source_id"]: row["status"] for row in read_rows("sources") if row["path"]}
    for city, lang, page in pages(book):
        said, own, past = text_of(page.select_one("p.standfirst")), promised(city), past_term(city)
        inferred = sum(row["due_source"] == "period" for row in past)
        drafts = sum(map(is_draft, own))
        for name, count, counts in (
            ("period", inferred, {"past": len(past), "count": inferred}),
            ("draft", drafts, {"count": drafts}),
        ):
            told = counts_said(said, prose(lang)[f"caution.{name}"])
            assert told == ([counts] if count else []), (city, name)
        alone = {kinds[row["source_id"]] for row in own} == {"work_points"}
        assert (prose(lang)["caution.work_points"] in said) == alone


def test_the_facts_tell_how_many_targets_stand_in_a_draft(book: Book) -> None:
    for city, _, page in pages(book):
        own = promised(city)
        drafts = sum(map(is_draft, own))
        told = numbers_in(text_of(page.select(".facts dd")[1]))
        assert told == [len(own), *([drafts] if drafts else [])], city

"""Sections say what their frames hold: made-up cities, rows that are changed or left out, empty frames."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random

import pandas as pd
import pytest

import compare as cp
from compare import sections
from compare.sections.section import Chart, Fold, Section, Table, from_json, parts, runs
from compare.sections.stances import COMPARED
from compare.tables.book import Book
from compare.words.text import plain
from made_up import MIXED, Shape, write_project

from .conftest import sections_of, sheet_of
from .telling import AS_OF, LANGUAGES

SHAPES = {
    "cities grown over years": MIXED,
    "one city without a population": Shape(cities=1, population=(False,)),
    "two provinces, each city the same": Shape(cities=6, provinces=2, equal=True),
    "no figures from elsewhere": Shape(outcomes=(False,), figures=False, not_found=False),
    "odd marks in every quote": Shape(odd_marks=True),
}


@pytest.fixture(scope="module", params=SHAPES)
def made_up(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Book:
    folder = tmp_path_factory.mktemp("made-up") / "project"
    return cp.load(write_project(folder, SHAPES[request.param], Random(5)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_made_up_cities_are_told_whole(made_up: Book, lang: str) -> None:
    """Every pair, verdict and rank of the frames stands in a section, and every link leads somewhere."""
    made = {one.key: one for one in sections_of(made_up, None, lang)}
    cascade = cp.cascade(made_up, made_up.cities)
    counted = cascade["relation"].isin(COMPARED)
    assert told(tables(made["above"], "plain above")) == counted.sum()
    left = [len(one.blocks[1].items) for fold in parts(made["above"], Fold) for one in fold.blocks]
    assert sum(left) == (~counted).sum()
    verdicts = cp.attainment(made_up, AS_OF)["verdict"]
    assert told(tables(made["attained"], "plain")) == (~verdicts.isin(["no_figure", "not_due"])).sum()
    ranks = cp.ranks(made_up, cp.rankable(made_up))
    assert len(list(parts(made["ranked"], Chart))) == ranks["item_id"].nunique()
    page = sheet_of(list(made.values()), None, lang)
    ids = {str(one["id"]) for one in page.tree.select("[id]")}
    leads = {str(one["href"])[1:] for one in page.tree.select('a[href^="#"]')} - {"closed"}
    assert leads <= ids
    assert all(from_json(one.to_json()) == one for one in made.values())


def told(held: list[Table]) -> int:
    """Return how many rows some tables hold, those behind a fold among them."""
    return sum(len(one.groups[0].rows) for one in held)


def tables(section: Section, look: str) -> list[Table]:
    return [one for one in parts(section, Table) if one.look == look]


@pytest.fixture(scope="module")
def cascade(book: Book) -> pd.DataFrame:
    return cp.cascade(book, book.cities)


@pytest.fixture(scope="module")
def figures(book: Book) -> pd.DataFrame:
    return cp.figures(book)


def above(cascade: pd.DataFrame, figures: pd.DataFrame, lang: str = "en") -> Section:
    none = pd.DataFrame(columns=["place_id", "indicator_id", "due_year", "row_id"])
    return sections.above(cascade, figures, none, lang)


def rows_of(section: Section) -> set[str]:
    return {run.row for run in runs(section) if run.row}


def test_a_city_that_is_dropped_from_the_frame_leaves_the_section(
    cascade: pd.DataFrame, figures: pd.DataFrame
) -> None:
    alike = cascade[cascade["relation"] == "like"]
    city = alike["place_id"].iloc[0]
    kept = above(cascade, figures[figures["place_id"] != city])
    gone = set(cascade.loc[cascade["place_id"] == city, "row_id"])
    assert gone & rows_of(above(cascade, figures)) and not gone & rows_of(kept)
    assert plain(kept.title) != plain(above(cascade, figures).title)


def test_a_changed_cell_changes_what_is_said(cascade: pd.DataFrame, figures: pd.DataFrame) -> None:
    like = (cascade["relation"] == "like") & cascade["gap"].notna()
    changed = cascade.assign(
        stance=cascade["stance"].mask(like, "lower"), gap_en=cascade["gap_en"].mask(like, "far less")
    )
    title = plain(above(changed, figures).title)
    assert title.startswith(f"All {like.sum()} figures") and "lower" in title
    assert [run.text for run in runs(above(changed, figures)) if run.text == "far less"]


def test_a_place_without_a_population_has_a_share_alone(
    cascade: pd.DataFrame, figures: pd.DataFrame, book: Book
) -> None:
    bare = cp.cascade(replace(book, reference=book.reference[:0]), book.cities)
    shares = bare[bare["share"].notna()]
    assert len(shares) and shares["population_share"].isna().all()
    assert (shares["gap_zh"].str.fullmatch(r"占[\d.]+%")).all()
    assert (shares["gap_en"].str.fullmatch(r"[\d.]+% of the total")).all()
    takes = [[one.take.name for one in parts(above(rows, figures), Chart)] for rows in (cascade, bare)]
    assert takes == [["cascade-above-rates", "cascade-above-shares"], ["cascade-above-rates"]]


def test_nothing_to_compare_says_so(cascade: pd.DataFrame, figures: pd.DataFrame) -> None:
    section = above(cascade[:0], figures)
    assert (
        plain(section.title) == "No figure can be held against a target of a higher level"
        and section.blocks == ()
    )
    apart = cascade[~cascade["relation"].isin(COMPARED)]
    [fold] = parts(above(apart, figures), Fold)
    assert fold.open and sum(len(one.blocks[1].items) for one in fold.blocks) == len(apart)


def test_what_is_not_among_the_figures_is_not_judged(book: Book, figures: pd.DataFrame) -> None:
    seen = cp.attainment(book, AS_OF)
    observations, increments = cp.observations(book), cp.increments(book)
    own = figures[figures["place_id"].isin(book.cities)]
    section = sections.attained(seen, observations, increments, own, "en")
    assert not seen.loc[seen["above"], "row_id"].isin(rows_of(section)).any()
    assert "higher levels" not in plain(section.title)
    reached = seen["verdict"].isin(["reached", "reached_early", "reached_later", "reached_by"])
    over = figures[~figures["place_id"].isin(book.cities)]
    titles = [
        plain(sections.attained(seen, observations, increments, one, "en").title) for one in (over, own)
    ]
    assert f"{(reached & seen['above']).sum()} reached" in titles[0]
    assert f"{(reached & ~seen['above']).sum()} reached" in titles[1]


def test_ranks_without_their_figures_are_not_drawn(book: Book, figures: pd.DataFrame) -> None:
    ranks = cp.ranks(book, cp.rankable(book))
    assert sections.ranked(ranks, figures[:0]).blocks == ()
    assert sections.ranked(ranks[:0], figures).blocks == ()
    one = ranks["item_id"].iloc[0]
    [chart] = parts(sections.ranked(ranks[ranks["item_id"] == one], figures, "zh"), Chart)
    assert ranks["item_zh"].iloc[0] in plain(chart.title) and chart.open


@pytest.mark.parametrize("lang", LANGUAGES)
def test_goals_that_nobody_takes_up(book: Book, figures: pd.DataFrame, lang: str) -> None:
    goals = cp.goals_above(book)
    cited = book.sources[book.sources["status"] == "not_obtained"]
    section = sections.untaken(goals, cited, figures, lang)
    assert rows_of(section) == set(goals["row_id"])
    assert str(len(goals)) in plain(section.title)
    said = plain(tuple(runs(section.blocks)))
    assert all(title in said for title in cited["title_zh"])
    assert all(title in said for title in cited["title_en"]) == (lang == "en")
    assert sections.untaken(goals[:0], cited[:0], figures, lang).blocks == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_head_of_the_cascade(book: Book, cascade: pd.DataFrame, figures: pd.DataFrame, lang: str) -> None:
    documents = cp.documents(book)
    section = sections.cascade_lead(cascade, figures, documents, lang)
    ahead = cascade[(cascade["relation"] == "like") & (cascade["stance"] == "higher")]
    furthest = ahead.loc[ahead["gap"].abs().idxmax()]
    kept = cascade[(cascade["relation"] == "like") & cascade["stance"].isin(["equal", "higher"])]
    assert rows_of(section) == {furthest["above_row_id"], *kept["row_id"]}
    names = [str(len(kept[kept["stance"] == one])) for one in ("equal", "higher")]
    assert all(one in plain(section.title) for one in names)
    told = dict(texts(section.blocks[1].pairs))
    compared = cascade["relation"].isin(COMPARED)
    apart = set(cascade["row_id"]) - set(cascade.loc[compared, "row_id"])
    counts = [compared.sum(), len(apart), cascade["above_row_id"].nunique()]
    assert [int("".join(filter(str.isdigit, words))) for words in list(told.values())[:3]] == counts
    partly = documents.assign(coding=documents["coding"].where(documents.index > 0, "in_review"))
    assert documents[f"document_{lang}"].iloc[0] in plain(
        sections.cascade_lead(cascade, figures, partly, lang).title
    )
    assert documents[f"document_{lang}"].iloc[0] not in plain(section.title)
    none = sections.cascade_lead(cascade[:0], figures, documents, lang)
    assert plain(none.title) == plain(above(cascade[:0], figures, lang).title)


def texts(pairs: Iterable[tuple[object, object]]) -> list[tuple[str, str]]:
    return [(plain(term), plain(said)) for term, said in pairs]

"""Every page over books not seen before: nothing fails, nothing missing is printed, nothing is left empty."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

import compare as cp
from every_page import dead_links, every_page, faults
from made_up import MIXED, Paper, Shape, read_rows, write_project

UNKNOWN = Paper("not_obtained", "registered")
TOPICS = (("5g", "open_data"),)


def small(*papers: Paper, **more: object) -> Shape:
    """Return a project of three cities, with a document of each kind in turn."""
    given: dict[str, object] = {"cities": 3, "topics": TOPICS, **more}
    return Shape(papers=[(paper,) for paper in papers or (Paper(targets=6),)], **given)  # type: ignore[arg-type]


# What is altered: a missing cell was true to a template, a first of none and a mean of nothing stopped pages.
BOOKS = {
    "no population of one city": small(population=(True, False, True)),
    "nothing from elsewhere, nothing looked for": small(
        population=(False,), outcomes=(False,), figures=False, not_found=False
    ),
    "no outcome and no population, which were looked for": small(outcomes=(False,), population=(False,)),
    "no figure of a province, three cities ranked": small(figures=False, equal=True),
    "a topic without numbers, another of one city alone": Shape(
        cities=2, topics=(("5g",), ("5g", "open_data")), papers=((Paper(targets=5),),)
    ),
    "no numbers at all": small(Paper(targets=0)),
    "one document, of two cities nothing": small(Paper(), UNKNOWN, UNKNOWN),
    "one city": Shape(cities=1, topics=TOPICS),
    "one city of which nothing is at hand": Shape(cities=1, papers=((UNKNOWN,),)),
    "drafts alone": small(Paper("draft", targets=4)),
    "one document in review, one registered": small(
        Paper(coding_state="in_review", targets=6), Paper(coding_state="registered"), Paper()
    ),
    "no target with a deadline": small(Paper(dated=False, targets=5)),
    "less is better, values alike, marks of HTML in every quote": small(
        equal=True, odd_marks=True, lower=("base_stations_5g", "open_datasets", "theme_databases"), cities=2
    ),
    "work points with a ledger in Traditional script": small(
        Paper("work_points", first_year=2026, years=1, script="Hant", ledger=True),
        Paper(layout="chunks"),
        cities=2,
    ),
}


@pytest.mark.parametrize("name", BOOKS)
def test_every_page_of_an_altered_book_is_whole(name, tmp_path):
    root = write_project(tmp_path / "project", BOOKS[name], Random(4), released=False)
    pages = dict(every_page(root))
    assert {name for name, html in pages.items() if "<h1" not in html} == {
        page for page in pages if re.search(r"\.ics$|\.xlsx#", page)
    }, "every page bears its heading: none was held that is empty"
    found = [fault for page, html in pages.items() for fault in faults(page, html)]
    assert not found
    assert not [link for page, html in pages.items() if "." in page for link in dead_links(page, html)]


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p>nan</p>", "a missing number"),
        ("<td title='NaT'>–</td>", "a missing day in a title"),
        ("<p>Stand: None</p>", "a missing word"),
        ("<p>inf tn</p>", "a division by nought"),
        ("<p>0 of 0 targets</p>", "a count of nothing"),
        ("<p>of {city} all</p>", "a placeholder that was not filled"),
        ("<h2> </h2>", "an empty heading"),
        ("<ul></ul>", "an empty list"),
        ("<table><tbody></tbody></table>", "an empty table"),
        ("<figure><figcaption></figcaption></figure>", "an empty figure"),
        ("<script type='application/json'>[NaN]</script>", "a missing number in a chart"),
    ],
)
def test_what_no_page_may_hold_is_seen(html, fault):
    assert faults("page", html), fault


@pytest.mark.parametrize(
    "html",
    [
        "<p>None of them compare</p>",
        "<p>Nanjing, financial, information, infrastructure</p>",
        "<p>10 of 0x</p>",
        "<td></td>",
        "<p role='status' aria-live='polite'></p>",
        "<p lang='zh-Hans'>10 of 10</p>",
    ],
)
def test_what_a_page_may_hold_passes(html):
    assert not faults("page", html)


def test_a_city_that_has_no_rows_is_known_to_the_door(tmp_path):
    """What a notebook shows in plain tables is asked of frames, which know every city."""
    root = write_project(tmp_path / "project", small(Paper(targets=0)), Random(1), released=False)
    book = cp.load(root)
    rows = cp.figures(book, city=book.cities[0])
    assert not (rows["kind"] == "target").any() and (rows["kind"] == "absent").any()


def test_a_project_of_six_cities_in_two_provinces_is_built_by_the_command(tmp_path):
    root = write_project(tmp_path / "project", MIXED, Random(11))
    source = Path(cp.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-m", "compare", "build", "--root", str(root)],
        env=os.environ | {"PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    pages = sorted((root / "reports").rglob("*.html"))
    cities = [row["place_id"] for row in read_rows(root, "places") if row["level"] == "prefecture"]
    assert {f"city-{city}.en.html" for city in cities} <= {page.name for page in pages}
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert not faults(page.name, html) and not dead_links(page.name, html)

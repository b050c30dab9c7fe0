"""A project so small that a build of it takes no time: two topics, two cities, one notebook, and plain pages.

What a build calls on other modules for is replaced by `STEPS`; notebooks run as they always do.
"""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path
from unittest.mock import patch

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from compare.__main__ import main
from compare.build.build import Steps, build
from compare.build.plan import Briefing
from compare.build.portfolio import FILE

# The second notebook is not there: its pages are known by their name and none is planned.
PORTFOLIO = """- {notebook: topic_comparison, name: "topic-{topic}", each: topic}
- {notebook: city_briefing, name: "city-{city}", each: city}
"""
ALL = ["topic-5g.zh", "topic-5g.en", "topic-open_data.zh", "topic-open_data.en"]
PAGES = sorted(f"{name}.html" for name in ALL)
DEFAULTS = "topic = '5g'\nlang = 'zh'\nas_of = ''\ncities = []"


def write_table(path: Path, *rows: dict[str, str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def write_notebook(root: Path, *sources: str, defaults: str = DEFAULTS) -> None:
    tagged = new_code_cell(defaults, id="defaults", metadata={"tags": ["parameters"]})
    cells = [new_markdown_cell("# Title", id="title"), tagged]
    cells += [new_code_cell(source, id=f"c{number}") for number, source in enumerate(sources)]
    nbformat.write(new_notebook(cells=cells), root / "notebooks" / "topic_comparison.ipynb")


def write_project(tmp_path: Path) -> Path:
    """Write a project whose cities share two topics; a third topic stands in one city only."""
    curated = tmp_path / "data" / "curated"
    for folder in ("jinan", "dezhou"):
        (curated / folder).mkdir(parents=True)
    (tmp_path / "notebooks" / "text").mkdir(parents=True)
    (tmp_path / "notebooks" / "text" / "topic_comparison.zh.md").write_text("五", encoding="utf-8")
    (tmp_path / FILE).write_text(PORTFOLIO, encoding="utf-8")
    (curated / "datapackage.yaml").write_text("resources: []\n", encoding="utf-8")
    (curated / "edition.yaml").write_text('edition: "2026.11"\nas_of: 2026-11-21\n', encoding="utf-8")
    places = {"dezhou": "371400", "jinan": "370100", "shandong": "370000"}
    rows = [{"place_id": place, "division_code": code} for place, code in places.items()]
    write_table(curated / "places.csv", *rows)
    write_table(curated / "sources.csv", {"source_id": "jinan-2019-annex", "place_id": "jinan", "path": ""})
    write_table(curated / "topics.csv", *[{"topic_id": topic} for topic in ("5g", "open_data", "parks")])
    write_table(
        curated / "indicators.csv",
        {"indicator_id": "base_stations", "topic_id": "5g"},
        {"indicator_id": "data_sets", "topic_id": "open_data"},
    )
    write_table(
        curated / "jinan" / "targets.csv", {"indicator_id": "base_stations"}, {"indicator_id": "data_sets"}
    )
    write_table(
        curated / "dezhou" / "targets.csv", {"indicator_id": "base_stations"}, {"indicator_id": "data_sets"}
    )
    # Words alone make no page either.
    write_table(curated / "dezhou" / "mentions.csv", {"indicator_id": "park_area"})
    # Commitments alone make no page, not even of two cities.
    write_table(curated / "jinan" / "commitments.csv", {"topic_id": "parks"})
    write_table(curated / "dezhou" / "commitments.csv", {"topic_id": "parks"})
    write_notebook(tmp_path, "print(topic, lang, as_of, *cities)")
    return tmp_path


def show(notebook: NotebookNode, briefing: Briefing, root: Path) -> str:
    assert (root / briefing.source).exists()
    return f"{briefing.name}: {notebook.cells[-1].outputs[0].text}"


def front(root: Path, briefings: object, lang: str, files: object) -> str:
    return " ".join(briefing.name for briefing in briefings)  # type: ignore[attr-defined]


STEPS = Steps(check=lambda root: None, page=show, front=front, takeaways=lambda root: [])


def door(*words: str) -> int:
    """Return the status of the command door; a build there makes plain pages.

    In a process of its own: `python -c "import sys, small_project; sys.exit(small_project.door(...))"`.
    """
    with patch("compare.build.build.build", partial(build, steps=STEPS)):
        return main(words)

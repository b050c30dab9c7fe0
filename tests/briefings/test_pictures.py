"""Pictures of charts: where a tall one is cut, and what a browser of this machine makes of a page."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from compare.build.plan import read_edition
from compare.outputs.word.documents import word
from compare.outputs.word.file import document
from compare.outputs.word.page import read_page
from compare.outputs.word.pictures import parts, photograph


@pytest.mark.parametrize(
    ("bands", "height", "most", "cuts", "reason"),
    [
        ([(0, 20), (30, 60)], 70, 100, [(0, 70)], "short enough"),
        ([(0, 20), (30, 60), (70, 100)], 100, 80, [(0, 65), (65, 100)], "cut in the last gap that fits"),
        ([(0, 100)], 100, 50, [(0, 100)], "no gap to cut at"),
        ([(0, 20), (30, 95)], 100, 50, [(0, 100)], "no gap where one is needed"),
    ],
)
def test_where_a_tall_chart_is_cut(
    bands: list[tuple[float, float]], height: float, most: float, cuts: list[Any], reason: str
) -> None:
    assert parts(bands, height, most)[1] == cuts, reason


@pytest.mark.browser
def test_documents_are_written_with_the_pictures_of_their_charts(site: Path) -> None:
    if not shutil.which("chromium"):
        lacking = pytest.fail if os.environ.get("CI") else pytest.skip
        lacking("Chromium is not installed; on Debian and Ubuntu: sudo apt-get install chromium")
    name = "topic-digital_economy.en"
    [path] = word(site, [name])
    assert path == site / "reports" / "word" / f"{name}.docx"
    page = read_page((site / "reports" / f"{name}.html").read_text(encoding="utf-8"))
    shots = photograph({name: site / "reports" / f"{name}.html"})[name]
    assert document(page, shots, **read_edition(site)) == path.read_bytes()
    assert all(any(shots.get(number) for number in numbers) for numbers in page.alts.values())
    timeline = max(shots.values(), key=len)
    # Too tall for a sheet: its parts are whole pictures, each no taller than one can hold.
    assert len(timeline) > 1
    for shot in (one for held in shots.values() for one in held):
        assert shot.png.startswith(b"\x89PNG") and shot.height <= shot.width * 1.3
        width, height = (int.from_bytes(shot.png[place : place + 4]) for place in (16, 20))
        assert abs(width - shot.width * 3) <= 3 and abs(height - shot.height * 3) <= 3

"""Pictures of charts: which drawing suits a sheet, where a tall one is cut, what a browser makes of it."""

from __future__ import annotations

import errno
import json
import os
import shutil
from itertools import pairwise
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import kaleido
import pytest

from compare.charts.drawing import across, edge, figure, label, placed
from compare.errors import CompareError, Refused
from compare.outputs.overlay import place
from compare.outputs.pictures import MOST_RATIO, on_paper, parts, pictures
from compare.sections.section import Chart, Drawing

WIDTH, GROUP = 400, 150


def tall(groups: int) -> dict[str, Any]:
    """Return a figure of groups one under another, a line that crosses it all after each."""
    pieces = [across(0, 80, WIDTH - 80)]
    for number in range(groups):
        top = number * GROUP
        pieces += [edge(top + 75, f"group {number}", 14, "#000000", 80)]
        pieces += [label(5, top + 20, "5", f"value {number}", f"t-{number}", dy=-12)]
        pieces += [across(top + GROUP, 80, WIDTH - 80)]
    pieces.append(placed(0, groups * GROUP, "below", 12, "#000000", dy=30))
    axis = {"range": [0, 10]}
    made = figure(pieces, axis, size=(WIDTH, groups * GROUP), margin=(80, 20, 30, 50), title="", lang="en")
    return dict(json.loads(made.to_json()))


def drawing(groups: int) -> Drawing:
    made = tall(groups)
    return Drawing(WIDTH, made["layout"]["height"], json.dumps(made))


def said(part: dict[str, Any]) -> list[str]:
    return [one.get("name") or one["text"] for one in part["layout"]["annotations"]]


def test_a_figure_that_fits_stays_whole() -> None:
    assert parts(tall(2)) == [tall(2)]


@pytest.mark.parametrize(("groups", "cut"), [(3, [2, 1]), (4, [2, 2]), (7, [2, 2, 2, 1])])
def test_a_tall_figure_is_cut_between_its_groups(groups: int, cut: list[int]) -> None:
    made = parts(tall(groups))
    held = [sum(name.startswith("t-") for name in said(one)) for one in made]
    assert held == cut
    whole = [name for one in made for name in said(one)]
    assert sorted(whole) == sorted(said(tall(groups))), "each label once"
    assert [("below" in said(one)) for one in made] == [False] * (len(made) - 1) + [True]
    for one in made:
        layout = one["layout"]
        assert layout["height"] <= WIDTH * MOST_RATIO
        inside = [place(layout, each)[1] for each in layout["annotations"]]
        assert all(0 <= at <= layout["height"] for at in inside)
        bottom, top = layout["yaxis"]["range"]
        assert bottom - top == layout["height"] - 80, "as many pixels to the unit as before"
    ends = [one["layout"]["yaxis"]["range"] for one in made]
    assert all(here[0] == there[1] for here, there in pairwise(ends)), "nothing between two parts is left out"


def test_what_stands_between_two_lines_is_never_parted() -> None:
    made = tall(3)
    made["layout"]["shapes"] = made["layout"]["shapes"][:1]
    assert parts(made) == [made]


def test_a_chart_takes_the_widest_drawing_that_a_sheet_has_room_for() -> None:
    held = tuple(Drawing(width, 100, "{}") for width in (1080, 720, 340))
    assert on_paper(Chart((), (), "", held)) == held[1]
    assert on_paper(Chart((), (), "", held[:1])) == held[0]
    assert on_paper(Chart((), (), "", ())) is None


def test_without_a_browser_the_user_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))
    with pytest.raises(CompareError, match="install Chromium, Chrome or Edge"):
        pictures([drawing(1)])
    assert pictures([]) == {}


@pytest.mark.browser
def test_every_part_is_a_picture_of_its_size() -> None:
    if not shutil.which("chromium"):
        lacking = pytest.fail if os.environ.get("CI") else pytest.skip
        lacking("Chromium is not installed; on Debian and Ubuntu: sudo apt-get install chromium")
    asked = [drawing(1), drawing(3)]
    made = pictures(asked)
    assert [len(made[one]) for one in asked] == [1, 2]
    for shot in (shot for held in made.values() for shot in held):
        assert shot.png.startswith(b"\x89PNG")
        width, height = (int.from_bytes(shot.png[at : at + 4]) for at in (16, 20))
        assert (width, height) == (shot.width * 3, shot.height * 3)


@pytest.mark.parametrize(
    ("failed", "told"), [((ValueError("no such trace"),), "no such trace"), ((), "no picture")]
)
def test_what_was_not_drawn_is_told(
    monkeypatch: pytest.MonkeyPatch, failed: tuple[Exception, ...], told: str
) -> None:
    monkeypatch.setattr(kaleido, "write_fig_from_object_sync", lambda *_, **__: failed)
    with pytest.raises(CompareError, match=f'found "{told}"; expected pictures of the charts'):
        pictures([drawing(1)])


@pytest.mark.skipif(os.name == "nt", reason="Windows has no fontconfig that could be asked")
@pytest.mark.parametrize(
    ("fonts", "words", "told"),
    [
        ("", "五", 'fonts: found "none"; expected a font with Chinese characters; install one'),
        ("Noto Sans CJK SC", "五", 'found "no picture"'),
        ("", "five", 'found "no picture"'),
    ],
)
def test_a_machine_without_a_chinese_font_is_told_before_boxes_are_drawn(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fonts: str, words: str, told: str
) -> None:
    (tmp_path / "fc-list").write_text(f"#!/bin/sh\necho '{fonts}'\n", encoding="utf-8")
    (tmp_path / "fc-list").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(kaleido, "write_fig_from_object_sync", lambda *_, **__: ())
    made = tall(1)
    made["layout"]["annotations"][0]["text"] = words
    with pytest.raises(CompareError, match=told):
        pictures([Drawing(WIDTH, made["layout"]["height"], json.dumps(made))])


@pytest.mark.parametrize("raised", [True, False], ids=["raised", "returned"])
def test_a_full_disk_is_not_taken_for_a_fault_of_the_browser(
    monkeypatch: pytest.MonkeyPatch, raised: bool
) -> None:
    error = OSError(errno.ENOSPC, "No space left on device")

    def draw(*_: object, **__: object) -> tuple[OSError]:
        if raised:
            raise error
        return (error,)

    monkeypatch.setattr(kaleido, "write_fig_from_object_sync", draw)
    with pytest.raises(Refused, match=f"{gettempdir()}: .*make room on its disk"):
        pictures([drawing(1)])

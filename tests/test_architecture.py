"""docs/architecture.md tells the floors as the imports have them."""

from __future__ import annotations

from benchmarks.structure import BEGIN, END, FLOORS, PAGE, PICTURED, imports, page_with_picture


def test_the_picture_is_that_of_the_imports() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert PICTURED.sub("", page_with_picture(page)) == PICTURED.sub("", page), "make docs draws it anew"


def test_every_floor_is_told() -> None:
    said = PAGE.read_text(encoding="utf-8").split(END)[1]
    assert [name for name in FLOORS if f"| `{name}` |" not in said] == []


def test_arrows_lead_down_the_page_alone() -> None:
    assert {(a, b) for a, b in imports() if FLOORS.index(b) > FLOORS.index(a)} == set()
    assert BEGIN in PAGE.read_text(encoding="utf-8")

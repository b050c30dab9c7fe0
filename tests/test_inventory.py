"""What a reader has on a page is taken from any markup, kept as text, and every loss of it is told."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.inventory.__main__ import main
from benchmarks.inventory.hold import Difference, Meant, differences, meant, unnamed
from benchmarks.inventory.keep import keep, kept, read, written
from benchmarks.inventory.take import Section, take

CSV = "data:text/csv;base64," + base64.b64encode("\ufeffPlace,Value\nAbel,1500\n".encode()).decode()
PAGE = f"""<html><head><title>Stations</title></head><body><h1>Stations of two cities</h1>
<section aria-labelledby="values"><p>Figure 1</p><h2 id="values">Two figures</h2>
<p>Abel <a href="#t-abel-0001">≥1,500<sup>1</sup></a>, Bela <a href="#t-bela-0002">70%<sup>2</sup></a></p>
<div role="group" aria-label="Stations: Abel 1,500"><script type="application/json">
{{"data": [{{"mode": "markers", "x": [1, 2], "marker": {{"symbol": "diamond"}}}}], "layout": {{}}}}</script>
<span>1,500 in all <a href="#t-abel-0001">to 2020</a></span><span class="tick">2,000</span></div>
<a download="stations.csv" href="{CSV}">CSV</a></section>
<section><h2 id="evidence">Sentences</h2><p>As printed.</p>
<blockquote>到2020年<span id="t-abel-0001"></span><mark>1500个</mark><sup>1</sup>。</blockquote>
<a href="#v-t-abel-0001">Back</a> <a href="sources/abel.html#t-abel-0001">In full</a></section>
<section><h2 id="method">Method</h2><p>Read twice.</p></section></body></html>"""


def told(after: str, before: str = PAGE) -> list[Difference]:
    return list(differences({"page": take(before)}, {"page": take(after)}))


def changed(old: str, new: str) -> str:
    assert old in PAGE
    return PAGE.replace(old, new)


def lost_sentence(page: str) -> str:
    start, end = page.index("<blockquote>"), page.index("</blockquote>")
    return page[:start] + page[end:]


def swapped(page: str) -> str:
    start = page.index('<section><h2 id="evidence">')
    middle = page.index('<section><h2 id="method">')
    end = page.index("</body>")
    return page[:start] + page[middle:end] + page[start:middle] + page[end:]


CSV_LESS = "data:text/csv;base64," + base64.b64encode("\ufeffPlace,Value\n".encode()).decode()
ALTERED: dict[str, tuple[str, set[tuple[str, str, str, str]]]] = {
    "a figure": (
        changed("70%", "71%"),
        {("values", "lost", "figure", "70%"), ("values", "new", "figure", "71%")},
    ),
    "a row": (
        changed('href="#t-bela-0002"', ""),
        {("values", "lost", "row", "t-bela-0002"), ("values", "lost", "number", "t-bela-0002 no. 2")},
    ),
    "an evidence number": (
        changed("<sup>2</sup>", "<sup>3</sup>"),
        {
            ("values", "lost", "number", "t-bela-0002 no. 2"),
            ("values", "new", "number", "t-bela-0002 no. 3"),
        },
    ),
    "a file to save": (
        changed(f'<a download="stations.csv" href="{CSV}">CSV</a>', ""),
        {("values", "lost", "file", "stations.csv"), ("values", "lost", "file row", "Abel | 1500")},
    ),
    "a row of a file": (changed(CSV, CSV_LESS), {("values", "lost", "file row", "Abel | 1500")}),
    "a note": (changed("As printed.", ""), {("evidence", "lost", "text", "As printed.")}),
    "a sentence": (
        lost_sentence(PAGE),
        {("evidence", "lost", "stands", "t-abel-0001"), ("evidence", "lost", "marked", "1500个")},
    ),
    "a link": (changed("sources/abel", "abel"), {("evidence", "lost", "link", "sources/abel.html")}),
    "a label": (changed("in all", ""), {("values", "lost", "drawn", "1,500 in all to 2020")}),
    "a tick": (changed("2,000", "3,000"), {("values", "new", "tick", "3,000")}),
    "a mark": (changed("[1, 2]", "[1]"), {("values", "lost", "mark", "diamond")}),
    "a link in a chart": (
        changed('<a href="#t-abel-0001">to 2020</a>', "to 2020"),
        {("values", "lost", "row drawn", "t-abel-0001")},
    ),
    "a chart": (
        changed('aria-label="Stations: Abel 1,500"', 'aria-label="Stations"'),
        {("values", "lost", "chart", "Stations: Abel 1,500")},
    ),
    "a place": (
        changed("<p>As printed.</p>", "").replace("<p>Read", "<p>As printed.</p><p>Read"),
        {("evidence > method", "moved", "text", "As printed.")},
    ),
    "an order": (swapped(PAGE), {("", "moved", "order", "lead values method evidence")}),
    "a section": (
        changed('<section><h2 id="method">Method</h2><p>Read twice.</p></section>', ""),
        {("method", "lost", "section", "method"), ("method", "lost", "text", "Read twice.")},
    ),
}


@pytest.mark.parametrize(("altered", "expected"), ALTERED.values(), ids=ALTERED)
def test_what_is_altered_is_told(altered: str, expected: set[tuple[str, str, str, str]]) -> None:
    found = {(one.section, one.change, one.kind, one.item) for one in told(altered)}
    assert expected <= found
    assert len(found) <= len(expected) + 4, "more is told than was altered"


MARKUP: dict[str, Callable[[str], str]] = {
    "nothing": lambda page: page,
    "classes and blocks": lambda page: page.replace("<p>", '<div class="x">').replace("</p>", "</div>"),
    "spaces": lambda page: page.replace("Read twice.", "\n  Read\n  twice. "),
    "an anchor": lambda page: page.replace('id="values"', 'id="numbers"'),
    "the mark of a way back": lambda page: page.replace("#v-t", "#b-t"),
    "a second width of a chart": lambda page: page.replace(
        "<a download",
        '<div aria-label="Stations: Abel 1,500"><script type="application/json">{"data": [], "layout": {}}'
        "</script><span>1,500</span></div><a download",
    ),
    "a label that the figure holds too": lambda page: page.replace(
        '"layout": {}', '"layout": {"annotations": [{"text": "1,500 <b>in all</b> to 2020"}]}'
    ),
}


@pytest.mark.parametrize("marked", MARKUP.values(), ids=MARKUP)
def test_markup_alone_is_no_difference(marked: Callable[[str], str]) -> None:
    assert told(marked(PAGE)) == []


def test_counts_before_and_after_are_told() -> None:
    (one,) = [
        one for one in told(PAGE.replace("Read twice.", "Read twice, in 2020年.")) if one.kind == "figure"
    ]
    assert (one.change, one.section, one.item, one.before, one.after) == ("new", "method", "2020年", 0, 1)
    assert str(one) == "page\tmethod\tnew\tfigure\t2020年\t0 → 1"


def test_a_figure_has_its_comparator_and_unit() -> None:
    text = "到2020年1500个,≥80%, 1.2万个, 12,000, 5G, t-abel-0001, 14亿元, 3.5 bn, 2019–2022"
    figures = [item for kind, item in take(f"<p>{text}</p>")[0].items if kind == "figure"]
    assert figures == ["2020年", "1500个", "≥80%", "1.2万个", "12,000", "14亿元", "3.5 bn", "2019", "2022"]


def test_a_page_that_is_gone_is_told_once() -> None:
    assert [str(one) for one in differences({"page": take(PAGE)}, {})] == ["page\t\tlost\tpage\tpage\t1 → 0"]


def test_a_sheet_under_another_name_is_a_sheet_lost_and_one_that_is_new() -> None:
    before, after = ([Section(key, Counter({("file", "3 lines"): 1}))] for key in ("Abel", "Bela"))
    assert [(one.change, one.section, one.item) for one in differences({"x": before}, {"x": after})] == [
        ("lost", "Abel", "Abel"),
        ("moved", "Abel > Bela", "3 lines"),
        ("new", "Bela", "Bela"),
    ]


def test_a_difference_is_named_by_pattern_and_reason() -> None:
    found = told(changed("70%", "71%"))
    named = Meant("page", "val*", "*", "figure", "7*%", "recounted")
    idle = Meant("page", "*", "lost", "chart", "*", "drawn anew")
    left, unused = unnamed(found, [named, idle])
    assert {one.kind for one in left} == {"text"} and unused == [idle]
    assert unnamed(found, [named._replace(reason=" ")])[0] == found
    assert unnamed(found, [named._replace(page="another")])[0] == found


def test_what_is_kept_is_read_again_and_pages_no_longer_built_go(tmp_path: Path) -> None:
    sections = take(PAGE)
    assert read(written(sections)) == sections
    keep({"a.html": sections, "sources/b.html": sections}, "*", tmp_path)
    keep({"a.html": sections}, "a.html", tmp_path)
    assert list(kept("*", tmp_path)) == ["a.html", "sources/b.html"]
    keep({"a.html": sections}, "*", tmp_path)
    assert kept("*", tmp_path) == {"a.html": sections}


def test_a_page_that_is_not_kept_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "none-such.html").write_text(PAGE, "utf-8")
    assert main(["--reports", str(tmp_path), "--page", "none-such.html"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "none-such.html\t\tnew\tpage\tnone-such.html\t0 → 1",
        "1 pages held; 0 differences named, 1 unnamed",
    ]


def test_every_difference_that_is_meant_has_a_reason() -> None:
    assert [name for name in meant() if not name.reason.strip()] == []

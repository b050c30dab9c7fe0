"""Every page that is built, opened once from its file: what it asks for, what it draws, how it fits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

# Charts are drawn for three widths of the window: a desk, a half of it or paper, and a phone.
WINDOWS = {"wide": (1240, 900), "narrower": (900, 900), "phone": (360, 780)}
# The widths that each window may show; a phone has no room for the timeline.
DRAWN = {"wide": {1080, 516}, "narrower": {720, 516}, "phone": {340}}
# What the charts that are shown should hold by their figures, and what stands in them.
CHARTS = """
const rules = {
  scatter: trace => ['.scatterlayer .trace path.point', trace.mode.includes('markers') ? trace.x.length : 0],
  bar: trace => ['.barlayer .trace .point path', trace.x.length],
};
const seen = element => {
  const box = element.getBoundingClientRect(), look = getComputedStyle(element);
  const clear = colour => colour === 'none' || colour === 'transparent' || /, 0\\)$/.test(colour);
  const inked = !clear(look.fill) || (!clear(look.stroke) && parseFloat(look.strokeWidth) > 0);
  return box.width + box.height > 0 && look.visibility === 'visible' && look.display !== 'none' && inked;
};
return [...document.querySelectorAll('.plot')].filter(plot => plot.checkVisibility()).map(plot => {
  const figure = JSON.parse(plot.querySelector('script').textContent), wanted = {}, found = {};
  for (const trace of figure.data) {
    const [selector, count] = (rules[trace.type] || (() => [`no rule for ${trace.type}`, NaN]))(trace);
    wanted[selector] = (wanted[selector] || 0) + count;
  }
  if ((figure.layout.shapes || []).length) {
    wanted['.shapelayer path'] = figure.layout.shapes.length;
  }
  for (const selector of Object.keys(wanted)) {
    const marks = selector.startsWith('.') ? [...plot.querySelectorAll(selector)] : [];
    found[selector] = marks.filter(mark => selector.startsWith('.shape') || seen(mark)).length;
  }
  const frame = plot.getBoundingClientRect();
  const labels = [...plot.querySelectorAll('.lab')].filter(label => label.textContent.trim()).map(label => {
    const box = label.getBoundingClientRect();
    return {words: label.textContent.replace(/\\s+/g, ' ').trim(), left: box.left - frame.left,
            right: box.right - frame.left, top: box.top - frame.top, bottom: box.bottom - frame.top,
            end: box.right, cut: label.scrollWidth > label.clientWidth + 1};
  });
  return {name: plot.closest('section').className, width: plot.offsetWidth, height: plot.offsetHeight,
          wanted, found, labels};
});
"""
SIDEWAYS = """
const wide = document.scrollingElement.scrollWidth;
return [wide, innerWidth, wide <= innerWidth ? [] : [...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1).slice(0, 5)
  .map(one => one.tagName + '.' + one.className)];
"""
# The width of every bar of a table, what is folded included, and the share that it stands for.
BARS = """
document.querySelectorAll('details').forEach(one => { one.open = true; });
return [...document.querySelectorAll('table')].map(table => {
  const bars = [...table.querySelectorAll('.cal-amount, .rod')].filter(bar => bar.offsetWidth);
  const share = bar => parseFloat(bar.style.width.replace('calc(', ''));
  return bars.map(bar => [bar.getBoundingClientRect().width, share(bar)]);
}).filter(bars => bars.length > 1);
"""


def overlaps(labels: list[dict[str, Any]]) -> list[str]:
    """Return the pairs of labels that lie on each other by more than two pixels both ways."""
    found = []
    for at, one in enumerate(labels):
        for other in labels[at + 1 :]:
            across = min(one["right"], other["right"]) - max(one["left"], other["left"])
            down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
            if across > 2 and down > 2:
                found.append(f"{one['words']} / {other['words']}: {across:.0f} by {down:.0f} px")
    return found


def test_every_page_that_is_built_is_opened_here(site: Path, pages_of_the_site: tuple[str, ...]) -> None:
    reports = site / "reports"
    built = {path.relative_to(reports).as_posix() for path in reports.rglob("*.html")}
    assert built == {f"{name}.html" for name in pages_of_the_site}


def test_it_opens_without_a_complaint_and_asks_for_nothing(opened: Any) -> None:
    page = f"/{opened.name}.html"
    assert any(url.endswith(page) for url in opened.requests), "the log of requests is blind"
    others = {url for url in opened.requests if not url.endswith(page)}
    assert {url.partition(":")[0] for url in others} <= {"data", "about", "blob"}, others
    assert opened.complaints == []


@pytest.mark.parametrize("window", WINDOWS)
def test_every_chart_is_drawn_with_its_words_apart(reader: Any, opened: Any, window: str) -> None:
    reader.sit(WINDOWS[window])
    marked = "return [...document.querySelectorAll('.plot')].every(one => !one.checkVisibility()"
    marked += " || one.querySelector('.canvas').dataset.look)"
    reader.wait(marked, bool)
    charts = reader.ask(CHARTS)
    if window == "wide":
        # Documents, the front page and the calendar draw none, nor does a topic without a number.
        assert not charts or opened.kind not in ("source", "index", "calendar")
        assert charts or opened.kind not in ("city", "cascade")
        assert bool(charts) == reader.ask("return !!document.getElementById('palette')"), (
            "what draws is there"
        )
    for chart in charts:
        told = (chart["name"], chart["width"])
        assert chart["width"] in DRAWN[window], told
        assert chart["wanted"] and chart["found"] == chart["wanted"], told
        assert overlaps(chart["labels"]) == [], told
        for label in chart["labels"]:
            within = label["left"] > -2 and label["top"] > -2 and label["bottom"] < chart["height"] + 2
            assert within and label["right"] < chart["width"] + 14, (told, label)
            assert label["end"] <= WINDOWS[window][0], (told, label)


@pytest.mark.parametrize("window", WINDOWS)
def test_bars_of_a_table_are_to_one_scale(reader: Any, opened: Any, window: str) -> None:
    reader.sit(WINDOWS[window])
    for bars in reader.ask(BARS):
        longest, most = max(bars)
        assert most == max(share for _, share in bars), bars
        for width, share in bars:
            assert abs(width - longest * share / most) < 1.5 or width <= 4, (width, share, longest, most)


def test_a_phone_does_not_scroll_sideways(reader: Any, opened: Any) -> None:
    reader.sit(WINDOWS["phone"])
    wide, inner, beyond = reader.ask(SIDEWAYS)
    assert (inner, beyond) == (360, []) and wide <= inner
    # What is folded is no wider once it is opened.
    reader.ask("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    wide, inner, beyond = reader.ask(SIDEWAYS)
    assert (inner, beyond) == (360, []) and wide <= inner

"""What keeps readers out: axe-core finds nothing moderate or worse on any kind of page, at any width."""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

RUN = """
const [rules, off, alike, done] = arguments;
const weighty = ['moderate', 'serious', 'critical'];
const path = element => {
  let words = '';
  for (let one = element; one && one !== document.body; one = one.parentElement) {
    words = `${one.localName}.${[...one.classList].sort().join('.')}>${words}`;
  }
  return words;
};
// Elements of one path look alike: of the thousands of words in a long page the first two of each are tried.
const looks = new Map(), chosen = [];
for (const one of alike ? document.body.querySelectorAll('*') : []) {
  if ([...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()) && one.checkVisibility()) {
    const seen = looks.get(path(one)) || 0;
    looks.set(path(one), seen + 1);
    if (seen < 2 || one.closest('.lab')) { chosen.push(one); }
  }
}
const some = rules.length ? {runOnly: {type: 'rule', values: rules}} : {};
const without = Object.fromEntries(off.map(rule => [rule, {enabled: false}]));
const options = {resultTypes: ['violations'], preload: false, rules: without, ...some};
axe.run(alike ? {include: chosen} : document, options).then(
  result => done(result.violations.filter(one => weighty.includes(one.impact)).flatMap(
    one => one.nodes.map(node => `${one.id}: ${node.target.join(' ')}: ${node.failureSummary}`))),
  problem => done([String(problem)]));
"""
WINDOWS = {"wide": (1240, 900), "phone": (360, 780)}
# What can differ between light and dark colours. All other rules are tried on all of a page, at each width.
COLOURED = ["color-contrast", "link-in-text-block"]


@pytest.fixture(scope="module")
def axe() -> str:
    """Return the text of axe-core; of the package that brings it the interface is for another driver."""
    script = distribution("axe-playwright-python").locate_file("axe_playwright_python/axe.min.js")
    return Path(str(script)).read_text(encoding="utf-8")


@pytest.mark.parametrize("window", WINDOWS)
def test_nothing_keeps_a_reader_out(reader: Any, sample: Any, axe: str, window: str) -> None:
    reader.sit(WINDOWS[window])
    if not reader.ask("return !!window.axe"):
        reader.ask(axe)
    reader.driver.set_script_timeout(120)
    assert reader.driver.execute_async_script(RUN, [], COLOURED, False) == []
    for scheme in ("light", "dark"):
        reader.sit(WINDOWS[window], scheme)
        assert reader.driver.execute_async_script(RUN, COLOURED, [], True) == [], scheme


def test_the_check_can_fail(reader: Any, axe: str) -> None:
    reader.driver.get(
        "data:text/html,<title>t</title><p style='color:%23ccc;background:%23fff'>grey on white"
    )
    reader.ask(axe)
    found = reader.driver.execute_async_script(RUN, COLOURED, [], True)
    assert len(found) == 1 and found[0].startswith("color-contrast: ")

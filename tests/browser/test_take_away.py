"""What a reader takes away from a page: the files in its links, and its charts as drawings."""

from __future__ import annotations

import base64
import csv
import io
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

pytestmark = pytest.mark.browser

LINK = re.compile(r'<a\b(?=[^>]*\bdownload="([^"]+)")(?=[^>]*\bhref="data:([^;,"]+)[^",]*;base64,([^"]+)")')
SAVED = """
const [button, done] = arguments, click = HTMLAnchorElement.prototype.click;
HTMLAnchorElement.prototype.click = function () {
  HTMLAnchorElement.prototype.click = click;
  done({name: this.download, href: this.href});
};
button.click();
"""
# The chart that a button stands under: its marks, and the words on it without white space, which are those
# of its rows, or the places in its table where they name no row.
CHART = """
const plots = [...arguments[0].closest('figure').querySelectorAll('.plot')];
const plot = plots.find(one => one.checkVisibility());
const title = plot.closest('figure').querySelector('h3') || plot.closest('section').querySelector('h2');
return {marks: plot.querySelectorAll('.trace path.point, .trace .point path, .shapelayer path').length,
        title: title.textContent,
        words: [...(plot.querySelector('.lab') ? plot.querySelectorAll('.lab')
                    : plot.closest('figure').querySelectorAll('.twin .city'))]
               .map(label => label.textContent.replace(/\\s+/g, ''))};
"""
SVG = "{http://www.w3.org/2000/svg}"


def is_csv(content: bytes) -> bool:
    """Return whether the bytes are a table with a head and a row, marked as UTF-8 for spreadsheets."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return content.startswith(b"\xef\xbb\xbf") and len(rows) > 1 and len({len(row) for row in rows}) == 1


def is_workbook(content: bytes) -> bool:
    """Return whether the bytes are a workbook whose first sheet has a head and a row."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return file.testzip() is None and file.read("xl/worksheets/sheet1.xml").count(b"<row") > 1


def is_calendar(content: bytes) -> bool:
    """Return whether the bytes are a calendar with an event."""
    return content.startswith(b"BEGIN:VCALENDAR\r\n") and b"\r\nBEGIN:VEVENT\r\n" in content


WHOLE: dict[str, Callable[[bytes], bool]] = {".csv": is_csv, ".xlsx": is_workbook, ".ics": is_calendar}


def test_every_file_in_a_link_is_whole(site: Path, pages_of_the_site: tuple[str, ...]) -> None:
    found: dict[str, int] = dict.fromkeys(WHOLE, 0)
    for name in pages_of_the_site:
        page = (site / "reports" / f"{name}.html").read_text(encoding="utf-8")
        files = [(file, base64.b64decode(content)) for file, _, content in LINK.findall(page)]
        assert len(files) == page.count(" download="), f"{name}: a download is no file"
        assert len({file for file, _ in files}) == len(files), f"{name}: two files of one name"
        for file, content in files:
            assert WHOLE[Path(file).suffix](content), f"{name}: {file}"
            found[Path(file).suffix] += 1
    assert all(found.values()), found


def test_a_click_saves_the_file_under_its_name(reader: Any, sample: Any, tmp_path: Path) -> None:
    folder = {"behavior": "allow", "downloadPath": str(tmp_path)}
    reader.driver.execute_cdp_cmd("Browser.setDownloadBehavior", folder)
    links = reader.driver.find_elements("css selector", "a[download]")
    for link in [one for one in links if one.is_displayed()][:2]:
        name = link.get_dom_attribute("download")
        content = base64.b64decode(link.get_dom_attribute("href").partition("base64,")[2])
        reader.click(link)
        end = time.monotonic() + 10
        while not (tmp_path / name).is_file() or (tmp_path / name).read_bytes() != content:
            assert time.monotonic() < end, f"{name} has not arrived"
            time.sleep(0.05)


def test_every_chart_can_be_saved_as_a_drawing(reader: Any, sample: Any) -> None:
    reader.driver.set_script_timeout(20)
    buttons = reader.driver.find_elements("css selector", "figure .take button.svg")
    assert all(button.is_displayed() for button in buttons), "the script shows the button"
    assert buttons or sample.kind not in ("topic", "cascade"), "a chart that cannot be saved"
    for button in buttons:
        chart = reader.ask(CHART, button)
        saved = reader.driver.execute_async_script(SAVED, button)
        assert saved["name"].endswith(".svg") and saved["href"].startswith("data:image/svg+xml")
        drawing = ElementTree.fromstring(base64_or_text(saved["href"]))
        assert marks(drawing) == chart["marks"] > 0, saved["name"]
        said = ["".join("".join(one.itertext()).split()) for one in drawing.iter(f"{SVG}text")]
        assert chart["words"] and set(chart["words"]) <= set(said), saved["name"]
        assert "".join(chart["title"].split()) in said, saved["name"]


def marks(drawing: ElementTree.Element) -> int:
    """Return how many marks a drawing has: points, bars, and what is drawn as a shape."""
    points = [one for one in drawing.iter(f"{SVG}path") if "point" in one.get("class", "").split()]
    groups = [
        one for one in drawing.iter(f"{SVG}g") if {"point", "shapelayer"} & {*one.get("class", "").split()}
    ]
    return len(points) + sum(len(list(one.iter(f"{SVG}path"))) for one in groups)


def base64_or_text(address: str) -> str:
    """Return what a data address holds, in whichever of the two ways."""
    from urllib.parse import unquote

    head, _, body = address.partition(",")
    return base64.b64decode(body).decode("utf-8") if head.endswith(";base64") else unquote(body)

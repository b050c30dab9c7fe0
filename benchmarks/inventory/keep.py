"""Keep the inventory as lines of text, a file per page: `## section`, then kind, item and count by tabs."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from benchmarks.inventory.files import ROW_ID, table_items, tables
from benchmarks.inventory.take import Section, take

KEPT = Path(__file__).with_name("pages")
ROWS = re.compile(r"([a-z]-[a-z_]+-)(\d{4}(?: \d{4})*)")
Pages = dict[str, list[Section]]


def built(reports: Path, only: str) -> Pages:
    """Return the sections of every page, calendar and workbook in a folder of reports, by its name."""
    pages: Pages = {}
    for path in sorted(reports.rglob("*")):
        name = path.relative_to(reports).as_posix()
        if not matches(only, name):
            continue
        if path.suffix == ".html":
            pages[name] = take(path.read_text("utf-8"))
        elif path.suffix in (".ics", ".xlsx"):
            sheets = tables(name, path.read_bytes())
            pages[name] = [Section(key, Counter(table_items(rows))) for key, rows in sheets.items()]
    return pages


def kept(only: str, folder: Path = KEPT) -> Pages:
    """Return the sections of every page that is kept, by its name."""
    paths = {path.relative_to(folder).as_posix()[:-4]: path for path in sorted(folder.rglob("*.txt"))}
    return {name: read(path.read_text("utf-8")) for name, path in paths.items() if matches(only, name)}


def keep(pages: Pages, only: str, folder: Path = KEPT) -> None:
    """Write the pages, and let go of those that are no longer built."""
    for path in folder.rglob("*.txt"):
        if (name := path.relative_to(folder).as_posix()[:-4]) not in pages and matches(only, name):
            path.unlink()
    for name, sections in pages.items():
        path = folder / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written(sections), "utf-8", newline="\n")


def matches(pattern: str, text: str) -> bool:
    """Return whether a text is as a pattern says, in which `*` alone stands for anything.

    >>> matches("topic-*.en.html", "topic-5g.en.html"), matches("[1]*", "1")
    (True, False)
    """
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text, re.DOTALL) is not None


def written(sections: list[Section]) -> str:
    """Return the lines of a page; rows that are counted alike share a line.

    >>> items = {("row", "t-x-0001"): 1, ("row", "t-x-0009"): 1, ("text", "a"): 2}
    >>> written([Section("lead", Counter(items))]).replace("\\t", " / ").splitlines()
    ['## lead', 'row / t-x-0001 0009', 'text / a / 2']
    """
    lines: list[str] = []
    for section in sections:
        lines.append(f"## {section.key}")
        told: list[tuple[str, str, int]] = []
        rows: dict[tuple[str, str, int], list[str]] = {}
        for (kind, item), count in sorted(section.items.items()):
            if ROW_ID.fullmatch(item):
                rows.setdefault((kind, item[:-4], count), []).append(item[-4:])
            else:
                told.append((kind, item, count))
        told += [(kind, head + " ".join(numbers), count) for (kind, head, count), numbers in rows.items()]
        lines += [f"{kind}\t{item}" + f"\t{count}" * (count > 1) for kind, item, count in sorted(told)]
    return "\n".join(lines) + "\n"


def read(text: str) -> list[Section]:
    """Return the sections that `written` wrote.

    >>> read("## lead\\nrow\\tt-x-0001 0009\\t3")[0].items
    Counter({('row', 't-x-0001'): 3, ('row', 't-x-0009'): 3})
    """
    sections: list[Section] = []
    for line in text.split("\n"):
        if line.startswith("## "):
            sections.append(Section(line[3:]))
        elif line:
            kind, item, count = f"{line}\t1".split("\t")[:3]
            match = ROWS.fullmatch(item)
            for one in [match[1] + number for number in match[2].split()] if match else [item]:
                sections[-1].items[kind, one] = int(count)
    return sections

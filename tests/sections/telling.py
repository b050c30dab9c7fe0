"""What sections beyond the documents have to say, told again from the bare CSV and the prose files."""

from __future__ import annotations

import calendar
import csv
import datetime
import importlib.util
import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml
from bs4 import BeautifulSoup, Tag

from compare.build.plan import plan

TESTS = Path(__file__).resolve().parents[1]
CURATED = TESTS.parent / "data" / "curated"
AS_OF = str(yaml.safe_load((CURATED / "edition.yaml").read_bytes())["as_of"])
LANGUAGES = ("zh", "en")
SECTIONS = ("above", "ranked", "attained", "elsewhere")
Row = dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """The sections of one page as HTML: its language, and its topic where it has one."""

    lang: str
    topic: str | None
    html: str
    tree: BeautifulSoup


def neighbour(name: str) -> ModuleType:
    """Return the tests of an analysis, which read the same files by their own rules."""
    spec = importlib.util.spec_from_file_location(f"_{name}", TESTS / "analysis" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAIRS, VERDICTS = neighbour("test_cascade"), neighbour("test_attainment")

# ── words and numbers, as the pages are to print them ──────────────────────────

SIGNS = {"eq": "", "ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈", "range": ""}
SIZES = {
    "zh": ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")),
    "en": ((10**12, " tn"), (10**9, " bn"), (10**6, " m")),
}
BASIS = {
    "zh": {
        "stock": "时点存量",
        "flow": "当期数",
        "rate": "比率",
        "growth": "增幅",
        "ambiguous": "口径不明",
    },
    "en": {
        "stock": "total at date",
        "flow": "in the period",
        "rate": "rate",
        "growth": "growth",
        "ambiguous": "basis not stated",
    },
}
# What is done with what is counted; a level that is reached, or something else, is not said of a figure.
ACTS = {
    "zh": {"begin": "启动", "build": "建设", "open": "投用", "list": "列名或认定"},
    "en": {"begin": "begun", "build": "built", "open": "put into use", "list": "listed or recognised"},
}
SURE = {
    "zh": {"high": "可信度高", "medium": "可信度中等"},
    "en": {"high": "high confidence", "medium": "medium confidence"},
}
MONTHS = calendar.month_name  # Python's own, in English unless a test sets another language
DIGITS = re.compile(r"\d+")


def number(value: Fraction | str, lang: str) -> str:
    exact = Fraction(value)
    size, mark = next(((size, mark) for size, mark in SIZES[lang] if exact >= size), (1, ""))
    short = f"{float(exact) / size:{',' if lang == 'en' else ''}.2f}"
    return short.rstrip("0").rstrip(".") + mark


def percent(share: Fraction) -> str:
    decimals = 0 if share >= 10 else 1 if share >= 1 else 2
    return f"{float(share):.{decimals}f}%"


def ended(on: str, precision: str, lang: str) -> str:
    """Return the end of a period, as a deadline names it."""
    day = datetime.date.fromisoformat(on)
    month = MONTHS[day.month]
    zh = {"year": f"{day.year}年底", "month": f"{day.year}年{day.month}月底"}
    en = {"year": f"end-{day.year}", "month": f"end of {month} {day.year}"}
    exact = {"zh": f"{day.year}年{day.month}月{day.day}日", "en": f"{day.day} {month[:3]} {day.year}"}
    return (zh if lang == "zh" else en).get(precision, exact[lang])


def observed(on: str, precision: str, lang: str) -> str:
    """Return a day or a whole period, as an outcome names it."""
    day = datetime.date.fromisoformat(on)
    half = {"zh": "上下", "en": ("first", "second")}[lang][day.month > 6]
    zh = {"year": f"{day.year}年", "month": f"{day.year}年{day.month}月"}
    en = {"year": f"{day.year}", "month": f"{MONTHS[day.month]} {day.year}"}
    zh["half_year"], en["half_year"] = f"{day.year}年{half}半年", f"{half} half of {day.year}"
    return (zh if lang == "zh" else en).get(precision, ended(on, "day", lang))


def listed(words: Iterable[str], lang: str) -> str:
    *most, last = words
    return "、".join([*most, last]) if lang == "zh" else f"{', '.join(most)} and {last}" if most else last


def squeezed(words: Tag | str) -> str:
    """Return words without any space, and without the numbers that lead to the sentence or the list."""
    if isinstance(words, str):
        return "".join(words.split())
    chips = words.select("sup.chip")
    held = "".join(
        text for text in words.find_all(string=True) if not any(chip in text.parents for chip in chips)
    )
    return "".join(held.split())


@cache
def read_rows(name: str) -> list[Row]:
    """Return a table as bare CSV, past everything the project itself does with it."""
    made = []
    for path in sorted(CURATED.glob(f"{name}.csv")) or sorted(CURATED.glob(f"*/{name}.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            place = {} if path.parent == CURATED else {"city_id": path.parent.name}
            made += [place | row for row in csv.DictReader(lines)]
    return made


# In the order of their division codes.
CITIES = tuple(row["place_id"] for row in sorted(read_rows("places"), key=lambda row: row["division_code"])
               if row["place_id"] in {one["city_id"] for one in read_rows("targets")})  # fmt: skip


# Those whose pages hold figures of a city; on the pages of the others commitments stand in words alone.
_PAGES = dict.fromkeys(
    str(one.parameters["topic"]) for one in plan(TESTS.parent) if "topic" in one.parameters
)
_FIGURED = {
    next(one["topic_id"] for one in read_rows("indicators") if one["indicator_id"] == row["indicator_id"])
    for row in read_rows("targets")
}
TOPICS = tuple(topic for topic in _PAGES if topic in _FIGURED)
WORDED = tuple(topic for topic in _PAGES if topic not in _FIGURED)


def read_prose(name: str, lang: str) -> dict[str, str]:
    """Return the sections of a prose file."""
    text = (TESTS.parent / "notebooks" / "text" / f"{name}.{lang}.md").read_text(encoding="utf-8")
    parts = re.split(r"^## +(\S+)\s*$", text, flags=re.MULTILINE)
    return {key: said.strip() for key, said in zip(parts[1::2], parts[2::2], strict=True)}


class Teller:
    """One page's figures and words, read from the files: what its sections have to say."""

    def __init__(self, about: str | None, lang: str) -> None:
        self.lang, self.about, self.raw = lang, about, read_rows
        self.comma = "，" if lang == "zh" else ", "
        notebook = "topic_comparison" if about else "cascade"
        self.prose = read_prose("common", lang) | read_prose(notebook, lang)
        raw = read_rows
        self.facts = {row["fact_id"]: row for name in ("outside_targets", "outcomes") for row in raw(name)}
        self.rows = self.facts | {row["target_id"]: row for row in raw("targets")}
        self.units = {row["unit_id"]: row for row in raw("units")}
        self.drafts = {row["source_id"] for row in raw("sources") if row["status"] == "draft"}
        self.terms = {row["term_zh"]: row["term_en"] for row in raw("terms")}
        self.names = {
            row[f"{table[:-1]}_id"]: row[f"name_{self.lang}"]
            for table in ("places", "indicators", "measures")
            for row in raw(table)
        }

    def say(self, key: str, **values: object) -> str:
        return self.prose[key].format(**values)

    def topic(self, name: str) -> str:
        row = self.rows[name]
        return str(PAIRS.topic({"measure": row.get("measure_id", "")} | row))

    def on_topic(self, name: str) -> bool:
        return self.about in (None, self.topic(name))

    def place(self, name: str) -> str:
        return str(self.rows[name].get("place_id") or self.rows[name]["city_id"])

    def city(self, name: str) -> str:
        return self.names[self.place(name)]

    def what(self, name: str) -> str:
        row = self.rows[name]
        return self.names[row.get("measure_id") or row["indicator_id"]]

    def unit(self, unit_id: str) -> str:
        unit = self.units[unit_id]
        if self.lang == "zh":
            return str(unit["name_zh"])
        return unit["display"] if unit["display"] in ("", "%") else f" {unit['display']}"

    def value(self, name: str) -> str:
        row = self.rows[name]
        ends = [row["value"]] if name in self.facts else [row["value_low"], row["value_high"]]
        ends = ends if row["comparator"] == "range" else [next(filter(None, ends))]
        figure = "–".join(number(end, self.lang) for end in ends)
        value = SIGNS[row["comparator"]] + figure + self.unit(row["unit_id"])
        assert row.get("multiplier", "1") == "1", "no figure set for several groups stands here yet"
        return value

    def when(self, name: str) -> str:
        row = self.rows[name]
        if name in self.facts:
            word = observed if name.startswith("o-") else ended
            return word(row["date_on"], row["date_precision"], self.lang)
        assert row["due_on"], "no figure without a day stands here yet"
        return ended(row["due_on"], row["due_precision"], self.lang)

    def basis(self, name: str) -> str:
        """Return the basis of a figure and what is done with what it counts, what is done first before."""
        row = self.rows[name]
        said = [ACTS[self.lang].get(row[column], "") for column in ("also_act", "act")]
        acts = {"zh": "并", "en": " and "}[self.lang].join(filter(None, said))
        return self.comma.join(filter(None, [BASIS[self.lang][row["basis"]], acts]))

    def term(self, words: str) -> str:
        return words if self.lang == "zh" or not words else self.terms[words]

    def sure(self, name: str) -> bool:
        return self.rows[name].get("confidence", "high") == "high"

    def draft(self, name: str) -> str:
        is_draft = name.startswith("t-") and self.rows[name]["source_id"] in self.drafts
        return self.say("mark.draft") if is_draft else ""

    def stated(self, name: str) -> str:
        """Return a figure with its day, its basis and, where it stands in one, the word for a draft."""
        return f"{self.value(name)}{self.when(name)}{self.comma}{self.basis(name)}{self.draft(name)}"

    def parts(self, counts: dict[str, int]) -> str:
        """Return how many are what, in the order given: a count of nought is not told."""
        return self.comma.join(
            self.say(f"part.{name}", count=found) for name, found in counts.items() if found
        )

    def year(self, name: str) -> str:
        row = self.rows[name]
        return self.say("axis.year", year=(row.get("date_on") or row["due_on"])[:4])


def section(sheet: Sheet, key: str) -> Tag | None:
    found = sheet.tree.select(f'section[aria-labelledby="{key}"]')
    assert len(found) <= 1
    return found[0] if found else None


def links(part: Tag | None) -> list[Tag]:
    return [] if part is None else part.select('a[href^="#"]')


def goal_of(link: Tag) -> str:
    return str(link["href"])[1:]


def lines(part: Tag, selector: str) -> list[list[str]]:
    """Return the words of a table's cells, row by row."""
    return [[squeezed(cell) for cell in row.find_all("td")] for row in part.select(selector)]


def squeeze_all(rows: Iterable[Iterable[str]]) -> list[list[str]]:
    return [[squeezed(cell) for cell in row] for row in rows]

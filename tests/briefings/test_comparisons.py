"""What compares beyond the documents, as it stands on built pages: every number told again from the CSV.

The pairs and the verdicts are told again by the tests of the analysis, from the bare files; the words
around the numbers are those of the prose files, filled here.
"""

from __future__ import annotations

import base64
import calendar
import datetime
import importlib.util
import io
import json
import math
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from bs4 import Tag

from compare.build.plan import plan

TESTS = Path(__file__).resolve().parents[1]
BUILT = {one.name: one for one in plan(TESTS.parent) if one.notebook in ("topic_comparison", "cascade")}
SECTIONS = ("above", "ranked", "attained", "elsewhere")
CITIES = ("jinan", "qingdao", "dongying", "dezhou")
COMPARED = ("like", "assigned")
REACHED = ("reached_early", "reached", "reached_later", "reached_by")
STANCES = ("higher", "equal", "lower")
Row = dict[str, Any]
# Each way to rank: what was chosen, and the rank of each city.
Ways = list[tuple[Row, dict[str, int]]]


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


class Teller:
    """One page's figures and words, read from the files: what the page has to say."""

    def __init__(self, name: str, root: Path, raw: Callable[[str], list[Row]]) -> None:
        built = BUILT[name]
        self.lang, self.raw, self.about = built.lang, raw, built.parameters.get("topic")
        self.comma = "，" if self.lang == "zh" else ", "
        self.prose: dict[str, str] = {}
        for file in ("common", built.notebook):
            text = (root / "notebooks" / "text" / f"{file}.{self.lang}.md").read_text(encoding="utf-8")
            parts = re.split(r"^## +(\S+)\s*$", text, flags=re.MULTILINE)
            self.prose |= {key: said.strip() for key, said in zip(parts[1::2], parts[2::2], strict=True)}
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


@pytest.fixture(scope="session")
def teller(site: Path, raw: Callable[[str], list[Row]]) -> Callable[[str], Teller]:
    return cache(partial(Teller, root=site, raw=raw))


# With the scope of a session pytest runs all tests of a page before those of the next.
@pytest.fixture(scope="session", params=BUILT)
def sheet(request: pytest.FixtureRequest, pages: dict[str, Any]) -> Any:
    """Return every page that compares beyond the documents: topic pages and the cascade."""
    return pages[request.param]


@pytest.fixture
def told(sheet: Any, teller: Callable[[str], Teller]) -> Teller:
    return teller(sheet.name)


def section(sheet: Any, key: str) -> Tag | None:
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


# ── the ways from figure to source ─────────────────────────────────────────────


def test_every_section_stands_somewhere(pages: dict[str, Any], teller: Callable[[str], Teller]) -> None:
    """None of what is tried below is tried on nothing: not the sections, not drafts, not second sources."""
    page, told = pages["cascade.en"], teller("cascade.en")
    held = {key: {goal_of(link) for link in links(section(page, key))} for key in SECTIONS}
    assert {"t-dongying-0006", "g-shandong-0025"} <= held["above"]
    assert {"g-jinan-0001", "g-dongying-0001"} <= held["ranked"]
    assert {"g-qingdao-0002", "o-qingdao-0001"} <= held["attained"]
    assert all("t-dezhou-0003" in held[key] for key in ("above", "attained")) and told.draft("t-dezhou-0003")
    doubled = {name for name, names in backed(told).items() if len(names) > 1}
    assert doubled == {"g-shandong-0006", "g-shandong-0025", "o-shandong-0004"}
    part = section(page, "elsewhere")
    assert part is not None and doubled <= {str(row["id"]) for row in part.select("tr.fact")}


def test_every_way_to_compare_stands_somewhere(teller: Callable[[str], Teller]) -> None:
    """Nor are the words for a minimum, for what two figures agree in, and for whose outcomes are counted."""
    told = teller("cascade.en")
    pairs = [pair for pair in compared(told) if gap(pair) is not None]
    assert [pair for pair in pairs if is_floor(told, pair)] == [("t-dongying-0005", "g-dongying-0001")]
    plain = {agreement(pair) for pair in compared(told) if is_plain(told, pair)}
    assert plain == {"above.like", "above.like.unstated", "above.like.undivided"}
    judged = {
        told.place(name) in CITIES for name, (verdict, _) in verdicts(told).items() if verdict in REACHED
    }
    assert judged == {True, False}
    held = [counts(teller(name)) for name, built in BUILT.items() if built.lang == "en"]
    assert {min(one["all"], 2) for one in held} == {0, 1, 2}, "no figure, only one, several"
    assert any(one["all"] > 1 and not one["lower"] for one in held), "a count of nought is to be left out"


def test_every_link_leads_to_a_figure_on_the_page(sheet: Any, told: Teller) -> None:
    ids = Counter(element["id"] for element in sheet.tree.select("[id]"))
    for key in SECTIONS:
        for link in links(section(sheet, key)):
            assert ids[goal_of(link)] == 1, (key, link)
            assert goal_of(link) in told.rows, "every figure is a row of the tables"
            assert ("out" in link["class"]) == (goal_of(link) in told.facts), link


def test_every_linked_figure_from_elsewhere_is_listed_with_its_source(sheet: Any, told: Teller) -> None:
    """Of the whole page, not of these sections only."""
    part = section(sheet, "elsewhere")
    rows = {} if part is None else {str(row["id"]): row for row in part.select("tr.fact")}
    shown = {goal_of(link) for link in sheet.tree.select('a[href^="#g-"], a[href^="#o-"]')}
    assert shown <= set(rows)
    for name in shown:
        source = squeezed(rows[name].find_all("td")[-1])
        fact = told.facts[name]
        for words in (fact["source_title"], fact["publisher"], SURE[told.lang][fact["confidence"]]):
            assert squeezed(words) in source, name


def test_chips_bear_one_number_per_figure(sheet: Any) -> None:
    numbers: dict[str, set[str]] = {}
    for key in SECTIONS:
        for link in links(section(sheet, key)):
            numbers.setdefault(goal_of(link), set()).update(chip.get_text() for chip in link.select(".chip"))
    part = section(sheet, "elsewhere")
    for row in [] if part is None else part.select("tr.fact"):
        numbers.setdefault(str(row["id"]), set()).add(row.find("td", class_="num").get_text())
    for name, said in numbers.items():
        assert len(said) <= 1, name
        for anchor in sheet.tree.select(f'.anchor[id="{name}"]') if said else []:
            closes = [chip.get_text() for chip in anchor.find_parent("blockquote").select(".chip")]
            assert said <= set(closes), name
    every = Counter(one for said in numbers.values() for one in said)
    assert not every or max(every.values()) == 1


def test_drafts_are_marked_wherever_their_figures_stand(sheet: Any, told: Teller) -> None:
    for key in SECTIONS:
        for link in links(section(sheet, key)):
            around = link.find_parent(["tr", "p", "li", "span"])
            assert told.draft(goal_of(link)) in around.get_text(), (key, goal_of(link))
        part = section(sheet, key)
        for tag in [] if part is None else part.select(".draft-tag"):
            beside = [goal_of(link) for link in links(tag.find_parent(["tr", "p", "li"]))]
            assert any(map(told.draft, beside)), (key, beside)


# ── what is kept out ───────────────────────────────────────────────────────────


def test_suspect_figures_are_named_with_their_reason_and_never_shown(sheet: Any, told: Teller) -> None:
    suspect = {name for name, row in told.facts.items() if row["confidence"] == "suspect"}
    assert "o-binzhou-0001" in suspect
    assert not suspect & {goal_of(link) for link in sheet.tree.select('a[href^="#"]')}
    assert not suspect & {element["id"] for element in sheet.tree.select("[id]")}
    part, words = section(sheet, "elsewhere"), sheet.tree.get_text()
    apart = [] if part is None else [squeezed(item) for item in part.select("ul.apart li")]
    topics = {told.topic(str(row["id"])) for row in ([] if part is None else part.select("tr.fact"))}
    note = {"zh": "note", "en": "note_en"}[told.lang]
    held = [
        told.comma.join([told.city(name), told.facts[name]["source_title"], told.facts[name][note]])
        for name in sorted(suspect)
        if told.topic(name) in topics
    ]
    assert apart == [squeezed(item) for item in held]
    for name in suspect:
        value = Decimal(told.facts[name]["value"])
        assert f"{value:f}" not in words and f"{value:,f}" not in words


def downloads(sheet: Any) -> Iterator[str]:
    """Yield the text of every file that a page holds in its links."""
    for link in sheet.tree.select('a[href^="data:"]'):
        head, _, body = link["href"].partition(",")
        content = base64.b64decode(body) if head.endswith("base64") else body.encode()
        if content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as file:
                yield from (file.read(name).decode("utf-8", "replace") for name in file.namelist())
        else:
            yield content.decode("utf-8")


def test_no_address_of_a_source_is_on_the_page(sheet: Any, told: Teller) -> None:
    """Neither seen nor hidden: in the text, in what elements refer to, or in the files to take away."""
    addresses = {row["url"] for row in (*told.facts.values(), *told.raw("reference")) if row.get("url")}
    hosts = {urlsplit(one).netloc.removeprefix("www.").removeprefix("m.") for one in addresses}
    assert len(addresses) > 50 and "yaliqi.com" in hosts
    said = str(sheet.tree)
    shown = re.sub(r'="data:[^"]*"', "", said)
    assert not re.search(r"https?:|www\.", shown)
    for text in (shown, *downloads(sheet)):
        assert not [one for one in addresses if one in text]
        assert not [host for host in hosts if host in text]


# ── the places above ───────────────────────────────────────────────────────────


def pairs_on(told: Teller) -> dict[tuple[str, str], str]:
    """Return the pairs of the cities' figures on the page's topic, with their relation."""
    return {
        pair: relation
        for pair, relation in PAIRS.TOLD.items()
        if told.place(pair[0]) in CITIES and told.on_topic(pair[0])
    }


def compared(told: Teller) -> list[tuple[str, str]]:
    return [pair for pair, relation in pairs_on(told).items() if relation in COMPARED]


def gap(pair: tuple[str, str]) -> Fraction | None:
    found = PAIRS.gap_told(*(PAIRS.PROMISES[name] for name in pair))
    return found if found is None else Fraction(found)


def share(pair: tuple[str, str]) -> Fraction:
    return Fraction(PAIRS.share_told(*(PAIRS.PROMISES[name] for name in pair)))


def people(told: Teller, pair: tuple[str, str]) -> Fraction:
    due = PAIRS.PROMISES[pair[0]]["due"]
    here, above = PAIRS.people_told(*(told.place(name) for name in pair), due)
    return 100 * Fraction(PAIRS.REFERENCE[here]["value"]) / Fraction(PAIRS.REFERENCE[above]["value"])


def stance(told: Teller, pair: tuple[str, str]) -> str:
    found = gap(pair)
    assert found is not None
    further = found if PAIRS.BETTER[told.rows[pair[0]]["indicator_id"]] == "higher" else -found
    return "equal" if not further else "higher" if further > 0 else "lower"


def gap_words(told: Teller, pair: tuple[str, str]) -> str:
    found = gap(pair)
    if found is None:
        return told.say("above.share", share=percent(share(pair)), people=percent(people(told, pair)))
    size, unit = number(abs(found), told.lang), told.rows[pair[0]]["unit_id"]
    words = told.say("above.points", size=size) if unit == "percent" else size + told.unit(unit)
    held = stance(told, pair)
    assert held == by_size(found, Fraction(0)), "where less is better “higher” would not be true yet"
    if not is_floor(told, pair):
        return told.say(f"above.{held}", gap=words)
    return told.say(f"above.bound.{held}", gap=words, above=told.value(pair[1]))


def by_size(one: Fraction, other: Fraction) -> str:
    return "equal" if one == other else "higher" if one > other else "lower"


def is_floor(told: Teller, pair: tuple[str, str]) -> bool:
    """Say whether a city sets a minimum where an exact figure stands above, which may keep it as well."""
    here, above = (told.rows[name]["comparator"] for name in pair)
    return here in ("ge", "gt") and above == "eq"


def agreement(pair: tuple[str, str]) -> str:
    """Return the words for what nothing sets apart: only rates have a denominator, and may state none."""
    one, other = (PAIRS.PROMISES[name] for name in pair)
    assert one["denominator_zh"] == other["denominator_zh"]
    if one["basis"] != "rate":
        return "above.like.undivided"
    return "above.like" if one["denominator_zh"] else "above.like.unstated"


def is_plain(told: Teller, pair: tuple[str, str]) -> bool:
    """Say whether nothing is to be read with two figures that compare."""
    return pairs_on(told)[pair] == "like" and not PAIRS.apart(*(PAIRS.PROMISES[name] for name in pair))


def anchor(pair: tuple[str, str]) -> str:
    return f"a-{pair[0]}-{pair[1]}"


def counts(told: Teller) -> dict[str, int]:
    """Return how many pairs stand how; a figure the province's list sets for the city counts apart."""
    listed = [pair for pair in compared(told) if pairs_on(told)[pair] == "assigned"]
    shares = [pair for pair in compared(told) if gap(pair) is None]
    plain = [pair for pair in compared(told) if pair not in listed and pair not in shares]
    stances = Counter(stance(told, pair) for pair in plain)
    found = {name: stances[name] for name in STANCES}
    return found | {"all": len(plain), "shares": len(shares), "assigned": len(listed)}


def heading(told: Teller) -> str:
    """Return how many figures stand how to those above, and what is only seen beside them."""
    held = counts(told)
    tails = [
        told.say(f"above.tail.{name}", count=held[name]) for name in ("shares", "assigned") if held[name]
    ]
    head = compared_heading(told, held)
    if not tails:
        return cautioned(told, head or told.say("above.none"), told_above(told))
    joined = listed(tails, told.lang)
    if not head:
        return cautioned(told, told.say("above.title.only", tails=joined), told_above(told))
    return cautioned(told, told.say("above.title.also", head=head, tails=joined), told_above(told))


def told_above(told: Teller) -> list[str]:
    """Return the figures that the heading counts, on both sides."""
    return [name for pair in compared(told) for name in pair]


def cautioned(told: Teller, title: str, names: Iterable[str]) -> str:
    """Return a title with how many of its figures are not sure, and how many others contradict."""
    held = set(names)
    unsure = sum(not told.sure(name) for name in held)
    disputed = len(held & {name for group in contradicted(told) for name in group})
    counted = {"medium": unsure, "contradicted": disputed}
    said = [told.say(f"doubt.{key}", count=count) for key, count in counted.items() if count]
    return told.say("doubt.title", title=title, doubts=told.comma.join(said)) if said else title


def compared_heading(told: Teller, held: dict[str, int]) -> str:
    stances = {name: held[name] for name in STANCES}
    found = [name for name, count in stances.items() if count]
    if not found:
        return ""
    if held["all"] == 1:
        return told.say(f"above.title.one.{found[0]}")
    if len(found) == 1:
        return told.say(f"above.title.all.{found[0]}", all=held["all"])
    return told.say("above.title", all=held["all"], stances=told.parts(stances))


def test_the_heading_counts_what_compares(sheet: Any, told: Teller) -> None:
    part = section(sheet, "above")
    assert part is not None and squeezed(part.h2) == squeezed(heading(told))
    assert "0" not in DIGITS.findall(part.h2.get_text()), "a count of nought is left out"


def test_every_pair_that_compares_is_a_row_with_its_numbers(sheet: Any, told: Teller) -> None:
    part = section(sheet, "above")
    assert part is not None
    rows = {str(row["id"]): row for row in part.select("table.above tbody tr")}
    assert set(rows) == {anchor(pair) for pair in compared(told)}
    order = [row.select_one("a.v")["href"][1] for row in rows.values()]
    assert order == sorted(order, reverse=True), "figures at hand before those from elsewhere"
    for pair in compared(told):
        row = rows[anchor(pair)]
        over = told.city(pair[1]) if pairs_on(told)[pair] == "like" else told.say("above.assigned")
        *cells, reason = [squeezed(cell) for cell in row.find_all("td")]
        [expected] = squeeze_all(
            [
                [
                    told.city(pair[0]),
                    told.what(pair[0]) + told.stated(pair[0]),
                    over + told.value(pair[1]) + told.when(pair[1]),
                    gap_words(told, pair),
                ]
            ]
        )
        assert cells == expected, pair
        assert [goal_of(link) for link in links(row)] == list(pair)
        if is_plain(told, pair):
            assert reason == squeezed(told.say(agreement(pair)))
        else:
            beside = PAIRS.apart(*(PAIRS.PROMISES[name] for name in pair))
            assert len(re.split("[；;]", reason)) == len(beside) + (pairs_on(told)[pair] == "assigned")
            assert not DIGITS.search(reason), "nothing that compares differs in a number"


def test_every_pair_that_does_not_compare_is_told_with_its_reason(sheet: Any, told: Teller) -> None:
    part = section(sheet, "above")
    assert part is not None
    left = {pair: relation for pair, relation in pairs_on(told).items() if relation not in COMPARED}
    lists = part.select("details.apart-list")
    assert len(lists) == bool(left)
    if not left:
        return
    assert squeezed(lists[0].summary) == squeezed(told.say("above.apart", count=len(left)))
    shown = []
    for group in lists[0].select(".apart-one"):
        [head] = links(group.p)
        name = goal_of(head)
        assert squeezed(group.p) == squeezed(told.city(name) + told.what(name) + told.stated(name))
        for item in group.select("li"):
            [link] = links(item)
            pair = (name, goal_of(link))
            shown.append(pair)
            above = told.city(pair[1]) + told.what(pair[1]) + told.value(pair[1]) + told.when(pair[1])
            assert squeezed(item).startswith(squeezed(above)), pair
            assert_reason(told, pair, left[pair], squeezed(item).removeprefix(squeezed(above)))
    assert sorted(shown) == sorted(left)


def assert_reason(told: Teller, pair: tuple[str, str], relation: str, words: str) -> None:
    """Hold a reason against the files: a look-alike's word for word, the others' parts and numbers."""
    one, other = (PAIRS.PROMISES[name] for name in pair)
    if relation == "lookalike":
        reasons = {
            squeezed(told.say("above.because", reason=row[f"reason_{told.lang}"]))
            for row in told.raw("lookalikes")
            if {row["item_id"], row["other_id"]}
            <= {PAIRS.item(one), PAIRS.item(other), one["indicator_id"], other["indicator_id"]}
        }
        assert words in reasons, pair
        return
    codes = PAIRS.apart(one, other)
    assert len(re.split("[；;]", words)) == len(codes), pair
    years = [one["due"][:4], other["due"][:4]] if "due_year" in codes else []
    assert DIGITS.findall(words) == years, pair
    for code in {"denominator", "scope"} & codes:
        for side in (one, other):
            assert squeezed(told.term(side[f"{code}_zh"])) in words, pair
    for side, name in zip((one, other), pair, strict=True):
        assert side["basis"] != "ambiguous" or squeezed(told.city(name)) in words, pair


def marks(sheet: Any, key: str) -> list[Row]:
    """Return the figures of a section's plots, which stand in scripts."""
    found = re.search(rf'<section[^>]*aria-labelledby="{key}".*?</section>', sheet.html, re.DOTALL)
    assert found is not None
    held = re.findall(r'<script type="application/json">(.*?)</script>', found[0], re.DOTALL)
    return [json.loads(one) for one in held]


def tick_at(plot: Tag) -> Callable[[float], float]:
    """Return where a value lies on a plot, by its first and last tick."""
    ticks = [
        (float(tick.get_text().rstrip("%")), float(re.findall(r"left:([\d.]+)px", tick["style"])[0]))
        for tick in plot.select(".lab-tick")
    ]
    (low, start), (high, end) = ticks[0], ticks[-1]
    for value, left in ticks:
        assert left == pytest.approx(start + (end - start) * (value - low) / (high - low), abs=0.11)
    return lambda value: start + (end - start) * (value - low) / (high - low)


def labelled(plot: Tag) -> list[tuple[str, str]]:
    """Return the figures that stand as words on a plot, long words put together again from their lines."""
    found: list[tuple[str, str]] = []
    for label in plot.select(".lab:not(.lab-tick, .lab-city)"):
        if label.a:
            found.append((goal_of(label.a), squeezed(label)))
        else:
            found[-1] = (found[-1][0], found[-1][1] + squeezed(label))
    return found


def charts_above(told: Teller) -> dict[str, list[tuple[str, str]]]:
    """Return the pairs of each chart: one of rates and one of shares, where there are two of them."""
    rates = [p for p in compared(told) if gap(p) is not None and told.rows[p[0]]["unit_id"] == "percent"]
    shares = [p for p in compared(told) if gap(p) is None]
    both = {"above.rates": rates, "above.shares": shares}
    return {key: pairs for key, pairs in both.items() if len(pairs) > 1}


def chart_title(told: Teller, key: str, sides: list[tuple[Fraction, Fraction]]) -> str:
    """Return how the figures of a chart stand to those beside them; of shares only how many are larger."""
    found = Counter(by_size(one, other) for one, other in sides)
    held = {name: found[name] for name in STANCES}
    if key == "above.rates":
        [first, *others] = [name for name, count in held.items() if count]
        if not others:
            return told.say(f"above.rates.all.{first}", all=len(sides))
        return told.say(f"{key}.title", all=len(sides), stances=told.parts(held))
    extent = ".none" if not held["higher"] else ".all" if held["higher"] == len(sides) else ""
    return told.say(f"{key}.title{extent}", all=len(sides), higher=held["higher"])


def test_charts_set_every_figure_beside_the_one_above(sheet: Any, told: Teller) -> None:
    part = section(sheet, "above")
    assert part is not None
    figures, plots = part.select("figure.panel"), iter(marks(sheet, "above"))
    charts = charts_above(told)
    assert len(figures) == len(charts)
    for figure, (key, pairs) in zip(figures, charts.items(), strict=True):
        by_rate = key == "above.rates"
        words: dict[str, tuple[str, str, Fraction, Fraction]] = {}
        for pair in pairs:
            one, other = (PAIRS.PROMISES[name]["number"] for name in pair)
            beside = (
                told.say("above.beside", place=told.city(pair[1]), above=told.value(pair[1]))
                if by_rate
                else ""
            )
            said = told.comma.join(filter(None, [told.what(pair[0]), told.year(pair[0]), beside]))
            value = told.value(pair[0]) if by_rate else percent(share(pair))
            sides = (one, other) if by_rate else (share(pair), people(told, pair))
            words[pair[0]] = (value, said, *sides)
        title = chart_title(told, key, [(one, other) for *_, one, other in words.values()])
        assert squeezed(figure.h3) == squeezed(cautioned(told, title, [name for p in pairs for name in p]))
        order = [goal_of(row.a) for row in figure.select(".twin tr")]
        assert sorted(order) == sorted(words)
        over = {pair[0]: pair for pair in pairs}
        assert lines(figure, ".twin tr") == squeeze_all(
            [
                *(told.year(name), told.city(name), words[name][0], words[name][1]),
                *(told.city(over[name][1]) + told.value(over[name][1]), gap_words(told, over[name])),
            ]
            for name in order
        )
        named = listed([f"{told.city(name)} {words[name][0]} {words[name][1]}" for name in order], told.lang)
        alt = squeezed(told.say(f"{key}.alt", figures=named))
        for plot in figure.select(".plot"):
            assert squeezed(plot["aria-label"]) == alt
            assert labelled(plot) == [(name, squeezed(words[name][0] + words[name][1])) for name in order]
            cities = [squeezed(label) for label in plot.select(".lab-city")]
            assert cities == [squeezed(told.city(name)) for name in order]
            at, traces = tick_at(plot), next(plots)["data"]
            for name, ring, mark in zip(order, traces[::2], traces[1::2], strict=True):
                *_, value, other = words[name]
                assert mark["x"][0] == pytest.approx(at(float(value)), abs=0.2), name
                assert ring["x"][0] == pytest.approx(at(float(other)), abs=0.2), name


# ── ranks ──────────────────────────────────────────────────────────────────────


def per_head(told: Teller, figures: dict[str, Row], kind: str) -> Iterator[tuple[str, dict[str, Fraction]]]:
    """Yield each population that all places have, with the figures divided by its nearest count."""
    for measure in [row["measure_id"] for row in told.raw("measures") if row["kind"] == kind]:
        found: dict[str, Fraction] = {}
        for place, row in figures.items():
            due = datetime.date.fromisoformat(row["due"])
            facts = [
                (abs(datetime.date.fromisoformat(fact["date_on"]) - due), fact["comparator"] != "eq",
                 fact["confidence"] != "high", fact["fact_id"], Fraction(fact["value"]))
                for fact in told.raw("reference")
                if (fact["place_id"], fact["measure_id"]) == (place, measure) and fact["date_on"]
            ]  # fmt: skip
            if facts:
                found[place] = row["number"] / min(facts)[-1]
        if found.keys() == figures.keys():
            yield measure, found


class Ranking(NamedTuple):
    """What is ranked, whose figures, each way to rank, and the choices that leave too few cities."""

    item: str
    figures: dict[str, Row]
    ways: Ways
    dropped: set[str]

    @property
    def places(self) -> dict[str, tuple[int, int]]:
        """The best and the worst rank of each city, in the order of the page."""
        found = {city: [ranks[city] for _, ranks in self.ways if city in ranks] for city in self.figures}
        order = sorted(found, key=lambda city: (min(found[city]), max(found[city]), CITIES.index(city)))
        return {city: (min(found[city]), max(found[city])) for city in order}


def rankings(told: Teller) -> list[Ranking]:
    """Return what is ranked on the page, told again from the files.

    Only the choices that the figures offer today are made here; another one is said to be missing.
    """
    groups: dict[tuple[str, ...], dict[str, list[Row]]] = {}
    same = ("unit_id", "basis", "denominator_zh", "recurrence")
    for row in PAIRS.PROMISES.values():
        if row["place"] in CITIES and row["basis"] != "ambiguous" and told.on_topic(row["id"]):
            key = (PAIRS.item(row), row["due"][:4], PAIRS.whole(row["scope_zh"]), *(row[one] for one in same))
            groups.setdefault(key, {}).setdefault(row["place"], []).append(row)
    made = []
    for (item, *_), cities in groups.items():
        if len(cities) >= 3:
            rows = [row for found in cities.values() for row in found]
            assert len(rows) == len(cities), "several figures of one city are to be ranked"
            assert {row["comparator"] for row in rows} == {"eq"}, "a bound is to be ranked"
            figures = {row["place"]: row for row in rows}
            made.append(Ranking(item, figures, *ways_to_rank(told, item, figures)))
    assert len({one.item for one in made}) == len(made), "several years or kinds of one item are to be ranked"
    return made


def ways_to_rank(told: Teller, item: str, figures: dict[str, Row]) -> tuple[Ways, set[str]]:
    sure = {city for city, row in figures.items() if told.sure(row["id"])}
    firm = {city for city, row in figures.items() if not row["draft"]}
    ways: Ways = []
    dropped: set[str] = set()
    for only_sure, only_firm in product({False, sure != {*figures}}, {False, firm != {*figures}}):
        kept = {*figures} & (sure if only_sure else {*figures}) & (firm if only_firm else {*figures})
        if len(kept) < 3:
            dropped |= {"confidence"} if only_sure else {"draft"}
            continue
        held = {city: figures[city] for city in kept}
        stated = {city: row["number"] for city, row in held.items()}
        for by, values in (("", stated), *per_head(told, held, population_for(told, item, figures))):
            ranks = {city: 1 + sum(other > one for other in values.values()) for city, one in values.items()}
            ways.append(({"normaliser": by, "confidence": only_sure, "draft": only_firm}, ranks))
    return ways, dropped


def population_for(told: Teller, item: str, figures: dict[str, Row]) -> str:
    """Return the kind of measure that counts are divided by: the indicator's, for other counts people."""
    row = next(iter(figures.values()))
    if row["basis"] not in ("stock", "flow"):
        return ""
    own = {one["indicator_id"]: one["normaliser"] for one in told.raw("indicators")}
    counted = told.units[row["unit_id"]]["dimension"] == "count" and item != row["indicator_id"]
    return own.get(row["indicator_id"], "") or ("population" if counted else "")


def moved_by(place: str, ways: Ways) -> list[str]:
    return [
        name
        for name in ("normaliser", "draft", "confidence")
        if any(
            ranks[place] != others[place]
            for choice, ranks in ways
            for other, others in ways
            if place in ranks
            and place in others
            and {key for key in choice if choice[key] != other[key]} == {name}
        )
    ]


def ranked(sheet: Any, told: Teller) -> list[tuple[Ranking, Tag, str]]:
    """Return each ranking with its figure on the page, found by the title that it is to have."""
    part, held = section(sheet, "ranked"), rankings(told)
    figures = [] if part is None else part.select("figure.panel")
    assert len(figures) == len(held)
    found = []
    for one in held:
        certain = sum(best == worst for best, worst in one.places.values())
        key = "ranked.title" + (".none" if not certain else ".all" if certain == len(one.places) else "")
        title = told.say(key, item=told.names[one.item], certain=certain, cities=len(one.places))
        title = cautioned(told, title, [row["id"] for row in one.figures.values()])
        [figure] = [figure for figure in figures if squeezed(figure.h3) == squeezed(title)]
        found.append((one, figure, squeezed(title)))
    return found


def interval(told: Teller, best: int, worst: int) -> str:
    return told.say("ranked.place" if best == worst else "ranked.places", best=best, worst=worst)


def test_ranks_are_intervals_over_all_ways_to_rank(sheet: Any, told: Teller) -> None:
    for one, figure, _ in ranked(sheet, told):
        sets = told.say("ranked.deck.one", sets=len(one.ways))
        assert squeezed(figure.select_one(".deck")) == squeezed(sets)
        rows, names = [], []
        for city, ends in one.places.items():
            moved = [told.say(f"ranked.choice.{name}") for name in moved_by(city, one.ways)]
            words = told.say("ranked.moved", choices=listed(moved, told.lang)) if moved else ""
            names.append(one.figures[city]["id"])
            value = told.value(names[-1]) + told.draft(names[-1])
            cells = [interval(told, *ends), told.names[city], value, words or told.say("ranked.certain")]
            rows.append(cells)
        assert lines(figure, ".twin tr") == squeeze_all(rows), one.item
        assert [goal_of(link) for link in links(figure)] == names


def test_what_is_left_out_of_a_ranking_is_told(sheet: Any, told: Teller) -> None:
    for one, figure, _ in ranked(sheet, told):
        without = [told.names[city] for city in CITIES if city not in one.places]
        notes = [told.say("ranked.without", cities=listed(without, told.lang))] if without else []
        if one.dropped:
            choices = listed([told.say(f"ranked.choice.{name}") for name in sorted(one.dropped)], told.lang)
            notes.append(told.say("ranked.dropped", choices=choices))
        shown = [squeezed(note) for note in figure.select("p.note")]
        assert shown == ([squeezed("".join(notes))] if notes else []), one.item


def test_ranks_are_drawn_from_best_to_worst(sheet: Any, told: Teller) -> None:
    held = ranked(sheet, told)
    plots = iter(marks(sheet, "ranked") if held else [])
    by_title = {title: one for one, _, title in held}
    part = section(sheet, "ranked")
    for figure in [] if part is None else part.select("figure.panel"):
        one = by_title[squeezed(figure.h3)]
        words = {city: interval(told, *ends) for city, ends in one.places.items()}
        named = listed([f"{told.names[city]} {words[city]}" for city in words], told.lang)
        alt = told.say("ranked.alt", item=told.names[one.item], figures=named)
        for plot in figure.select(".plot"):
            assert squeezed(plot["aria-label"]) == squeezed(alt)
            said = [squeezed(label) for label in plot.select(".lab-label, .lab-city")]
            assert said == [squeezed(text) for city in words for text in (told.names[city], words[city])]
            ticks = [label.get_text() for label in plot.select(".lab-tick")]
            assert ticks == [str(rank) for rank in range(1, len(words) + 1)]
            shapes = next(plots)["layout"]["shapes"]
            bars = sorted((one["y0"], one["x0"], one["x1"]) for one in shapes if one["type"] == "rect")
            at = tick_at(plot)
            for (_, left, right), (best, worst) in zip(bars, one.places.values(), strict=True):
                # A bar reaches as far to both sides of its ranks.
                assert at(best) - left == pytest.approx(right - at(worst), abs=0.2)
                assert left < at(best) <= at(worst) < right < at(worst + 1)


# ── what was reached ───────────────────────────────────────────────────────────


def places_above() -> set[str]:
    return {*CITIES, *(above for city in CITIES for above in PAIRS.ancestors(city))}


def verdicts(told: Teller) -> dict[str, tuple[str, str]]:
    """Return the verdict on every promise of the cities and the places above, with the day that shows it."""
    return {
        target["id"]: VERDICTS.judged(target)
        for target in VERDICTS.PROMISED
        if target["id"] in PAIRS.PROMISES
        and PAIRS.PROMISES[target["id"]]["place"] in places_above()
        and told.on_topic(target["id"])
    }


def once(told: Teller, table: str) -> dict[str, list[str]]:
    """Return the figures of a table that are not suspect, each with all its sources, the surest first."""
    same = (
        "place_id",
        "indicator_id",
        "measure_id",
        "act",
        "comparator",
        "basis",
        "scope_zh",
        "denominator_zh",
    )
    rows = [row for row in told.raw(table) if row["confidence"] != "suspect"]
    held: dict[tuple[object, ...], list[str]] = {}
    for row in sorted(rows, key=lambda row: (row["confidence"] != "high", row["fact_id"])):
        key = (*(row[cell] for cell in same), Fraction(row["value"]), row["date_on"])
        held.setdefault(key, []).append(row["fact_id"])
    return {names[0]: names for names in held.values()}


def observed_of(told: Teller, name: str) -> list[str]:
    """Return the outcomes of a promise's own matter, or of a part of it, by their day."""
    one, found = PAIRS.PROMISES[name], []
    for other in map(told.facts.__getitem__, once(told, "outcomes")):
        same = PAIRS.item(one) == (other["measure_id"] or other["indicator_id"])
        part = not one["measure"] and one["indicator_id"] == other["indicator_id"] != ""
        counted = other["basis"] not in ("rate", "growth") and other["measure_id"] not in PAIRS.LISTS
        if other["place_id"] == one["place"] and (same or part and counted):
            found.append((other["date_on"], other["fact_id"]))
    return [name for _, name in sorted(found)]


def test_verdicts_rest_on_the_outcomes_that_are_shown(sheet: Any, told: Teller) -> None:
    part, held = section(sheet, "attained"), verdicts(told)
    assert part is not None
    shown = {name: found for name, found in held.items() if found[0] not in ("no_figure", "not_due")}
    rows = part.select("table tbody tr")
    names = [goal_of(links(row)[0]) for row in rows]
    assert sorted(names) == sorted(shown)
    order = (*REACHED, "missed", "unknown", "not_found")
    places = [order.index(shown[name][0]) for name in names]
    assert places == sorted(places)
    for row, name in zip(rows, names, strict=True):
        verdict, day = shown[name]
        city, target, result, outcome, reason = row.find_all("td")
        assert squeezed(city) == squeezed(told.city(name))
        assert squeezed(target) == squeezed(told.what(name) + told.stated(name))
        assert squeezed(result) == squeezed(told.say(f"attained.verdict.{verdict}"))
        assert result["class"] == [f"verdict-{verdict}"]
        assert_outcome(told, name, day, outcome)
        decided = [goal_of(link) for link in links(outcome)][:1]
        known = " ".join(told.what(one) + " " + told.when(one) for one in (name, *decided))
        assert set(DIGITS.findall(squeezed(reason))) <= set(DIGITS.findall(known)), name
        assert squeezed(reason)[-1] in "。."


def assert_outcome(told: Teller, name: str, day: str, cell: Tag) -> None:
    """Hold the outcome that decides, and the others of the matter, against the files."""
    found, own = [goal_of(link) for link in links(cell)], observed_of(told, name)
    assert sorted(found) == (sorted(own) if found else []), name
    if not found:
        assert squeezed(cell) == "" and verdicts(told)[name][0] == "not_found"
        return
    first, *others = found
    deciding = {one["fact_id"] for one, _ in VERDICTS.spoken_of(target_of(name))}
    due = datetime.date.fromisoformat(PAIRS.PROMISES[name]["due"])
    away = {one: abs(datetime.date.fromisoformat(told.rows[one]["date_on"]) - due) for one in deciding}
    assert first in deciding
    assert told.rows[first]["date_on"] == day if day else away[first] == min(away.values()), name
    assert others == [one for one in own if one != first]
    words = {
        one: f"{told.value(one)}{told.when(one)}{told.comma}{told.what(one)}{told.comma}"
        + SURE[told.lang][told.rows[one]["confidence"]]
        for one in found
    }
    also = told.say("attained.also", count=len(others)) if others else ""
    assert squeezed(cell) == squeezed(words[first] + also + "".join(words[one] for one in others)), name


def target_of(name: str) -> Row:
    [target] = [row for row in VERDICTS.PROMISED if row["id"] == name]
    return dict(target)


def outcomes_heading(told: Teller) -> str:
    """Return how many targets were reached, missed or cannot be told: the cities’ before those above."""
    both: dict[str, Counter[str]] = {"cities": Counter(), "above": Counter()}
    for name, (verdict, _) in verdicts(told).items():
        whose = "cities" if told.place(name) in CITIES else "above"
        both[whose]["reached" if verdict in REACHED else verdict] += 1
    if not any(found["reached"] or found["missed"] for found in both.values()):
        return told.say("attained.title.none")
    held = {
        whose: told.parts({name: found[name] for name in ("reached", "missed", "unknown")})
        for whose, found in both.items()
    }
    if not held["cities"]:
        return told.say("attained.title.above.alone", parts=held["above"])
    more = told.say("attained.title.above", parts=held["above"]) if held["above"] else ""
    return told.say("attained.title.cities", parts=held["cities"]) + more


def test_the_counts_of_what_was_reached(sheet: Any, told: Teller) -> None:
    part, found = section(sheet, "attained"), Counter(verdict for verdict, _ in verdicts(told).values())
    assert part is not None
    rows = [row.find_all("td") for row in part.select("table tbody tr")]
    names = [goal_of(links(cell)[0]) for row in rows if links(row[3]) for cell in (row[1], row[3])]
    if any(verdict in (*REACHED, "missed") for verdict in found):
        assert squeezed(part.h2) == squeezed(cautioned(told, outcomes_heading(told), names))
    else:
        assert squeezed(part.h2) == squeezed(outcomes_heading(told))
    assert "0" not in DIGITS.findall(part.h2.get_text()), "a count of nought is left out"
    notes = [told.say("attained.not_due", count=found["not_due"])] if found["not_due"] else []
    notes.append(told.say("attained.no_figure", count=found["no_figure"]))
    assert [squeezed(note) for note in part.select("p.note")] == [squeezed("".join(notes))]
    assert str(BUILT[sheet.name].parameters["as_of"]) == VERDICTS.AS_OF


# ── what cannot all be so, and what totals say of a year ────────────────────────


def bounds(told: Teller, name: str) -> tuple[Fraction | float, Fraction | float]:
    """Return the least and the greatest value that a figure allows; about 1,500 is 1,450 to 1,550."""
    row = told.rows[name]
    low, high = (row["value_low"], row["value_high"]) if name not in told.facts else (row["value"],) * 2
    least = -math.inf if not low or row["comparator"] in ("le", "lt") else Fraction(low)
    most = math.inf if not high or row["comparator"] in ("ge", "gt") else Fraction(high)
    if row["comparator"] != "approx":
        return least, most
    digits = len(low.rstrip("0")) if "." not in low else None
    assert digits, "no tenths stand here yet"
    step = Fraction(10 ** (len(low) - digits)) / 2
    return least - step, most + step


def contradict(told: Teller, one: str, other: str) -> bool:
    """Say whether two figures of one place, indicator and year cannot both be so."""
    rows = [told.rows[name] for name in (one, other)]
    if any(rows[0][cell] != rows[1][cell] for cell in ("unit_id", "denominator_zh", "scope_zh")):
        return False
    by_basis = {row["basis"]: bounds(told, name) for row, name in zip(rows, (one, other), strict=True)}
    if set(by_basis) == {"stock", "flow"}:
        # What is new within the year is a part of what there is at its end.
        return by_basis["flow"][0] > by_basis["stock"][1]
    (low, high), (low_other, high_other) = bounds(told, one), bounds(told, other)
    apart = high < low_other or high_other < low
    return apart and (len(by_basis) == 1 or "ambiguous" in by_basis)


def contradicted(told: Teller) -> list[list[str]]:
    """Return the figures of each place, indicator and year of which two cannot both be so."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for name, row in PAIRS.PROMISES.items():
        if row["place"] in places_above() and row["indicator_id"] and row["due"] and told.on_topic(name):
            groups.setdefault((row["place"], row["indicator_id"], row["due"][:4]), []).append(name)
    against = [
        [one for one in names if any(contradict(told, one, other) for other in names if other != one)]
        for names in groups.values()
    ]
    return sorted(sorted(names, key=lambda name: (name in told.facts, name)) for names in against if names)


def apart_list(sheet: Any, told: Teller, key: str, kind: str, title: str) -> list[Tag]:
    """Return the items of a list behind a section's table, whose head and deck are those of the prose."""
    part = section(sheet, key)
    assert part is not None
    boxes = part.select(f".{kind}")
    assert len(boxes) <= 1
    for box in boxes:
        assert squeezed(box.h3) == squeezed(told.say(f"{title}.title"))
        assert squeezed(box.select_one(".deck")) == squeezed(told.say(f"{title}.deck"))
        assert box.li, "no list without an item"
    return [item for box in boxes for item in box.select("li")]


def test_figures_that_cannot_all_be_so_stand_side_by_side(sheet: Any, told: Teller) -> None:
    """With the one named that the shares above rest on."""
    held = contradicted(told)
    shares = {pair[1] for pair in compared(told) if gap(pair) is None}
    colon = {"zh": "：", "en": ": "}[told.lang]
    shown = {}
    for item in apart_list(sheet, told, "above", "contradicted", "contradiction"):
        shown[tuple(goal_of(link) for link in links(item))] = squeezed(item)
    assert sorted(shown) == [tuple(names) for names in held]
    for names in held:
        one = PAIRS.PROMISES[names[0]]
        year = {"zh": f"{one['due'][:4]}年", "en": one["due"][:4]}[told.lang]
        figures = told.comma.join(told.value(name) + told.basis(name) + told.draft(name) for name in names)
        rest = "".join(
            told.say("contradiction.rest", value=told.value(name)) for name in names if name in shares
        )
        words = told.city(names[0]) + told.names[one["indicator_id"]] + year + colon + figures + rest
        assert shown[tuple(names)] == squeezed(words), names


def totals(told: Teller, promise: Row, unit: str) -> dict[str, list[str]]:
    """Return the totals reached for a promise's place and indicator, by what exactly was counted."""
    found: dict[str, list[str]] = {}
    for name in once(told, "outcomes"):
        row = told.facts[name]
        own = (row["place_id"], row["indicator_id"]) == (promise["place"], promise["indicator_id"])
        # What was built says nothing of what was put into use.
        acts = [{one["act"], one["also_act"]} - {"", None} for one in (row, promise)]
        if own and row["basis"] == "stock" and row["unit_id"] == unit and acts[0] & acts[1]:
            found.setdefault(row["measure_id"] or row["indicator_id"], []).append(name)
    return found


def ends_of(told: Teller, names: list[str], year: int) -> tuple[str, str] | None:
    """Return the total at the turn to a year and the last one within it, where both say a number."""
    days = {name: datetime.date.fromisoformat(told.facts[name]["date_on"]) for name in names}
    turn = datetime.date(year - 1, 12, 31)
    signs = {name: told.facts[name]["comparator"] for name in names}
    before = [name for name in names if 0 <= (turn - days[name]).days < 31 and signs[name] == "eq"]
    within = [name for name in names if days[name].year == year and signs[name] not in ("le", "lt")]
    if not before or not within:
        return None
    first, last = (max(found, key=lambda name: (days[name], name)) for found in (before, within))
    return first, last


def grown(told: Teller) -> dict[tuple[str, str, str], str]:
    """Return what two totals say of each figure promised for a year, with its words."""
    found = {}
    known = {*backed(told), *(name for name in told.rows if name.startswith("t-") and told.on_topic(name))}
    for name, promise in PAIRS.PROMISES.items():
        if promise["basis"] != "flow" or not promise["due"] or not promise["indicator_id"]:
            continue
        for names in totals(told, promise, promise["unit_id"]).values():
            ends = ends_of(told, names, int(promise["due"][:4]))
            if ends is not None and {name, *ends} <= known:
                found[name, *ends] = grown_words(told, name, *ends)
    return found


def grown_words(told: Teller, name: str, first: str, last: str) -> str:
    one, other = told.facts[first], told.facts[last]
    size = Fraction(other["value"]) - Fraction(one["value"])
    sign = SIGNS["ge" if other["comparator"] in ("ge", "gt") else other["comparator"]]
    said = told.say("grown.said", size=sign + number(size, told.lang) + told.unit(other["unit_id"]))
    on = datetime.date.fromisoformat(other["date_on"])
    day = ended(other["date_on"], "day", told.lang)
    doubts = [] if (on.month, on.day) > (11, 30) else [told.say("grown.part", day=day)]
    note = "note" if told.lang == "zh" else "note_en"
    doubts += dict.fromkeys(row[note] for row in (one, other) if row[note])
    colon = {"zh": "：", "en": ": "}[told.lang]
    ends = f"{told.what(first)}{told.value(first)}{told.when(first)}→{told.value(last)}{told.when(last)}"
    more = told.say("grown.doubts", doubts=told.comma.join(doubts)) if doubts else ""
    return f"{told.city(name)}{told.what(name)}{told.stated(name)}{colon}{ends}{told.comma}{said}{more}"


def test_what_two_totals_say_of_a_year_is_worked_out_again(sheet: Any, told: Teller) -> None:
    """A difference that no source states stands with both totals, their days and their doubts."""
    shown = {}
    for item in apart_list(sheet, told, "attained", "grown", "grown"):
        assert item.select_one(".derived") is not None, "what is derived is marked as such"
        shown[tuple(goal_of(link) for link in links(item))] = squeezed(item)
    assert shown == {names: squeezed(words) for names, words in grown(told).items()}


def test_titles_say_on_what_unsure_figures_they_rest(pages: dict[str, Any]) -> None:
    """Shares of the province's 1,542 communities, which two other figures contradict; ranks by a reprint."""
    heads = [squeezed(part) for part in pages["topic-smart_community.zh"].tree.select("h2, h3")]
    [shares] = [head for head in heads if "份额" in head and "超过人口份额" in head]
    [ranks] = [head for head in heads if "名次" in head and "：" in head]
    assert "可信度中等" in ranks and "有矛盾" in shares
    heads = [squeezed(part) for part in pages["topic-5g.en"].tree.select("h2, h3")]
    [shares] = [head for head in heads if "sharesexceedstheshare" in head]
    assert "confidence" not in shares and "contradicted" not in shares, "60,000 new contradict neither total"


def test_every_way_to_stand_apart_stands_somewhere(teller: Callable[[str], Teller]) -> None:
    """Neither list is tried on nothing: three figures of one year, a whole year, a part of one."""
    told = teller("cascade.en")
    assert ["g-shandong-0002", "g-shandong-0003"] in contradicted(told), "and no 60,000 beside them"
    assert ["g-shandong-0001", "g-shandong-0023", "g-shandong-0024"] in contradicted(told)
    shares = {pair[1] for pair in compared(told) if gap(pair) is None}
    assert shares & {name for names in contradicted(told) for name in names}
    words = grown(told)
    assert "59,000" in words["g-shandong-0005", "o-shandong-0004", "o-shandong-0006"]
    assert "8,975" in words["g-jinan-0003", "o-jinan-0001", "o-jinan-0003"]
    part = told.say("grown.part", day="30 Sep 2020")
    assert {part in said for said in words.values()} == {True, False}
    bare = teller("topic-open_data.en")
    assert not contradicted(bare) and not grown(bare)


# ── figures from elsewhere ─────────────────────────────────────────────────────


def backed(told: Teller) -> dict[str, list[str]]:
    """Return the figures from elsewhere that the page may show, each with its sources."""
    return {
        name: names
        for table in ("outside_targets", "outcomes")
        for name, names in once(told, table).items()
        if told.on_topic(name) and (told.about or told.place(name) in places_above())
    }


def source_words(told: Teller, name: str) -> str:
    fact = told.facts[name]
    note = fact["note" if told.lang == "zh" else "note_en"]
    return (
        told.comma.join([fact["source_title"], fact["publisher"], SURE[told.lang][fact["confidence"]]]) + note
    )


def test_figures_from_elsewhere_are_listed_with_all_that_is_known_of_them(sheet: Any, told: Teller) -> None:
    part, held = section(sheet, "elsewhere"), backed(told)
    assert (part is None) == (not held)
    if part is None:
        return
    rows = part.select("tr.fact")
    assert sorted(str(row["id"]) for row in rows) == sorted(held)
    numbers = []
    for row in rows:
        name = str(row["id"])
        kind = told.say("elsewhere.kind.outcome" if name.startswith("o-") else "elsewhere.kind.elsewhere")
        fact = told.facts[name]
        within = told.comma.join(
            filter(None, [told.term(fact["scope_zh"]), told.term(fact["denominator_zh"])])
        )
        first, *cells = [squeezed(cell) for cell in row.find_all("td")]
        numbers.append(int(first))
        [expected] = squeeze_all(
            [
                [
                    told.city(name),
                    told.what(name) + within,
                    told.value(name) + told.basis(name),
                    told.when(name) + kind,
                    "".join(source_words(told, one) for one in held[name]),
                ]
            ]
        )
        assert cells == expected, name
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    chips = {int(chip.get_text()) for chip in sheet.tree.select("blockquote .chip")}
    assert not chips & set(numbers), "sentences are numbered first, figures from elsewhere after them"
    # Two sources of one figure stand side by side.
    assert all(
        len(row.find_all("td")[-1].select('[lang="zh"]')) == 2 * len(held[str(row["id"])]) for row in rows
    )


def test_every_printed_number_of_a_section_stands_in_a_cell_that_was_held(sheet: Any, told: Teller) -> None:
    """What stands outside tables, lists and plots is prose without figures, but for the counts held above."""
    for key in SECTIONS:
        part = section(sheet, key)
        if part is None:
            continue
        free = [
            str(text)
            for text in part.find_all(string=True)
            if not text.find_parent(["table", "details", "script", "h2", "h3"])
            and not text.find_parent(class_=["plot", "take", "note", "apart", "contradicted", "grown"])
        ]
        decks = [told.say("ranked.deck.one", sets=sets) for sets in range(100)]
        assert not [
            text for text in free if DIGITS.search(re.sub("5G", "", text)) and text.strip() not in decks
        ], key

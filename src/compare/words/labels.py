"""Every name, number and date as a reader meets it, in Chinese and English.

Chinese counts in 万 and 亿, English in thousands and millions; a bound is written
before the number (≥, >, ≤, <, ~) and never lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from compare.analysis.differences import acts
from compare.language.stated import read_stated
from compare.tables.book import Book
from compare.words import called
from compare.words.signs import Signs, signs


@dataclass(frozen=True, eq=False)
class Labels:
    """The names and number style of one language over one book; the style alone needs none."""

    book: Book | None
    lang: str
    _known: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)

    @property
    def signs(self) -> Signs:
        """How the language is written."""
        return signs(self.lang)

    def name(self, table: str, key: str) -> str:
        """Return the name of a place, topic, indicator, unit or measure in this language."""
        return self._names(table)[key]

    @property
    def _tables(self) -> Book:
        if self.book is None:
            raise ValueError("a name stands in a book, and there is none here")
        return self.book

    def _names(self, table: str) -> dict[str, str]:
        if table == "items" and table not in self._known:
            self._known[table] = self._names("indicators") | self._names("measures")
        if table not in self._known:
            frame: pd.DataFrame = getattr(self._tables, table)
            keys = frame[f"{table.removesuffix('s')}_id"] if table != "agencies" else frame["agency_id"]
            self._known[table] = dict(zip(keys, frame[f"name_{self.signs.names}"], strict=True))
        return self._known[table]

    def number(self, value: float) -> str:
        """Return a number in the language's style, with at most two decimals."""
        return self.signs.number(value)

    def share(self, percent: float) -> str:
        """Return a share with one decimal below ten per cent, two below one."""
        return share(percent)

    def item(self, item_id: str) -> str:
        """Return the name of an indicator, or of a measure that is narrower or stands beside all of them."""
        return self.name("items", item_id)

    def value(self, target: dict[str, Any]) -> str:
        """Return the bounded value of a target with its unit, such as `≥70个` or `≥90%`."""
        low, high = target["value_low"], target["value_high"]
        if target["comparator"] == "range":
            figure = f"{self.number(low)}–{self.number(high)}"
        else:
            figure = self.number(high if pd.isna(low) else low)
        value = f"{called.BOUND[target['comparator']]}{figure}{self.unit(target['unit_id'])}"
        if (target.get("multiplier") or 1) > 1:
            return self.signs.each.format(value)
        return value

    def unit(self, unit_id: str) -> str:
        """Return what stands behind a number of the unit, empty for plain counts in English."""
        units = self._tables.units
        row = units[units["unit_id"] == unit_id].iloc[0]
        if self.signs.measure_words:
            return str(row[f"name_{self.signs.names}"])
        shown = row["display"]
        return "" if pd.isna(shown) else str(shown) if shown == "%" else f" {shown}"

    def unit_name(self, unit_id: str) -> str:
        """Return the name of a unit for a row head."""
        return "%" if unit_id == "percent" else self.name("units", unit_id)

    def due(self, target: dict[str, Any]) -> str:
        """Return the due date as exact as the text, such as `2022年底`, `2022年6月底`, `each year`."""
        if not pd.isna(target.get("recurrence")):
            return called.EVERY[self.lang][str(target["recurrence"])]
        if pd.isna(target["due_on"]):
            return self.signs.undated
        return self.day(target["due_on"], str(target["due_precision"]))

    def every(self, interval: str) -> str:
        """Return the words for what recurs, such as `each year`."""
        return called.EVERY[self.lang][interval]

    def day(self, on: Any, precision: str = "day") -> str:
        """Return a date at its precision: year, month or day.

        >>> import datetime
        >>> Labels(None, "en").day(datetime.date(2022, 6, 30), "month")
        'end of June 2022'
        """
        return self.signs.date(f"end_of_{precision}" if precision in ("year", "month") else "day", on)

    def when(self, on: Any, precision: str) -> str:
        """Return when something was so: a year, a half-year, a month or a day.

        >>> import datetime
        >>> Labels(None, "en").when(datetime.date(2023, 5, 31), "month")
        'May 2023'
        """
        return self.signs.date(precision if precision in ("year", "half_year", "month") else "day", on)

    def basis(self, basis: str) -> str:
        """Return the words for a basis."""
        return called.BASIS[self.lang][basis]

    def act(self, cells: dict[str, Any]) -> str:
        """Return what is done with what a figure counts, empty where the figure itself says all there is.

        >>> Labels(None, "en").act({"act": "open", "also_act": "build"})
        'built and put into use'
        >>> Labels(None, "zh").act({"act": "begin"})
        '启动'
        """
        return self._joined_acts(one for one in acts(cells) if one not in called.UNSAID_ACTS)

    def done(self, cells: dict[str, Any]) -> str:
        """Return the act of a figure where neither the figure nor the name of what it counts says it."""
        item = cells.get("item_id")
        name = self.item(str(cells["indicator_id"] if pd.isna(item) else item)).lower()
        naming = called.NAMING_ACTS[self.lang]
        said = [one for one in acts(cells) if one not in called.UNSAID_ACTS]
        return self._joined_acts(one for one in said if not any(word in name for word in naming[one]))

    def _joined_acts(self, done: Iterable[str]) -> str:
        return self.signs.acts.join(called.ACT[self.lang][one] for one in done)

    def measured(self, cells: dict[str, Any]) -> str:
        """Return the words for the basis of a figure and for what is done with what it counts.

        >>> Labels(None, "zh").measured({"basis": "flow", "act": "build"})
        '当期数，建设'
        """
        return self.signs.listed([self.basis(cells["basis"]), self.act(cells)])

    def state(self, state: str) -> str:
        """Return the words for a state of coverage."""
        return called.STATE[self.lang][state]

    def topic_state(self, row: dict[str, Any]) -> str:
        """Return the words for the state of a whole topic in a city, a row of `topic_coverage`.

        >>> row = {"state": "unquantified", "count": 58, "evidence_ids": "c-1;c-2", "partly_coded": None}
        >>> Labels(None, "zh").topic_state(row), Labels(None, "en").topic_state(row)
        ('文字表述，58项承诺', 'In words, 58 commitments')
        """
        said = self.state(row["state"]) if row["state"] in called.STATE[self.lang] else ""
        if row["state"] == "unquantified" and str(row["evidence_ids"]).startswith("c-"):
            form = self.signs.form(row["count"])
            said = called.IN_WORDS[self.lang][form].format(count=self.number(row["count"]))
        # What is not coded says so already.
        partly = not pd.isna(row["partly_coded"]) and row["state"] != "not_coded"
        return self.signs.listed([said, self.coding("in_review") if partly else ""])

    def status(self, status: str) -> str:
        """Return the words for what a document is."""
        return called.STATUS[self.lang][status]

    def confidence(self, confidence: str) -> str:
        """Return the words for how sure a figure from elsewhere is."""
        return called.CONFIDENCE[self.lang][confidence]

    def origin(self, fact: dict[str, Any]) -> str:
        """Return what a figure's publisher is, what was seen of its words, and when."""
        when = read_stated(fact["seen"])
        seen = called.ORIGIN[self.lang]["seen"].format(when=self.signs.date(when.precision, when.end))
        names = called.STANDING[self.lang][fact["standing"]], called.COPY[self.lang][fact["copy"]]
        return self.signs.listed([*names, seen])

    def coding(self, state: str) -> str:
        """Return the words for how far a document is coded, empty where it is coded whole."""
        return called.CODING[self.lang].get(state, "")

    def source(self, source: dict[str, Any]) -> str:
        """Return how a document is called in short: its year, what it is, and that it is not coded whole."""
        said = [self.document(source)]
        if source["status"] != "work_points":
            plan = self.signs.plan.format(year=source["period_start"].year)
            said = [plan, called.STATUS[self.lang][source["status"]]]
        return self.signs.listed([*said, self.coding(str(source.get("coding_state", "")))])

    def document(self, source: dict[str, Any]) -> str:
        """Return how a document is called inside a sentence: its year and kind, a draft as such."""
        kinds = called.KIND[self.lang]
        kind = kinds.get(str(source["status"]), kinds["other"])
        return self.signs.document.format(year=source["period_start"].year, kind=kind)

    def count(self, number: int) -> str:
        """Return a small count in words as a sentence wants it."""
        return self.signs.count(number)

    @property
    def comma(self) -> str:
        """What stands between two items of a running list."""
        return self.signs.comma

    def all_of(self, words: list[str]) -> str:
        """Return words joined as an enumeration of the language."""
        return self.signs.all_of(words)


def share(percent: float) -> str:
    """Return a share with one decimal below ten per cent, two below one.

    >>> share(3.3333), share(12.97)
    ('3.3%', '13%')
    """
    decimals = 0 if percent >= 10 else 1 if percent >= 1 else 2
    return f"{percent:.{decimals}f}%"
